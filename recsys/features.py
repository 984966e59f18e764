"""The features by which the ranker tells candidates apart: what the sources say of each, how it
does lately, and what the viewer did with the like of it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from recsys.retrieval import Candidates
from recsys.serving_index import IntArray, ServingIndex
from recsys.viewer_profile import ViewerProfile

FloatArray = npt.NDArray[np.float64]
_RANKED = ("als", "neighbours", "history", "session", "content")
_TREND = tuple(
    f"{what}_{window}" for window in ("6h", "1d", "4d", "ever") for what in ("liked", "shown")
)
# Feature names, and the source in whose name each adds to a score; the order is that of the
# columns.
FEATURES: dict[str, str] = (
    {
        f"{name}_{form}": {"history": "neighbours", "session": "neighbours"}.get(name, name)
        for name in _RANKED
        for form in ("value", "head", "body", "tail")
    }
    | dict.fromkeys(_TREND, "popular")
    | {"rate_1d": "popular", "rate_4d": "popular", "rate_ever": "popular", "surge": "popular"}
    | {"popular_for_many": "popular", "als_for_many": "als", "history_for_many": "neighbours"}
    | {"rate_for_viewer": "popular", "duration_for_viewer": "other"}
    | {"creator_liked": "content", "creator_rate": "content"}
    | {"genre_rate": "content", "genre_share": "content"}
    | {"duration": "other", "duration_gap": "other"}
    | {"age": "new", "new": "new", "exposures": "other", "cold": "other", "named_by": "other"}
)
NAMES = tuple(FEATURES)
SOURCE_OF = tuple(FEATURES.values())
# Prior of the rates: so many exposures at about the share of likes that is usual.
_PRIOR_LIKED, _PRIOR_SHOWN = 1.0, 3.0
_NEW_DAYS = 4.0


def build_features(
    index: ServingIndex,
    profile: ViewerProfile,
    candidates: Candidates,
    now: float,
    exposures: IntArray,
) -> npt.NDArray[np.float32]:
    """Features (c, len(NAMES)) float32 of c candidates. now: Unix seconds. exposures: (n,)."""
    rows, model = candidates.rows, index.model
    columns: list[FloatArray] = []
    for name in _RANKED:
        columns += _forms(getattr(candidates, name))
    trend = model.trend[rows].astype(np.float64)
    columns += list(trend.T)
    rates = [_log_rate(trend[:, at], trend[:, at + 1]) for at in (2, 4, 6)]
    columns += [*rates, trend[:, 2] - trend[:, 6]]
    seen = np.log1p(len(profile.rows))
    columns += [trend[:, 2] * seen, columns[0] * seen, columns[8] * seen]
    viewer_rate = float(
        np.log((profile.enjoyed.sum() + _PRIOR_LIKED) / (len(profile.rows) + _PRIOR_SHOWN))
    )
    # A viewer's rate alone says nothing about which item; what it does to an item's own does.
    columns += [
        rates[1] * viewer_rate,
        np.log1p(model.durations[rows].astype(np.float64)) * viewer_rate,
    ]
    columns += _affinity(index.creator, profile, rows, with_share=False)
    columns += _affinity(index.genre, profile, rows, with_share=True)
    columns += _durations(model.durations, profile, rows)
    age = np.maximum(now - index.published[rows], 0.0) / 86400.0
    dated = index.published[rows] > 0
    columns += [
        np.where(dated, np.log1p(age), 0.0),
        np.where(dated, np.exp2(-age / _NEW_DAYS), 0.0),
        np.log1p(exposures[rows]),
        (~model.trained[rows]).astype(np.float64),
        candidates.n_sources,
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _forms(values: FloatArray) -> list[FloatArray]:
    """A source's values by their share of the largest, and by rank: steep at the head, in the body
    and in the tail. An item of which the source says nothing ranks last.
    """
    most = float(values.max(initial=0.0))
    order = np.argsort(-values, kind="stable")
    rank = np.empty(len(values))
    rank[order] = np.arange(len(values))
    rank[values <= 0] = len(values)
    return [
        np.maximum(values / most, -1.0) if most > 0 else np.zeros(len(values)),
        10.0 / (10.0 + rank),
        60.0 / (60.0 + rank),
        np.log1p(rank),
    ]


def _log_rate(log_liked: FloatArray, log_shown: FloatArray) -> FloatArray:
    liked, shown = np.expm1(log_liked), np.expm1(log_shown)
    return np.log((liked + _PRIOR_LIKED) / (np.maximum(shown, liked) + _PRIOR_SHOWN))


def _affinity(
    code: IntArray, profile: ViewerProfile, rows: IntArray, *, with_share: bool
) -> list[FloatArray]:
    """How often the viewer enjoyed what has the same code, as a logarithm or a share of all that
    they enjoyed, and the rate of it; (c,) each. code: (n,), −1 for none.
    """
    seen = code[profile.rows]
    known = seen >= 0
    kinds, inverse = np.unique(seen[known], return_inverse=True)
    shown = np.bincount(inverse, minlength=len(kinds) + 1).astype(np.float64)
    liked = np.bincount(
        inverse, weights=profile.enjoyed[known].astype(np.float64), minlength=len(kinds) + 1
    )
    wanted = code[rows]
    place = np.minimum(np.searchsorted(kinds, wanted), max(len(kinds) - 1, 0))
    hit = (kinds[place] == wanted) if len(kinds) else np.zeros(len(rows), bool)
    liked_here, shown_here = np.where(hit, liked[place], 0.0), np.where(hit, shown[place], 0.0)
    overall = (profile.enjoyed.sum() + _PRIOR_LIKED) / (len(profile.rows) + _PRIOR_SHOWN)
    # Against the viewer's own rate, so that it tells items apart and not viewers.
    rate = np.log((liked_here + 2.0 * overall) / (shown_here + 2.0)) - np.log(overall)
    if with_share:
        return [rate, liked_here / max(float(profile.enjoyed.sum()), 1.0)]
    return [np.log1p(liked_here), rate]


def _durations(
    durations: npt.NDArray[np.float32], profile: ViewerProfile, rows: IntArray
) -> list[FloatArray]:
    """log(1 + seconds), and how far that is from what the viewer enjoys; zero where unknown."""
    own = np.log1p(durations[rows].astype(np.float64))
    enjoyed = durations[profile.rows[profile.enjoyed]]
    enjoyed = enjoyed[enjoyed > 0]
    if not len(enjoyed):
        return [own, np.zeros(len(rows))]
    return [own, np.where(own > 0, np.abs(own - float(np.log1p(enjoyed).mean())), 0.0)]
