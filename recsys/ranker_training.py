"""Learn the ranker on the end of the log, with a model that has not seen it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from recsys.features import NAMES, build_features
from recsys.feedback import LIKED_STRENGTH
from recsys.interactions import Interactions
from recsys.metrics import FloatArray, auc, ndcg, within_user_auc
from recsys.model import Model
from recsys.ranker import Ranker
from recsys.retrieval import Candidates, retrieve, with_rows
from recsys.serving_index import IntArray, ServingIndex
from recsys.vector_index import VectorIndex
from recsys.viewer_profile import ViewerProfile, profile_from_events
from recsys.weighted import weighted_parts

HELD_OUT_DAYS = 2.0  # at the end of the log; half of it where it is shorter than twice that
MAX_VIEWERS = 6000  # that are learned from and judged, which bounds the time
MIN_LIKES = 5  # in what the model knows; the ranker serves such viewers
MIN_POSITIVES = 200  # fewer are too few to learn weights from
MIN_GAIN_ERRORS = 2.0
NEGATIVES = 80  # candidates of a viewer that were not enjoyed, drawn to learn from
# Inverse strength of the L2 penalty, tried on KuaiRand-Pure with 29–30 April 2022 held out.
INVERSE_PENALTY = 0.01


@dataclass(frozen=True)
class _Example:
    """One viewer: features of the candidates (c, d), whether each came to be enjoyed (c,), scores
    by the weights (c,) and by popularity (c,); features and labels of what they were shown (s, d),
    (s,); how many items they came to enjoy, 0 for who teaches of what is shown alone.
    """

    features: npt.NDArray[np.float32]
    followed: npt.NDArray[np.bool_]
    weighted: FloatArray
    popular: FloatArray
    shown: npt.NDArray[np.float32]
    enjoyed: npt.NDArray[np.bool_]
    n_relevant: int


def learn_ranker(
    events: Interactions,
    fit: Callable[[Interactions], Model],
    *,
    min_viewers: int,
    seed: int,
) -> tuple[Ranker | None, dict[str, float]]:
    """A ranker, and how it did on viewers that it did not learn from; None where it must not serve.

    fit: trains a model on the earlier part of the log. Two thirds of the held-out viewers teach;
    on the others it must order what was shown better than chance within a viewer, and beat the
    hand-set weights by more than MIN_GAIN_ERRORS standard errors of NDCG@10. None too when there
    are fewer than `min_viewers` viewers or MIN_POSITIVES enjoyed candidates. seed: of the choice of
    viewers.
    """
    if not len(events.at):
        return None, {}
    end, start = float(events.at.max()) + 1.0, float(events.at.min())
    split = max(end - HELD_OUT_DAYS * 86400.0, (start + end) / 2)
    earlier, later = events.select(events.at < split), events.select(events.at >= split)
    viewers = held_out_viewers(earlier, later, seed)
    if len(viewers) < min_viewers:
        return None, {"ranker_viewers": float(len(viewers))}
    examples = list(_examples(fit(earlier), earlier, later, viewers, split))
    if len(examples) < min_viewers:
        return None, {"ranker_viewers": float(len(examples))}
    examples = [example for example in examples if len(example.features)]
    learn = [example for place, example in enumerate(examples) if place % 3 < 2]
    check = [example for place, example in enumerate(examples) if place % 3 == 2]
    ranker = fit_ranker(learn, seed)
    metrics = {"ranker_viewers": float(len(viewers))}
    if ranker is not None:
        metrics |= _judge(ranker, check)
        passed = metrics["ranker_gain"] > MIN_GAIN_ERRORS * metrics["ranker_gain_error"]
        ranker = ranker if passed and metrics["ranker_within_auc"] > 0.5 else None
    return ranker, metrics | _compare_with_popularity(ranker, check)


def fit_ranker(examples: list[_Example], seed: int) -> Ranker | None:
    """A ranker of these viewers; None when they enjoyed too little to learn from."""
    from sklearn.linear_model import LogisticRegression

    rng = np.random.default_rng(seed)
    if not any(example.n_relevant for example in examples):
        return None
    rows, labels = [], []
    for example in examples:
        if not example.n_relevant:
            continue
        negative = np.flatnonzero(~example.followed)
        few = rng.choice(negative, size=min(NEGATIVES, len(negative)), replace=False)
        keep = np.concatenate([np.flatnonzero(example.followed), few])
        rows.append(example.features[keep])
        labels.append(example.followed[keep])
    features, followed = np.concatenate(rows).astype(np.float64), np.concatenate(labels)
    shown = np.concatenate([example.shown for example in examples]).astype(np.float64)
    enjoyed = np.concatenate([example.enjoyed for example in examples])
    if min(followed.sum(), enjoyed.sum(), (~enjoyed).sum()) < MIN_POSITIVES:
        return None
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-6
    watch = LogisticRegression(C=INVERSE_PENALTY, max_iter=300)
    watch.fit((shown - mean) / spread, enjoyed)
    standard = (features - mean) / spread
    logit = standard @ watch.coef_[0] + watch.intercept_[0]
    following = LogisticRegression(C=INVERSE_PENALTY, max_iter=300)
    following.fit(np.column_stack([standard, logit - watch.intercept_[0]]), followed)
    return Ranker(
        names=NAMES,
        mean=mean,
        spread=spread,
        watch=watch.coef_[0],
        watch_intercept=float(watch.intercept_[0]),
        following=following.coef_[0][:-1],
        next_intercept=float(following.intercept_[0]),
        watch_weight=float(following.coef_[0][-1]),
    )


def held_out_viewers(earlier: Interactions, later: Interactions, seed: int) -> IntArray:
    """Rows of at most MAX_VIEWERS who liked enough before and were shown something after.

    Also those who then liked nothing: leaving them out would make what is shown look better than
    it is.
    """
    likes = np.bincount(
        earlier.viewers[earlier.strength >= LIKED_STRENGTH], minlength=earlier.n_viewers
    )
    active = np.unique(later.viewers[later.shown])
    active = active[likes[active] >= MIN_LIKES]
    return np.random.default_rng(seed).permutation(active)[:MAX_VIEWERS]


def _examples(
    model: Model, earlier: Interactions, later: Interactions, viewers: IntArray, split: float
) -> Iterator[_Example]:
    index = ServingIndex(model, VectorIndex.build(model.item_factors))
    past_of, later_of = _by_viewer(earlier), _by_viewer(later)
    settings = model.settings
    for viewer in viewers:
        past, future = past_of(viewer), later_of(viewer)
        profile = profile_from_events(
            earlier.items[past],
            earlier.at[past],
            earlier.strength[past],
            earlier.shown[past],
            half_life_days=settings.half_life_days,
            shown_strength=settings.shown_strength,
            now=split,
        )
        known = np.unique(earlier.items[past])
        allowed = np.ones(len(model.items), bool)
        allowed[known] = False
        new = future[~np.isin(later.items[future], known)]
        relevant = np.unique(later.items[new[later.strength[new] >= LIKED_STRENGTH]])
        if len(new):
            yield _example(
                index, profile, allowed, later=later, new=new, relevant=relevant, now=split
            )


def _example(
    index: ServingIndex,
    profile: ViewerProfile,
    allowed: npt.NDArray[np.bool_],
    *,
    later: Interactions,
    new: IntArray,
    relevant: IntArray,
    now: float,
) -> _Example:
    candidates = retrieve(index, profile, allowed)
    features = build_features(index, profile, candidates, now, index.model.exposures)
    seen = np.unique(later.items[new[later.shown[new]]])
    beside = with_rows(index, profile, candidates, seen)
    shown = build_features(index, profile, beside, now, index.model.exposures)
    return _Example(
        features=features,
        followed=np.isin(candidates.rows, relevant),
        weighted=_weighted(index, profile, candidates, now),
        popular=index.model.popularity[candidates.rows].astype(np.float64),
        shown=shown[np.searchsorted(beside.rows, seen)],
        enjoyed=np.isin(seen, relevant),
        n_relevant=len(relevant),
    )


def _weighted(
    index: ServingIndex, profile: ViewerProfile, candidates: Candidates, now: float
) -> FloatArray:
    parts = weighted_parts(index, profile, candidates, now)
    return np.asarray(np.sum(list(parts.values()), axis=0), np.float64)


def _by_viewer(events: Interactions) -> Callable[[int], IntArray]:
    """Positions of the events of a viewer."""
    order = np.argsort(events.viewers, kind="stable")
    viewers = events.viewers[order]

    def positions(viewer: int) -> IntArray:
        start, stop = np.searchsorted(viewers, [viewer, viewer + 1])
        return order[start:stop]

    return positions


def _judge(ranker: Ranker, examples: list[_Example]) -> dict[str, float]:
    some = [example for example in examples if example.n_relevant]
    learned = np.array([_ndcg(ranker.score(example.features), example) for example in some])
    weighted = np.array([_ndcg(example.weighted, example) for example in some])
    gain = learned - weighted
    scores = [ranker.watch_probability(example.shown) for example in examples]
    labels = [example.enjoyed for example in examples]
    return {
        "ranker_ndcg@10": float(learned.mean()),
        "weights_ndcg@10": float(weighted.mean()),
        "ranker_gain": float(gain.mean()),
        "ranker_gain_error": float(gain.std() / np.sqrt(max(len(gain), 1))),
        "ranker_auc": auc(np.concatenate(scores), np.concatenate(labels)),
        "ranker_within_auc": within_user_auc(scores, labels),
    }


def _compare_with_popularity(ranker: Ranker | None, examples: list[_Example]) -> dict[str, float]:
    """How much more than the most popular is found by what would serve: the ranker, or the weights
    where it is None.
    """
    gain = np.array(
        [
            _ndcg(example.weighted if ranker is None else ranker.score(example.features), example)
            - _ndcg(example.popular, example)
            for example in examples
            if example.n_relevant
        ]
    )
    if not len(gain):
        return {}
    return {
        "gain_over_popularity": float(gain.mean()),
        "gain_over_popularity_error": float(gain.std() / np.sqrt(len(gain))),
    }


def _ndcg(score: FloatArray, example: _Example) -> float:
    top = np.argsort(-score, kind="stable")[:10]
    return float(ndcg(example.followed[top][None, :], np.array([example.n_relevant]), 10)[0])
