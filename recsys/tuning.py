"""Weights of the feed's sources, chosen on the end of the log by a model that has not seen it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np
import numpy.typing as npt

from recsys.interactions import Events
from recsys.metrics import FloatArray, ndcg
from recsys.model import Model, Weights
from recsys.sources import gain_of_newness, gain_of_scores, gather_evidence
from recsys.strength import HIGHEST, LOWEST, decay
from recsys.taste import SESSION_HALF_LIFE, Taste
from recsys.types import Item
from recsys.vectors import VectorIndex

HELD_OUT = 0.1
MOST_VIEWERS = 400
STEPS = (0.0, 0.5, 2.0)
# A newcomer's page must turn by content alone, and a list without personal traits needs something
# to go by, whatever suits those who have watched for long.
LEAST = {"content": 0.75, "averse": 0.75, "popular": 0.1, "new": 0.05}
TUNED = ("als", "neighbours", "content", "averse", "popular", "new")


@dataclass(frozen=True)
class _Case:
    gains: dict[str, npt.NDArray[np.float32]]
    seen: npt.NDArray[np.int64]
    wanted: npt.NDArray[np.int64]


def choose_weights(
    events: Events,
    catalogue: Sequence[Item],
    fit: Callable[[Events], Model],
    start: Weights,
    *,
    least_viewers: int,
    seed: int,
) -> tuple[Weights, dict[str, float]]:
    """Weights and how they did: NDCG@10 on the last tenth of the log, for the start and for the
    chosen.

    fit: trains a model on the earlier part. One pass of coordinate search, judged on one half of
    the held-out viewers; the result is taken only when it is also better on the other half, by more
    than one standard error of the difference. With fewer than `least_viewers` held-out viewers the
    start stands.
    """
    if not len(events.at):
        return start, {}
    cut = float(np.quantile(events.at, 1.0 - HELD_OUT))
    cases = _cases(events, catalogue, fit, cut, seed)
    if len(cases) < least_viewers:
        return start, {"validation_viewers": float(len(cases))}
    tuned, judged = cases[::2], cases[1::2]
    best, best_value = start, float(_quality(tuned, start).mean())
    for name in TUNED:
        for step in STEPS:
            weight = max(getattr(start, name) * step, LEAST.get(name, 0.0))
            tried = replace(best, **{name: weight})
            value = float(_quality(tuned, tried).mean())
            if value > best_value:
                best, best_value = tried, value
    before, after = _quality(judged, start), _quality(judged, best)
    gain = after - before
    kept = gain.mean() > gain.std() / np.sqrt(len(gain))
    return best if kept else start, {
        "validation_viewers": float(len(cases)),
        "validation_ndcg@10_start": float(before.mean()),
        "validation_ndcg@10_chosen": float(after.mean() if kept else before.mean()),
    }


def _cases(
    events: Events,
    catalogue: Sequence[Item],
    fit: Callable[[Events], Model],
    cut: float,
    seed: int,
) -> list[_Case]:
    earlier, later = (
        events.where(events.at < cut),
        events.where((events.at >= cut) & (events.strength >= 1.0)),
    )
    model = fit(earlier)
    index = VectorIndex.build(model.item_factors)
    shared = {
        "popular": gain_of_scores(model.popularity),
        "new": gain_of_newness(np.array([item.published_at for item in catalogue]), cut),
    }
    both = np.intersect1d(earlier.viewers, later.viewers)
    chosen = np.random.default_rng(seed).permutation(both)[:MOST_VIEWERS]
    cases = []
    for viewer in chosen:
        past = earlier.where(earlier.viewers == viewer)
        wanted = np.setdiff1d(later.items[later.viewers == viewer], past.items)
        if len(wanted):
            taste = _taste(past, cut, model.settings.half_life_days)
            cases.append(
                _Case(
                    gather_evidence(model, index, taste).gains | shared,
                    np.unique(past.items),
                    wanted,
                )
            )
    return cases


def _taste(past: Events, now: float, half_life_days: float) -> Taste:
    rows, inverse = np.unique(past.items, return_inverse=True)
    strength = np.bincount(inverse, weights=past.strength * decay(now - past.at, half_life_days))
    last = np.full(len(rows), -np.inf)
    np.maximum.at(last, inverse, past.at)
    place = np.argsort(np.argsort(-last, kind="stable"))
    said = strength != 0
    strength = np.clip(strength, LOWEST, HIGHEST)
    return Taste(rows[said], strength[said], np.exp2(-place / SESSION_HALF_LIFE)[said])


def _quality(cases: list[_Case], weights: Weights) -> FloatArray:
    sign = {"averse": -1.0}
    weight = {name: sign.get(name, 1.0) * value for name, value in asdict(weights).items()}
    values = []
    for case in cases:
        score = sum(weight[name] * gain for name, gain in case.gains.items())
        score = np.array(score, np.float64)
        score[case.seen] = -np.inf
        top = np.argsort(-score, kind="stable")[:10]
        values.append(ndcg(np.isin(top, case.wanted)[None, :], np.array([len(case.wanted)]), 10)[0])
    return np.array(values)
