"""What the feed can choose from, kept in the memory of each web process: the trained model and the
published series.

The next request brings it up to date when another model was put in force (one small file is read),
when a series changed (``SeriesChange``, one query), and every five minutes for whatever opened or
closed without a notice. One request does this work; the others go on with the last snapshot. The
gate is asked about every place anyway, so a series that is still in here is passed over, never
shown.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Max

from recsys import Item, ModelCache, ModelError, Recommender, TrainSettings, train
from recsys.events import events_table

from .items import build_items, get_published_series
from .models import Impression, SeriesChange

RELOAD_SECONDS = 300.0


@dataclass(frozen=True)
class CatalogueSnapshot:
    """The catalogue at one moment. ``recommender`` is None while nothing is published.

    ``items`` by series id; ``series_by_creator`` and ``newest``: series ids, latest first;
    ``simulated_audience``: the model learned from a simulated audience.
    """

    recommender: Recommender | None
    items: Mapping[str, Item] = field(default_factory=dict)
    series_by_creator: Mapping[str, Sequence[str]] = field(default_factory=dict)
    newest: tuple[str, ...] = ()
    simulated_audience: bool = False

    @property
    def model_version(self) -> str:
        """The trained model's name; empty when there is none and content alone decides."""
        return self.recommender.version if self.recommender else ""


class FeedCatalogue:
    """Keeps the snapshot for one folder of models. Safe to share between threads."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._models = ModelCache(root)
        self._lock = threading.Lock()
        self._snapshot: CatalogueSnapshot | None = None
        self._trained: Recommender | None = None
        self._published: dict[UUID, datetime] = {}
        self._last_change_id = 0
        self._reloaded_at = 0.0

    def current_snapshot(self) -> CatalogueSnapshot:
        """The catalogue as it is now. One query when nothing has changed."""
        if self._snapshot is None:
            with self._lock:
                if self._snapshot is None:
                    self._load()
        elif self._lock.acquire(blocking=False):
            try:
                self._refresh()
            finally:
                self._lock.release()
        assert self._snapshot is not None
        return self._snapshot

    def _load(self) -> None:
        # Read first: a change that is noted while the series are read is looked at again.
        self._last_change_id = SeriesChange.objects.aggregate(last=Max("pk"))["last"] or 0
        self._load_newer_model()
        self._reload_all()

    def _refresh(self) -> None:
        changes = list(
            SeriesChange.objects.filter(pk__gt=self._last_change_id)
            .order_by("pk")
            .values_list("pk", "series_id")
        )
        changed = {series_id for _, series_id in changes}
        if self._load_newer_model() or time.monotonic() - self._reloaded_at > RELOAD_SECONDS:
            self._reload_all(changed=changed)
        elif changed:
            self._reload_series(changed)
        if changes:
            self._last_change_id = changes[-1][0]

    def _load_newer_model(self) -> bool:
        """Take a newer trained model into use; whether there was one."""
        if not (self._root / "current").exists():
            return False
        try:
            trained = self._models.current()
        except ModelError:
            return False
        if trained is self._trained:
            return False
        self._trained = trained
        return True

    def _reload_all(self, changed: Collection[UUID] = ()) -> None:
        """Read the ids of all published series, and in full those that are unknown or changed."""
        self._published = get_published_series()
        known = self._known_items()
        to_read = {
            pk: at for pk, at in self._published.items() if str(pk) not in known or pk in changed
        }
        self._replace_snapshot(build_items(to_read))
        self._reloaded_at = time.monotonic()

    def _reload_series(self, series_ids: Collection[UUID]) -> None:
        published = get_published_series(series_ids)
        others = {pk: at for pk, at in self._published.items() if pk not in series_ids}
        self._published = others | published
        self._replace_snapshot(build_items(published))

    def _recommender(self) -> Recommender | None:
        return self._trained or (self._snapshot.recommender if self._snapshot else None)

    def _known_items(self) -> dict[str, Item]:
        recommender = self._recommender()
        return {item.item_id: item for item in recommender.model.items} if recommender else {}

    def _replace_snapshot(self, items: Sequence[Item]) -> None:
        """Make a snapshot of what is published now; ``items``: those just read."""
        recommender = self._with_items(items)
        published: dict[str, Item] = {}
        if recommender is not None:
            known = {item.item_id: item for item in recommender.model.items}
            published_ids = {str(pk) for pk in self._published}
            recommender.set_withdrawn(known.keys() - published_ids)
            recommender.update_exposures(_count_exposures(recommender))
            published = {pk: item for pk, item in known.items() if pk in published_ids}
        newest = sorted(published.values(), key=lambda item: (-item.published_at, item.group_id))
        series_by_creator: dict[str, list[str]] = {}
        for item in newest:
            series_by_creator.setdefault(item.creator_id, []).append(item.group_id)
        self._snapshot = CatalogueSnapshot(
            recommender=recommender,
            items=published,
            series_by_creator=series_by_creator,
            newest=tuple(item.group_id for item in newest),
            simulated_audience=recommender is not None
            and recommender.model.counts.get("simulated_events", 0) > 0,
        )

    def _with_items(self, items: Sequence[Item]) -> Recommender | None:
        """The recommender once it knows these items."""
        known = self._known_items()
        unknown = [item for item in items if known.get(item.item_id) != item]
        recommender = self._recommender()
        if not unknown:
            return recommender
        if self._trained is None:
            # Without a trained model content decides; made anew, so that rare words are weighed by
            # all that is published.
            everything = known | {item.item_id: item for item in unknown}
            return Recommender(
                train(
                    events_table([]), list(everything.values()), TrainSettings(learn_ranker=False)
                )
            )
        self._trained.add_items(unknown)
        return self._trained


def _count_exposures(recommender: Recommender) -> dict[str, int]:
    """How often each series was shown: before the training as the model counted, since then by
    impressions.
    """
    model = recommender.model
    trained_at = str(recommender.manifest.get("trained_at", ""))
    since = datetime.fromisoformat(trained_at) if trained_at else datetime.min.replace(tzinfo=UTC)
    rows = (
        Impression.objects.filter(created_at__gt=since)
        .order_by()
        .values_list("series_id")
        .annotate(Count("pk"))
    )
    counts = {
        item.item_id: int(count) for item, count in zip(model.items, model.exposures, strict=True)
    }
    for series_id, count in rows:
        counts[str(series_id)] = counts.get(str(series_id), 0) + count
    return counts


@cache
def _catalogue_of(root: Path) -> FeedCatalogue:
    return FeedCatalogue(root)


def feed_catalogue() -> FeedCatalogue:
    """This process's catalogue for the models in ``settings.RECSYS_MODELS``."""
    return _catalogue_of(Path(settings.RECSYS_MODELS))
