"""What a viewer's recent events say, as rows and weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from recsys.strength import HIGHEST, LOWEST, decay, strengths
from recsys.types import WatchEvent

SESSION_HALF_LIFE = (
    15.0  # episodes: how fast the seeds of neighbours and content give way to later ones
)


@dataclass(frozen=True)
class Taste:
    """A history gathered by episode: rows (h,), signed decayed strengths (h,), and recency (h,), 1
    for the latest episode.
    """

    rows: npt.NDArray[np.int64]
    strength: npt.NDArray[np.float64]
    recency: npt.NDArray[np.float64]

    @property
    def liked(self) -> npt.NDArray[np.bool_]:
        """Which of the rows were liked (h,)."""
        return self.strength > 0


def taste_of(
    history: Sequence[WatchEvent], row_of: Mapping[str, int], half_life_days: float, now: float
) -> Taste:
    """Gather a history; the same event id counts once, episodes that the model does not know are
    passed over.
    """
    known: dict[str, WatchEvent] = {}
    for event in history:
        held = known.get(event.event_id)
        if event.item_id in row_of and (
            held is None or (event.at, event.watched_ms) > (held.at, held.watched_ms)
        ):
            known[event.event_id] = event
    events = list(known.values())
    if not events:
        empty = np.zeros(0)
        return Taste(np.zeros(0, np.int64), empty, empty)
    at = np.array([event.at for event in events])
    each = strengths(
        np.array([event.kind.value for event in events]),
        np.array([event.watched_ms for event in events]),
        np.array([event.duration_ms for event in events]),
        np.array([event.completed for event in events]),
    ) * decay(now - at, half_life_days)
    rows, inverse = np.unique([row_of[event.item_id] for event in events], return_inverse=True)
    total = np.clip(np.bincount(inverse, weights=each, minlength=len(rows)), LOWEST, HIGHEST)
    last = np.full(len(rows), -np.inf)
    np.maximum.at(last, inverse, at)
    said = total != 0
    rows, total, last = rows[said], total[said], last[said]
    place = np.empty(len(rows))
    place[np.argsort(-last, kind="stable")] = np.arange(len(rows))
    return Taste(rows, total, np.exp2(-place / SESSION_HALF_LIFE))
