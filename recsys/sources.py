"""The sources of a feed: each gives every item a score from 0 to 1; fusion is their weighted sum.

Sources whose values have no common scale (ALS, neighbours, popularity) score by rank,
(K + 1) / (K + rank): reciprocal rank fusion (Cormack, Clarke, Büttcher 2009), scaled so that the
first has 1. Content scores by value, because in a small catalogue many items are alike and the
distance to the next group of them is what counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from recsys.als import FoldedViewer, fold_in
from recsys.model import Model
from recsys.vector_index import VectorIndex
from recsys.viewer_profile import ViewerProfile

# The constants below were chosen by hand; only the weights are tuned (recsys/tuning.py).
RANK_K = 20.0
MAX_CANDIDATES = 500  # items that a rank-based source scores above 0
# Liked items after which content weighs half, where viewers are many enough to be trusted.
CONTENT_HALF_WEIGHT_LIKES = 8.0
# Sum of |strength × recency| at which half of the content score counts: one episode watched to
# its end.
CONTENT_HALF_BELIEF_STRENGTH = 2.0
NEW_HALF_LIFE_DAYS = 4.0
MAX_NEW_AGE_DAYS = 21.0
_NEGLIGIBLE = 1e-9

Scores = npt.NDArray[np.float32]


@dataclass(frozen=True)
class SourceScores:
    """What the personal sources say about n items to a viewer with h items in the profile.

    by_source: (n,) float32 in 0–1 by source name; a source with nothing to say is absent.
    folded: the viewer's vector, None when ALS was not asked. seed_weights: (h,) float64, weight of
    each item of the profile in `neighbours`. content_profile: (N_FEATURES,) float64, None for an
    empty profile. The last three explain the scores.
    """

    by_source: dict[str, Scores]
    folded: FoldedViewer | None = None
    seed_weights: npt.NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    content_profile: npt.NDArray[np.float64] | None = None


def score_sources(model: Model, index: VectorIndex, profile: ViewerProfile) -> SourceScores:
    """Score all items of the model by the personal sources.

    `als` and `neighbours` say what viewers do together, `content` how like an item is to what was
    liked, `averse` how like it is to what was skipped or dismissed (its weight is subtracted).
    index: over the model's item factors.
    """
    if not len(profile.rows):
        return SourceScores({})
    liked = profile.liked
    trust = collaborative_trust(model)
    folded = None
    scores: dict[str, Scores] = {}
    seed_weights = np.where(liked, profile.strength * profile.recency, 0.0)
    if liked.any() and trust > 0:
        folded = fold_in(
            model.item_factors, model.gram, profile.rows, profile.strength, model.settings.als
        )
        scores["als"] = trust * _als_scores(folded, index, len(model.items))
        scores["neighbours"] = trust * _neighbour_scores(model, profile, seed_weights)
    content_profile = _content_profile(model, profile)
    scores |= _content_scores(model, profile, content_profile, trust)
    return SourceScores(scores, folded, seed_weights, content_profile)


def _als_scores(folded: FoldedViewer, index: VectorIndex, n: int) -> Scores:
    rows, products = index.nearest(folded.vector, MAX_CANDIDATES)
    return reciprocal_rank_scores(rows[products > 0], n)


def _neighbour_scores(
    model: Model, profile: ViewerProfile, seed_weights: npt.NDArray[np.float64]
) -> Scores:
    seeds = profile.rows[profile.liked]
    ids = model.neighbour_ids[seeds]
    weights = model.neighbour_weights[seeds] * seed_weights[profile.liked][:, None]
    total = np.bincount(ids[ids >= 0], weights=weights[ids >= 0], minlength=len(model.items))
    return rank_scores(total.astype(np.float64))


def _content_profile(model: Model, profile: ViewerProfile) -> npt.NDArray[np.float64]:
    weights = profile.strength * profile.recency
    rows = model.content[profile.rows].toarray()
    return np.asarray(weights @ rows).ravel().astype(np.float64)


def _content_scores(
    model: Model,
    profile: ViewerProfile,
    content_profile: npt.NDArray[np.float64],
    trust: float,
) -> dict[str, Scores]:
    similarity = np.asarray(model.content @ content_profile.astype(np.float32))
    evidence = np.abs(profile.strength * profile.recency).sum()
    belief = 1.0 - np.exp2(-evidence / CONTENT_HALF_BELIEF_STRENGTH)
    # Content serves a newcomer; with every liked item, what viewers do together takes over.
    likes = int(profile.liked.sum())
    handover = 1.0 - trust * likes / (likes + CONTENT_HALF_WEIGHT_LIKES)
    best, worst = float(similarity.max(initial=0.0)), float(similarity.min(initial=0.0))
    scores: dict[str, Scores] = {}
    if best > _NEGLIGIBLE:
        content = handover * belief * np.maximum(similarity, 0.0) / best
        if likes and trust > 0:
            # An item that nobody has watched cannot be anyone's neighbour: its content score takes
            # the weight of the neighbours too.
            content[~model.trained] *= (
                1.0 / handover + trust * model.weights.neighbours / model.weights.content
            )
        scores["content"] = content.astype(np.float32)
    if worst < -_NEGLIGIBLE:
        averse = handover * belief * np.minimum(similarity, 0.0) / worst
        scores["averse"] = averse.astype(np.float32)
    return scores


def collaborative_trust(model: Model) -> float:
    """How far collaborative sources count, 0 to 1.

    Rises with the number of liked viewer–item pairs for each trained item and reaches 1 at
    `TrainSettings.trusted_interactions`.
    """
    trained = int(model.trained.sum())
    if not trained:
        return 0.0
    return float(
        min(1.0, model.counts.get("liked_pairs", 0) / trained / model.settings.trusted_interactions)
    )


def reciprocal_rank_scores(rows: npt.NDArray[np.int64], n: int) -> Scores:
    """Scores (n,), float32, of rows (r,) in rank order, best first; 0 for all other rows."""
    out = np.zeros(n, np.float32)
    out[rows] = (RANK_K + 1) / (RANK_K + 1 + np.arange(len(rows)))
    return out


def rank_scores(values: npt.NDArray[np.float64] | Scores) -> Scores:
    """Scores (n,), float32, by the rank of values (n,).

    Only the MAX_CANDIDATES highest values above zero score; equal values rank by row.
    """
    rows = np.flatnonzero(values > 0)
    if len(rows) > MAX_CANDIDATES:
        rows = rows[np.argpartition(-values[rows], MAX_CANDIDATES)[:MAX_CANDIDATES]]
    return reciprocal_rank_scores(rows[np.lexsort((rows, -values[rows]))], len(values))


def newness_scores(published_at: npt.NDArray[np.float64], now: float) -> Scores:
    """Scores (n,), float32, that halve every NEW_HALF_LIFE_DAYS and are 0 from MAX_NEW_AGE_DAYS on.

    published_at: (n,) Unix seconds, 0 for unknown, which scores 0. now: Unix seconds.
    """
    age_days = np.maximum(now - published_at, 0.0) / 86400.0
    return np.where(
        (published_at > 0) & (age_days < MAX_NEW_AGE_DAYS),
        np.exp2(-age_days / NEW_HALF_LIFE_DAYS),
        0.0,
    ).astype(np.float32)
