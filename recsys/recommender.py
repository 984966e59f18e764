"""Serving: one request in, one page out. Retrieve, rank, re-rank.

`recsys.evaluation` measures this very class, whole and with its stages switched off.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from recsys.als import FoldedViewer, fold_in
from recsys.exploration import draw_explore_positions, draw_explored
from recsys.features import build_features
from recsys.model import Model
from recsys.ranking import Scored, Viewing, rank
from recsys.reasons import Explainer
from recsys.rerank import Rules, diversify
from recsys.retrieval import retrieve, with_rows
from recsys.serving_index import NO_ROWS, IntArray, ServingIndex
from recsys.store import ModelError, current_folder, load_model, save_model
from recsys.types import EventKind, FeedRequest, Item, Ranked, Reason, ReasonKind, WatchEvent
from recsys.vector_index import VectorIndex
from recsys.viewer_profile import ViewerProfile, build_profile

# Chosen by hand; they bound work and exploration and are not tuned.
MIN_POOL = 60  # items, at most one of a group, that diversity chooses among …
POOL_PER_PLACE = 8  # … and for each item of the page
MAX_MORE = 500  # allowed items that are added where the sources name too few

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Stages:
    """Which stages work; all of them in a feed.

    retrieval: False makes the whole catalogue candidates. ranker: False leaves the ranking to the
    weights. rules: of the re-ranking.
    """

    retrieval: bool = True
    ranker: bool = True
    rules: Rules = field(default_factory=Rules)


class Recommender:
    """Serves one model. Safe to share between threads.

    `add_items`, `set_withdrawn` and `update_exposures` replace what requests read and never change
    it, so a request that is under way is not disturbed.
    """

    def __init__(
        self,
        model: Model,
        index: VectorIndex | None = None,
        manifest: dict[str, Any] | None = None,
        stages: Stages | None = None,
    ) -> None:
        self.manifest = manifest or {}
        self.stages = stages or Stages()
        self._index = ServingIndex(model, index or VectorIndex.build(model.item_factors))
        self._withdrawn: frozenset[str] = frozenset()
        self._withdrawn_rows: IntArray = NO_ROWS
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

    def with_stages(self, stages: Stages) -> Recommender:
        """The same model and indexes with other stages at work."""
        other = Recommender.__new__(Recommender)
        other.__dict__.update(self.__dict__, stages=stages, _lock=threading.Lock())
        return other

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
            index = ServingIndex(model, VectorIndex.build(model.item_factors))
            self._withdrawn_rows = _rows_of(index, self._withdrawn)
            self._exposures = np.concatenate([self._exposures, added])
            self._index = index

    def set_withdrawn(self, item_ids: Iterable[str]) -> None:
        """Replace the set of items that are never recommended (taken down, blocked, not approved).

        An empty set lifts it. Unknown ids are allowed.
        """
        with self._lock:
            self._withdrawn = frozenset(item_ids)
            self._withdrawn_rows = _rows_of(self._index, self._withdrawn)

    def update_exposures(self, exposures: Mapping[str, int]) -> None:
        """Set how often items have been shown by now; unknown ids are ignored.

        Exploration of an item ends at exploration.MAX_EXPOSURES.
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

    def watch_probabilities(self, request: FeedRequest, item_ids: Iterable[str]) -> FloatArray:
        """How likely the viewer enjoys each of these items when it is shown: (c,) in 0–1.

        Raises KeyError for an unknown id, ValueError where the model has no ranker.
        """
        index = self._index
        if index.model.ranker is None:
            raise ValueError("this model has no ranker")
        history = request.history if request.personalised else ()
        now = _request_time(history, index.model, request.now)
        profile = _profile(history, index, now)
        rows, places = np.unique([index.row_of[name] for name in item_ids], return_inverse=True)
        candidates = with_rows(index, profile, retrieve(index, profile), rows)
        features = build_features(index, profile, candidates, now, self._exposures)
        wanted = features[np.searchsorted(candidates.rows, rows)]
        return index.model.ranker.watch_probability(wanted)[places]

    def recommend(self, request: FeedRequest) -> list[Ranked]:
        """One page, best first: at most `limit` items, at most one of a group.

        Fewer when no more are allowed. The same request to the same model gives the same page. Pass
        what a page held as `exclude_groups` (or `exclude_items`) to get the next one without
        repeats.
        """
        index, exposures, rules = self._index, self._exposures, self.stages.rules
        history = request.history if request.personalised else ()
        now = _request_time(history, index.model, request.now)
        profile = _profile(history, index, now)
        allowed = _allowed(index, request, history, self._withdrawn_rows)
        viewing = Viewing(index, profile, now, exposures)
        scored = self._score(viewing, allowed, request.limit)

        rng = np.random.default_rng(request.seed)
        share = request.explore_share if rules.exploration else 0.0
        positions = draw_explore_positions(request.limit, share, rng)
        explored = draw_explored(viewing, scored, allowed, count=len(positions), rng=rng)
        left = ~np.isin(index.group[scored.candidates.rows], index.group[explored])
        length = request.limit - len(explored)
        page = _top_rows(index, scored, left, length=length, rules=_rules(rules, request))
        rows = _insert_at(page, [int(row) for row in explored], positions)[: request.limit]
        explainer = Explainer(index.model, profile, scored.candidates)
        explored_rows = {int(row) for row in explored}
        return [
            _explored(index, row)
            if row in explored_rows
            else _ranked(index, row, scored, explainer)
            for row in rows
        ]

    def _score(self, viewing: Viewing, allowed: BoolArray, limit: int) -> Scored:
        index, profile = viewing.index, viewing.profile
        if not self.stages.retrieval:
            candidates = retrieve(index, profile, allowed, more=np.flatnonzero(allowed))
        else:
            candidates = retrieve(index, profile, allowed)
            groups = len(np.unique(index.group[candidates.rows]))
            if groups < max(POOL_PER_PLACE * limit, MIN_POOL):
                more = _most_popular(index, np.flatnonzero(allowed))
                candidates = retrieve(index, profile, allowed, more)
        return rank(viewing, candidates, with_ranker=self.stages.ranker)


