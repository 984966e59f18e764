"""The whole comparison: every model and the fused list, over the full catalogue."""

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
from recsys.evaluation.fusion import Fusion, find_candidates, fit_fusion, hide_shown
from recsys.evaluation.log import DAY_MS, Snapshot, WatchLog, read_log, relevant, snapshot
from recsys.evaluation.scorers import ENGINE_MODELS, Scorer, baselines, engine_models
from recsys.events import DataError
from recsys.metrics import bootstrap, coverage, gini, ndcg, recall

IntArray = npt.NDArray[np.int64]
BATCH = 512  # users scored at once
DEPTH = 20  # of the lists
INNER_DAYS = 2  # at the end of the training log, that the fusion learns from


def evaluate(
    history: Path,
    train: Path,
    test: Path,
    videos: Path,
    *,
    min_positives: int = 5,
    seed: int = 7,
    progress: Callable[[str], None] = lambda step: None,
) -> dict[str, Any]:
    """Compare all models on a log in KuaiRand's columns; what `python -m recsys evaluate --json`
    prints.

    Users: at least `min_positives` long views in training (earlier sequences and training log) and
    one in the test that is new to them. Lists run over all videos without the user's training
    positives. Training rows at or after the first test impression are dropped and counted. Nothing
    is fitted on the test: the fusion learns on the end of the training log. seed: of ALS and the
    bootstrap. progress: called with the name of each step as it begins. Raises DataError for
    unusable files, or when no user is left.
    """
    progress("read")
    log = read_log(history, train, test, videos)
    settings = AlsSettings(seed=seed)
    fusion = learn_fusion(log, settings, min_positives, progress)
    progress("models")
    known = snapshot(log, log.train, log.split_ms)
    truth = relevant(log, log.test, known.liked)
    users = _eligible(known, truth, min_positives)
    if not len(users):
        raise DataError(
            f"no user has {min_positives} long views in training and a new one in {test}"
        )
    plain = baselines(known, settings)
    engine = engine_models(known, settings)
    progress("rank")
    lists = _rank_lists(known, users, plain, engine, fusion)
    progress("intervals")
    n_relevant = np.asarray(truth[users].getnnz(axis=1), np.int64)
    models = {
        name: _metrics(ranked, truth[users], n_relevant, log.n_items, seed)
        for name, ranked in lists.items()
    }
    baseline = models["rank_fusion"]["ndcg@10"]["mean"]
    return {
        "protocol": (
            f"users with at least {min_positives} training long views and one new in the test; "
            "full ranking of all videos; "
            "training positives removed; engine models also put what was already shown last"
        ),
        "users": len(users),
        "items": log.n_items,
        "train_rows": len(log.train.users),
        "test_rows": len(log.test.users),
        "test_from": datetime.fromtimestamp(log.split_ms / 1000, UTC).isoformat(),
        "dropped_train_rows": log.dropped,
        "dropped_histories": log.dropped_histories,
        "unknown_item_rows": log.unknown_items,
        "fusion": "learned"
        if fusion.weights is not None
        else "added up (too few positives to learn from)",
        "models": models,
        "fused_over_rank_fusion": models["fused"]["ndcg@10"]["mean"] / baseline
        if baseline
        else None,
    }


def learn_fusion(
    log: WatchLog, settings: AlsSettings, min_positives: int, progress: Callable[[str], None]
) -> Fusion:
    """Fusion weights learned inside the training log.

    Models know the log up to INNER_DAYS before its end (up to its middle, when it is short); labels
    come from there on.
    """
    progress("inner split")
    times = log.train.time_ms
    if not len(times):
        return fit_fusion([], [], len(ENGINE_MODELS))
    end = int(times.max()) + 1
    split = max(end - INNER_DAYS * DAY_MS, (int(times.min()) + end) // 2)
    known = snapshot(log, log.train.select(times < split), split)
    truth = relevant(log, log.train.select(times >= split), known.liked)
    users = _eligible(known, truth, min_positives)
    engine = engine_models(known, settings)
    progress("fusion")
    found = [find_candidates(known, engine, batch) for batch in _batches(users)]
    labels = [
        np.take_along_axis(truth[batch].toarray() > 0, part.items, axis=1)
        for batch, part in zip(_batches(users), found, strict=True)
    ]
    return fit_fusion(found, labels, len(engine))


def _eligible(known: Snapshot, truth: sp.csr_matrix, min_positives: int) -> IntArray:
    enough = known.liked.getnnz(axis=1) >= min_positives
    return np.flatnonzero(enough & (truth.getnnz(axis=1) > 0))


def _rank_lists(
    known: Snapshot,
    users: IntArray,
    plain: dict[str, Scorer],
    engine: dict[str, Scorer],
    fusion: Fusion,
) -> dict[str, IntArray]:
    """For each model the first ``DEPTH`` items of each user."""
    lists: dict[str, list[IntArray]] = {name: [] for name in [*plain, *engine, "fused"]}
    for batch in _batches(users):
        for name, score in [*plain.items(), *engine.items()]:
            lists[name].append(_top_items(score, known, batch, hide=name in engine))
        lists["fused"].append(fusion.rank(find_candidates(known, engine, batch))[:, :DEPTH])
    return {name: np.concatenate(parts) for name, parts in lists.items()}


def _batches(users: IntArray) -> Iterator[IntArray]:
    for start in range(0, len(users), BATCH):
        yield users[start : start + BATCH]


def _top_items(score: Scorer, known: Snapshot, users: IntArray, hide: bool) -> IntArray:
    value = np.array(score(users), np.float32)
    if hide:
        hide_shown(value, known, users)
    seen = known.liked[users]
    value[np.repeat(np.arange(len(users)), np.diff(seen.indptr)), seen.indices] = -np.inf
    depth = min(DEPTH, value.shape[1])
    top = np.sort(np.argpartition(-value, depth - 1, axis=1)[:, :depth], axis=1)
    order = np.argsort(-np.take_along_axis(value, top, axis=1), axis=1, kind="stable")
    return np.take_along_axis(top, order, axis=1)


def _metrics(
    lists: IntArray, truth: sp.csr_matrix, n_relevant: IntArray, n_items: int, seed: int
) -> dict[str, Any]:
    hits = np.zeros(lists.shape, bool)
    for start in range(0, len(lists), BATCH):
        part = slice(start, start + BATCH)
        hits[part] = np.take_along_axis(truth[part].toarray() > 0, lists[part], axis=1)
    shown = np.bincount(lists[:, :10].ravel(), minlength=n_items)
    return {
        "ndcg@10": asdict(bootstrap(ndcg(hits, n_relevant, 10), seed)),
        "recall@20": asdict(bootstrap(recall(hits, n_relevant, DEPTH), seed)),
        "coverage@10": coverage(shown),
        "gini@10": gini(shown),
    }
