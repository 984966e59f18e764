"""A viewer's history summed up by item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from recsys.feedback import MAX_STRENGTH, MIN_STRENGTH, feedback_strengths, time_decay
from recsys.types import WatchEvent

# Items after which an older one weighs half in the neighbours and content sources. Chosen by hand,
# not tuned on a log.
RECENCY_HALF_LIFE_ITEMS = 15.0


@dataclass(frozen=True)
class ViewerProfile:
    """The h items of a history that have a strength other than zero.

    rows: (h,) int64, model rows, rising. strength: (h,) float64, decayed and signed.
    recency: (h,) float64 in 0–1, 1 for the item seen last.
    """

    rows: npt.NDArray[np.int64]
    strength: npt.NDArray[np.float64]
    recency: npt.NDArray[np.float64]

    @property
    def liked(self) -> npt.NDArray[np.bool_]:
        """Whether the strength is above zero: (h,) bool."""
        return self.strength > 0


def build_profile(
    history: Sequence[WatchEvent], row_of: Mapping[str, int], half_life_days: float, now: float
) -> ViewerProfile:
    """Sum up a history.

    row_of: model row by item id. half_life_days: days. now: Unix seconds. The same event id counts
    once, the latest version of it; events on items without a row are ignored.
    """
    known: dict[str, WatchEvent] = {}
    for event in history:
        other = known.get(event.event_id)
        if event.item_id in row_of and (
            other is None or (event.at, event.watched_ms) > (other.at, other.watched_ms)
        ):
            known[event.event_id] = event
    events = list(known.values())
    at = np.array([event.at for event in events])
    strengths = feedback_strengths(
        np.array([event.kind.value for event in events], dtype=str),
        np.array([event.watched_ms for event in events]),
        np.array([event.duration_ms for event in events]),
        np.array([event.completed for event in events], dtype=bool),
    )
    rows = np.array([row_of[event.item_id] for event in events], np.int64)
    return profile_from_events(rows, at, strengths, half_life_days, now)


def profile_from_events(
    rows: npt.NDArray[np.int64],
    at: npt.NDArray[np.float64],
    strengths: npt.NDArray[np.float64],
    half_life_days: float,
    now: float,
) -> ViewerProfile:
    """Sum up e events of one viewer, given as arrays.

    rows: (e,) model rows. at: (e,) Unix seconds. strengths: (e,), not decayed. half_life_days:
    days. now: Unix seconds.
    """
    distinct, inverse = np.unique(rows, return_inverse=True)
    decayed = strengths * time_decay(now - at, half_life_days)
    total = np.clip(
        np.bincount(inverse, weights=decayed, minlength=len(distinct)), MIN_STRENGTH, MAX_STRENGTH
    )
    last = np.full(len(distinct), -np.inf)
    np.maximum.at(last, inverse, at)
    nonzero = total != 0
    distinct, total, last = distinct[nonzero], total[nonzero], last[nonzero]
    rank = np.empty(len(distinct))
    rank[np.argsort(-last, kind="stable")] = np.arange(len(distinct))
    return ViewerProfile(distinct, total, np.exp2(-rank / RECENCY_HALF_LIFE_ITEMS))
