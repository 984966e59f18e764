"""Item-based collaborative filtering: cosine of TF-IDF weighted columns, the k nearest stored."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp


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
    once, which bounds memory to chunk × n floats.
    """
    n_items = positive.shape[1]
    k = min(k, max(n_items - 1, 1))
    columns = tfidf_columns(positive).tocsc()
    seen = positive.tocsc().copy()
    seen.data = np.ones_like(seen.data)
    ids = np.full((n_items, k), -1, np.int32)
    weights = np.zeros((n_items, k), np.float32)
    for start in range(0, n_items, chunk):
        stop = min(start + chunk, n_items)
        cosine = np.asarray((columns[:, start:stop].T @ columns).todense(), dtype=np.float32)
        common = np.asarray((seen[:, start:stop].T @ seen).todense(), dtype=np.float32)
        cosine *= common / (common + shrink)
        cosine[np.arange(stop - start), np.arange(start, stop)] = 0.0
        nearest = np.argsort(-cosine, axis=1, kind="stable")[:, :k]
        value = np.take_along_axis(cosine, nearest, axis=1)
        ids[start:stop] = np.where(value > 0, nearest, -1)
        weights[start:stop] = value
    return ids, weights
