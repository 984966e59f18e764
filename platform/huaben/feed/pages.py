"""The pages of the feed: the recommender proposes, the gate disposes, and each place is written
down with its reasons.

A visit is a first page and those after it. A cursor names the visit and the next page's number;
which series the earlier pages held stands with their impressions in PostgreSQL, so no series comes
twice in a visit, and a cursor that is asked again (its answer was lost) gives that page anew.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import chain
from typing import Any
from uuid import UUID

from django.conf import settings

from huaben.catalog.selectors import (
    get_branching_series,
    get_published_episodes,
    get_series_summaries,
)
from huaben.core.ids import new_id
from huaben.core.localized import LocalizedText
from huaben.core.pagination import decode_cursor, encode_cursor
from huaben.core.problems import Problem
from huaben.watching.models import Progress
from recsys import FeedRequest, WatchEvent

from .cards import feed_items
from .reasons import AGAIN, CONTINUE, FAVOURITE, FOLLOWING, NEWEST
from .selectors import Offer, new_episodes, shown_in_visit
from .visit import SPARE, Candidate, Place, Visit, begin_visit

MOST_ROUNDS = 6
MOST_PAGES = 1000


def feed_page(viewer_id: UUID, *, cursor: str | None, limit: int) -> dict[str, Any]:
    """A page of at most ``limit`` series that may be shown now: ``results``, ``next_cursor``,
    ``personalised``,
    ``simulated_audience``.

    Never an error for want of a trained model, and no empty first page while anything is shown that
    the viewer has neither dismissed nor muted. Raises Problem ``bad_cursor``.
    """
    visit_id, page = _read_cursor(cursor) if cursor else (new_id(), 0)
    visit = begin_visit(viewer_id, visit_id, page=page, limit=limit)
    history = visit.history()
    if page:
        visit.tried |= shown_in_visit(viewer_id, visit_id, page)
    if visit.preferences.recommendations:
        _choose(visit, history)
    else:
        visit.take(_newest(visit))
    if not visit.places and not page:
        visit.tried.clear()
        visit.take((Candidate(UUID(pk), own=AGAIN) for pk in visit.bill.newest), unfinished=False)
    simulated = visit.preferences.recommendations and visit.bill.simulated
    return {
        "results": feed_items(visit, personalised=bool(history), simulated_audience=simulated),
        "next_cursor": encode_cursor([str(visit_id), page + 1]) if not visit.wanting else None,
        "personalised": bool(history),
        "simulated_audience": simulated,
    }


def following_page(viewer_id: UUID, *, cursor: str | None, limit: int) -> dict[str, Any]:
    """New episodes of what a viewer keeps and whom they follow, latest first, in the feed's
    shape.
    """
    before = _read_episode(cursor) if cursor else None
    visit = begin_visit(viewer_id, new_id(), page=0, limit=limit)
    episodes = new_episodes(visit.marks, before=before, limit=limit + 1)
    shown = get_published_episodes([episode.pk for episode in episodes[:limit]])
    summaries = get_series_summaries({one.episode.series_id for one in shown.values()})
    for episode in episodes[:limit]:
        if episode.pk in shown and episode.series_id in summaries:
            own = FAVOURITE if episode.series_id in visit.marks.favourites else FOLLOWING
            offer = Offer(shown[episode.pk], summaries[episode.series_id])
            visit.places.append(Place(Candidate(episode.series_id, own=own), offer))
    return {
        "results": feed_items(visit, personalised=False, simulated_audience=False),
        "next_cursor": encode_cursor(str(episodes[limit - 1].pk))
        if len(episodes) > limit
        else None,
        "personalised": False,
        "simulated_audience": False,
    }


def _choose(visit: Visit, history: tuple[WatchEvent, ...]) -> None:
    """One series that they are in the middle of, then what the recommender chooses, then what they
    began or passed over.
    """
    last: dict[UUID, Progress] = {}
    for row in visit.progress if visit.personal else ():
        last.setdefault(row.series_id, row)
    passed_over = [pk for pk, row in last.items() if row.skipped and not row.completed]
    begun = [pk for pk in last if pk not in set(passed_over)]
    if begun:
        # In a story with choices the way on is the viewer's to choose: that is offered under
        # “continue watching”.
        branching = get_branching_series(begun)
        begun = [pk for pk in begun if pk not in branching]
    first = begun[:1] if not visit.page else []
    visit.take(chain((Candidate(pk, own=CONTINUE) for pk in first), _recommended(visit, history)))
    visit.take(Candidate(pk, own=CONTINUE) for pk in begun)
    if visit.wanting:
        visit.take(Candidate(pk, own=AGAIN) for pk in _by_taste(visit, history, passed_over[::-1]))


def _recommended(visit: Visit, history: tuple[WatchEvent, ...]) -> Iterator[Candidate]:
    """What the recommender chooses, asked again while places stay free because something did not
    pass the gate.
    """
    recommender = visit.bill.recommender
    if recommender is None:
        return
    for _ in range(MOST_ROUNDS):
        avoid = (
            visit.tried
            | visit.marks.not_interested.keys()
            | (visit.marks.seen.keys() if visit.personal else set())
        )
        request = FeedRequest(
            history=history,
            exclude_groups=frozenset(str(pk) for pk in avoid),
            muted_genres=frozenset(visit.preferences.muted_genres),
            limit=visit.wanting + SPARE,
            seed=(visit.visit_id.int + visit.page) % 2**32,
            explore_share=settings.FEED_EXPLORE_SHARE,
            personalised=visit.personal,
            now=_began_at(visit),
        )
        ranked = recommender.recommend(request)
        yield from (Candidate(UUID(one.group_id), one.reasons) for one in ranked)
        if len(ranked) < request.limit:
            return


def _by_taste(visit: Visit, history: tuple[WatchEvent, ...], series: list[UUID]) -> list[UUID]:
    """The same series as the recommender ranks them; what it does not know comes last, as it was
    given.
    """
    recommender = visit.bill.recommender
    if recommender is None or not series:
        return series
    among = {str(pk) for pk in series}
    request = FeedRequest(
        history=history,
        exclude_groups=frozenset(visit.bill.items.keys() - among),
        limit=len(series),
        explore_share=0,
        repeat_seen=True,
        now=_began_at(visit),
    )
    ranked = [UUID(one.group_id) for one in recommender.recommend(request)]
    return ranked + [pk for pk in series if pk not in set(ranked)]


def _began_at(visit: Visit) -> float:
    """When the visit began, in Unix seconds, as its UUIDv7 says: all its pages are made by one
    clock, so that one asked again is the same."""
    return min((visit.visit_id.int >> 80) / 1000, time.time())


def _newest(visit: Visit) -> Iterator[Candidate]:
    """Without recommendations: what they keep and whom they follow, then everything, newest
    first.
    """
    followed = {
        pk
        for creator in visit.marks.following
        for pk in visit.bill.by_creator.get(str(creator), ())
    }
    kept = {str(pk) for pk in visit.marks.favourites}
    for pk in visit.bill.newest:
        if pk in kept or pk in followed:
            yield Candidate(UUID(pk), own=FAVOURITE if pk in kept else FOLLOWING)
    for pk in visit.bill.newest:
        yield Candidate(UUID(pk), own=NEWEST)


def _read_cursor(cursor: str) -> tuple[UUID, int]:
    value = decode_cursor(cursor)
    try:
        visit_id, page = value
        if type(page) is int and 0 < page <= MOST_PAGES:
            return UUID(visit_id), page
    except (TypeError, ValueError, AttributeError):
        pass
    raise _bad_cursor()


def _read_episode(cursor: str) -> UUID:
    try:
        return UUID(decode_cursor(cursor))
    except (TypeError, ValueError, AttributeError) as exc:
        raise _bad_cursor() from exc


def _bad_cursor() -> Problem:
    return Problem("bad_cursor", LocalizedText("翻页标记无效", "The page cursor is not valid"))
