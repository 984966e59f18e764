"""From scores to a page: variety, and a chance for what has hardly been shown."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

SAMENESS = 0.15  # how much of the page's score range being the twin of a recent choice costs
LOOK_BACK = 4
RUN = 2


def varied_order(
    score: npt.NDArray[np.float64],
    content: sp.csr_matrix,
    genre: npt.NDArray[np.int64],
    length: int,
    break_runs: bool,
) -> list[int]:
    """Places of the pool in page order: maximal marginal relevance (Carbonell, Goldstein 1998)
    against the last LOOK_BACK choices, and no third episode in a row of one first genre while
    another is to be had.

    score (p,), best first; content (p, features) rows of unit length; genre (p,) codes, −1 for
    none.
    """
    alike = (content @ content.T).toarray()
    spread = float(score.max() - score.min()) if len(score) else 0.0
    left = np.ones(len(score), bool)
    chosen: list[int] = []
    while len(chosen) < length and left.any():
        value = score.astype(np.float64).copy()
        if chosen:
            value -= SAMENESS * spread * alike[:, chosen[-LOOK_BACK:]].max(axis=1)
        allowed = left
        last = {int(genre[place]) for place in chosen[-RUN:]}
        if break_runs and len(chosen) >= RUN and len(last) == 1 and last != {-1}:
            other = left & (genre != last.pop())
            allowed = other if other.any() else left
        value[~allowed] = -np.inf
        best = int(np.argmax(value))
        chosen.append(best)
        left[best] = False
    return chosen


def explore_places(limit: int, share: float, rng: np.random.Generator) -> list[int]:
    """Which places of a page are given to exploration: limit × share of them on average, the first
    place last of all.
    """
    wanted = limit * share
    count = int(wanted) + int(rng.random() < wanted - int(wanted))
    if count >= limit:
        return list(range(limit))
    return sorted(
        int(place) for place in rng.choice(np.arange(1, limit), size=count, replace=False)
    )


def explore_draw(
    rows: npt.NDArray[np.int64],
    shown: npt.NDArray[np.int64],
    leaning: npt.NDArray[np.float64],
    count: int,
    rng: np.random.Generator,
) -> list[int]:
    """Draw `count` of the rows without replacement: the less shown (n,) and the more the viewer
    leans to it (−1 to 1), the likelier.
    """
    if not len(rows) or count <= 0:
        return []
    chance = np.exp2(2.0 * leaning) / (1.0 + shown)
    count = min(count, len(rows))
    return [
        int(row) for row in rng.choice(rows, size=count, replace=False, p=chance / chance.sum())
    ]
