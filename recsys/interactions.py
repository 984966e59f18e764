"""Events of many viewers as arrays, and the matrices and counts that training needs of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import scipy.sparse as sp

from recsys.events import deduplicate_events
from recsys.feedback import (
    EXPOSURE_KINDS,
    LIKED_STRENGTH,
    MAX_STRENGTH,
    MIN_STRENGTH,
    FloatArray,
    feedback_strengths,
    time_decay,
    with_shown_strength,
)

IntArray = npt.NDArray[np.int64]
TREND_HALF_LIVES_DAYS = (0.25, 1.0, 4.0)
TREND_COLUMNS = 2 * len(TREND_HALF_LIVES_DAYS) + 2


@dataclass(frozen=True)
class Interactions:
    """Deduplicated events of the catalogue's items, as arrays of one length e.

    viewers, items: (e,) int64 rows. at: (e,) float64 Unix seconds. strength: (e,) float64, signed.
    shown: (e,) bool, whether the event is an exposure. duration: (e,) float64 seconds, length of
    what was watched, 0 where unknown. unknown: number of events that were left out
    because the catalogue lacks their item.
    """

    viewers: IntArray
    items: IntArray
    at: FloatArray
    strength: FloatArray
    shown: npt.NDArray[np.bool_]
    duration: FloatArray
    n_viewers: int
    n_items: int
    unknown: int

    @property
    def latest(self) -> float:
        """Unix seconds of the latest event; 0 when there is none."""
        return float(self.at.max()) if len(self.at) else 0.0

    def select(self, mask: npt.NDArray[np.bool_]) -> Interactions:
        """The events for which the mask, (e,) bool, is true; viewer and item rows stay the same."""
        return Interactions(
            self.viewers[mask],
            self.items[mask],
            self.at[mask],
            self.strength[mask],
            self.shown[mask],
            self.duration[mask],
            self.n_viewers,
            self.n_items,
            self.unknown,
        )


def build_interactions(table: pa.Table, item_ids: Sequence[str]) -> Interactions:
    """The events of a table (EVENT_SCHEMA) on these items; item row i is item_ids[i].

    Viewers get rows in the order of their ids, so equal sets of events give equal arrays.
    """
    table = deduplicate_events(table)
    items = pc.index_in(
        table["item_id"].combine_chunks(), value_set=pa.array(list(item_ids), pa.string())
    )
    known = items.is_valid()
    unknown = len(table) - (pc.sum(known).as_py() or 0)
    table, items = table.filter(known), items.drop_null()
    viewer_ids = pc.unique(table["viewer_id"]).sort()
    viewers = pc.index_in(table["viewer_id"].combine_chunks(), value_set=viewer_ids)
    kinds = np.asarray(table["kind"].to_pylist(), dtype="<U16")
    return Interactions(
        viewers=viewers.to_numpy(zero_copy_only=False).astype(np.int64),
        items=items.to_numpy(zero_copy_only=False).astype(np.int64),
        at=table["at"].to_numpy().astype(np.float64),
        strength=feedback_strengths(
            kinds,
            table["watched_ms"].to_numpy(),
            table["duration_ms"].to_numpy(),
            table["completed"].to_numpy(),
        ),
        shown=np.isin(kinds, EXPOSURE_KINDS),
        duration=table["duration_ms"].to_numpy().astype(np.float64) / 1000.0,
        n_viewers=len(viewer_ids),
        n_items=len(item_ids),
        unknown=unknown,
    )


def preference_matrix(
    events: Interactions, now: float, half_life_days: float, shown_strength: float = 0.0
) -> sp.csr_matrix:
    """Signed strengths (n_viewers, n_items), float32 CSR, decayed by age and summed.

    now: Unix seconds. half_life_days: days. shown_strength: see `TrainSettings`. Each value is
    clipped to MIN_STRENGTH … MAX_STRENGTH; exact zeros are not stored.
    """
    strength = with_shown_strength(events.strength, events.shown, shown_strength)
    weight = strength * time_decay(now - events.at, half_life_days)
    matrix = sp.coo_matrix(
        (weight, (events.viewers, events.items)), shape=(events.n_viewers, events.n_items)
    ).tocsr()
    matrix.data = np.clip(matrix.data, MIN_STRENGTH, MAX_STRENGTH).astype(np.float32)
    matrix.eliminate_zeros()
    matrix.sort_indices()
    return matrix


def positive_part(matrix: sp.csr_matrix) -> sp.csr_matrix:
    """The matrix (m, n), CSR, with values below zero removed."""
    out = matrix.copy()
    out.data = np.maximum(out.data, 0)
    out.eliminate_zeros()
    return out


def decayed_popularity(
    events: Interactions, now: float, half_life_days: float
) -> npt.NDArray[np.float32]:
    """Decayed sum of positive strengths of each item: (n_items,) float32.

    now: Unix seconds. half_life_days: days.
    """
    weight = np.maximum(events.strength, 0.0) * time_decay(now - events.at, half_life_days)
    return np.bincount(events.items, weights=weight, minlength=events.n_items).astype(np.float32)


def item_trend(events: Interactions, now: float) -> npt.NDArray[np.float32]:
    """How often each item was liked and shown, lately and ever: (n_items, TREND_COLUMNS) float32.

    For each half-life of TREND_HALF_LIVES_DAYS log(1 + decayed likes) and log(1 + decayed
    exposures), and last the same two without decay. now: Unix seconds.
    """
    liked = events.strength >= LIKED_STRENGTH
    columns = []
    for half_life in (*TREND_HALF_LIVES_DAYS, np.inf):
        decay = time_decay(now - events.at, half_life)
        for mask in (liked, events.shown):
            total = np.bincount(events.items, weights=decay * mask, minlength=events.n_items)
            columns.append(np.log1p(total))
    return np.stack(columns, axis=1).astype(np.float32)


def item_durations(events: Interactions) -> npt.NDArray[np.float32]:
    """Mean length of each item, (n_items,) float32 seconds, 0 where no event says it."""
    known = events.duration > 0
    rows = events.items[known]
    total = np.bincount(rows, weights=events.duration[known], minlength=events.n_items)
    count = np.bincount(rows, minlength=events.n_items)
    return np.asarray(total / np.maximum(count, 1), np.float32)


def exposure_counts(events: Interactions) -> npt.NDArray[np.int64]:
    """Number of exposures of each item: (n_items,) int64."""
    return np.bincount(events.items[events.shown], minlength=events.n_items).astype(np.int64)
