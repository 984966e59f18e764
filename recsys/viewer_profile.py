"""A viewer's history summed up by item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from recsys.feedback import (
    EXPOSURE_KINDS,
    LIKED_STRENGTH,
    MAX_STRENGTH,
    MIN_STRENGTH,
    feedback_strengths,
    time_decay,
    with_shown_strength,
)
from recsys.types import WatchEvent

# Items after which an older one weighs half in the neighbours and content sources. Chosen by hand,
# not tuned on a log.
RECENCY_HALF_LIFE_ITEMS = 15.0
# Older events than this many say nothing more, and would cost time at every request.
MAX_EVENTS = 1000


@dataclass(frozen=True)
class ViewerProfile:
    """The h items of a history that have a strength other than zero.

    rows: (h,) int64, model rows, rising. strength: (h,) float64, decayed and signed.
    recency: (h,) float64 in 0–1, 1 for the item seen last. enjoyed: (h,) bool, whether an event
    had LIKED_STRENGTH; below it a strength above zero may come from `shown_strength` alone.
    """

    rows: npt.NDArray[np.int64]
    strength: npt.NDArray[np.float64]
    recency: npt.NDArray[np.float64]
    enjoyed: npt.NDArray[np.bool_]

    @property
    def liked(self) -> npt.NDArray[np.bool_]:
        """Whether the strength is above zero: (h,) bool."""
        return self.strength > 0


def build_profile(
    history: Sequence[WatchEvent],
    row_of: Mapping[str, int],
    *,
    half_life_days: float,
    shown_strength: float,
    now: float,
) -> ViewerProfile:
    """Sum up a history, its latest MAX_EVENTS events.

    row_of: model row by item id. half_life_days: days. shown_strength: see `TrainSettings`. now:
    Unix seconds. The same event id counts once, the latest version of it; events on items without a
    row are ignored.
    """
    if len(history) > MAX_EVENTS:
        history = nlargest(MAX_EVENTS, history, key=attrgetter("at"))
    known: dict[str, WatchEvent] = {}
    for event in history:
        other = known.get(event.event_id)
        if event.item_id in row_of and (
            other is None or (event.at, event.watched_ms) > (other.at, other.watched_ms)
        ):
            known[event.event_id] = event
    events = list(known.values())
    at = np.array([event.at for event in events])
    kinds = np.array([event.kind.value for event in events], dtype=str)
    strengths = feedback_strengths(
        kinds,
        np.array([event.watched_ms for event in events]),
        np.array([event.duration_ms for event in events]),
        np.array([event.completed for event in events], dtype=bool),
    )
    rows = np.array([row_of[event.item_id] for event in events], np.int64)
    shown = np.isin(kinds, EXPOSURE_KINDS)
    return profile_from_events(
        rows,
        at,
        strengths,
        shown,
        half_life_days=half_life_days,
        shown_strength=shown_strength,
        now=now,
    )


def profile_from_events(
    rows: npt.NDArray[np.int64],
    at: npt.NDArray[np.float64],
    strengths: npt.NDArray[np.float64],
    shown: npt.NDArray[np.bool_],
    *,
    half_life_days: float,
    shown_strength: float,
    now: float,
) -> ViewerProfile:
    """Sum up e events of one viewer, given as arrays.

    rows: (e,) model rows. at: (e,) Unix seconds. strengths: (e,), not decayed. shown: (e,) bool,
    whether the event is an exposure. half_life_days: days. now: Unix seconds; an event after it
    counts as one of now.
    """
    distinct, inverse = np.unique(rows, return_inverse=True)
    decayed = with_shown_strength(strengths, shown, shown_strength)
    decayed = decayed * time_decay(now - at, half_life_days)
    enjoyed = np.zeros(len(distinct), bool)
    enjoyed[inverse[strengths >= LIKED_STRENGTH]] = True
    total = np.clip(
        np.bincount(inverse, weights=decayed, minlength=len(distinct)), MIN_STRENGTH, MAX_STRENGTH
    )
    last = np.full(len(distinct), -np.inf)
    np.maximum.at(last, inverse, np.minimum(at, now))
    nonzero = total != 0
    distinct, total, last = distinct[nonzero], total[nonzero], last[nonzero]
    rank = np.empty(len(distinct))
    rank[np.argsort(-last, kind="stable")] = np.arange(len(distinct))
    recency = np.exp2(-rank / RECENCY_HALF_LIFE_ITEMS)
    return ViewerProfile(distinct, total, recency, enjoyed[nonzero])
