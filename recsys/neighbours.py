"""Items that go with an item: by who watches both (cosine of TF-IDF weighted columns), and by what
is watched shortly before or after. Of each only the k strongest are stored.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from recsys.feedback import LIKED_STRENGTH
from recsys.interactions import Interactions

# Places apart that two events of a viewer may be to say that their items go together; a gap of g
# weighs 1 / g. Tried on KuaiRand-Pure with 29–30 April 2022 held out.
MAX_GAP = 5
MAX_PAIR_EVENTS_PER_VIEWER = 500  # the latest; bounds the pairs of who watches all day


def tfidf_columns(positive: sp.csr_matrix) -> sp.csr_matrix:
    """Columns of unit length, (viewers, items) float64 CSR, of positive strengths of the same
    shape.

    A viewer who likes everything weighs less (idf over viewers); strength enters by its root.
    """
    n_items = positive.shape[1]
    per_viewer = positive.getnnz(axis=1)
    idf = np.log((1 + n_items) / (1 + per_viewer)) + 1
    weighted = sp.diags(idf) @ positive.sqrt()
    lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=0)).ravel())
    return sp.csr_matrix(
        weighted @ sp.diags(np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0))
    )


def item_neighbours(
    positive: sp.csr_matrix, k: int, shrink: float = 5.0, chunk: int = 1024
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:
    """The k nearest items of each: ids (n, k) int32, −1 where there are fewer, and similarities (n,
    k) float32 in 0–1, falling.

    positive: (m, n) CSR, positive strengths. A pair with c viewers in common counts c / (c +
    shrink) of its cosine, because few common viewers are weak evidence. chunk: columns handled at
    once, which bounds memory; nothing is dense over the catalogue.
    """
    n_items = positive.shape[1]
    k = min(k, max(n_items - 1, 1))
    columns = tfidf_columns(positive).tocsc().astype(np.float32)
    columns.sort_indices()
    seen = columns.copy()
    seen.data = np.ones_like(seen.data)
    ids = np.full((n_items, k), -1, np.int32)
    weights = np.zeros((n_items, k), np.float32)
    by_viewer, seen_by_viewer = columns.tocsr(), seen.tocsr()
    for start in range(0, n_items, chunk):
        stop = min(start + chunk, n_items)
        cosine = sp.csr_matrix(columns[:, start:stop].T @ by_viewer)
        common = sp.csr_matrix(seen[:, start:stop].T @ seen_by_viewer)
        cosine.sort_indices()
        common.sort_indices()
        cosine.data *= common.data / (common.data + shrink)
        _store_strongest(cosine, start, ids, weights)
    return ids, weights


def next_items(
    events: Interactions, k: int, shrink: float = 5.0
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:
    """For each item the k that viewers watch nearest to it in time; shapes as `item_neighbours`.

    A pair counts by its gap and by whether the second was liked; the sum is divided by the root of
    how often either is watched, and shrunk where that is seldom. Strengths are in 0–1.
    """
    n_items = events.n_items
    k = min(k, max(n_items - 1, 1))
    ids = np.full((n_items, k), -1, np.int32)
    weights = np.zeros((n_items, k), np.float32)
    watched = events.select(events.shown)
    order = np.lexsort((watched.at, watched.viewers))
    viewers, items = watched.viewers[order], watched.items[order]
    last = np.searchsorted(viewers, viewers, side="right")
    recent = last - np.arange(len(viewers)) <= MAX_PAIR_EVENTS_PER_VIEWER
    viewers, items = viewers[recent], items[recent]
    liked = np.where(watched.strength[order][recent] >= LIKED_STRENGTH, 1.0, 0.25)
    pairs = sp.csr_matrix((n_items, n_items))
    for gap in range(1, MAX_GAP + 1):
        same = (viewers[gap:] == viewers[:-gap]) & (items[gap:] != items[:-gap])
        first, second = items[:-gap][same], items[gap:][same]
        shape = (n_items, n_items)
        pairs = pairs + sp.coo_matrix((liked[gap:][same] / gap, (first, second)), shape=shape)
        pairs = pairs + sp.coo_matrix((liked[:-gap][same] / gap, (second, first)), shape=shape)
    if not pairs.nnz:
        return ids, weights
    count = np.bincount(items, minlength=n_items) + shrink
    scale = sp.diags(1.0 / np.sqrt(count))
    scaled = sp.csr_matrix(scale @ pairs @ scale, dtype=np.float32)
    scaled.data /= max(float(scaled.data.max()), 1.0)
    _store_strongest(scaled, 0, ids, weights)
    return ids, weights


def _store_strongest(
    found: sp.csr_matrix,
    start: int,
    ids: npt.NDArray[np.int32],
    weights: npt.NDArray[np.float32],
) -> None:
    """Keep the strongest of each row of `found`, which are the items from `start` on; an item is
    none of its own. Equal ones rank by row.
    """
    k = ids.shape[1]
    for row in range(found.shape[0]):
        part = slice(found.indptr[row], found.indptr[row + 1])
        columns, values = found.indices[part], found.data[part]
        other = columns != start + row
        columns, values = columns[other], values[other]
        if len(values) > 4 * k:
            # Not cut among equals, which would depend on the algorithm.
            least = np.partition(values, len(values) - k)[len(values) - k]
            columns, values = columns[values >= least], values[values >= least]
        strongest = np.lexsort((columns, -values))[:k]
        ids[start + row, : len(strongest)] = columns[strongest]
        weights[start + row, : len(strongest)] = values[strongest]
