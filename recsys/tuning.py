"""Choose the weights of the sources on the end of the log, with a model that has not seen it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np
import numpy.typing as npt

from recsys.interactions import Interactions
from recsys.metrics import FloatArray, ndcg
from recsys.model import Model, Weights
from recsys.sources import newness_scores, rank_scores, score_sources
from recsys.types import Item
from recsys.vector_index import VectorIndex
from recsys.viewer_profile import profile_from_events

HELD_OUT_SHARE = 0.1  # of the log's events, the latest
MAX_VIEWERS = 400  # that are judged, which bounds the time
MULTIPLIERS = (0.0, 0.5, 2.0)  # of a start weight, that are tried
# A newcomer's page must follow from content alone, and an impersonal page needs something to rank
# by, whatever suits those who have watched for long.
MIN_WEIGHTS = {"content": 0.75, "averse": 0.75, "popular": 0.1, "new": 0.05}
TUNED = ("als", "neighbours", "content", "averse", "popular", "new")


@dataclass(frozen=True)
class _HeldOutViewer:
    """Scores by source, (n,) each; rows of seen items; rows of relevant items, at least one."""

    scores: dict[str, npt.NDArray[np.float32]]
    seen: npt.NDArray[np.int64]
    relevant: npt.NDArray[np.int64]


def choose_weights(
    events: Interactions,
    catalogue: Sequence[Item],
    fit: Callable[[Interactions], Model],
    start: Weights,
    *,
    min_viewers: int,
    seed: int,
) -> tuple[Weights, dict[str, float]]:
    """Weights, and how they did: NDCG@10 on the last tenth of the log, before and after.

    fit: trains a model on the earlier part. start: the weights to improve. One pass of coordinate
    search on one half of the held-out viewers; its result is returned only when it is also better
    on the other half, by more than one standard error of the difference, and `start` otherwise,
    also when there are fewer than `min_viewers` held-out viewers. seed: of the choice of viewers.
    """
    if not len(events.at):
        return start, {}
    split = float(np.quantile(events.at, 1.0 - HELD_OUT_SHARE))
    viewers = _held_out_viewers(events, catalogue, fit, split, seed)
    if len(viewers) < min_viewers:
        return start, {"validation_viewers": float(len(viewers))}
    search, check = viewers[::2], viewers[1::2]
    best, best_value = start, float(_ndcg(search, start).mean())
    for name in TUNED:
        for multiplier in MULTIPLIERS:
            weight = max(getattr(start, name) * multiplier, MIN_WEIGHTS.get(name, 0.0))
            candidate = replace(best, **{name: weight})
            value = float(_ndcg(search, candidate).mean())
            if value > best_value:
                best, best_value = candidate, value
    before, after = _ndcg(check, start), _ndcg(check, best)
    gain = after - before
    improved = gain.mean() > gain.std() / np.sqrt(len(gain))
    return best if improved else start, {
        "validation_viewers": float(len(viewers)),
        "validation_ndcg@10_start": float(before.mean()),
        "validation_ndcg@10_chosen": float(after.mean() if improved else before.mean()),
    }


def _held_out_viewers(
    events: Interactions,
    catalogue: Sequence[Item],
    fit: Callable[[Interactions], Model],
    split: float,
    seed: int,
) -> list[_HeldOutViewer]:
    earlier = events.select(events.at < split)
    later = events.select((events.at >= split) & (events.strength >= 1.0))
    model = fit(earlier)
    index = VectorIndex.build(model.item_factors)
    impersonal = {
        "popular": rank_scores(model.popularity),
        "new": newness_scores(np.array([item.published_at for item in catalogue]), split),
    }
    in_both = np.intersect1d(earlier.viewers, later.viewers)
    viewers = []
    for viewer in np.random.default_rng(seed).permutation(in_both)[:MAX_VIEWERS]:
        past = earlier.select(earlier.viewers == viewer)
        relevant = np.setdiff1d(later.items[later.viewers == viewer], past.items)
        if len(relevant):
            profile = profile_from_events(
                past.items, past.at, past.strength, model.settings.half_life_days, split
            )
            scores = score_sources(model, index, profile).by_source | impersonal
            viewers.append(_HeldOutViewer(scores, np.unique(past.items), relevant))
    return viewers


def _ndcg(viewers: list[_HeldOutViewer], weights: Weights) -> FloatArray:
    """NDCG@10 of each viewer, (v,), over the items that they had not seen."""
    signed = {
        name: -value if name == "averse" else value for name, value in asdict(weights).items()
    }
    values = []
    for viewer in viewers:
        total = np.array(sum(signed[name] * score for name, score in viewer.scores.items()))
        total = total.astype(np.float64)
        total[viewer.seen] = -np.inf
        top = np.argsort(-total, kind="stable")[:10]
        hits = np.isin(top, viewer.relevant)[None, :]
        values.append(ndcg(hits, np.array([len(viewer.relevant)]), 10)[0])
    return np.array(values)
