"""A fused list whose weights are learned on days before the test, never on it.

The engine's models name candidates; a logistic regression over their standardised scores, their
ranks and the items' trend estimates how likely each is to be watched long. It is fitted where the
answer is known: models trained up to an inner split, long views between that and the end of the
training log. Constants were tried on KuaiRand-Pure with 29–30 April 2022 held out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from recsys.evaluation.log import Snapshot
from recsys.evaluation.scorers import Scorer

Float32 = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

MAX_CANDIDATES = 200  # of each user
MIN_POSITIVES = 200  # fewer are too few to learn weights from
HIDDEN_SCORE = np.float32(-1e9)


@dataclass(frozen=True)
class Candidates:
    """Candidates of u users: items (u, c) int64 rows, features (u, c, d) float32."""

    items: IntArray
    features: Float32


@dataclass(frozen=True)
class Fusion:
    """A fitted ranking of candidates with d features.

    mean, spread, weights: (d,) float32, or all None when there was too little to learn from; then
    the standardised scores of the `models` models (the first features) are added up.
    """

    mean: Float32 | None
    spread: Float32 | None
    weights: Float32 | None
    models: int

    def rank(self, candidates: Candidates) -> IntArray:
        """Items of each user, (u, c) int64, best first."""
        if self.weights is None or self.mean is None or self.spread is None:
            value = candidates.features[:, :, : self.models].sum(axis=2)
        else:
            value = ((candidates.features - self.mean) / self.spread) @ self.weights
        order = np.argsort(-value, axis=1, kind="stable")
        return np.take_along_axis(candidates.items, order, axis=1)


def find_candidates(known: Snapshot, models: dict[str, Scorer], users: IntArray) -> Candidates:
    """For each of the users, (u,) rows, the items with the highest sum of standardised scores.

    Recent popularity counts half. What a user was already shown comes last.
    """
    popular = known.trend[:, 2]
    popular = 0.5 * (popular - popular.mean()) / (popular.std() + 1e-9)
    standard = []
    for score in models.values():
        value = score(users)
        standard.append(
            (value - value.mean(axis=1, keepdims=True)) / (value.std(axis=1, keepdims=True) + 1e-9)
        )
    total = np.sum(standard, axis=0) + popular[None, :]
    hide_shown(total, known, users)
    count = min(MAX_CANDIDATES, total.shape[1])
    items = np.argpartition(-total, count - 1, axis=1)[:, :count]
    items = np.sort(items, axis=1)
    features = [np.take_along_axis(value, items, axis=1) for value in standard]
    for value in features[: len(models)]:
        rank = np.argsort(np.argsort(-value, axis=1, kind="stable"), axis=1)
        features = [*features, 10 / (10 + rank), 60 / (60 + rank), np.log1p(rank)]
    stacked = np.concatenate([np.stack(features, axis=2), known.trend[items]], axis=2)
    return Candidates(items, stacked.astype(np.float32))


def hide_shown(scores: Float32, known: Snapshot, users: IntArray) -> None:
    """Set the scores, (u, n), of what a user was already shown to HIDDEN_SCORE, in place.

    A feed does not show it again. users: (u,) rows.
    """
    rows = known.interactions[users]
    scores[np.repeat(np.arange(len(users)), np.diff(rows.indptr)), rows.indices] = HIDDEN_SCORE


def fit_fusion(found: list[Candidates], truth: list[npt.NDArray[np.bool_]], models: int) -> Fusion:
    """Fit the weights on batches of candidates and labels.

    truth: for each batch (u, c) bool, whether the user then watched the candidate long. models:
    number of models.
    """
    positives = sum(int(labels.sum()) for labels in truth)
    if positives < MIN_POSITIVES:
        return Fusion(None, None, None, models)
    features = np.concatenate([part.features.reshape(-1, part.features.shape[2]) for part in found])
    labels = np.concatenate([part.ravel() for part in truth])
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    features -= mean
    features /= spread
    fitted = LogisticRegression(C=0.01, max_iter=200).fit(features, labels)
    return Fusion(mean, spread, fitted.coef_[0].astype(np.float32), models)
