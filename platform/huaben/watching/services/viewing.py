"""Writes about watching."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from huaben.accounts.services import ensure_viewer
from huaben.core.metrics import EVENTS_ACCEPTED
from huaben.core.responses import described

from ..batches import ReportedEvent
from ..models import Favourite, Follow, NotInterested, Progress, WatchEvent
from ..shown_cuts import shown_cuts
from ..signals import history_deleted


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """What became of a batch. All of it may be dropped from the client's queue."""

    accepted: int
    duplicates: int = field(metadata=described("Stored before; sending again does no harm."))
    ignored: int = field(
        metadata=described("About an episode or Cut that is not shown, or not there any more.")
    )


# One statement, so one trip and one commit: durable when it returns, and the log and what follows
# from it never differ. Events that were stored before are in neither; both writes go by ascending
# id, so that two batches cannot deadlock.
_STORE = """
with given as (
    select * from unnest(
        %(id)s::uuid[], %(kind)s::text[], %(episode_id)s::uuid[], %(cut_id)s::uuid[],
        %(impression_id)s::uuid[],
        %(at)s::timestamptz[], %(position_ms)s::int[], %(watched_ms)s::int[], %(duration_ms)s::int[]
    ) as g (id, kind, episode_id, cut_id, impression_id, at, position_ms, watched_ms, duration_ms)
), known as (
    select g.*, e.series_id
    from given g
    join catalog_cut c on c.id = g.cut_id and c.episode_id = g.episode_id
    join catalog_episode e on e.id = g.episode_id
), viewer as (
    insert into accounts_viewer (id, simulated, created_at) values (%(viewer_id)s, false, %(now)s)
    on conflict (id) do nothing
), stored as (
    insert into watching_watchevent (
        id, viewer_id, series_id, episode_id, cut_id, kind, at, received_at,
        position_ms, watched_ms, duration_ms, impression_id, network, simulated
    )
    select id, %(viewer_id)s, series_id, episode_id, cut_id, kind, at, %(now)s,
        position_ms, watched_ms, duration_ms, impression_id, %(network)s, false
    from known order by id
    on conflict (id) do nothing
    returning *
), derived as (
    insert into watching_progress as p (
        id, viewer_id, series_id, episode_id, position_ms, watched_ms, duration_ms,
        replays, completed, skipped, last_at
    )
    select gen_random_uuid(), %(viewer_id)s, series_id, episode_id,
        (array_agg(position_ms order by at desc, position_ms desc))[1],
        max(watched_ms), max(duration_ms),
        count(*) filter (where kind = 'replay'), bool_or(kind = 'complete'),
        (array_agg(kind = 'skip' order by at desc, position_ms desc))[1],
        max(at)
    from stored where kind <> 'impression'
    group by series_id, episode_id order by episode_id
    on conflict (viewer_id, episode_id) do update set
        position_ms = case
            when excluded.last_at >= p.last_at then excluded.position_ms else p.position_ms end,
        skipped = case when excluded.last_at >= p.last_at then excluded.skipped else p.skipped end,
        watched_ms = greatest(p.watched_ms, excluded.watched_ms),
        duration_ms = greatest(p.duration_ms, excluded.duration_ms),
        replays = p.replays + excluded.replays,
        completed = p.completed or excluded.completed,
        last_at = greatest(p.last_at, excluded.last_at)
)
select (select count(*) from known), (select count(*) from stored)
"""
_COLUMNS = (
    "id",
    "kind",
    "episode_id",
    "cut_id",
    "impression_id",
    "at",
    "position_ms",
    "watched_ms",
    "duration_ms",
)


def record_events(
    *, viewer_id: UUID, events: Sequence[ReportedEvent], now: datetime, network: str = ""
) -> Accepted:
    """Store a batch of one viewer's events and bring their progress up to date; committed when it
    returns.

    An event whose id is stored already changes nothing, whoever sends it; one of a Cut that is not
    shown is ignored. ``network``: of ``network_digest``.
    """
    told = len(events)
    shown = shown_cuts.among({event.cut_id for event in events})
    events = [event for event in events if event.cut_id in shown]
    if not events:
        EVENTS_ACCEPTED.labels("ignored").inc(told)
        return Accepted(accepted=0, duplicates=0, ignored=told)
    columns: dict[str, Any] = {
        name: [getattr(event, name) for event in events] for name in _COLUMNS
    }
    with connection.cursor() as cursor:
        cursor.execute(_STORE, {**columns, "viewer_id": viewer_id, "now": now, "network": network})
        known, stored = cursor.fetchone()
    EVENTS_ACCEPTED.labels("accepted").inc(stored)
    EVENTS_ACCEPTED.labels("duplicate").inc(known - stored)
    EVENTS_ACCEPTED.labels("ignored").inc(told - known)
    return Accepted(accepted=stored, duplicates=known - stored, ignored=told - known)


