"""The third stage, from scores to a page: variety, and no runs of one genre or creator.

Items with few exposures get places by `recsys.exploration`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

# Tried on KuaiRand-Pure with 29–30 April 2022 held out: variety as before the ranker, for the least
# NDCG. Part of the score range of a page's first places, for an exact copy of a recent choice.
SIMILARITY_PENALTY = 0.15
SIMILARITY_WINDOW = 4  # recent choices that an item is compared with
# Chosen by hand.
MAX_GENRE_RUN = 2  # items of one first genre in a row, while there is another
MAX_CREATOR_RUN = 2  # likewise of one creator


@dataclass(frozen=True)
class Rules:
    """Which rules make a page of a ranking; all of them in a feed. `evaluate` says what each costs.

    similarity: variety by content. genre_runs, creator_runs: no long runs of either. exploration:
    places for items with few exposures.
    """

    similarity: bool = True
    genre_runs: bool = True
    creator_runs: bool = True
    exploration: bool = True


def diversify(
    score: FloatArray,
    content: sp.csr_matrix,
    *,
    genre: IntArray,
    creator: IntArray,
    length: int,
    rules: Rules,
) -> list[int]:
    """At most `length` positions of the pool, in page order.

    Maximal marginal relevance (Carbonell, Goldstein 1998) against the last SIMILARITY_WINDOW
    choices; no more than MAX_GENRE_RUN items of one first genre and MAX_CREATOR_RUN of one creator
    in a row while another is left. score: (p,) float64, falling. content: (p, N_FEATURES) CSR, rows
    of unit length. genre, creator: (p,) int64 codes, −1 for none.
    """
    similarity = (content @ content.T).toarray() if rules.similarity else None
    spread = float(score.max() - score.min()) if len(score) else 0.0
    left = np.ones(len(score), bool)
    runs = [
        (code, most)
        for code, most, wanted in (
            (genre, MAX_GENRE_RUN, rules.genre_runs),
            (creator, MAX_CREATOR_RUN, rules.creator_runs),
        )
        if wanted
    ]
    chosen: list[int] = []
    while len(chosen) < length and left.any():
        value = score.copy()
        if chosen and similarity is not None:
            recent = similarity[:, chosen[-SIMILARITY_WINDOW:]]
            value -= SIMILARITY_PENALTY * spread * recent.max(axis=1)
        allowed = left
        for code, most in runs:
            allowed = _without_run(allowed, code, chosen[-most:], most)
        value[~allowed] = -np.inf
        best = int(np.argmax(value))
        chosen.append(best)
        left[best] = False
    return chosen


def _without_run(
    allowed: npt.NDArray[np.bool_], code: IntArray, last: list[int], most: int
) -> npt.NDArray[np.bool_]:
    """The allowed positions that do not make a run longer, or all of them when each would."""
    codes = {int(code[position]) for position in last}
    if len(last) < most or len(codes) != 1 or codes == {-1}:
        return allowed
    other = allowed & (code != codes.pop())
    return other if other.any() else allowed
