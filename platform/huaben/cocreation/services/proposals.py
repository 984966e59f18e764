"""Proposals of the audience, support for them, and the decisions of makers."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from huaben.accounts.models import User
from huaben.accounts.services import get_or_create_viewer
from huaben.catalog.models import Episode, Series
from huaben.catalog.selectors import get_published_episodes
from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, FieldError, NotFound, Problem
from huaben.core.text import clean_line, clean_text
from huaben.speech.models import Speech
from huaben.speech.services.submission import lock_speech, submit_speech, withdraw_speech
from huaben.studio.services import create_project

from ..models import Credit, Proposal, Support
from .writing_rooms import add_writer, get_or_create_writing_room

MAX_TITLE_LENGTH, MAX_TEXT_LENGTH, MAX_CHOICE_LENGTH = 40, 500, 20
State = Proposal.State


def create_proposal(
    *,
    proposal_id: UUID,
    author: User,
    series: Series,
    kind: str,
    title: str,
    text: str,
    from_episode_id: UUID | None = None,
    choice_text: str = "",
) -> Proposal:
    """Propose where a shown series could go. Only its author sees it before it was checked.

    Again with the same id and content returns the same row. A branch needs a shown episode to
    leave and the text of the choice. Raises Problem naming the field at fault, Conflict for an id
    that was used for something else.
    """
    title = _clean_line("title", title, MAX_TITLE_LENGTH)
    text = _ensure_length("text", clean_text(text), MAX_TEXT_LENGTH)
    episode: Episode | None = None
    if kind == Proposal.Kind.BRANCH:
        choice_text = _clean_line("choice_text", choice_text, MAX_CHOICE_LENGTH)
        episode = _find_branch_episode(series, from_episode_id)
    else:
        choice_text = ""
    content = {
        "series_id": series.pk,
        "kind": kind,
        "title": title,
        "text": text,
        "choice_text": choice_text,
    }
    with transaction.atomic():
        # One text, so that moderation reads everything that will be shown.
        spoken = "\n".join(part for part in (title, text, choice_text) if part)
        speech = submit_speech(
            speech_id=proposal_id,
            author=author,
            kind="proposal",
            series=series,
            text=spoken,
            max_length=len(spoken),
        )
        proposal, _ = Proposal.objects.get_or_create(
            speech=speech, defaults={**content, "from_episode": episode}
        )
        if {
            name: getattr(proposal, name) for name in content
        } != content or proposal.from_episode != episode:
            raise Conflict(
                "proposal_id_used",
                LocalizedText(
                    "这个标识已用于另一个主意", "Another idea was proposed under this id"
                ),
            )
    return proposal


def withdraw_proposal(*, proposal: Proposal, by: User) -> None:
    """Withdraw a proposal. Again changes nothing. Raises Conflict once the maker has decided."""
    with transaction.atomic():
        lock_speech(proposal.pk)
        proposal = Proposal.objects.get(pk=proposal.pk)
        if proposal.state in (State.ADOPTED, State.DECLINED):
            raise _already_decided()
        withdraw_speech(speech=proposal.speech, by=by)


def follow_withdrawn_speech(*, speech: Speech) -> None:
    """Withdraw an open proposal whose words were withdrawn; does nothing for any other speech."""
    if speech.kind != "proposal" or speech.state != Speech.State.WITHDRAWN:
        return
    proposal = Proposal.objects.select_for_update().filter(pk=speech.pk, state=State.OPEN).first()
    if proposal is not None:
        proposal.withdraw()
        proposal.save(update_fields=["state"])


def create_support(*, proposal: Proposal, by: User) -> None:
    """Support a proposal. Again changes nothing."""
    Support.objects.get_or_create(proposal=proposal, viewer=get_or_create_viewer(user=by))


def delete_support(*, proposal: Proposal, by: User) -> None:
    """Support it no more. Again changes nothing."""
    Support.objects.filter(proposal=proposal, viewer=get_or_create_viewer(user=by)).delete()


def adopt_proposal(
    *,
    proposal_id: UUID,
    by: User,
    reply: str = "",
    project: bool = False,
    co_writer: bool = False,
    now: datetime | None = None,
) -> Proposal:
    """Adopt a proposal and credit its author, once. Again only adds what was not done yet.

    ``project`` starts a project with it in the studio; ``co_writer`` adds its author to the writing
    room. Raises Conflict when it was declined or the room is full, NotFound while it is not shown.
    """
    with transaction.atomic():
        proposal = _lock_shown(proposal_id)
        if proposal.state == State.DECLINED:
            raise _already_decided()
        author = proposal.speech.author
        if proposal.state == State.OPEN:
            proposal.adopt()
            _set_decision(proposal, by, reply, now=now or timezone.now())
            Credit.objects.create(
                series=proposal.series, person=author, part=proposal.kind, proposal=proposal
            )
        if project and proposal.project is None:
            series = proposal.series
            proposal.project = create_project(
                owner=by,
                idea=_project_idea(proposal),
                language=series.language,
                seconds=60,
                series=series,
            )
        proposal.save()
        if co_writer and author.pk != proposal.series.creator_id:
            add_writer(room=get_or_create_writing_room(series=proposal.series), user=author, by=by)
    return proposal


def decline_proposal(
    *, proposal_id: UUID, by: User, reply: str = "", now: datetime | None = None
) -> Proposal:
    """Decline a proposal: only its author and the maker see it from then on.

    Raises Conflict when it was adopted, NotFound while it is not shown.
    """
    with transaction.atomic():
        proposal = _lock_shown(proposal_id)
        if proposal.state == State.ADOPTED:
            raise _already_decided()
        if proposal.state == State.OPEN:
            proposal.decline()
            _set_decision(proposal, by, reply, now=now or timezone.now())
            proposal.save()
    return proposal


def _project_idea(proposal: Proposal) -> str:
    """The idea of a project that starts from a proposal, in the language of the series."""
    parts = [proposal.title, proposal.text]
    if proposal.from_episode is not None:
        episode = proposal.from_episode
        branch = LocalizedText(
            f"从第 {episode.number} 集「{episode.title}」分出一支：选「{proposal.choice_text}」。",
            f"A branch out of episode {episode.number}, “{episode.title}”: choosing "
            f"“{proposal.choice_text}”.",
        )
        parts.insert(0, branch.zh if proposal.series.language == "zh" else branch.en)
    return "\n".join(parts)


def _lock_shown(proposal_id: UUID) -> Proposal:
    """A shown proposal, locked. Its speech is locked first, everywhere, against deadlocks."""
    speech = lock_speech(proposal_id)
    rows = Proposal.objects.select_for_update(of=("self",)).select_related(
        "speech__author", "series__creator", "from_episode", "project"
    )
    proposal = rows.filter(pk=proposal_id).first()
    if proposal is None or speech.state != Speech.State.SHOWN or proposal.state == State.WITHDRAWN:
        raise NotFound
    return proposal


def _set_decision(proposal: Proposal, by: User, reply: str, *, now: datetime) -> None:
    proposal.decided_by, proposal.decided_at, proposal.reply = by, now, reply


def _find_branch_episode(series: Series, episode_id: UUID | None) -> Episode:
    published = get_published_episodes([episode_id]) if episode_id else {}
    source = next(iter(published.values()), None)
    if source is None or source.episode.series_id != series.pk:
        raise _bad_proposal(
            "from_episode_id",
            LocalizedText("请选一集作为岔口", "Please choose the episode to branch from"),
        )
    return source.episode


def _clean_line(field: str, text: str, max_length: int) -> str:
    return _ensure_length(field, clean_line(text), max_length)


def _ensure_length(field: str, text: str, max_length: int) -> str:
    if not text:
        raise _bad_proposal(field, LocalizedText("请先写点什么", "Please write something first"))
    if len(text) > max_length:
        raise _bad_proposal(
            field, LocalizedText(f"最多 {max_length} 个字", f"At most {max_length} characters")
        )
    return text


def _bad_proposal(field: str, message: LocalizedText) -> Problem:
    error: FieldError = {"field": field, "message": message.localized()}
    return Problem("bad_proposal", message, errors=[error])


def _already_decided() -> Conflict:
    return Conflict(
        "decided_already", LocalizedText("作者已经有了决定", "The maker has decided already")
    )
