"""Ranking metrics and their confidence intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

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
