"""A page in the making: what is known of the viewer, and the places taken so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from huaben.catalog.selectors import PublishedEpisode
from huaben.watching.models import Progress
from huaben.watching.selectors.viewing import ViewerMarks, get_viewer_marks, recent_progress
from recsys import Reason, WatchEvent

from .history import RECENT, history_of
from .models import Preferences
from .programme import Bill, programme
from .selectors import Offer, offers, preferences_of

# How many more candidates than free places are taken to the gate at once: some may not pass it any
# more.
SPARE = 4


@dataclass(frozen=True)
class Candidate:
    """A series that could take a place, and why: the engine's reasons, or one of the house's
    own.
    """

    series_id: UUID
    reasons: tuple[Reason, ...] = ()
    own: str = ""


@dataclass(frozen=True)
class Place:
    """A candidate that passed the gate, and what of it is played."""

    candidate: Candidate
    offer: Offer

    @property
    def shown(self) -> PublishedEpisode:
        """The episode to play, with the Cut."""
        return self.offer.shown


@dataclass
class Visit:
    """One page: whose, which, how long, and from what. ``tried``: what was offered already, on this
    page or before.
    """

    viewer_id: UUID
    visit_id: UUID
    page: int
    limit: int
    bill: Bill
    preferences: Preferences
    progress: list[Progress]
    marks: ViewerMarks
    tried: set[UUID] = field(default_factory=set)
    places: list[Place] = field(default_factory=list)

    @property
    def wanting(self) -> int:
        """How many places are free."""
        return self.limit - len(self.places)

    @property
    def personal(self) -> bool:
        """Whether what the viewer watched may decide."""
        return self.preferences.recommendations and self.preferences.personalised

    def history(self) -> tuple[WatchEvent, ...]:
        """What the recommender may know of the viewer."""
        if not self.personal:
            return ()
        return history_of(
            self.viewer_id,
            self.progress,
            self.marks,
            by_creator=self.bill.by_creator,
            items=self.bill.items,
            forgotten=self.preferences.forgotten,
        )

    def is_unwanted(self, series_id: UUID) -> bool:
        """Whether the viewer said so: of the series, or of one of its genres."""
        item = self.bill.items.get(str(series_id))
        muted = item is not None and not set(self.preferences.muted_genres).isdisjoint(item.genres)
        return muted or series_id in self.marks.not_interested

    def take(self, candidates: Iterable[Candidate], *, unfinished: bool = True) -> None:
        """Give the free places to the first candidates that pass the gate, asking it for a handful
        at a time.

        With ``unfinished`` a series that the viewer has finished is passed over.
        """
        offered: list[Candidate] = []
        for candidate in candidates:
            if self.wanting <= 0:
                return
            if candidate.series_id in self.tried or self.is_unwanted(candidate.series_id):
                continue
            self.tried.add(candidate.series_id)
            offered.append(candidate)
            if len(offered) >= self.wanting + SPARE:
                self._settle(offered, unfinished)
                offered = []
        self._settle(offered, unfinished)

    def _settle(self, offered: list[Candidate], unfinished: bool) -> None:
        if not offered:
            return
        found = offers(self.viewer_id, [one.series_id for one in offered], unfinished=unfinished)
        passed = [Place(one, found[one.series_id]) for one in offered if one.series_id in found]
        self.places += passed[: self.wanting]


def begin_visit(viewer_id: UUID, visit_id: UUID, *, page: int, limit: int) -> Visit:
    """Read what a page is made from. Four queries."""
    bill, marks = programme().current(), get_viewer_marks(viewer_id)
    progress = recent_progress(viewer_id, RECENT) if marks.seen else []
    return Visit(viewer_id, visit_id, page, limit, bill, preferences_of(viewer_id), progress, marks)
