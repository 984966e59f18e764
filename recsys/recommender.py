"""Serving: one request in, one page out."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from recsys.als import FoldedViewer, fold_in
from recsys.model import Model
from recsys.reasons import reasons_for
from recsys.rerank import diversify, draw_explore_positions, draw_explore_rows
from recsys.sources import Scores, SourceScores, newness_scores, rank_scores, score_sources
from recsys.store import ModelError, current_folder, load_model, save_model
from recsys.types import EventKind, FeedRequest, Item, Ranked, Reason, ReasonKind, WatchEvent
from recsys.vector_index import VectorIndex
from recsys.viewer_profile import ViewerProfile, build_profile

# Chosen by hand; they bound work and exploration and are not tuned.
MAX_RANKED = 2000  # items with the best scores that a page is made from
MIN_POOL = 60  # items, at most one of a group, that diversity chooses among …
POOL_PER_PLACE = 8  # … and for each item of the page
MIN_EXPLORE_AFFINITY = -0.3  # content minus averse score; below it an item is not explored
MAX_EXPLORED_EXPOSURES = 30  # an item that was shown this often is not explored any more

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
_NO_ROWS = np.zeros(0, np.int64)


class _ServingIndex:
    """What is computed once for a model and read by every request; replaced whole, never changed.

    popular, published: (n,). group, genre: (n,) int64 codes, −1 for no genre.
    """

    def __init__(self, model: Model, vectors: VectorIndex) -> None:
        self.model = model
        self.vectors = vectors
        self.row_of = {item.item_id: row for row, item in enumerate(model.items)}
        self.popular = rank_scores(model.popularity)
        self.published = np.array([item.published_at for item in model.items])
        self.rows_by_group = _rows_by((item.group_id,) for item in model.items)
        self.rows_by_genre = _rows_by(item.genres for item in model.items)
        self.rows_by_tag = _rows_by(item.tags for item in model.items)
        self.group = _codes([item.group_id for item in model.items])
        self.genre = _codes([item.genres[0] if item.genres else None for item in model.items])


class Recommender:
    """Serves one model. Safe to share between threads.

    `add_items`, `set_withdrawn` and `update_exposures` replace what requests read and never change
    it, so a request that is under way is not disturbed.
    """

    def __init__(
        self, model: Model, index: VectorIndex | None = None, manifest: dict[str, Any] | None = None
    ) -> None:
        self.manifest = manifest or {}
        self._index = _ServingIndex(model, index or VectorIndex.build(model.item_factors))
        self._withdrawn: frozenset[str] = frozenset()
        self._exposures: IntArray = model.exposures
        self._lock = threading.Lock()

    @classmethod
    def load(cls, folder: Path) -> Recommender:
        """Load a version's folder, or the current version of a root folder.

        Raises ModelError when it is missing or damaged.
        """
        while True:
            version = current_folder(folder)
            try:
                return cls(*load_model(version))
            except ModelError:
                # The version may have been superseded and deleted while it was read.
                if version == folder or current_folder(folder) == version:
                    raise

    @property
    def model(self) -> Model:
        """The model in use, with the items that were added."""
        return self._index.model

    @property
    def version(self) -> str:
        """The version's name; empty for a model that was never saved."""
        return str(self.manifest.get("version", ""))

    def row_of(self, item_id: str) -> int:
        """The row of an item in the model's arrays. Raises KeyError for an unknown id."""
        return self._index.row_of[item_id]

    def save(self, root: Path) -> Path:
        """Save the model, with added items, as the new current version of `root`; its folder.

        Raises OSError when it cannot be written; the former version then stays current.
        """
        return save_model(root, self.model)

    def add_items(self, items: Iterable[Item]) -> None:
        """Make items recommendable at once, by their content; a known id gets the new description.

        Rebuilds the index over all items: seconds in a large catalogue.
        """
        with self._lock:
            model = self.model.with_items(list(items))
            added = np.zeros(len(model.items) - len(self._exposures), np.int64)
            index = _ServingIndex(model, VectorIndex.build(model.item_factors))
            self._exposures = np.concatenate([self._exposures, added])
            self._index = index

    def set_withdrawn(self, item_ids: Iterable[str]) -> None:
        """Replace the set of items that are never recommended (taken down, blocked, not approved).

        An empty set lifts it. Unknown ids are allowed.
        """
        self._withdrawn = frozenset(item_ids)

    def update_exposures(self, exposures: Mapping[str, int]) -> None:
        """Set how often items have been shown by now; unknown ids are ignored.

        Exploration of an item ends at MAX_EXPLORED_EXPOSURES.
        """
        with self._lock:
            counts = self._exposures.copy()
            for item_id, count in exposures.items():
                row = self._index.row_of.get(item_id)
                if row is not None:
                    counts[row] = count
            self._exposures = counts

    def fold_in(self, history: Iterable[WatchEvent], now: float | None = None) -> FoldedViewer:
        """A viewer's vector in the model's space, from events alone (see `recsys.als.fold_in`).

        now: Unix seconds; None takes the later of the latest event and the model's time.
        """
        events = tuple(history)
        model = self.model
        profile = _profile(events, self._index, _request_time(events, model, now))
        return fold_in(
            model.item_factors, model.gram, profile.rows, profile.strength, model.settings.als
        )

    def recommend(self, request: FeedRequest) -> list[Ranked]:
        """One page, best first: at most `limit` items, at most one of a group.

        Fewer when no more are allowed. The same request to the same model gives the same page. Pass
        what a page held as `exclude_groups` (or `exclude_items`) to get the next one without
        repeats.
        """
        index, exposures = self._index, self._exposures
        model = index.model
        history = request.history if request.personalised else ()
        now = _request_time(history, model, request.now)
        profile = _profile(history, index, now)
        sources = score_sources(model, index.vectors, profile)
        scores = sources.by_source | {
            "popular": index.popular,
            "new": newness_scores(index.published, now),
        }
        weights = _signed_weights(model)
        total = np.zeros(len(model.items))
        for source, score in scores.items():
            total += weights[source] * score
        allowed = _allowed(index, request, history, self._withdrawn)

        rng = np.random.default_rng(request.seed)
        positions = draw_explore_positions(request.limit, request.explore_share, rng)
        explored = _draw_explored(index, allowed, exposures, scores, count=len(positions), rng=rng)
        allowed[np.isin(index.group, index.group[explored])] = False

        page = _top_rows(index, total, allowed, request, request.limit - len(explored))
        rows = _insert_at(page, [int(row) for row in explored], positions)[: request.limit]
        explored_rows = {int(row) for row in explored}
        return [
            _ranked(
                row,
                scores=scores,
                weights=weights,
                model=model,
                profile=profile,
                sources=sources,
                total=float(total[row]),
                explored=row in explored_rows,
            )
            for row in rows
        ]


