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
from recsys.rerank import explore_draw, explore_places, varied_order
from recsys.sources import gain_of_newness, gain_of_scores, gather_evidence
from recsys.store import ModelError, current_folder, load_model, save_model
from recsys.taste import taste_of
from recsys.types import EventKind, FeedRequest, Item, Ranked, Reason, ReasonKind, WatchEvent
from recsys.vectors import VectorIndex

DEEPEST = 2000  # how many of the best scores a page is made from
MOST_AVERSE = -0.3  # what is liker than this to what the viewer skipped is not explored on them
LITTLE_SHOWN = 30  # an episode shown less often than this is explored


class _Catalogue:
    """All that is computed once for a model and read by every request; replaced whole when episodes
    are added.
    """

    def __init__(self, model: Model, index: VectorIndex) -> None:
        self.model = model
        self.index = index
        self.row_of = {item.item_id: row for row, item in enumerate(model.items)}
        self.popular = gain_of_scores(model.popularity)
        self.published = np.array([item.published_at for item in model.items])
        self.by_group = _rows_by((item.group_id,) for item in model.items)
        self.by_genre = _rows_by(item.genres for item in model.items)
        self.by_tag = _rows_by(item.tags for item in model.items)
        self.group = _codes([item.group_id for item in model.items])
        self.genre = _codes([item.genres[0] if item.genres else None for item in model.items])


