"""What the feed can choose from, kept in the memory of each web process: the trained model and the
series of the theatre.

Four things bring it up to date, each looked at by the next request: another model was put in force
(one small file is read); a series changed (``SeriesChange``, one query); five minutes have passed
(whatever opened or shut without being told of); and, at the first request, everything. One request
does the work, the others go on with what was there. The gate has the last word anyway: what is in
here too long is never shown, only passed over.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Max

from recsys import Item, ModelCache, ModelError, Recommender, TrainSettings, train
from recsys.events import events_table

from .items import items_of, shown_since
from .models import Impression, SeriesChange

SWEEP_SECONDS = 300.0


@dataclass(frozen=True)
class Bill:
    """The programme of one moment. ``recommender`` is None in a theatre where nothing is shown.

    ``items`` by series id; ``newest`` series ids, latest first; ``simulated``: the model
    learned from a simulated audience.
    """

    recommender: Recommender | None
    items: dict[str, Item] = field(default_factory=dict)
    by_creator: dict[str, list[str]] = field(default_factory=dict)
    newest: tuple[str, ...] = ()
    simulated: bool = False

    @property
    def model_version(self) -> str:
        """The trained model's name; empty when there is none and content alone decides."""
        return self.recommender.version if self.recommender else ""


class Programme:
    """Keeps the Bill of one folder of models. Safe to share between threads."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._models = ModelCache(root)
        self._lock = threading.Lock()
        self._bill: Bill | None = None
        self._trained: Recommender | None = None
        self._shown: dict[UUID, datetime] = {}
        self._seen_change = 0
        self._swept = 0.0

    def current(self) -> Bill:
        """The programme as it is now. One query when nothing has changed."""
        if self._bill is None:
            with self._lock:
                if self._bill is None:
                    self._open()
        elif self._lock.acquire(blocking=False):
            try:
                self._follow()
            finally:
                self._lock.release()
        assert self._bill is not None
        return self._bill

    def _open(self) -> None:
        self._seen_change = SeriesChange.objects.aggregate(last=Max("pk"))["last"] or 0
        self._take_model()
        self._sweep()

    def _follow(self) -> None:
        changed = list(
            SeriesChange.objects.filter(pk__gt=self._seen_change)
            .order_by("pk")
            .values_list("pk", "series_id")
        )
        if self._take_model() or time.monotonic() - self._swept > SWEEP_SECONDS:
            self._sweep(described_anew={series_id for _, series_id in changed})
        elif changed:
            self._look_at({series_id for _, series_id in changed})
        if changed:
            self._seen_change = changed[-1][0]

    def _take_model(self) -> bool:
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

    def _sweep(self, described_anew: Collection[UUID] = ()) -> None:
        """Look at the whole theatre: by ids, and in full only at what is not known."""
        self._shown = shown_since()
        known = self._known()
        unknown = {
            pk: at for pk, at in self._shown.items() if str(pk) not in known or pk in described_anew
        }
        self._show(items_of(unknown))
        self._swept = time.monotonic()

    def _look_at(self, series_ids: set[UUID]) -> None:
        now_shown = shown_since(series_ids)
        self._shown = {pk: at for pk, at in self._shown.items() if pk not in series_ids} | now_shown
        self._show(items_of(now_shown))

    def _known(self) -> dict[str, Item]:
        recommender = self._trained or (self._bill.recommender if self._bill else None)
        return {item.item_id: item for item in recommender.model.items} if recommender else {}

    def _show(self, described: list[Item]) -> None:
        known = self._known()
        news = [item for item in described if known.get(item.item_id) != item]
        recommender = self._trained or (self._bill.recommender if self._bill else None)
        if news and self._trained is None:
            # Without a trained model content decides; made anew, so that rare words are weighed by
            # all that is shown.
            everything = known | {item.item_id: item for item in news}
            recommender = Recommender(
                train(events_table([]), list(everything.values()), TrainSettings(validate=False))
            )
        elif news and recommender is not None:
            recommender.add_items(news)
        if recommender is not None:
            known = {item.item_id: item for item in recommender.model.items}
            shown = {str(pk) for pk in self._shown}
            recommender.set_withdrawn(known.keys() - shown)
            recommender.update_exposures(_exposures(recommender))
            known = {pk: item for pk, item in known.items() if pk in shown}
        by_creator: dict[str, list[str]] = {}
        newest = sorted(known.values(), key=lambda item: (-item.published_at, item.group_id))
        for item in newest:
            by_creator.setdefault(item.creator_id, []).append(item.group_id)
        simulated = (
            recommender is not None and recommender.model.counts.get("simulated_events", 0) > 0
        )
        self._bill = Bill(
            recommender, known, by_creator, tuple(item.group_id for item in newest), simulated
        )


def _exposures(recommender: Recommender) -> dict[str, int]:
    """How often each series has been shown: before the training by the model, since then by our own
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
def _programme_of(root: Path) -> Programme:
    return Programme(root)


def programme() -> Programme:
    """This process's programme of the models in ``settings.RECSYS_MODELS``."""
    return _programme_of(Path(settings.RECSYS_MODELS))