def forget_history(*, viewer_id: UUID, episode_id: UUID | None = None) -> None:
    """Forget what a viewer watched: one episode, or everything.

    Their progress is deleted, and with it every taste derived from it. The log keeps its rows for
    counting, without the viewer, and without the impression that would lead back to them.
    """
    with transaction.atomic():
        of_viewer = {"viewer_id": viewer_id} | (
            {} if episode_id is None else {"episode_id": episode_id}
        )
        Progress.objects.filter(**of_viewer).delete()
        WatchEvent.objects.filter(**of_viewer).update(viewer_id=None, impression_id=None)
        history_deleted.send(sender=WatchEvent, viewer_id=viewer_id, episode_id=episode_id)


def add_favourite(*, viewer_id: UUID, series_id: UUID) -> None:
    """Keep a series. Again changes nothing."""
    with transaction.atomic():
        ensure_viewer(viewer_id=viewer_id)
        Favourite.objects.get_or_create(viewer_id=viewer_id, series_id=series_id)


def remove_favourite(*, viewer_id: UUID, series_id: UUID) -> None:
    """Keep it no longer."""
    Favourite.objects.filter(viewer_id=viewer_id, series_id=series_id).delete()


def add_follow(*, viewer_id: UUID, creator_id: UUID) -> None:
    """Follow a creator. Again changes nothing."""
    with transaction.atomic():
        ensure_viewer(viewer_id=viewer_id)
        Follow.objects.get_or_create(viewer_id=viewer_id, creator_id=creator_id)


def remove_follow(*, viewer_id: UUID, creator_id: UUID) -> None:
    """Follow no longer."""
    Follow.objects.filter(viewer_id=viewer_id, creator_id=creator_id).delete()


def add_not_interested(*, viewer_id: UUID, series_id: UUID) -> None:
    """Never be shown this series again. Again changes nothing."""
    with transaction.atomic():
        ensure_viewer(viewer_id=viewer_id)
        NotInterested.objects.get_or_create(viewer_id=viewer_id, series_id=series_id)


def remove_not_interested(*, viewer_id: UUID, series_id: UUID) -> None:
    """Take it back: the series may return."""
    NotInterested.objects.filter(viewer_id=viewer_id, series_id=series_id).delete()


_MERGE_PROGRESS = """
insert into watching_progress as p (
    id, viewer_id, series_id, episode_id, position_ms, watched_ms, duration_ms,
    replays, completed, skipped, last_at
)
select gen_random_uuid(), %(into)s, series_id, episode_id, position_ms, watched_ms, duration_ms,
    replays, completed, skipped, last_at
from watching_progress where viewer_id = %(from)s order by episode_id
on conflict (viewer_id, episode_id) do update set
    position_ms = case
        when excluded.last_at > p.last_at then excluded.position_ms else p.position_ms end,
    skipped = case when excluded.last_at > p.last_at then excluded.skipped else p.skipped end,
    watched_ms = greatest(p.watched_ms, excluded.watched_ms),
    duration_ms = greatest(p.duration_ms, excluded.duration_ms),
    replays = p.replays + excluded.replays,
    completed = p.completed or excluded.completed,
    last_at = greatest(p.last_at, excluded.last_at)
"""


def merge_history(*, from_id: UUID, into_id: UUID) -> None:
    """Give what one viewer watched and kept to another; where both have something, the later
    position counts.
    """
    with transaction.atomic():
        WatchEvent.objects.filter(viewer_id=from_id).update(viewer_id=into_id)
        with connection.cursor() as cursor:
            cursor.execute(_MERGE_PROGRESS, {"from": from_id, "into": into_id})
        Progress.objects.filter(viewer_id=from_id).delete()
        favourites = Favourite.objects.filter(viewer_id=from_id)
        Favourite.objects.bulk_create(
            [Favourite(viewer_id=into_id, series_id=row.series_id) for row in favourites],
            ignore_conflicts=True,
        )
        unwanted = NotInterested.objects.filter(viewer_id=from_id)
        NotInterested.objects.bulk_create(
            [NotInterested(viewer_id=into_id, series_id=row.series_id) for row in unwanted],
            ignore_conflicts=True,
        )
        follows = Follow.objects.filter(viewer_id=from_id)
        Follow.objects.bulk_create(
            [Follow(viewer_id=into_id, creator_id=row.creator_id) for row in follows],
            ignore_conflicts=True,
        )
        for rows in (favourites, unwanted, follows):
            rows.delete()
