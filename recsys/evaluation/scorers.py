"""Plain models to compare with, which score every item for a batch of users. They learn from long
views alone.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from recsys.als import AlsSettings, train_als

Float32 = npt.NDArray[np.float32]
# Takes user rows (b,) int64 and returns scores (b, n_items) float32.
Scorer = Callable[[npt.NDArray[np.int64]], Float32]

FUSION_K = 60.0  # the value of the paper


def popularity(counts: Float32) -> Scorer:
    """The same scores for every user: counts (n,)."""
    return lambda users: np.tile(counts.astype(np.float32), (len(users), 1))


def item_cosine(train: sp.csr_matrix, seeds: sp.csr_matrix) -> Scorer:
    """Sum over a user's seeds of xᵢ·xⱼ / (|xᵢ||xⱼ|), where xᵢ are the columns of `train`.

    train: (n_users, n) CSR. seeds: (n_users, n) CSR, weights of the user's items. Needs a dense (n,
    n) matrix.
    """
    columns = train.tocsc()
    lengths = np.sqrt(np.asarray(columns.multiply(columns).sum(axis=0)).ravel())
    scale = np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    columns = sp.csc_matrix(columns @ sp.diags(scale), dtype=np.float32)
    similarity = (columns.T @ columns).toarray()
    np.fill_diagonal(similarity, 0.0)
    return lambda users: np.asarray(seeds[users] @ similarity, np.float32)


def tfidf_cosine(liked: sp.csr_matrix) -> Scorer:
    """Item cosine of columns weighted by idf over users. liked: (n_users, n) CSR."""
    idf = np.log(liked.shape[1] / np.maximum(liked.getnnz(axis=1), 1))
    return item_cosine(sp.csr_matrix(sp.diags(idf) @ liked), liked)


def als(strength: sp.csr_matrix, settings: AlsSettings) -> Scorer:
    """Implicit ALS (see `recsys.als`). strength: (n_users, n) CSR."""
    users_factors, item_factors = train_als(strength, settings)
    return lambda users: users_factors[users] @ item_factors.T


def rank_fusion(scorers: list[Scorer]) -> Scorer:
    """Reciprocal rank fusion, equal weights, K = 60 (Cormack, Clarke, Büttcher 2009)."""

    def score(users: npt.NDArray[np.int64]) -> Float32:
        total = np.zeros((len(users), 1), np.float32)
        for scorer in scorers:
            order = np.argsort(-scorer(users), axis=1, kind="stable")
            rank = np.empty_like(order)
            np.put_along_axis(
                rank, order, np.broadcast_to(np.arange(order.shape[1]), order.shape).copy(), axis=1
            )
            total = total + (1.0 / (FUSION_K + 1 + rank)).astype(np.float32)
        return total

    return score


def baselines(liked: sp.csr_matrix, recent: Float32, settings: AlsSettings) -> dict[str, Scorer]:
    """The models by name. liked: (n_users, n) CSR, 1 where watched long. recent: (n,) float32, long
    views of the log's days.
    """
    counts = np.asarray(liked.sum(axis=0), np.float32).ravel()
    tfidf = tfidf_cosine(liked)
    factors = als(liked, settings)
    return {
        "popularity": popularity(counts),
        "recent_popularity": popularity(recent),
        "als": factors,
        "cosine": item_cosine(liked, liked),
        "tfidf": tfidf,
        "rank_fusion": rank_fusion([factors, tfidf, popularity(recent)]),
    }
