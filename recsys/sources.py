"""The sources of a feed: each gives every episode a gain from 0 to 1; the fusion is their weighted
sum.

Sources that only order (vectors, neighbours, popularity) gain by rank, (K + 1) / (K + rank):
reciprocal rank fusion (Cormack, Clarke, Büttcher 2009) scaled so that the first has 1. Content
gains by value, because in a small catalogue many episodes are alike and the distance to the next
group is what counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from recsys.als import FoldedViewer, fold_in
from recsys.model import Model
from recsys.taste import Taste
from recsys.vectors import VectorIndex

RANK_K = 20.0
LIST_LENGTH = 500
# liked episodes after which content weighs half, where viewers are many enough to be trusted
HANDOVER = 8.0
NEW_HALF_LIFE_DAYS = 4.0
NEW_UP_TO_DAYS = 21.0

Gains = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Evidence:
    """Gains by source, (n,) each, and what is needed to say where they came from."""

    gains: dict[str, Gains]
    folded: FoldedViewer | None = None
    seeds: npt.NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    profile: npt.NDArray[np.float64] | None = None


def gather_evidence(model: Model, index: VectorIndex, taste: Taste) -> Evidence:
    """The personal sources: `als`, `neighbours`, `content` and `averse` (like what was skipped; its
    weight is taken off).
    """
    n = len(model.items)
    gains: dict[str, Gains] = {}
    if not len(taste.rows):
        return Evidence(gains)
    liked = taste.liked
    trust = collaborative_trust(model)
    folded = None
    if liked.any() and trust > 0:
        folded = fold_in(
            model.item_factors, model.gram, taste.rows, taste.strength, model.settings.als
        )
        rows, value = index.nearest(folded.vector, LIST_LENGTH)
        gains["als"] = trust * gain_of_order(rows[value > 0], n)
    seeds = np.where(liked, taste.strength * taste.recency, 0.0)
    if liked.any() and trust > 0:
        near = model.neighbour_ids[taste.rows[liked]]
        weight = model.neighbour_weights[taste.rows[liked]] * seeds[liked][:, None]
        score = np.bincount(near[near >= 0], weights=weight[near >= 0], minlength=n).astype(
            np.float64
        )
        gains["neighbours"] = trust * gain_of_scores(score)
    pull = taste.strength * taste.recency
    profile = np.asarray(pull @ model.content[taste.rows].toarray()).ravel().astype(np.float64)
    value = np.asarray(model.content @ profile.astype(np.float32))
    # Half is believed after one episode watched to the end, nine tenths after about four.
    belief = 1.0 - np.exp2(-np.abs(pull).sum() / 2.0)
    # Content carries a newcomer; with every liked episode, what viewers do together takes over.
    handover = 1.0 - trust * liked.sum() / (liked.sum() + HANDOVER)
    best, worst = float(value.max(initial=0.0)), float(value.min(initial=0.0))
    if best > 1e-9:
        content = handover * belief * np.maximum(value, 0.0) / best
        if "neighbours" in gains:
            # An episode that nobody has watched cannot be anyone's neighbour; its content speaks in
            # that place too.
            content[~model.trained] *= (
                1.0 / handover + trust * model.weights.neighbours / model.weights.content
            )
        gains["content"] = content.astype(np.float32)
    if worst < -1e-9:
        gains["averse"] = (handover * belief * np.minimum(value, 0.0) / worst).astype(np.float32)
    return Evidence(gains, folded, seeds, profile)


def collaborative_trust(model: Model) -> float:
    """0 to 1: how far what viewers do together is believed, by liked viewer–episode pairs per
    trained episode.
    """
    trained = int(model.trained.sum())
    if not trained:
        return 0.0
    return float(
        min(1.0, model.counts.get("liked_pairs", 0) / trained / model.settings.trusted_interactions)
    )


def gain_of_order(rows: npt.NDArray[np.int64], n: int) -> Gains:
    """Gains (n,) of rows given best first."""
    out = np.zeros(n, np.float32)
    out[rows] = (RANK_K + 1) / (RANK_K + 1 + np.arange(len(rows)))
    return out


def gain_of_scores(score: npt.NDArray[np.float64] | Gains) -> Gains:
    """Gains (n,) by rank of the LIST_LENGTH highest scores above zero; equal scores by row."""
    rows = np.flatnonzero(score > 0)
    if len(rows) > LIST_LENGTH:
        rows = rows[np.argpartition(-score[rows], LIST_LENGTH)[:LIST_LENGTH]]
    return gain_of_order(rows[np.lexsort((rows, -score[rows]))], len(score))


def gain_of_newness(published_at: npt.NDArray[np.float64], now: float) -> Gains:
    """Gains (n,) that halve every NEW_HALF_LIFE_DAYS and end after NEW_UP_TO_DAYS; 0 for what has
    no date.
    """
    age = np.maximum(now - published_at, 0.0) / 86400.0
    return np.where(
        (published_at > 0) & (age < NEW_UP_TO_DAYS), np.exp2(-age / NEW_HALF_LIFE_DAYS), 0.0
    ).astype(np.float32)
