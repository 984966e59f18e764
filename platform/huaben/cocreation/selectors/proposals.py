"""Reads about proposals and credit. What a viewer gets of them stands under a series that is
shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from huaben.accounts.models import Viewer
from huaben.catalog.models import Series
from huaben.catalog.selectors import published_series
from huaben.core.access import may
from huaben.core.localized import LocalizedText
from huaben.core.pagination import decode_cursor, encode_cursor
from huaben.core.problems import NotFound, Problem
from huaben.speech.contexts import SpeechContext
from huaben.speech.presenters import ANONYMOUS, present_author
from huaben.speech.selectors import is_public, may_request_review

from ..models import Credit, Proposal, Support, WritingRoom
from ..replies import PARTS, REPLIES

State = Proposal.State


def find_shown_series(series_id: UUID) -> Series:
    """A series of which something may be shown this moment, or NotFound."""
    series = published_series().filter(pk=series_id).first()
    if series is None:
        raise NotFound
    return series


def proposals(user: Any) -> QuerySet[Proposal]:
    """All proposals with what a page shows of each, and whether this person supports it."""
    counted = (
        Support.objects.filter(proposal=OuterRef("pk"))
        .order_by()
        .values("proposal")
        .annotate(n=Count("pk"))
    )
    mine = Viewer.objects.filter(user_id=user.pk).values("pk")
    return Proposal.objects.select_related("speech__author", "series", "from_episode").annotate(
        support_count=Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0),
        supported=Exists(Support.objects.filter(proposal=OuterRef("pk"), viewer__in=mine)),
    )


def public_proposals(series: Series, user: Any) -> QuerySet[Proposal]:
    """What everybody may read: checked and shown, and not declined."""
    return proposals(user).filter(is_public(), series=series, state__in=[State.OPEN, State.ADOPTED])


def own_proposals(series: Series, user: Any) -> QuerySet[Proposal]:
    """What one has proposed for a series and not taken back, however it fares."""
    rows = proposals(user).filter(series=series, speech__author=user.pk)
    return rows.exclude(state=State.WITHDRAWN).exclude(speech__state="withdrawn")


def proposals_to_decide(series: Series, user: Any, *, decided: bool) -> QuerySet[Proposal]:
    """What its maker sees: checked and shown alone, open or decided."""
    states = [State.ADOPTED, State.DECLINED] if decided else [State.OPEN]
    return proposals(user).filter(is_public(), series=series, state__in=states)


def find_public(proposal_id: UUID, user: Any) -> Proposal:
    """A proposal that everybody may read, under a series that is shown; or NotFound."""
    rows = proposals(user).filter(
        is_public(), state__in=[State.OPEN, State.ADOPTED], pk=proposal_id
    )
    proposal = rows.filter(series__in=published_series().values("pk")).first()
    if proposal is None:
        raise NotFound
    return proposal


def page_of_proposals(
    rows: QuerySet[Proposal], *, order: str, cursor: str | None, limit: int
) -> tuple[list[Proposal], str | None]:
    """One page, by ``support`` or ``newest``. One query."""
    names = ["support_count", "created_at", "pk"] if order == "support" else ["created_at", "pk"]
    if cursor:
        last = decode_cursor(cursor)
        if not isinstance(last, list) or len(last) != len(names):
            raise _bad_cursor()
        after = Q()
        for place, name in enumerate(names):
            same = {names[n]: last[n] for n in range(place)}
            after |= Q(**same, **{f"{name}__lt": last[place]})
        try:
            rows = rows.filter(after)
        except (ValidationError, TypeError, ValueError) as exc:
            raise _bad_cursor() from exc
    found = list(rows.order_by(*(f"-{name}" for name in names))[: limit + 1])
    more, found = len(found) > limit, found[:limit]
    return found, encode_cursor([getattr(found[-1], name) for name in names]) if more else None


def proposal_view(proposal: Proposal, user: Any) -> dict[str, Any]:
    """A proposal of ``proposals`` as pages show it. How its check went, its author alone is
    told.
    """
    speech, episode = proposal.speech, proposal.from_episode
    mine = bool(user.is_authenticated and speech.author_id == user.pk)
    keeps = may(user, "cocreation.decide", proposal)
    return {
        "id": proposal.pk,
        "series_id": proposal.series_id,
        "author": present_author(speech.author),
        "kind": proposal.kind,
        "title": proposal.title,
        "text": proposal.text,
        "from_episode": {"id": episode.pk, "number": episode.number, "title": episode.title}
        if episode
        else None,
        "choice_text": proposal.choice_text,
        "state": proposal.state,
        "reply": REPLIES[proposal.reply].as_dict() if proposal.reply else None,
        "supports": proposal.support_count,  # type: ignore[attr-defined]
        "supported": proposal.supported,  # type: ignore[attr-defined]
        "mine": mine,
        "speech_state": speech.state,
        "reason": speech.reason if mine else None,
        "may_request_review": mine and may_request_review(speech),
        "project_id": proposal.project_id if keeps else None,
        "created_at": proposal.created_at,
    }


def credits_of(series: Series) -> list[dict[str, Any]]:
    """Who had which part in a series, each named once for a part, in the order in which it was
    given. One query.
    """
    people: dict[str, dict[Any, dict[str, Any]]] = {part: {} for part in PARTS}
    for credit in Credit.objects.filter(series=series).select_related("person"):
        person = credit.person
        key = (
            person.pk if person is not None and person.is_active else None
        )  # those who left are one nobody
        card = (
            present_author(person)
            if person is not None
            else {"handle": "", "display_name": ANONYMOUS.localized()}
        )
        people[credit.part].setdefault(key, card)
    return [
        {"part": part, "label": PARTS[part].as_dict(), "people": list(found.values())}
        for part, found in people.items()
        if found
    ]


def together_view(series: Series, user: Any) -> dict[str, Any]:
    """What a series' page says of those who made it together, and whether one writes there
    oneself.
    """
    room = WritingRoom.objects.filter(series=series).first()
    return {
        "credits": credits_of(series),
        "writes": room is not None and may(user, "cocreation.write", room),
    }


def places_of(speech_ids: Sequence[UUID]) -> dict[UUID, SpeechContext]:
    """Where each proposal was made, for whoever checks it. One query."""
    rows = Proposal.objects.filter(pk__in=list(speech_ids)).select_related("from_episode")
    return {row.pk: SpeechContext(episode=row.from_episode) for row in rows}


def _bad_cursor() -> Problem:
    return Problem("bad_cursor", LocalizedText("翻页标记无效", "The page cursor is not valid"))
