"""Ranking metrics and their confidence intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

FloatArray = npt.NDArray[np.float64]


def ndcg(hits: npt.NDArray[np.bool_], relevant: npt.NDArray[np.int64], k: int) -> FloatArray:
    """NDCG@k of each user with binary relevance: (u,) float64.

    hits: (u, ≥k) bool, whether the item at that rank is relevant. relevant: (u,) int64, number of
    relevant items; the ideal list has min(k, relevant) hits at its head (Järvelin, Kekäläinen
    2002).
    """
    discount = 1.0 / np.log2(np.arange(2, k + 2))
    ideal = np.cumsum(discount)[np.clip(relevant, 1, k) - 1]
    return np.asarray((hits[:, :k] * discount[: hits[:, :k].shape[1]]).sum(axis=1) / ideal)


def recall(hits: npt.NDArray[np.bool_], relevant: npt.NDArray[np.int64], k: int) -> FloatArray:
    """Recall@k of each user, (u,) float64: hits among the first k, divided by all relevant items.

    hits: (u, ≥k) bool. relevant: (u,) int64.
    """
    return np.asarray(hits[:, :k].sum(axis=1) / np.maximum(relevant, 1))


@dataclass(frozen=True)
class Estimate:
    """A mean over users and its 95 % interval [low, high]."""

    mean: float
    low: float
    high: float


def bootstrap(values: FloatArray, seed: int = 0, rounds: int = 1000) -> Estimate:
    """Mean of values (u,) with a percentile bootstrap interval over users (Efron 1979).

    rounds: number of resamples. Raises ValueError for no user.
    """
    if not len(values):
        raise ValueError("no user to average over")
    rng = np.random.default_rng(seed)
    means = np.array(
        [values[rng.integers(0, len(values), len(values))].mean() for _ in range(rounds)]
    )
    low, high = np.quantile(means, [0.025, 0.975])
    return Estimate(float(values.mean()), float(low), float(high))


def coverage(shown: npt.NDArray[np.int64]) -> float:
    """Share of the items, 0 to 1, that are shown at all. shown: (n,) int64, times shown."""
    return float((shown > 0).mean()) if len(shown) else 0.0


def gini(shown: npt.NDArray[np.int64]) -> float:
    """Gini coefficient of exposure: 0 when all items are shown equally, near 1 when one has it all.

    shown: (n,) int64, times shown. 0 when nothing was shown.
    """
    total = shown.sum()
    if not total:
        return 0.0
    ordered = np.sort(shown).astype(np.float64)
    n = len(ordered)
    return float((2 * (np.arange(1, n + 1) * ordered).sum() / (n * total)) - (n + 1) / n)


def auc(scores: FloatArray, labels: npt.NDArray[np.bool_]) -> float:
    """Chance that a positive scores above a negative, ties counting half; .5 without either.

    scores, labels: (r,).
    """
    positives = int(labels.sum())
    negatives = len(labels) - positives
    if not positives or not negatives:
        return 0.5
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    above = ranks[labels].sum() - positives * (positives + 1) / 2
    return float(above / (positives * negatives))


def within_user_auc(scores: list[FloatArray], labels: list[npt.NDArray[np.bool_]]) -> float:
    """Mean AUC of the users who have both a positive and a negative, weighted by their rows.

    One array of scores and of labels for each user. .5 when there is no such user.
    """
    values, weights = [], []
    for user_scores, user_labels in zip(scores, labels, strict=True):
        if 0 < user_labels.sum() < len(user_labels):
            values.append(auc(user_scores, user_labels))
            weights.append(len(user_labels))
    return float(np.average(values, weights=weights)) if values else 0.5


def ratio_interval(
    values: FloatArray, baseline: FloatArray, seed: int = 0, rounds: int = 1000
) -> Estimate | None:
    """Mean of `values` over that of `baseline`, both (u,) of the same users, with a percentile
    interval of a paired bootstrap over users. None when the baseline is 0 in a resample.
    """
    rng = np.random.default_rng(seed)
    ratios = []
    for _ in range(rounds):
        drawn = rng.integers(0, len(values), len(values))
        below = baseline[drawn].mean()
        if not below:
            return None
        ratios.append(values[drawn].mean() / below)
    low, high = np.quantile(ratios, [0.025, 0.975])
    return Estimate(float(values.mean() / baseline.mean()), float(low), float(high))


def calibration_error(
    predicted: FloatArray, observed: npt.NDArray[np.bool_], bins: int = 10
) -> float:
    """Mean distance of predicted and observed rates over `bins` equally full bins (ECE).

    predicted: (r,) in 0–1. observed: (r,) bool.
    """
    order = np.argsort(predicted, kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    gaps = [abs(float(predicted[part].mean() - observed[part].mean())) for part in parts]
    return float(np.average(gaps, weights=[len(part) for part in parts])) if parts else 0.0


def intra_list_diversity(lists: npt.NDArray[np.int64], content: sp.csr_matrix) -> float:
    """Mean over lists of one less the mean cosine of all pairs of a list.

    lists: (u, k) rows, −1 where a list ends. content: (n, d) CSR, rows of unit length.
    """
    values = []
    for ranked in lists:
        rows = ranked[ranked >= 0]
        if len(rows) > 1:
            likeness = (content[rows] @ content[rows].T).toarray()
            pairs = len(rows) * (len(rows) - 1)
            values.append(1.0 - (likeness.sum() - np.trace(likeness)) / pairs)
    return float(np.mean(values)) if values else 0.0
