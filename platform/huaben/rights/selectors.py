"""Reads about claims and copyright blocks."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.apps import apps
from django.db.models import F, QuerySet

from huaben.accounts.models import User
from huaben.catalog.models import Episode
from huaben.core.localized import LocalizedText
from huaben.core.pagination import page_newest, page_of
from huaben.core.problems import Problem
from huaben.core.types import Requester

from .claim_actions import OPEN_STATES
from .models import Block, Claim, Profile

MAX_OPEN_CLAIMS = 500
MAX_RELATED_CLAIMS = 20


def blocks() -> QuerySet[Block]:
    """Blocks with all that a line of the list shows. One query."""
    return Block.objects.select_related(
        "series__creator", "cut__episode", "by", "lifted_by", "claim"
    )


def list_blocks(*, state: str, cursor: str | None, limit: int) -> tuple[list[Block], str | None]:
    """A page of blocks, newest first; ``state`` is standing or lifted. Raises Problem for
    another.
    """
    if state not in ("standing", "lifted"):
        raise _unknown_list()
    rows = blocks().filter(lifted_at__isnull=state == "standing")
    return page_newest(rows, cursor=cursor, limit=limit)


def claims() -> QuerySet[Claim]:
    """Claims with all that a line of the list, or their own page, shows. One query."""
    return Claim.objects.select_related(
        "profile", "series__creator", "cut__episode", "by", "counter_notice"
    )


def list_claims(*, state: str, cursor: str | None, limit: int) -> tuple[list[Claim], str | None]:
    """A page of claims: ``open`` has all that are on their way, what is due first before the rest;
    a state has its own, newest first. Raises Problem for another list.
    """
    if state == "open":
        rows = (
            claims().filter(state__in=OPEN_STATES).order_by(F("due_at").asc(nulls_last=True), "pk")
        )
        return page_of(list(rows[:MAX_OPEN_CLAIMS]), cursor=cursor, limit=limit)
    if state not in Claim.State.values:
        raise _unknown_list()
    return page_newest(claims().filter(state=state), cursor=cursor, limit=limit)


def forwarded_claims(
    *, user: Requester, series_id: UUID | None = None, on_their_way: bool = False
) -> QuerySet[Claim]:
    """Claims against somebody's own works that were forwarded to them; all, or those that are not
    settled.
    """
    rows = claims().filter(series__creator=user.pk, forwarded_at__isnull=False)
    if on_their_way:
        rows = rows.filter(state__in=OPEN_STATES)
    return rows if series_id is None else rows.filter(series=series_id)


def list_episodes(claim: Claim) -> list[Episode]:
    """The episodes of a claim's series, in order."""
    return list(Episode.objects.filter(series=claim.series_id).order_by("number"))


def list_narrowed_episodes(claim: Claim) -> list[Episode]:
    """The episodes to which a claim was narrowed; none of one that stands as it was filed."""
    if not claim.narrowed_to:
        return []
    return [episode for episode in list_episodes(claim) if episode.pk in claim.narrowed_to]


class ClaimEvent(Protocol):
    """A row of the audit trail of claims, a model that pghistory makes."""

    pgh_created_at: datetime
    action: str
    note: str
    by: User | None


def list_claim_events(claim: Claim) -> list[ClaimEvent]:
    """What was done with a claim, oldest first."""
    events = apps.get_model("rights", "ClaimEvent")
    return list(events.objects.filter(pgh_obj=claim.pk).select_related("by").order_by("pgh_id"))


def list_related_claims(claim: Claim) -> list[Claim]:
    """The newest other claims against the same series, at most ``MAX_RELATED_CLAIMS``."""
    return list(
        claims()
        .filter(series=claim.series_id)
        .exclude(pk=claim.pk)
        .order_by("-pk")[:MAX_RELATED_CLAIMS]
    )


def profiles() -> QuerySet[Profile]:
    """Every version of every jurisdiction's terms; of each kind the newest first."""
    return Profile.objects.order_by("kind", "-effective", "-id")


def _unknown_list() -> Problem:
    return Problem("unknown_state", LocalizedText("没有这个列表", "There is no such list"))
