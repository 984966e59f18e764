"""Places of a page for items that hardly anybody has been shown."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from recsys.ranking import Scored, Viewing
from recsys.serving_index import NO_ROWS, IntArray, first_of_each_group
from recsys.weighted import content_belief

# Chosen by hand; they bound work and exploration and are not tuned.
MIN_AFFINITY = -0.3  # likeness to what was liked; below it an item is not explored
MAX_EXPOSURES = 30  # an item that was shown this often is not explored any more
MAX_POOL = 300  # items with few exposures that one page draws among

FloatArray = npt.NDArray[np.float64]


def draw_explored(
    viewing: Viewing,
    scored: Scored,
    allowed: npt.NDArray[np.bool_],
    *,
    count: int,
    rng: np.random.Generator,
) -> IntArray:
    """At most `count` rows with few exposures, at most one of a group. allowed: (n,) bool."""
    if not count:
        return NO_ROWS
    index = viewing.index
    # Items may have been added since this request took its index.
    exposures = viewing.exposures[: len(allowed)]
    rows = np.flatnonzero(allowed & (exposures < MAX_EXPOSURES))
    if len(rows) > MAX_POOL:
        rows = rng.choice(rows, size=MAX_POOL, replace=False)
    affinity = np.zeros(len(rows))
    taste = scored.candidates.content_profile
    if taste is not None and len(rows):
        likeness = index.model.content[rows] @ taste
        known = np.concatenate([scored.candidates.content, likeness])
        best, worst = max(float(known.max()), 1e-9), min(float(known.min()), -1e-9)
        scaled = np.where(likeness > 0, likeness / best, -likeness / worst)
        affinity = content_belief(viewing.profile) * scaled
    suited = affinity > MIN_AFFINITY
    # Several may fall into one group, so more are drawn than are needed.
    drawn = draw_explore_rows(
        rows[suited], exposures[rows[suited]], affinity[suited], count * 4, rng
    )
    return first_of_each_group(np.array(drawn, np.int64), index.group)[:count]


def draw_explore_positions(limit: int, share: float, rng: np.random.Generator) -> list[int]:
    """Positions (0 to limit − 1, rising) of a page that are given to exploration.

    limit × share of them on average, in the second half of the page unless they are more than that
    holds. Position 0 is only among them when all are.
    """
    expected = limit * share
    count = int(expected) + int(rng.random() < expected - int(expected))
    if count >= limit:
        return list(range(limit))
    first = min(max(limit // 2, 1), limit - count)
    positions = rng.choice(np.arange(first, limit), size=count, replace=False)
    return sorted(int(position) for position in positions)


def draw_explore_rows(
    rows: IntArray,
    exposures: IntArray,
    affinity: FloatArray,
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
