"""Proposals: what the audience would like, and what the maker makes of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from huaben.accounts.services import get_or_create_viewer
from huaben.catalog.models import Episode, Series
from huaben.catalog.selectors import get_published_episodes
from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, NotFound, Problem
from huaben.speech.models import Speech
from huaben.speech.services.submission import lock_speech, submit_speech, withdraw_speech
from huaben.speech.text import clean_text
from huaben.studio.services import create_project

from ..models import Credit, Proposal, Support
from .rooms import add_writer, open_room

TITLE_MOST, TEXT_MOST, CHOICE_MOST = 40, 500, 20
State = Proposal.State


def propose(
    *,
    proposal_id: UUID,
    author: Any,
    series: Series,
    kind: str,
    title: str,
    text: str,
    from_episode_id: UUID | None = None,
    choice_text: str = "",
) -> Proposal:
    """Say where a shown series could go. Nobody but its author sees it before it was checked.

    The same id with the same words gives the same row. A branch needs a shown episode to leave and
    the words of the choice. Raises Problem naming the field at fault, Conflict for an id that was
    used for something else.
    """
    title = _line("title", title, TITLE_MOST)
    text = _part("text", clean_text(text), TEXT_MOST)
    episode: Episode | None = None
    if kind == Proposal.Kind.BRANCH:
        choice_text = _line("choice_text", choice_text, CHOICE_MOST)
        shown = get_published_episodes([from_episode_id]) if from_episode_id else {}
        found = next(iter(shown.values()), None)
        if found is None or found.episode.series_id != series.pk:
            raise _wrong(
                "from_episode_id",
                LocalizedText("请选一集作为岔口", "Please choose the episode to branch from"),
            )
        episode = found.episode
    else:
        choice_text = ""
    facts = {
        "series_id": series.pk,
        "kind": kind,
        "title": title,
        "text": text,
        "choice_text": choice_text,
    }
    with transaction.atomic():
        # One after the other in one text, so that whoever checks reads all that will be shown.
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
            speech=speech, defaults={**facts, "from_episode": episode}
        )
        if {
            name: getattr(proposal, name) for name in facts
        } != facts or proposal.from_episode != episode:
            words = LocalizedText(
                "这个标识已用于另一个主意", "Another idea was proposed under this id"
            )
            raise Conflict("proposal_id_used", words)
    return proposal


def withdraw_proposal(*, proposal: Proposal, by: Any) -> None:
    """Take back a proposal that the maker has not decided about. Again changes nothing."""
    with transaction.atomic():
        lock_speech(proposal.pk)
        proposal = Proposal.objects.get(pk=proposal.pk)
        if proposal.state in (State.ADOPTED, State.DECLINED):
            raise _decided()
        withdraw_speech(speech=proposal.speech, by=by)


def follow_speech(*, speech: Speech) -> None:
    """``speech_state_changed``: whoever takes the words back takes the proposal back, while it is
    open.
    """
    if speech.kind != "proposal" or speech.state != Speech.State.WITHDRAWN:
        return
    proposal = Proposal.objects.select_for_update().filter(pk=speech.pk, state=State.OPEN).first()
    if proposal is not None:
        proposal.withdraw()
        proposal.save(update_fields=["state"])


def support_proposal(*, proposal: Proposal, by: Any) -> None:
    """Say that one would like to see it, too. Again changes nothing."""
    Support.objects.get_or_create(proposal=proposal, viewer=get_or_create_viewer(user=by))


def drop_support(*, proposal: Proposal, by: Any) -> None:
    """Take that back. Again changes nothing."""
    Support.objects.filter(proposal=proposal, viewer=get_or_create_viewer(user=by)).delete()


def adopt_proposal(
    *, proposal_id: UUID, by: Any, reply: str = "", project: bool = False, co_writer: bool = False
) -> Proposal:
    """Take a proposal into the story; its author is credited, once. Again only adds what was not
    done yet.

    ``project`` begins an episode with it in the studio; ``co_writer`` lets its author into the writing room. Raises Conflict
    when it was declined or the room is full, NotFound while it is not shown.
    """
    with transaction.atomic():
        proposal = _shown_and_locked(proposal_id)
        if proposal.state == State.DECLINED:
            raise _decided()
        author = proposal.speech.author
        if proposal.state == State.OPEN:
            proposal.adopt()
            _note_decision(proposal, by, reply)
            Credit.objects.create(
                series=proposal.series, person=author, part=proposal.kind, proposal=proposal
            )
        if project and proposal.project is None:
            series = proposal.series
            proposal.project = create_project(
                owner=by,
                idea=idea_of(proposal),
                language=series.language,
                seconds=60,
                series=series,
            )
        proposal.save()
        if co_writer and author.pk != proposal.series.creator_id:
            add_writer(room=open_room(series=proposal.series), user=author, by=by)
    return proposal


def decline_proposal(*, proposal_id: UUID, by: Any, reply: str = "") -> Proposal:
    """Leave a proposal be; its author is told so, others see it no more. Raises Conflict when it
    was adopted.
    """
    with transaction.atomic():
        proposal = _shown_and_locked(proposal_id)
        if proposal.state == State.ADOPTED:
            raise _decided()
        if proposal.state == State.OPEN:
            proposal.decline()
            _note_decision(proposal, by, reply)
            proposal.save()
    return proposal


def idea_of(proposal: Proposal) -> str:
    """A proposal as the studio's idea, in the language of the series."""
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


def _shown_and_locked(proposal_id: UUID) -> Proposal:
    """Speech first, then the proposal: the order in which every act locks them."""
    speech = lock_speech(proposal_id)
    rows = Proposal.objects.select_for_update(of=("self",)).select_related(
        "speech__author", "series__creator", "from_episode", "project"
    )
    proposal = rows.filter(pk=proposal_id).first()
    if proposal is None or speech.state != Speech.State.SHOWN or proposal.state == State.WITHDRAWN:
        raise NotFound
    return proposal


def _note_decision(proposal: Proposal, by: Any, reply: str) -> None:
    proposal.decided_by, proposal.decided_at, proposal.reply = by, timezone.now(), reply


def _line(field: str, text: str, most: int) -> str:
    return _part(field, clean_text(" ".join(text.split())), most)


def _part(field: str, text: str, most: int) -> str:
    if not text:
        raise _wrong(field, LocalizedText("请先写点什么", "Please write something first"))
    if len(text) > most:
        raise _wrong(field, LocalizedText(f"最多 {most} 个字", f"At most {most} characters"))
    return text


def _wrong(field: str, words: LocalizedText) -> Problem:
    return Problem("bad_proposal", words, errors=[{"field": field, "message": words.localized()}])


def _decided() -> Conflict:
    return Conflict(
        "decided_already", LocalizedText("作者已经有了决定", "The maker has decided already")
    )
