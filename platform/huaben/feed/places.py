"""What a page is made from, and who gets its places: candidates that pass the publishing gate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from huaben.watching.models import Progress
from huaben.watching.selectors.viewing import ViewerMarks, get_viewer_marks, recent_progress
from recsys import Reason as EngineReason
from recsys import WatchEvent

from .catalogue import CatalogueSnapshot, feed_catalogue
from .history import MAX_HISTORY_EPISODES, build_history
from .models import Preferences
from .reasons import FeedReason
from .selectors import Offer, find_offers, get_preferences, get_series_of_earlier_pages

# How many candidates more than there are free places the gate is asked about at once: some may not
# pass it.
SPARE_CANDIDATES = 4


@dataclass(frozen=True)
class PageRequest:
    """Whose page is made, which, how long, and from what.

    A visit is a first page (``page`` 0) and those after it. ``progress``: newest first.
    ``history``: what the recommender may know of the viewer; empty without their consent.
    ``on_earlier_pages``: ids of the series on the visit's pages before this one.
    """

    viewer_id: UUID
    visit_id: UUID
    page: int
    limit: int
    snapshot: CatalogueSnapshot
    preferences: Preferences
    progress: Sequence[Progress]
    marks: ViewerMarks
    history: tuple[WatchEvent, ...]
    on_earlier_pages: frozenset[UUID]
    now: datetime

    @property
    def uses_history(self) -> bool:
        """Whether what the viewer watched may decide what they are shown."""
        return _uses_history(self.preferences)

    def is_unwanted(self, series_id: UUID) -> bool:
        """Whether the viewer said so: of the series, or of one of its genres."""
        item = self.snapshot.items.get(str(series_id))
        muted = item is not None and not set(self.preferences.muted_genres).isdisjoint(item.genres)
        return muted or series_id in self.marks.not_interested


@dataclass(frozen=True)
class Candidate:
    """A series that could take a place, and why: the engine's reasons, or the feed's own."""

    series_id: UUID
    engine_reasons: tuple[EngineReason, ...] = ()
    feed_reason: FeedReason | None = None


@dataclass(frozen=True)
class Place:
    """A candidate that passed the gate, and what of it is played."""

    candidate: Candidate
    offer: Offer


def read_page_request(
    viewer_id: UUID, *, visit_id: UUID, page: int, limit: int, now: datetime
) -> PageRequest:
    """Read what a page is made from. Four queries, five for a later page."""
    snapshot, marks = feed_catalogue().current_snapshot(), get_viewer_marks(viewer_id)
    progress = recent_progress(viewer_id, MAX_HISTORY_EPISODES) if marks.seen else []
    preferences = get_preferences(viewer_id)
    history = (
        build_history(
            viewer_id,
            progress,
            marks,
            series_by_creator=snapshot.series_by_creator,
            items=snapshot.items,
            forgotten=preferences.forgotten,
        )
        if _uses_history(preferences)
        else ()
    )
    earlier = get_series_of_earlier_pages(viewer_id, visit_id, page) if page else set()
    return PageRequest(
        viewer_id=viewer_id,
        visit_id=visit_id,
        page=page,
        limit=limit,
        snapshot=snapshot,
        preferences=preferences,
        progress=progress,
        marks=marks,
        history=history,
        on_earlier_pages=frozenset(earlier),
        now=now,
    )


def fill_places(
    request: PageRequest,
    candidates: Iterable[Candidate],
    *,
    free: int,
    tried: Set[UUID] = frozenset(),
    unfinished_only: bool = True,
) -> tuple[Place, ...]:
    """The first ``free`` candidates that pass the gate, which is asked about a few at a time.

    Left out: series in ``tried``, those that the viewer does not want, and with
    ``unfinished_only`` those that they have finished.
    """
    wanted = _wanted_once(request, candidates, tried)
    places: list[Place] = []
    while len(places) < free:
        batch = list(islice(wanted, free - len(places) + SPARE_CANDIDATES))
        if not batch:
            break
        places += find_places(request, batch, unfinished_only=unfinished_only)
    return tuple(places[:free])


def find_places(
    request: PageRequest, candidates: Iterable[Candidate], *, unfinished_only: bool = True
) -> list[Place]:
    """The wanted candidates that pass the gate, in the order given. The gate is asked once."""
    wanted = [item for item in candidates if not request.is_unwanted(item.series_id)]
    series_ids = [candidate.series_id for candidate in wanted]
    if not series_ids:
        return []
    offers = find_offers(request.viewer_id, series_ids, unfinished_only=unfinished_only)
    return [
        Place(candidate, offers[candidate.series_id])
        for candidate in wanted
        if candidate.series_id in offers
    ]


def _wanted_once(
    request: PageRequest, candidates: Iterable[Candidate], tried: Set[UUID]
) -> Iterator[Candidate]:
    given = set(tried)
    for candidate in candidates:
        if candidate.series_id not in given and not request.is_unwanted(candidate.series_id):
            given.add(candidate.series_id)
            yield candidate


def _uses_history(preferences: Preferences) -> bool:
    return preferences.recommendations and preferences.personalised
