"""The whole comparison, over the full catalogue: the pages that the recommender serves, whole and
with each stage switched off, and plain models beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from recsys.als import AlsSettings
from recsys.evaluation.log import (
    WatchLog,
    liked_before,
    read_log,
    relevant,
    training_events,
)
from recsys.evaluation.scorers import Scorer, baselines
from recsys.evaluation.served import VARIANTS, judge_ranker, pages_of, read_histories
from recsys.events import DataError
from recsys.metrics import (
    FloatArray,
    bootstrap,
    coverage,
    gini,
    intra_list_diversity,
    ndcg,
    ratio_interval,
    recall,
)
from recsys.model import Model, TrainSettings
from recsys.recommender import Recommender
from recsys.training import train as train_model

IntArray = npt.NDArray[np.int64]
BATCH = 512  # users scored at once
DEPTH = 20  # of the lists
NEW_VIEWER_LIKES = 10  # long views in training, below which a user is in the slice of new viewers
NEW_ITEM_SHOWN = 10  # exposures in training, below which a video is in the slice of new items
# For a log whose showings another recommender chose; tried on KuaiRand-Pure with 29–30 April 2022
# held out.
SHOWN_STRENGTH = 1.0
ALPHA = 5.0


def evaluate(
    history: Path,
    train: Path,
    test: Path,
    videos: Path,
    *,
    min_positives: int = 5,
    seed: int = 7,
    sample: int = 2000,
    progress: Callable[[str], None] = lambda step: None,
) -> dict[str, Any]:
    """Compare all models on a log in KuaiRand's columns; what `python -m recsys evaluate --json`
    prints.

    Users: at least `min_positives` long views in training (earlier sequences and training log) and
    one in the test that is new to them. Lists run over all videos without the user's training
    positives. Training rows at or after the first test impression are dropped and counted. Nothing
    is fitted on the test: the ranker learns on the end of the training log. seed: of ALS, the
    choice of users and the bootstrap. sample: users on whom the variants are compared that switch
    something off; 0 for all. progress: called with the name of each step as it begins. Raises
    DataError for unusable files, or when no user is left.
    """
    progress("read")
    log = read_log(history, train, test, videos)
    liked = liked_before(log)
    truth = relevant(log, log.test, liked)
    users = _eligible(liked, truth, min_positives)
    if not len(users):
        raise DataError(
            f"no user has {min_positives} long views in training and a new one in {test}"
        )
    progress("train")
    events = training_events(log)
    model = train_model(events, log.catalogue, evaluation_settings(seed))
    progress("baselines")
    lists = _rank_lists(baselines(liked, _recent(log), AlsSettings(seed=seed)), liked, users)
    progress("serve")
    recommender = Recommender(model)
    histories = read_histories(events, users)
    now = log.split_ms / 1000.0
    few = np.random.default_rng(seed).permutation(len(users))[: sample or None]
    lists["served"] = pages_of(recommender, histories, users, now, DEPTH)
    variants = {
        name: pages_of(recommender.with_stages(stages), histories, users[few], now, DEPTH)
        for name, stages in VARIANTS.items()
    }
    progress("ranker")
    ranker = None
    if model.ranker:
        shown_to = _shown_to(log, liked, min_positives, seed, sample)
        ranker = judge_ranker(recommender, read_histories(events, shown_to), log, now)
    progress("intervals")
    judged = _Judge(truth, users, model, seed)
    models = {name: judged.metrics(ranked) for name, ranked in lists.items()}
    for name, ranked in variants.items():
        models[name] = judged.metrics(ranked, few, compared_with=lists["served"][few])
    served, fused = judged.ndcg(lists["served"]), judged.ndcg(lists["rank_fusion"])
    ratio = ratio_interval(served, fused, seed)
    return {
        "protocol": (
            f"users with at least {min_positives} training long views and one new in the test; "
            "full ranking of all videos; training positives removed; served pages are those of "
            "Recommender.recommend, which also leaves out what was already shown"
        ),
        "users": len(users),
        "items": log.n_items,
        "train_rows": len(log.train.users),
        "test_rows": len(log.test.users),
        "test_from": datetime.fromtimestamp(log.split_ms / 1000, UTC).isoformat(),
        "dropped_train_rows": log.dropped,
        "dropped_histories": log.dropped_histories,
        "unknown_item_rows": log.unknown_items,
        "ranker": {"learned": model.ranker is not None, "training": model.metrics, "test": ranker},
        "models": models,
        "served_over_rank_fusion": asdict(ratio) if ratio else None,
        "slices": _slices(judged, lists, liked, model),
    }


def evaluation_settings(seed: int) -> TrainSettings:
    """How the model is trained that `evaluate` serves pages of."""
    return TrainSettings(als=AlsSettings(alpha=ALPHA, seed=seed), shown_strength=SHOWN_STRENGTH)


class _Judge:
    """Compares lists of the users (u, DEPTH), −1 where a list ends, with what they then watched."""

    def __init__(self, truth: sp.csr_matrix, users: IntArray, model: Model, seed: int) -> None:
        self._truth = truth[users]
        self._users = users
        self._model = model
        self._seed = seed

    def likes(self, liked: sp.csr_matrix) -> IntArray:
        """How many items each of the users liked, (u,); liked: (n_users, n) CSR."""
        return np.asarray(liked.getnnz(axis=1)[self._users], np.int64)

    def ndcg(self, lists: IntArray, rows: IntArray | None = None) -> FloatArray:
        """NDCG@10 of each user; rows: positions of the users whose lists these are."""
        truth = self._truth if rows is None else self._truth[rows]
        return ndcg(_hits(lists, truth), _n_relevant(truth), 10)

    def metrics(
        self,
        lists: IntArray,
        rows: IntArray | None = None,
        compared_with: IntArray | None = None,
    ) -> dict[str, Any]:
        truth = self._truth if rows is None else self._truth[rows]
        hits, n_relevant = _hits(lists, truth), _n_relevant(truth)
        first = lists[:, :10]
        shown = np.bincount(first[first >= 0], minlength=len(self._model.items))
        quality = ndcg(hits, n_relevant, 10)
        found = {
            "users": len(lists),
            "ndcg@10": asdict(bootstrap(quality, self._seed)),
            "recall@20": asdict(bootstrap(recall(hits, n_relevant, DEPTH), self._seed)),
            "coverage@10": coverage(shown),
            "gini@10": gini(shown),
            "diversity@10": intra_list_diversity(first, self._model.content),
        }
        if compared_with is not None:
            ratio = ratio_interval(self.ndcg(compared_with, rows), quality, self._seed)
            found["served_over_this"] = asdict(ratio) if ratio else None
        return found

    def of_items(self, lists: IntArray, wanted: npt.NDArray[np.bool_]) -> dict[str, Any] | None:
        """The metrics of the users for whom one of the wanted items, (n,) bool, is relevant, of
        these items alone.
        """
        truth = sp.csr_matrix(self._truth.multiply(wanted[None, :]))
        truth.eliminate_zeros()
        some = np.flatnonzero(_n_relevant(truth) > 0)
        if not len(some):
            return None
        hits, n_relevant = _hits(lists[some], truth[some]), _n_relevant(truth[some])
        return {
            "users": len(some),
            "ndcg@10": asdict(bootstrap(ndcg(hits, n_relevant, 10), self._seed)),
            "recall@20": asdict(bootstrap(recall(hits, n_relevant, DEPTH), self._seed)),
            "share_of_places": float(wanted[lists[:, :10][lists[:, :10] >= 0]].mean()),
        }


def _slices(
    judged: _Judge, lists: dict[str, IntArray], liked: sp.csr_matrix, model: Model
) -> dict[str, Any]:
    """Served pages and rank fusion for new viewers, and for new items."""
    likes = judged.likes(liked)
    newcomers = np.flatnonzero(likes < NEW_VIEWER_LIKES)
    new_items = model.exposures < NEW_ITEM_SHOWN
    found: dict[str, Any] = {"new_viewers": None, "new_items": {}}
    if len(newcomers):
        found["new_viewers"] = {
            name: judged.metrics(lists[name][newcomers], newcomers)
            for name in ("served", "rank_fusion")
        }
    for name in ("served", "rank_fusion"):
        found["new_items"][name] = judged.of_items(lists[name], new_items)
    return found


def _eligible(liked: sp.csr_matrix, truth: sp.csr_matrix, min_positives: int) -> IntArray:
    enough = liked.getnnz(axis=1) >= min_positives
    return np.flatnonzero(enough & (truth.getnnz(axis=1) > 0))


def _shown_to(
    log: WatchLog, liked: sp.csr_matrix, min_positives: int, seed: int, sample: int
) -> IntArray:
    """Users with enough long views in training who were shown something in the test: twice `sample`
    of them at most, 0 for all.
    """
    users = np.unique(log.test.users)
    users = users[liked.getnnz(axis=1)[users] >= min_positives]
    return np.sort(np.random.default_rng(seed).permutation(users)[: 2 * sample or None])


def _recent(log: WatchLog) -> npt.NDArray[np.float32]:
    rows = log.train.items[log.train.long_view]
    return np.bincount(rows, minlength=log.n_items).astype(np.float32)


def _rank_lists(
    plain: dict[str, Scorer], liked: sp.csr_matrix, users: IntArray
) -> dict[str, IntArray]:
    """For each model the first DEPTH items of each user."""
    lists: dict[str, list[IntArray]] = {name: [] for name in plain}
    for batch in _batches(users):
        for name, score in plain.items():
            lists[name].append(_top_items(score, liked, batch))
    return {name: np.concatenate(parts) for name, parts in lists.items()}


def _batches(users: IntArray) -> Iterator[IntArray]:
    for start in range(0, len(users), BATCH):
        yield users[start : start + BATCH]


def _top_items(score: Scorer, liked: sp.csr_matrix, users: IntArray) -> IntArray:
    value = np.array(score(users), np.float32)
    seen = liked[users]
    value[np.repeat(np.arange(len(users)), np.diff(seen.indptr)), seen.indices] = -np.inf
    depth = min(DEPTH, value.shape[1])
    top = np.sort(np.argpartition(-value, depth - 1, axis=1)[:, :depth], axis=1)
    order = np.argsort(-np.take_along_axis(value, top, axis=1), axis=1, kind="stable")
    return np.take_along_axis(top, order, axis=1)


def _hits(lists: IntArray, truth: sp.csr_matrix) -> npt.NDArray[np.bool_]:
    hits = np.zeros(lists.shape, bool)
    for start in range(0, len(lists), BATCH):
        part = slice(start, start + BATCH)
        dense = truth[part].toarray() > 0
        hits[part] = np.take_along_axis(dense, np.maximum(lists[part], 0), axis=1)
    return hits & (lists >= 0)


def _n_relevant(truth: sp.csr_matrix) -> IntArray:
    return np.asarray(truth.getnnz(axis=1), np.int64)
