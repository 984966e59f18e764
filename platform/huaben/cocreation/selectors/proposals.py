"""Reads about proposals and credit. Viewers get them only for a series that is shown."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from huaben.accounts.models import Viewer
from huaben.catalog.models import Series
from huaben.catalog.selectors import published_series
from huaben.core.pagination import bad_cursor, decode_cursor, encode_cursor
from huaben.core.problems import NotFound
from huaben.core.types import Requester
from huaben.speech.contexts import SpeechContext
from huaben.speech.selectors import is_public

from ..models import Credit, Proposal, Support

State = Proposal.State


def list_proposals(user: Requester) -> QuerySet[Proposal]:
    """All proposals with ``support_count``, and ``supported``: whether ``user`` supports it."""
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


def list_public_proposals(series: Series, user: Requester) -> QuerySet[Proposal]:
    """What everybody may read: checked and shown, and not declined."""
    return list_proposals(user).filter(
        is_public(), series=series, state__in=[State.OPEN, State.ADOPTED]
    )


def list_own_proposals(series: Series, user: Requester) -> QuerySet[Proposal]:
    """What one has proposed for a series and not taken back, however it fares."""
    rows = list_proposals(user).filter(series=series, speech__author=user.pk)
    return rows.exclude(state=State.WITHDRAWN).exclude(speech__state="withdrawn")


def list_proposals_to_decide(
    series: Series, user: Requester, *, decided: bool
) -> QuerySet[Proposal]:
    """What its maker sees: checked and shown alone, open or decided."""
    states = [State.ADOPTED, State.DECLINED] if decided else [State.OPEN]
    return list_proposals(user).filter(is_public(), series=series, state__in=states)


def find_public_proposal(proposal_id: UUID, user: Requester) -> Proposal:
    """A proposal that everybody may read, of a series that is shown. Raises NotFound."""
    rows = list_proposals(user).filter(
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
            raise bad_cursor()
        after = Q()
        for position, name in enumerate(names):
            same = {names[n]: last[n] for n in range(position)}
            after |= Q(**same, **{f"{name}__lt": last[position]})
        try:
            rows = rows.filter(after)
        except (ValidationError, TypeError, ValueError) as exc:
            raise bad_cursor() from exc
    found = list(rows.order_by(*(f"-{name}" for name in names))[: limit + 1])
    more, found = len(found) > limit, found[:limit]
    return found, encode_cursor([getattr(found[-1], name) for name in names]) if more else None


def list_credits(series: Series) -> QuerySet[Credit]:
    """The credits of a series, in the order in which they were given, with their people."""
    return Credit.objects.filter(series=series).select_related("person")


def get_speech_contexts(speech_ids: Sequence[UUID]) -> dict[UUID, SpeechContext]:
    """Where each proposal was made, for whoever checks it. One query."""
    rows = Proposal.objects.filter(pk__in=list(speech_ids)).select_related("from_episode")
    return {row.pk: SpeechContext(episode=row.from_episode) for row in rows}
