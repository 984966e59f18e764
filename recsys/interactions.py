"""Events of many viewers, gathered into one sparse matrix of signed strengths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import scipy.sparse as sp

from recsys.events import deduplicate_events
from recsys.strength import HIGHEST, LOWEST, FloatArray, decay, strengths

IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Events:
    """Distinct events as arrays of one length: rows of viewers and items, times (Unix s),
    strengths, exposure flags.

    Events of episodes that are not in the catalogue are left out and counted in `unknown`.
    """

    viewers: IntArray
    items: IntArray
    at: FloatArray
    strength: FloatArray
    shown: npt.NDArray[np.bool_]
    n_viewers: int
    n_items: int
    unknown: int

    @property
    def latest(self) -> float:
        """Unix seconds of the latest event; 0 when there is none."""
        return float(self.at.max()) if len(self.at) else 0.0

    def where(self, mask: npt.NDArray[np.bool_]) -> Events:
        """The events that the mask keeps; viewers and items keep their rows."""
        return Events(
            self.viewers[mask],
            self.items[mask],
            self.at[mask],
            self.strength[mask],
            self.shown[mask],
            self.n_viewers,
            self.n_items,
            self.unknown,
        )


def gather_events(table: pa.Table, item_ids: Sequence[str]) -> Events:
    """Arrays of a table of events (EVENT_SCHEMA). Viewers get rows by the order of their ids, so
    equal sets of events give equal arrays.
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
    return Events(
        viewers=viewers.to_numpy(zero_copy_only=False).astype(np.int64),
        items=items.to_numpy(zero_copy_only=False).astype(np.int64),
        at=table["at"].to_numpy().astype(np.float64),
        strength=strengths(
            kinds,
            table["watched_ms"].to_numpy(),
            table["duration_ms"].to_numpy(),
            table["completed"].to_numpy(),
        ),
        shown=np.isin(kinds, ["impression", "watch", "skip"]),
        n_viewers=len(viewer_ids),
        n_items=len(item_ids),
        unknown=unknown,
    )


def preference_matrix(events: Events, now: float, half_life_days: float) -> sp.csr_matrix:
    """Signed, decayed strengths (viewers, items), float32, each between LOWEST and HIGHEST; exact
    zeros are left out.
    """
    weight = events.strength * decay(now - events.at, half_life_days)
    matrix = sp.coo_matrix(
        (weight, (events.viewers, events.items)), shape=(events.n_viewers, events.n_items)
    ).tocsr()
    matrix.data = np.clip(matrix.data, LOWEST, HIGHEST).astype(np.float32)
    matrix = matrix.astype(np.float32)
    matrix.eliminate_zeros()
    matrix.sort_indices()
    return matrix


def positive_part(matrix: sp.csr_matrix) -> sp.csr_matrix:
    """The matrix with what is below zero left out."""
    out = matrix.copy()
    out.data = np.maximum(out.data, 0)
    out.eliminate_zeros()
    return out


def decayed_popularity(
    events: Events, now: float, half_life_days: float
) -> npt.NDArray[np.float32]:
    """Decayed sum of positive strength for each item (items,)."""
    weight = np.maximum(events.strength, 0.0) * decay(now - events.at, half_life_days)
    return np.bincount(events.items, weights=weight, minlength=events.n_items).astype(np.float32)


def exposures(events: Events) -> npt.NDArray[np.int64]:
    """How many times each item was shown (items,)."""
    return np.bincount(events.items[events.shown], minlength=events.n_items).astype(np.int64)
