"""Where candidates for the places of a page come from. Nothing here asks the publishing gate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from uuid import UUID

from django.conf import settings

from huaben.catalog.selectors import get_branching_series
from huaben.watching.models import Progress
from recsys import FeedRequest

from .places import Candidate, PageRequest
from .reasons import FeedReason

# The most that the engine ranks at once.
MAX_RANKED = 100


def list_watched_series(request: PageRequest) -> tuple[list[UUID], list[UUID]]:
    """The series that a viewer is in the middle of and those that they skipped, both latest first;
    empty when their history may not be used. At most one query.
    """
    latest: dict[UUID, Progress] = {}
    for row in request.progress if request.uses_history else ():
        latest.setdefault(row.series_id, row)
    skipped = [pk for pk, row in latest.items() if row.skipped and not row.completed]
    begun = [pk for pk, row in latest.items() if row.completed or not row.skipped]
    if begun:
        # In a story with choices the viewer chooses how it goes on: “continue watching” offers it.
        branching = get_branching_series(begun)
        begun = [pk for pk in begun if pk not in branching]
    return begun, skipped


def recommend(request: PageRequest, *, exclude: Set[UUID], limit: int) -> list[Candidate]:
    """What the recommender chooses among the series that the viewer has neither begun nor
    dismissed; fewer than ``limit`` when there are no more.
    """
    recommender = request.snapshot.recommender
    if recommender is None:
        return []
    seen = request.marks.seen.keys() if request.uses_history else set()
    avoid = exclude | request.marks.not_interested.keys() | seen
    ranked = recommender.recommend(
        FeedRequest(
            history=request.history,
            exclude_groups=frozenset(str(pk) for pk in avoid),
            muted_genres=frozenset(request.preferences.muted_genres),
            limit=limit,
            seed=(request.visit_id.int + request.page) % 2**32,
            explore_share=settings.FEED_EXPLORE_SHARE,
            personalised=request.uses_history,
            now=_visit_began_at(request),
        )
    )
    return [Candidate(UUID(item.group_id), item.reasons) for item in ranked]


def rank_by_taste(request: PageRequest, series_ids: Sequence[UUID]) -> list[UUID]:
    """The same series as the recommender ranks them; those that it does not know, and those beyond
    its first 100, come last, in the order given.
    """
    recommender = request.snapshot.recommender
    if recommender is None or not series_ids:
        return list(series_ids)
    among = {str(pk) for pk in series_ids}
    ranked = recommender.recommend(
        FeedRequest(
            history=request.history,
            exclude_groups=frozenset(request.snapshot.items.keys() - among),
            limit=min(len(series_ids), MAX_RANKED),
            explore_share=0,
            repeat_seen=True,
            now=_visit_began_at(request),
        )
    )
    known = [UUID(item.group_id) for item in ranked]
    return known + [pk for pk in series_ids if pk not in set(known)]


def list_newest(request: PageRequest) -> Iterator[Candidate]:
    """Without recommendations: kept series and those of followed creators, then all, newest first;
    the first come twice.
    """
    followed = {
        pk
        for creator_id in request.marks.following
        for pk in request.snapshot.series_by_creator.get(str(creator_id), ())
    }
    kept = {str(pk) for pk in request.marks.favourites}
    for pk in request.snapshot.newest:
        if pk in kept:
            yield Candidate(UUID(pk), feed_reason=FeedReason.FAVOURITE)
        elif pk in followed:
            yield Candidate(UUID(pk), feed_reason=FeedReason.FOLLOWING)
    for pk in request.snapshot.newest:
        yield Candidate(UUID(pk), feed_reason=FeedReason.NEWEST)


def list_everything_again(request: PageRequest) -> Iterator[Candidate]:
    """All published series, newest first, for who has finished everything."""
    for pk in request.snapshot.newest:
        yield Candidate(UUID(pk), feed_reason=FeedReason.AGAIN)


def _visit_began_at(request: PageRequest) -> float:
    """When the visit began, in Unix seconds, as its UUIDv7 says: all its pages are made by one
    clock, so that a page asked for again is the same."""
    return min((request.visit_id.int >> 80) / 1000, request.now.timestamp())