def _profile(history: tuple[WatchEvent, ...], index: _ServingIndex, now: float) -> ViewerProfile:
    return build_profile(history, index.row_of, index.model.settings.half_life_days, now)


def _allowed(
    index: _ServingIndex,
    request: FeedRequest,
    history: tuple[WatchEvent, ...],
    withdrawn: frozenset[str],
) -> BoolArray:
    """Which rows may stand on the page: (n,) bool."""
    allowed = np.ones(len(index.model.items), bool)
    if request.only_genres:
        allowed[:] = False
        for genre in request.only_genres:
            allowed[index.rows_by_genre.get(genre, _NO_ROWS)] = True
    groups = set(request.exclude_groups)
    if not request.repeat_seen:
        groups |= {event.group_id for event in history if event.kind is not EventKind.IMPRESSION}
    groups |= {event.group_id for event in history if event.kind is EventKind.DISMISS}
    for group_id in groups:
        allowed[index.rows_by_group.get(group_id, _NO_ROWS)] = False
    for genre in request.muted_genres:
        allowed[index.rows_by_genre.get(genre, _NO_ROWS)] = False
    for tag in request.muted_tags:
        allowed[index.rows_by_tag.get(tag, _NO_ROWS)] = False
    for item_id in request.exclude_items | withdrawn:
        row = index.row_of.get(item_id)
        if row is not None:
            allowed[row] = False
    return allowed