class Recommender:
    """A loaded model. Requests may come from several threads; adding and withdrawing exchange what
    they read in one step.
    """

    def __init__(
        self, model: Model, index: VectorIndex | None = None, manifest: dict[str, Any] | None = None
    ) -> None:
        self.manifest = manifest or {}
        self._catalogue = _Catalogue(model, index or VectorIndex.build(model.item_factors))
        self._withdrawn: frozenset[str] = frozenset()
        self._shown: npt.NDArray[np.int64] = model.exposures
        self._lock = threading.Lock()

    @classmethod
    def load(cls, folder: Path) -> Recommender:
        """From a model's folder, or from a root whose `current` names one. Raises ModelError when
        it is missing or damaged.
        """
        while True:
            version = current_folder(folder)
            try:
                return cls(*load_model(version))
            except ModelError:
                # The version may have been replaced and swept away while it was read.
                if version == folder or current_folder(folder) == version:
                    raise

    @property
    def model(self) -> Model:
        """The model in use."""
        return self._catalogue.model

    @property
    def version(self) -> str:
        """The version's name; empty for a model that was never saved."""
        return str(self.manifest.get("version", ""))

    def row_of(self, item_id: str) -> int:
        """The row of an episode in the model's arrays; KeyError when the model does not know it."""
        return self._catalogue.row_of[item_id]

    def save(self, root: Path) -> Path:
        """Put this model, with what was added, in force under `root` as a new version. Returns its
        folder.
        """
        return save_model(root, self.model)

    def add_items(self, items: Iterable[Item]) -> None:
        """Make new episodes recommendable at once, by their content; an id that is known is
        described anew.
        """
        with self._lock:
            model = self.model.with_items(list(items))
            grown = np.zeros(len(model.items) - len(self._shown), np.int64)
            catalogue = _Catalogue(model, VectorIndex.build(model.item_factors))
            self._shown = np.concatenate([self._shown, grown])
            self._catalogue = catalogue

    def set_withdrawn(self, item_ids: Iterable[str]) -> None:
        """Replace the set of items that are never recommended (taken down, blocked, not approved).

        An empty set lifts it.
        """
        self._withdrawn = frozenset(item_ids)

    def update_exposures(self, shown: Mapping[str, int]) -> None:
        """Tell how often episodes have been shown by now, so that exploration ends when an episode
        has had its chance.
        """
        with self._lock:
            counts = self._shown.copy()
            for item_id, count in shown.items():
                row = self._catalogue.row_of.get(item_id)
                if row is not None:
                    counts[row] = count
            self._shown = counts

    def fold_in(self, history: Iterable[WatchEvent], now: float | None = None) -> FoldedViewer:
        """A viewer's vector in the model's space, from events alone, skips as evidence against (see
        recsys.als.fold_in).
        """
        events = list(history)
        model = self.model
        taste = taste_of(
            events,
            self._catalogue.row_of,
            model.settings.half_life_days,
            _moment(events, model, now),
        )
        return fold_in(
            model.item_factors, model.gram, taste.rows, taste.strength, model.settings.als
        )

    def recommend(self, request: FeedRequest) -> list[Ranked]:
        """One page, best first: at most `limit` episodes, at most one of a series; fewer when no
        more are allowed.

        The same request to the same model gives the same page. Pass what a page held as
        `exclude_groups` (or
        `exclude_items`) to get the next one without repeats.
        """
        catalogue, shown = self._catalogue, self._shown
        model = catalogue.model
        history = request.history if request.personalised else ()
        now = _moment(history, model, request.now)
        taste = taste_of(history, catalogue.row_of, model.settings.half_life_days, now)
        evidence = gather_evidence(model, catalogue.index, taste)
        gains = evidence.gains | {
            "popular": catalogue.popular,
            "new": gain_of_newness(catalogue.published, now),
        }
        weights = _signed_weights(model)
        score = np.zeros(len(model.items))
        for source, gain in gains.items():
            score += weights[source] * gain
        allowed = self._allowed(catalogue, request, history)

        rng = np.random.default_rng(request.seed)
        places = explore_places(request.limit, request.explore_share, rng)
        little = (
            np.flatnonzero(allowed & (shown[: len(allowed)] < LITTLE_SHOWN))
            if places
            else np.zeros(0, np.int64)
        )
        nothing = np.zeros(len(score))
        leaning = np.asarray(
            gains.get("content", nothing) - gains.get("averse", nothing), np.float64
        )
        little = little[leaning[little] > MOST_AVERSE]
        drawn = explore_draw(little, shown[little], leaning[little], len(places) * 4, rng)
        explored = _first_of_each_group(np.array(drawn, np.int64), catalogue.group)[: len(places)]
        allowed[np.isin(catalogue.group, catalogue.group[explored])] = False

        page = self._best(catalogue, score, allowed, request, request.limit - len(explored))
        rows = _merge(page, [int(row) for row in explored], places)
        drawn_rows = {int(row) for row in explored}
        ranked = []
        for row in rows[: request.limit]:
            parts = {
                source: weights[source] * float(gain[row])
                for source, gain in gains.items()
                if gain[row]
            }
            reasons = () if row in drawn_rows else reasons_for(row, parts, model, taste, evidence)
            # Where nothing spoke for it, it stands here to be tried out, and says so.
            reasons = reasons or (Reason(ReasonKind.EXPLORE),)
            item = model.items[row]
            ranked.append(Ranked(item.item_id, item.group_id, float(score[row]), parts, reasons))
        return ranked

    def _allowed(
        self, catalogue: _Catalogue, request: FeedRequest, history: tuple[WatchEvent, ...]
    ) -> npt.NDArray[np.bool_]:
        allowed = np.ones(len(catalogue.model.items), bool)
        if request.only_genres:
            allowed[:] = False
            for genre in request.only_genres:
                allowed[catalogue.by_genre.get(genre, _NONE)] = True
        groups = set(request.exclude_groups)
        if not request.repeat_seen:
            groups |= {
                event.group_id for event in history if event.kind is not EventKind.IMPRESSION
            }
        groups |= {event.group_id for event in history if event.kind is EventKind.DISMISS}
        for group_id in groups:
            allowed[catalogue.by_group.get(group_id, _NONE)] = False
        for genre in request.muted_genres:
            allowed[catalogue.by_genre.get(genre, _NONE)] = False
        for tag in request.muted_tags:
            allowed[catalogue.by_tag.get(tag, _NONE)] = False
        for item_id in request.exclude_items | self._withdrawn:
            row = catalogue.row_of.get(item_id)
            if row is not None:
                allowed[row] = False
        return allowed

    def _best(
        self,
        catalogue: _Catalogue,
        score: npt.NDArray[np.float64],
        allowed: npt.NDArray[np.bool_],
        request: FeedRequest,
        length: int,
    ) -> list[int]:
        rows = np.flatnonzero(allowed)
        if not len(rows) or length <= 0:
            return []
        if len(rows) > DEEPEST:
            rows = rows[np.argpartition(-score[rows], DEEPEST)[:DEEPEST]]
        rows = rows[np.lexsort((rows, -score[rows]))]
        pool = _first_of_each_group(rows, catalogue.group)[: max(8 * length, 60)]
        order = varied_order(
            score[pool],
            catalogue.model.content[pool],
            catalogue.genre[pool],
            length,
            not request.only_genres,
        )
        return [int(pool[place]) for place in order]


_NONE = np.zeros(0, np.int64)


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


def _moment(history: Iterable[WatchEvent], model: Model, now: float | None) -> float:
    if now is not None:
        return now
    return max([model.now, *(event.at for event in history)])


def _first_of_each_group(
    rows: npt.NDArray[np.int64], group: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    _, first = np.unique(group[rows], return_index=True)
    return rows[np.sort(first)]


def _merge(page: list[int], explored: list[int], places: list[int]) -> list[int]:
    rows = list(page)
    for place, row in zip(places, explored, strict=False):
        rows.insert(min(place, len(rows)), row)
    return rows


def _rows_by(words: Iterable[tuple[str, ...]]) -> dict[str, npt.NDArray[np.int64]]:
    rows: dict[str, list[int]] = defaultdict(list)
    for row, names in enumerate(words):
        for name in names:
            rows[name].append(row)
    return {name: np.array(found, np.int64) for name, found in rows.items()}


def _codes(names: list[str | None]) -> npt.NDArray[np.int64]:
    seen: dict[str, int] = {}
    return np.array(
        [-1 if name is None else seen.setdefault(name, len(seen)) for name in names], np.int64
    )
