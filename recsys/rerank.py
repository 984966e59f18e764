"""From scores to a page: diversity, and positions for items with few exposures."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

# Chosen by hand, not tuned on a log.
SIMILARITY_PENALTY = 0.15  # of the pool's score range, for an exact copy of a recent choice
SIMILARITY_WINDOW = 4  # recent choices that an item is compared with
MAX_GENRE_RUN = 2  # items of one first genre in a row, while there is another


def diversify(
    score: npt.NDArray[np.float64],
    content: sp.csr_matrix,
    genre: npt.NDArray[np.int64],
    length: int,
    break_runs: bool,
) -> list[int]:
    """At most `length` positions of the pool, in page order.

    Maximal marginal relevance (Carbonell, Goldstein 1998) against the last SIMILARITY_WINDOW
    choices; with `break_runs` no more than MAX_GENRE_RUN items of one first genre in a row while
    another is left. score: (p,) float64. content: (p, N_FEATURES) CSR, rows of unit length.
    genre: (p,) int64 codes of the first genre, −1 for none.
    """
    similarity = (content @ content.T).toarray()
    spread = float(score.max() - score.min()) if len(score) else 0.0
    left = np.ones(len(score), bool)
    chosen: list[int] = []
    while len(chosen) < length and left.any():
        value = score.astype(np.float64).copy()
        if chosen:
            recent = similarity[:, chosen[-SIMILARITY_WINDOW:]]
            value -= SIMILARITY_PENALTY * spread * recent.max(axis=1)
        allowed = left
        last = {int(genre[position]) for position in chosen[-MAX_GENRE_RUN:]}
        if break_runs and len(chosen) >= MAX_GENRE_RUN and len(last) == 1 and last != {-1}:
            other = left & (genre != last.pop())
            allowed = other if other.any() else left
        value[~allowed] = -np.inf
        best = int(np.argmax(value))
        chosen.append(best)
        left[best] = False
    return chosen


def draw_explore_positions(limit: int, share: float, rng: np.random.Generator) -> list[int]:
    """Positions (0 to limit − 1, rising) of a page that are given to exploration.

    limit × share of them on average. Position 0 is only among them when all are.
    """
    expected = limit * share
    count = int(expected) + int(rng.random() < expected - int(expected))
    if count >= limit:
        return list(range(limit))
    positions = rng.choice(np.arange(1, limit), size=count, replace=False)
    return sorted(int(position) for position in positions)


def draw_explore_rows(
    rows: npt.NDArray[np.int64],
    exposures: npt.NDArray[np.int64],
    affinity: npt.NDArray[np.float64],
    count: int,
    rng: np.random.Generator,
) -> list[int]:
    """Draw at most `count` of the rows (r,) without replacement.

    An item is the likelier the fewer exposures, (r,), and the more affinity, (r,) in −1…1, it has:
    proportional to 4^affinity / (1 + exposures).
    """
    if not len(rows) or count <= 0:
        return []
    odds = np.exp2(2.0 * affinity) / (1.0 + exposures)
    drawn = rng.choice(rows, size=min(count, len(rows)), replace=False, p=odds / odds.sum())
    return [int(row) for row in drawn]
