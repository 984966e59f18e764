"""Models that score every item for a batch of users.

Two groups. *Baselines* learn from long views alone. *Engine* models also know what was merely
shown, and when: being shown something is itself a sign of where a user moves, and the latest of a
history says the most. Constants were tried on KuaiRand-Pure with 29–30 April 2022 held out.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from recsys.als import AlsSettings, train_als
from recsys.evaluation.log import Snapshot

Float32 = npt.NDArray[np.float32]
# Takes user rows (b,) int64 and returns scores (b, n_items) float32.
Scorer = Callable[[npt.NDArray[np.int64]], Float32]

COSINE_POWER = 0.6  # above 0.5 (the cosine) popular items are held back
EASE_PENALTY = 200.0  # λ of the paper
FUSION_K = 60.0  # the value of the paper
ENGINE_MODELS = ("shown_als", "recent_cosine", "recent_ease")


def popularity(counts: Float32) -> Scorer:
    """The same scores for every user: counts (n,)."""
    return lambda users: np.tile(counts.astype(np.float32), (len(users), 1))


def item_cosine(train: sp.csr_matrix, seeds: sp.csr_matrix, power: float = 0.5) -> Scorer:
    """Sum over a user's seeds of xᵢ·xⱼ / (|xᵢ||xⱼ|)^(2·power), where xᵢ are the columns of `train`.

    train: (n_users, n) CSR. seeds: (n_users, n) CSR, weights of the user's items. Needs a dense (n,
    n) matrix.
    """
    columns = train.tocsc()
    lengths = np.sqrt(np.asarray(columns.multiply(columns).sum(axis=0)).ravel())
    scale = np.divide(1.0, lengths ** (2 * power), out=np.zeros_like(lengths), where=lengths > 0)
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


def ease(train: sp.csr_matrix, seeds: sp.csr_matrix, penalty: float = EASE_PENALTY) -> Scorer:
    """Steck: Embarrassingly Shallow Autoencoders for Sparse Data (WWW 2019).

    train, seeds: (n_users, n) CSR. penalty: λ. Needs two dense (n, n) matrices.
    """
    gram = (train.T @ train).toarray().astype(np.float32)
    gram[np.diag_indices_from(gram)] += penalty
    weights = np.linalg.inv(gram)
    del gram  # each of the two is items × items
    weights /= -np.diag(weights).copy()[None, :]
    np.fill_diagonal(weights, 0.0)
    return lambda users: np.asarray(seeds[users] @ weights, np.float32)


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


def baselines(known: Snapshot, settings: AlsSettings) -> dict[str, Scorer]:
    """The models to compare with, by name; they know long views alone."""
    counts = np.asarray(known.liked.sum(axis=0), np.float32).ravel()
    recent = popularity(known.recent)
    tfidf = tfidf_cosine(known.liked)
    factors = als(known.liked, settings)
    return {
        "popularity": popularity(counts),
        "recent_popularity": recent,
        "als": factors,
        "cosine": item_cosine(known.liked, known.liked),
        "tfidf": tfidf,
        "rank_fusion": rank_fusion([factors, tfidf, recent]),
    }


def engine_models(known: Snapshot, settings: AlsSettings) -> dict[str, Scorer]:
    """The models that the fused list is made from, by the names of ENGINE_MODELS."""
    seeds = sp.csr_matrix(known.interactions.multiply(known.recency))
    rooted = sp.csr_matrix(known.interactions.multiply(known.recency.sqrt()))
    return {
        ENGINE_MODELS[0]: als(known.interactions, settings),
        ENGINE_MODELS[1]: item_cosine(known.interactions, seeds, COSINE_POWER),
        ENGINE_MODELS[2]: ease(known.interactions, rooted),
    }
