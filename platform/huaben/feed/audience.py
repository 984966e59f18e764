"""The demo's audience: simulated by the engine, marked as such in every row, and named wherever a
figure rests on it.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from huaben.accounts.models import Viewer
from huaben.catalog.gate import published_cuts
from huaben.catalog.models import Cut, Series
from huaben.watching.models import Favourite, Progress, WatchEvent
from recsys import Item
from recsys.simulate import simulate_events

NAMESPACE = uuid.UUID("6d0d5bd2-6c1f-5d8e-9f0a-4c9d3a1b7e55")
PER_VIEWER = 14.0
DAYS = 10.0
CHUNK = 2000


@dataclass(frozen=True)
class Audience:
    """A simulated audience: how many events it holds, and whether it was made just now."""

    events: int
    anew: bool


def simulate(*, viewers: int, seed: int) -> Audience:
    """Give what is shown now a simulated audience, in place of the last one unless that has seen
    all of it.

    The caller has made sure that this is the demo.
    """
    cuts = list(
        published_cuts()
        .select_related("asset", "episode__series")
        .prefetch_related("episode__series__genres")
    )
    if not cuts:
        return Audience(0, anew=False)
    with transaction.atomic():
        ids = [_id(seed, f"viewer {number}") for number in range(viewers)]
        known = WatchEvent.objects.filter(simulated=True)
        same_viewers = set(
            Viewer.objects.filter(simulated=True).values_list("pk", flat=True)
        ) == set(ids)
        watched = set(known.order_by().values_list("cut_id", flat=True).distinct())
        if same_viewers and {cut.pk for cut in cuts} <= watched:
            return Audience(known.count(), anew=False)
        known.delete()
        Viewer.objects.filter(simulated=True).delete()  # with all progress and favourites of theirs
        Viewer.objects.bulk_create([Viewer(pk=pk, simulated=True) for pk in ids], batch_size=CHUNK)
        return Audience(_store(_simulated_rows(cuts, viewers, seed), cuts, ids, seed), anew=True)


def _simulated_rows(cuts: Sequence[Cut], viewers: int, seed: int) -> list[dict[str, Any]]:
    items = [_item(cut) for cut in cuts]
    # Few episodes, many viewers: nobody sees one twice.
    each = min(PER_VIEWER, 0.7 * len(items))
    end = timezone.now().timestamp()
    table = simulate_events(items, viewers, each, end=end, days=DAYS, seed=seed)
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows


def _item(cut: Cut) -> Item:
    series: Series = cut.episode.series
    genres = tuple(genre.slug for genre in series.genres.all())
    return Item(str(cut.pk), str(series.pk), genres=genres, published_at=cut.created_at.timestamp())


def _store(
    rows: Sequence[dict[str, Any]], cuts: Sequence[Cut], ids: Sequence[UUID], seed: int
) -> int:
    by_id = {str(cut.pk): cut for cut in cuts}
    now = timezone.now()
    events: list[WatchEvent] = []
    progress: dict[tuple[UUID, UUID], Progress] = {}
    favourites: dict[tuple[UUID, UUID], Favourite] = {}
    for row in sorted(rows, key=lambda row: (row["at"], row["event_id"])):
        cut = by_id[row["item_id"]]
        viewer_id = ids[int(row["viewer_id"].rpartition("v")[2])]
        series_id = cut.episode.series_id
        if row["kind"] == "favourite":
            favourites[viewer_id, series_id] = Favourite(viewer_id=viewer_id, series_id=series_id)
            continue
        at = datetime.fromtimestamp(row["at"], UTC)
        length = cut.asset.duration_ms if cut.asset else 0
        watched = round(length * row["watched_ms"] / row["duration_ms"])
        kind = "complete" if row["completed"] else "skip" if row["kind"] == "skip" else "progress"
        events.append(
            WatchEvent(
                id=_id(seed, row["event_id"]),
                viewer_id=viewer_id,
                series_id=series_id,
                episode_id=cut.episode_id,
                cut_id=cut.pk,
                kind=kind,
                at=at,
                received_at=now,
                position_ms=watched,
                watched_ms=watched,
                duration_ms=length,
                simulated=True,
            )
        )
        earlier = progress.get((viewer_id, cut.episode_id))
        progress[viewer_id, cut.episode_id] = Progress(
            viewer_id=viewer_id,
            series_id=series_id,
            episode_id=cut.episode_id,
            position_ms=watched,
            watched_ms=max(watched, earlier.watched_ms if earlier else 0),
            duration_ms=length,
            completed=kind == "complete" or (earlier is not None and earlier.completed),
            skipped=kind == "skip",
            last_at=at,
        )
    WatchEvent.objects.bulk_create(events, batch_size=CHUNK)
    Progress.objects.bulk_create(progress.values(), batch_size=CHUNK)
    Favourite.objects.bulk_create(favourites.values(), batch_size=CHUNK)
    return len(events)


def _id(seed: int, name: str) -> UUID:
    return uuid.uuid5(NAMESPACE, f"{seed} {name}")
