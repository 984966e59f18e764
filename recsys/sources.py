"""Scores from 0 to 1 of sources whose values have no common scale.

By rank, (K + 1) / (K + rank): reciprocal rank fusion (Cormack, Clarke, Büttcher 2009), scaled so
that the first has 1.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from recsys.model import Model

# Chosen by hand, not tuned on a log.
RANK_K = 20.0
MAX_SCORED = 500  # items that a rank-based source scores above 0
NEW_HALF_LIFE_DAYS = 4.0
MAX_NEW_AGE_DAYS = 21.0

Scores = npt.NDArray[np.float32]


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

    Only the MAX_SCORED highest values above zero score; equal values rank by row.
    """
    rows = np.flatnonzero(values > 0)
    if len(rows) > MAX_SCORED:
        rows = rows[np.argpartition(-values[rows], MAX_SCORED)[:MAX_SCORED]]
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
