"""Candidates ranked by hand-set weights: for newcomers, for who wants nothing personal, and while
there is no learned ranker.

Sources whose values have no common scale score by rank (`recsys.sources`). Content scores by value,
because in a small catalogue many items are alike and the distance to the next group of them is what
counts.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from recsys.model import Model
from recsys.retrieval import Candidates
from recsys.serving_index import ServingIndex
from recsys.sources import collaborative_trust, newness_scores, rank_scores
from recsys.viewer_profile import ViewerProfile

FloatArray = npt.NDArray[np.float64]
# Chosen by hand, not tuned on a log.
# Liked items after which content weighs half, where viewers are many enough to be trusted.
CONTENT_HALF_WEIGHT_LIKES = 8.0
# Sum of |strength × recency| at which half of the content score counts: one episode watched to
# its end.
CONTENT_HALF_BELIEF_STRENGTH = 2.0
_NEGLIGIBLE = 1e-9


def weighted_parts(
    index: ServingIndex, profile: ViewerProfile, candidates: Candidates, now: float
) -> dict[str, FloatArray]:
    """What each source adds to the scores of c candidates, (c,) each; negative where it lowers.

    A source with nothing to say is absent. now: Unix seconds.
    """
    model, weights = index.model, index.model.weights
    rows = candidates.rows
    parts = {
        "popular": weights.popular * index.popular[rows],
        "new": weights.new * newness_scores(index.published[rows], now),
    }
    trust = collaborative_trust(model)
    if candidates.folded is not None:
        parts["als"] = weights.als * trust * rank_scores(candidates.als)
        parts["neighbours"] = weights.neighbours * trust * rank_scores(candidates.neighbours)
    if candidates.content_profile is not None:
        content, averse = _content_scores(model, profile, candidates, trust)
        parts["content"] = weights.content * content
        parts["averse"] = -weights.averse * averse
    return {name: np.asarray(value, np.float64) for name, value in parts.items()}


def content_belief(profile: ViewerProfile) -> float:
    """How far a profile is enough to go by its content: 0 to 1."""
    evidence = float(np.abs(profile.strength * profile.recency).sum())
    return 1.0 - float(np.exp2(-evidence / CONTENT_HALF_BELIEF_STRENGTH))


def _content_scores(
    model: Model, profile: ViewerProfile, candidates: Candidates, trust: float
) -> tuple[FloatArray, FloatArray]:
    """How like what was liked, and how like what was skipped: (c,) each, from 0."""
    similarity = candidates.content
    belief = content_belief(profile)
    # Content serves a newcomer; with every liked item, what viewers do together takes over.
    likes = int(profile.liked.sum())
    handover = 1.0 - trust * likes / (likes + CONTENT_HALF_WEIGHT_LIKES)
    best, worst = float(similarity.max(initial=0.0)), float(similarity.min(initial=0.0))
    content = averse = np.zeros(len(similarity))
    if best > _NEGLIGIBLE:
        content = handover * belief * np.maximum(similarity, 0.0) / best
        if likes and trust > 0:
            # An item that nobody has watched cannot be anyone's neighbour: its content score takes
            # the weight of the neighbours too.
            content[~model.trained[candidates.rows]] *= (
                1.0 / handover + trust * model.weights.neighbours / model.weights.content
            )
    if worst < -_NEGLIGIBLE:
        averse = handover * belief * np.minimum(similarity, 0.0) / worst
    return content, averse
