"""What is computed once for a model and read by every request."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from recsys.model import Model
from recsys.sources import rank_scores
from recsys.vector_index import VectorIndex

IntArray = npt.NDArray[np.int64]
NO_ROWS = np.zeros(0, np.int64)
MAX_STATIC_ROWS = 1000  # of each list that is the same for everybody


class ServingIndex:
    """A model and look-ups over it; replaced whole, never changed.

    vectors: over the item factors. contents: over the projected content rows, None while the
    catalogue is small. popular: (n,) float32 rank scores. published: (n,) float64 Unix seconds.
    group, genre, creator: (n,) int64 codes, −1 for none. by_popularity, by_trend, newest: rows,
    first come first, at most MAX_STATIC_ROWS.
    """

    def __init__(self, model: Model, vectors: VectorIndex) -> None:
        self.model = model
        self.vectors = vectors
        self.contents = (
            VectorIndex.build(np.asarray(model.content @ model.content_axes, np.float32))
            if model.content_axes.shape[1]
            else None
        )
        self.row_of = {item.item_id: row for row, item in enumerate(model.items)}
        self.popular = rank_scores(model.popularity)
        self.published = np.array([item.published_at for item in model.items])
        self.rows_by_group = _rows_by((item.group_id,) for item in model.items)
        self.rows_by_genre = _rows_by(item.genres for item in model.items)
        self.rows_by_tag = _rows_by(item.tags for item in model.items)
        self.group = _codes([item.group_id for item in model.items])
        self.genre = _codes([item.genres[0] if item.genres else None for item in model.items])
        self.creator = _codes([item.creator_id or None for item in model.items])
        self.by_popularity = _highest(model.popularity)
        # What is liked now, by each of the decays in turn.
        recent = [_highest(model.trend[:, column]) for column in (0, 2, 4)]
        self.by_trend = _take_turns(recent)
        self.newest = _highest(self.published)


def first_of_each_group(rows: IntArray, group: IntArray) -> IntArray:
    """The rows without later ones of the same group; the order stays. group: (n,) codes."""
    _, first = np.unique(group[rows], return_index=True)
    return rows[np.sort(first)]


def _highest(values: npt.NDArray[np.floating]) -> IntArray:
    """Rows of the highest values above zero, highest first; equal ones by row."""
    rows = np.flatnonzero(values > 0)
    if len(rows) > MAX_STATIC_ROWS:
        rows = rows[np.argpartition(-values[rows], MAX_STATIC_ROWS)[:MAX_STATIC_ROWS]]
    return rows[np.lexsort((rows, -values[rows]))].astype(np.int64)


def _take_turns(lists: list[IntArray]) -> IntArray:
    length = min(len(rows) for rows in lists)
    merged = np.stack([rows[:length] for rows in lists], axis=1).ravel()
    _, first = np.unique(merged, return_index=True)
    return merged[np.sort(first)]


def _rows_by(labels: Iterable[tuple[str, ...]]) -> dict[str, IntArray]:
    """Rows that have each label, rising."""
    rows: dict[str, list[int]] = defaultdict(list)
    for row, names in enumerate(labels):
        for name in names:
            rows[name].append(row)
    return {name: np.array(found, np.int64) for name, found in rows.items()}


def _codes(names: list[str | None]) -> IntArray:
    """A number for each distinct name, (n,) int64, −1 for None."""
    codes: dict[str, int] = {}
    return np.array(
        [-1 if name is None else codes.setdefault(name, len(codes)) for name in names], np.int64
    )
