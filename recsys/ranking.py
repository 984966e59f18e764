"""The second stage as a request meets it: the learned ranker for who has liked enough, the weights
for everybody else.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from recsys.features import SOURCE_OF, build_features
from recsys.retrieval import Candidates
from recsys.serving_index import IntArray, ServingIndex
from recsys.viewer_profile import ViewerProfile
from recsys.weighted import weighted_parts

FloatArray = npt.NDArray[np.float64]
# Liked items from which the ranker, which learned from such viewers, takes over from the weights.
MIN_RANKED_LIKES = 5
_COLUMNS_OF = {
    source: np.flatnonzero(np.array(SOURCE_OF) == source) for source in dict.fromkeys(SOURCE_OF)
}


@dataclass(frozen=True)
class Viewing:
    """Who asks, when, of what: an index, a profile, Unix seconds, and exposures (n,) by now."""

    index: ServingIndex
    profile: ViewerProfile
    now: float
    exposures: IntArray


@dataclass(frozen=True)
class Scored:
    """Candidates with their scores, (c,), and what each source adds to them, (c,) each."""

    candidates: Candidates
    total: FloatArray
    parts: dict[str, FloatArray]


def rank(viewing: Viewing, candidates: Candidates, *, with_ranker: bool) -> Scored:
    """Score the candidates. with_ranker: False leaves it to the weights."""
    index, profile = viewing.index, viewing.profile
    ranker = index.model.ranker if with_ranker else None
    if ranker is None or int(profile.enjoyed.sum()) < MIN_RANKED_LIKES:
        parts = weighted_parts(index, profile, candidates, viewing.now)
        return Scored(candidates, np.asarray(np.sum(list(parts.values()), axis=0)), parts)
    features = build_features(index, profile, candidates, viewing.now, viewing.exposures)
    contributions = ranker.contributions(features)
    parts = {
        source: contributions[:, columns].sum(axis=1) for source, columns in _COLUMNS_OF.items()
    }
    return Scored(candidates, contributions.sum(axis=1), parts)
