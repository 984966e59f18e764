"""The demo's audience: simulated by the engine, marked as simulated in every row, and named
wherever a figure rests on it.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction

from huaben.accounts.models import Viewer
from huaben.catalog.gate import published_cuts
from huaben.catalog.models import Cut, Series
from huaben.watching.models import Favourite, Progress, WatchEvent
from recsys import EventKind, Item
from recsys import WatchEvent as SimulatedEvent
from recsys.simulate import simulate_events

# Ids are made from the seed, so that the same audience has the same ids.
ID_NAMESPACE = uuid.UUID("6d0d5bd2-6c1f-5d8e-9f0a-4c9d3a1b7e55")
EVENTS_PER_VIEWER = 14.0
SIMULATED_DAYS = 10.0
ROWS_PER_INSERT = 2000


@dataclass(frozen=True)
class SimulatedAudience:
    """How many events a simulated audience holds, and whether it was made just now."""

    events: int
    created: bool


def replace_simulated_audience(*, viewers: int, seed: int, now: datetime) -> SimulatedAudience:
    """Give what is published now a simulated audience, in place of the last one unless that has
    watched all of it.

    The caller has made sure that this is the demo.
    """
    cuts = list(
        published_cuts()
        .select_related("asset", "episode__series")
        .prefetch_related("episode__series__genres")
    )
    if not cuts:
        return SimulatedAudience(0, created=False)
    with transaction.atomic():
        viewer_ids = [_id(seed, f"viewer {number}") for number in range(viewers)]
        last_events = WatchEvent.objects.filter(simulated=True)
        last_viewers = Viewer.objects.filter(simulated=True)
        same_viewers = set(last_viewers.values_list("pk", flat=True)) == set(viewer_ids)
        watched = set(last_events.order_by().values_list("cut_id", flat=True).distinct())
        if same_viewers and {cut.pk for cut in cuts} <= watched:
            return SimulatedAudience(last_events.count(), created=False)
        last_events.delete()
        last_viewers.delete()  # with all their progress and favourites
        Viewer.objects.bulk_create(
            [Viewer(pk=pk, simulated=True) for pk in viewer_ids], batch_size=ROWS_PER_INSERT
        )
        simulated = _simulate(cuts, viewers, seed, now)
        events = _store(simulated, {str(cut.pk): cut for cut in cuts}, viewer_ids, seed, now)
        return SimulatedAudience(events, created=True)


def _simulate(cuts: Sequence[Cut], viewers: int, seed: int, now: datetime) -> list[SimulatedEvent]:
    """What the viewers did until ``now``, in order of time; the items are Cuts."""
    items = [_item(cut) for cut in cuts]
    # Few episodes, many viewers: nobody sees one twice.
    per_viewer = min(EVENTS_PER_VIEWER, 0.7 * len(items))
    table = simulate_events(
        items, viewers, per_viewer, end=now.timestamp(), days=SIMULATED_DAYS, seed=seed
    )
    events = [SimulatedEvent(**row) for row in table.to_pylist()]
    return sorted(events, key=lambda event: (event.at, event.event_id))


def _item(cut: Cut) -> Item:
    series: Series = cut.episode.series
    genres = tuple(genre.slug for genre in series.genres.all())
    return Item(str(cut.pk), str(series.pk), genres=genres, published_at=cut.created_at.timestamp())


def _store(
    simulated: Sequence[SimulatedEvent],
    cuts: Mapping[str, Cut],
    viewer_ids: Sequence[UUID],
    seed: int,
    now: datetime,
) -> int:
    """Store the events with the progress and favourites that follow from them; how many events."""
    events: list[WatchEvent] = []
    progress: dict[tuple[UUID, UUID], Progress] = {}
    favourites: dict[tuple[UUID, UUID], Favourite] = {}
    for done in simulated:
        cut = cuts[done.item_id]
        # The engine calls its viewers by a number: “…v17”.
        viewer_id = viewer_ids[int(done.viewer_id.rpartition("v")[2])]
        series_id = cut.episode.series_id
        if done.kind is EventKind.FAVOURITE:
            favourites[viewer_id, series_id] = Favourite(viewer_id=viewer_id, series_id=series_id)
            continue
        event = _watch_event(done, cut, _id(seed, done.event_id), viewer_id, now)
        events.append(event)
        key = (viewer_id, cut.episode_id)
        progress[key] = _progress(event, viewer_id, progress.get(key))
    WatchEvent.objects.bulk_create(events, batch_size=ROWS_PER_INSERT)
    Progress.objects.bulk_create(progress.values(), batch_size=ROWS_PER_INSERT)
    Favourite.objects.bulk_create(favourites.values(), batch_size=ROWS_PER_INSERT)
    return len(events)


def _watch_event(
    done: SimulatedEvent, cut: Cut, event_id: UUID, viewer_id: UUID, now: datetime
) -> WatchEvent:
    duration_ms = (cut.asset.duration_ms or 0) if cut.asset else 0
    watched_ms = round(duration_ms * done.watched_ms / done.duration_ms)
    if done.completed:
        kind = "complete"
    else:
        kind = "skip" if done.kind is EventKind.SKIP else "progress"
    return WatchEvent(
        id=event_id,
        viewer_id=viewer_id,
        series_id=cut.episode.series_id,
        episode_id=cut.episode_id,
        cut_id=cut.pk,
        kind=kind,
        at=datetime.fromtimestamp(done.at, UTC),
        received_at=now,
        position_ms=watched_ms,
        watched_ms=watched_ms,
        duration_ms=duration_ms,
        simulated=True,
    )


def _progress(event: WatchEvent, viewer_id: UUID, earlier: Progress | None) -> Progress:
    """A viewer's progress in an episode after this event."""
    return Progress(
        viewer_id=viewer_id,
        series_id=event.series_id,
        episode_id=event.episode_id,
        position_ms=event.position_ms,
        watched_ms=max(event.watched_ms, earlier.watched_ms if earlier else 0),
        duration_ms=event.duration_ms,
        completed=event.kind == "complete" or (earlier is not None and earlier.completed),
        skipped=event.kind == "skip",
        last_at=event.at,
    )


def _id(seed: int, name: str) -> UUID:
    return uuid.uuid5(ID_NAMESPACE, f"{seed} {name}")
