"""How good a ranking is, and how sure one may be of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


def ndcg(hits: npt.NDArray[np.bool_], relevant: npt.NDArray[np.int64], k: int) -> FloatArray:
    """NDCG@k of each user (u,), binary relevance. hits (u, ≥k): is the item at that rank relevant;
    relevant (u,): how many are.

    Järvelin, Kekäläinen 2002; the ideal list has min(k, relevant) hits at its head.
    """
    discount = 1.0 / np.log2(np.arange(2, k + 2))
    ideal = np.cumsum(discount)[np.clip(relevant, 1, k) - 1]
    return np.asarray((hits[:, :k] * discount[: hits[:, :k].shape[1]]).sum(axis=1) / ideal)


def recall(hits: npt.NDArray[np.bool_], relevant: npt.NDArray[np.int64], k: int) -> FloatArray:
    """Recall@k of each user (u,): relevant items among the first k, by all relevant ones."""
    return np.asarray(hits[:, :k].sum(axis=1) / np.maximum(relevant, 1))


@dataclass(frozen=True)
class Estimate:
    """A mean over users and its 95 % interval."""

    mean: float
    low: float
    high: float


def bootstrap(values: FloatArray, seed: int = 0, rounds: int = 1000) -> Estimate:
    """Mean with a percentile bootstrap interval over users (Efron 1979). Raises ValueError for no
    user.
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
    """Part of the items (n,) that are shown at all."""
    return float((shown > 0).mean()) if len(shown) else 0.0


def gini(shown: npt.NDArray[np.int64]) -> float:
    """Inequality of exposure over all items (n,): 0 when each is shown as often, near 1 when one
    has it all.
    """
    total = shown.sum()
    if not total:
        return 0.0
    ordered = np.sort(shown).astype(np.float64)
    n = len(ordered)
    return float((2 * (np.arange(1, n + 1) * ordered).sum() / (n * total)) - (n + 1) / n)