def _draw_explored(
    index: _ServingIndex,
    allowed: BoolArray,
    exposures: IntArray,
    scores: Mapping[str, Scores],
    *,
    count: int,
    rng: np.random.Generator,
) -> IntArray:
    """At most `count` allowed rows with few exposures, at most one of a group."""
    if not count:
        return _NO_ROWS
    # Items may have been added since this request took its index.
    rows = np.flatnonzero(allowed & (exposures[: len(allowed)] < MAX_EXPLORED_EXPOSURES))
    zeros = np.zeros(len(allowed))
    affinity = np.asarray(scores.get("content", zeros) - scores.get("averse", zeros), np.float64)
    rows = rows[affinity[rows] > MIN_EXPLORE_AFFINITY]
    # Several may fall into one group, so more are drawn than are needed.
    drawn = draw_explore_rows(rows, exposures[rows], affinity[rows], count * 4, rng)
    return _first_of_each_group(np.array(drawn, np.int64), index.group)[:count]


def _top_rows(
    index: _ServingIndex,
    score: npt.NDArray[np.float64],
    allowed: BoolArray,
    request: FeedRequest,
    length: int,
) -> list[int]:
    """At most `length` allowed rows, at most one of a group, diversified, best first."""
    rows = np.flatnonzero(allowed)
    if not len(rows) or length <= 0:
        return []
    if len(rows) > MAX_RANKED:
        rows = rows[np.argpartition(-score[rows], MAX_RANKED)[:MAX_RANKED]]
    rows = rows[np.lexsort((rows, -score[rows]))]
    pool = _first_of_each_group(rows, index.group)[: max(POOL_PER_PLACE * length, MIN_POOL)]
    order = diversify(
        score[pool],
        index.model.content[pool],
        index.genre[pool],
        length,
        break_runs=not request.only_genres,
    )
    return [int(pool[position]) for position in order]


def _ranked(
    row: int,
    *,
    scores: Mapping[str, Scores],
    weights: Mapping[str, float],
    model: Model,
    profile: ViewerProfile,
    sources: SourceScores,
    total: float,
    explored: bool,
) -> Ranked:
    parts = {
        source: weights[source] * float(score[row])
        for source, score in scores.items()
        if score[row]
    }
    reasons = () if explored else reasons_for(row, parts, model, profile, sources)
    # An item without any reason is on the page to be tried out, and says so.
    reasons = reasons or (Reason(ReasonKind.EXPLORE),)
    item = model.items[row]
    return Ranked(item.item_id, item.group_id, total, parts, reasons)


def _signed_weights(model: Model) -> dict[str, float]:
    weights = model.weights
    return {
        "als": weights.als,
        "neighbours": weights.neighbours,
        "content": weights.content,
        "averse": -weights.averse,
        "popular": weights.popular,
        "new": weights.new,
    }


def _request_time(history: Iterable[WatchEvent], model: Model, now: float | None) -> float:
    if now is not None:
        return now
    return max([model.now, *(event.at for event in history)])


def _first_of_each_group(rows: IntArray, group: IntArray) -> IntArray:
    """The rows without later ones of the same group; the order stays."""
    _, first = np.unique(group[rows], return_index=True)
    return rows[np.sort(first)]


def _insert_at(page: list[int], explored: list[int], positions: list[int]) -> list[int]:
    rows = list(page)
    for position, row in zip(positions, explored, strict=False):
        rows.insert(min(position, len(rows)), row)
    return rows


def _rows_by(labels: Iterable[tuple[str, ...]]) -> dict[str, IntArray]:
    """Rows that have each label, rising."""
    rows: dict[str, list[int]] = defaultdict(list)
    for row, names in enumerate(labels):
        for name in names:
            rows[name].append(row)
    return {name: np.array(found, np.int64) for name, found in rows.items()}


def _codes(names: list[str | None]) -> IntArray:
    """A number for each distinct name, (n,) int64, −1 for None."""
    codes: dict[str, int] = {}
    return np.array(
        [-1 if name is None else codes.setdefault(name, len(codes)) for name in names], np.int64
    )
