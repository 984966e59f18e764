"""The pages of the feed: candidates take its places if they pass the publishing gate, and each
place is stored with its reasons as an impression.

A cursor names the visit and the number of the next page. What the visit's earlier pages held is
read from their impressions, so no series comes twice in a visit, and a cursor that is asked for
again (its answer was lost) gives that page anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from huaben.catalog.presenters import present_genre
from huaben.catalog.selectors import get_published_episodes, get_series_summaries
from huaben.core.ids import new_id
from huaben.core.pagination import bad_cursor, decode_cursor, encode_cursor

from .candidates import (
    list_everything_again,
    list_newest,
    list_watched_series,
    rank_by_taste,
    recommend,
)
from .places import (
    SPARE_CANDIDATES,
    Candidate,
    PageRequest,
    Place,
    fill_places,
    find_places,
    read_page_request,
)
from .reasons import FeedReason, Reason, ReasonContext, engine_reasons, feed_reason
from .selectors import Offer, get_titles, list_new_episodes
from .services import record_impressions

# How often the recommender is asked for one page.
MAX_ROUNDS = 6
# Of one visit.
MAX_PAGES = 1000


@dataclass(frozen=True)
class ShownPlace:
    """A place of a page that was given to a viewer."""

    impression_id: UUID
    offer: Offer
    reasons: list[Reason]


@dataclass(frozen=True)
class ShownPage:
    """A page that was given to a viewer. ``personalised``: their history has ordered it."""

    request: PageRequest
    places: list[ShownPlace]
    next_cursor: str | None
    personalised: bool
    simulated_audience: bool


def feed_page(*, viewer_id: UUID, cursor: str | None, limit: int, now: datetime) -> ShownPage:
    """A page of at most ``limit`` series that may be shown now; stores its impressions.

    Never an error for want of a trained model, and no empty first page while anything is shown that
    the viewer has neither dismissed nor muted. Raises Problem ``bad_cursor``.
    """
    visit_id, number = _read_cursor(cursor) if cursor else (new_id(), 0)
    request = read_page_request(viewer_id, visit_id=visit_id, page=number, limit=limit, now=now)
    recommendations = request.preferences.recommendations
    places = (
        _choose_places(request)
        if recommendations
        else fill_places(request, list_newest(request), free=limit, tried=request.on_earlier_pages)
    )
    if not places and number == 0:
        places = fill_places(
            request, list_everything_again(request), free=limit, unfinished_only=False
        )
    return _give_page(
        request,
        places,
        next_cursor=encode_cursor([str(visit_id), number + 1]) if len(places) == limit else None,
        personalised=bool(request.history),
        simulated_audience=recommendations and request.snapshot.simulated_audience,
    )


def following_page(*, viewer_id: UUID, cursor: str | None, limit: int, now: datetime) -> ShownPage:
    """New episodes of kept series and followed creators, latest first; stores its impressions.
    Raises Problem ``bad_cursor``.
    """
    before = _read_episode_cursor(cursor) if cursor else None
    request = read_page_request(viewer_id, visit_id=new_id(), page=0, limit=limit, now=now)
    found = list_new_episodes(request.marks, before=before, limit=limit + 1)
    episodes, more = found[:limit], len(found) > limit
    published = get_published_episodes([episode.pk for episode in episodes])
    summaries = get_series_summaries({shown.episode.series_id for shown in published.values()})
    places = [
        Place(
            Candidate(
                episode.series_id,
                feed_reason=FeedReason.FAVOURITE
                if episode.series_id in request.marks.favourites
                else FeedReason.FOLLOWING,
            ),
            Offer(published[episode.pk], summaries[episode.series_id]),
        )
        for episode in episodes
        if episode.pk in published and episode.series_id in summaries
    ]
    return _give_page(
        request,
        places,
        next_cursor=encode_cursor(str(episodes[-1].pk)) if more else None,
        personalised=False,
        simulated_audience=False,
    )


def _choose_places(request: PageRequest) -> tuple[Place, ...]:
    """On a first page one series that the viewer is in the middle of, then what the recommender
    chooses, then what else they began, and last what they skipped, nearest to their taste first.
    """
    begun, skipped = list_watched_series(request)
    opening = begun[:1] if request.page == 0 else []
    places = _recommended_places(request, _own_candidates(opening, FeedReason.CONTINUE))
    tried = request.on_earlier_pages.union(opening)
    if len(places) < request.limit:
        candidates = _own_candidates(begun, FeedReason.CONTINUE)
        free = request.limit - len(places)
        places += fill_places(request, candidates, free=free, tried=tried)
    if len(places) < request.limit:
        # The one skipped longest ago is shown again first where taste does not decide.
        candidates = _own_candidates(rank_by_taste(request, skipped[::-1]), FeedReason.AGAIN)
        free = request.limit - len(places)
        places += fill_places(request, candidates, free=free, tried=tried)
    return places


def _recommended_places(request: PageRequest, opening: Sequence[Candidate]) -> tuple[Place, ...]:
    """Places for ``opening`` and then for what the recommender chooses. It is asked again while
    places are free because something did not pass the gate.
    """
    places: tuple[Place, ...] = ()
    tried: Set[UUID] = request.on_earlier_pages
    candidates = list(opening)
    for _ in range(MAX_ROUNDS):
        free = request.limit - len(places)
        tried = tried | {candidate.series_id for candidate in candidates}
        asked = free + SPARE_CANDIDATES
        recommended = recommend(request, exclude=tried, limit=asked)
        tried = tried | {candidate.series_id for candidate in recommended}
        places += tuple(find_places(request, [*candidates, *recommended])[:free])
        if len(places) == request.limit or len(recommended) < asked:
            break
        candidates = []
    return places


def _own_candidates(series_ids: Iterable[UUID], reason: FeedReason) -> list[Candidate]:
    return [Candidate(series_id, feed_reason=reason) for series_id in series_ids]


def _give_page(
    request: PageRequest,
    places: Sequence[Place],
    *,
    next_cursor: str | None,
    personalised: bool,
    simulated_audience: bool,
) -> ShownPage:
    """Say why each place is shown, and store it."""
    context = _reason_context(request, places)
    reasons = [_reasons_of(place.candidate, context) for place in places]
    impressions = record_impressions(
        viewer_id=request.viewer_id,
        visit_id=request.visit_id,
        page=request.page,
        shown=[
            (place.offer.published.episode, why) for place, why in zip(places, reasons, strict=True)
        ],
        personalised=personalised,
        simulated_audience=simulated_audience,
        model_version=request.snapshot.model_version,
        now=request.now,
    )
    return ShownPage(
        request=request,
        places=[
            ShownPlace(impression.pk, place.offer, why)
            for impression, place, why in zip(impressions, places, reasons, strict=True)
        ],
        next_cursor=next_cursor,
        personalised=personalised,
        simulated_audience=simulated_audience,
    )


def _reasons_of(candidate: Candidate, context: ReasonContext) -> list[Reason]:
    if candidate.feed_reason is not None:
        return [feed_reason(candidate.feed_reason)]
    return engine_reasons(candidate.engine_reasons, context)


def _reason_context(request: PageRequest, places: Sequence[Place]) -> ReasonContext:
    """What the reasons of these places may speak of. At most one query."""
    items = request.snapshot.items
    titles = {str(row.series_id): row.series.title for row in request.progress}
    named = {
        ref for place in places for reason in place.candidate.engine_reasons for ref in reason.refs
    }
    # Series that were kept or whose creator is followed, but never begun. The other refs are
    # genres, which are no items.
    titles |= get_titles([ref for ref in named if ref in items and ref not in titles])
    history = request.history
    return ReasonContext(
        titles=titles,
        series_genres={
            event.group_id: items[event.group_id].genres
            for event in history
            if event.group_id in items
        },
        genre_names={
            genre.slug: present_genre(genre).name
            for place in places
            for genre in place.offer.published.episode.series.genres.all()
        },
        history=history,
        simulated_audience=request.snapshot.simulated_audience,
    )


def _read_cursor(cursor: str) -> tuple[UUID, int]:
    value = decode_cursor(cursor)
    try:
        visit_id, page = value
        if type(page) is int and 0 < page <= MAX_PAGES:
            return UUID(visit_id), page
    except (TypeError, ValueError, AttributeError):
        pass
    raise bad_cursor()


def _read_episode_cursor(cursor: str) -> UUID:
    try:
        return UUID(decode_cursor(cursor))
    except (TypeError, ValueError, AttributeError) as exc:
        raise bad_cursor() from exc