def _profile(history: tuple[WatchEvent, ...], index: ServingIndex, now: float) -> ViewerProfile:
    settings = index.model.settings
    return build_profile(
        history,
        index.row_of,
        half_life_days=settings.half_life_days,
        shown_strength=settings.shown_strength,
        now=now,
    )


def _rows_of(index: ServingIndex, item_ids: Iterable[str]) -> IntArray:
    return np.array([index.row_of[pk] for pk in item_ids if pk in index.row_of], np.int64)


def _allowed(
    index: ServingIndex,
    request: FeedRequest,
    history: tuple[WatchEvent, ...],
    withdrawn: IntArray,
) -> BoolArray:
    """Which rows may stand on the page: (n,) bool."""
    allowed = np.ones(len(index.model.items), bool)
    if request.only_genres:
        allowed[:] = False
        for genre in request.only_genres:
            allowed[index.rows_by_genre.get(genre, NO_ROWS)] = True
    groups = set(request.exclude_groups)
    if not request.repeat_seen:
        groups |= {event.group_id for event in history if event.kind is not EventKind.IMPRESSION}
    groups |= {event.group_id for event in history if event.kind is EventKind.DISMISS}
    for group_id in groups:
        allowed[index.rows_by_group.get(group_id, NO_ROWS)] = False
    for genre in request.muted_genres:
        allowed[index.rows_by_genre.get(genre, NO_ROWS)] = False
    for tag in request.muted_tags:
        allowed[index.rows_by_tag.get(tag, NO_ROWS)] = False
    # Items may have been added since this request took its index.
    allowed[withdrawn[withdrawn < len(allowed)]] = False
    allowed[_rows_of(index, request.exclude_items)] = False
    return allowed


def _most_popular(index: ServingIndex, rows: IntArray) -> IntArray:
    """At most MAX_MORE of the rows, those that are liked most, then the newest, come first."""
    order = np.lexsort((rows, -index.published[rows], -index.model.popularity[rows]))
    return rows[order[:MAX_MORE]]


def _top_rows(
    index: ServingIndex,
    scored: Scored,
    left: BoolArray,
    *,
    length: int,
    rules: Rules,
) -> list[int]:
    """At most `length` of the candidates that are left, one of a group, diversified, best first."""
    rows, score = scored.candidates.rows[left], scored.total[left]
    if not len(rows) or length <= 0:
        return []
    order = np.lexsort((rows, -score))
    _, first = np.unique(index.group[rows[order]], return_index=True)
    best = order[np.sort(first)][: max(POOL_PER_PLACE * length, MIN_POOL)]
    pool = rows[best]
    positions = diversify(
        score[best],
        index.model.content[pool],
        genre=index.genre[pool],
        creator=index.creator[pool],
        length=length,
        rules=rules,
    )
    return [int(pool[position]) for position in positions]


def _rules(rules: Rules, request: FeedRequest) -> Rules:
    """Runs of a genre are what was asked for where only some are wanted."""
    return replace(rules, genre_runs=rules.genre_runs and not request.only_genres)


def _explored(index: ServingIndex, row: int) -> Ranked:
    item = index.model.items[row]
    return Ranked(item.item_id, item.group_id, 0.0, {}, (Reason(ReasonKind.EXPLORE),))


def _ranked(index: ServingIndex, row: int, scored: Scored, explainer: Explainer) -> Ranked:
    at = int(np.searchsorted(scored.candidates.rows, row))
    parts = {name: float(values[at]) for name, values in scored.parts.items() if values[at]}
    # An item without any reason is on the page to be tried out, and says so.
    reasons = explainer.reasons(row, parts) or (Reason(ReasonKind.EXPLORE),)
    item = index.model.items[row]
    return Ranked(item.item_id, item.group_id, float(scored.total[at]), parts, reasons)


def _request_time(history: Iterable[WatchEvent], model: Model, now: float | None) -> float:
    if now is not None:
        return now
    return max([model.now, *(event.at for event in history)])


def _insert_at(page: list[int], explored: list[int], positions: list[int]) -> list[int]:
    rows = list(page)
    for position, row in zip(positions, explored, strict=False):
        rows.insert(min(position, len(rows)), row)
    return rows
