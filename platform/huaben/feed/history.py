"""A viewer's history as the recommender's events: one for each episode watched, each series kept
or dismissed, and each of the newest series of a followed creator.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from huaben.watching.models import Progress
from huaben.watching.selectors.viewing import ViewerMarks
from recsys import EventKind, Item, WatchEvent, event_strength

# How many of the episodes watched last the recommender is given.
MAX_HISTORY_EPISODES = 300
# A shorter viewing that is no skip is no event yet: it may just have begun.
MIN_WATCHED_MS = 2500
# A follow becomes one event for each of this many newest series of the creator.
SERIES_PER_FOLLOWED_CREATOR = 3


def build_history(
    viewer_id: UUID,
    progress: Sequence[Progress],
    marks: ViewerMarks,
    *,
    series_by_creator: Mapping[str, Sequence[str]],
    items: Mapping[str, Item],
    forgotten: Mapping[str, str],
) -> tuple[WatchEvent, ...]:
    """Everything the viewer did about series, in the order of ``progress``, then their marks.

    ``forgotten``: genre → when its taste was deleted (ISO 8601). Events that count for a series of
    such a genre and are not later than that are left out; those against it stay.
    """
    events = [event for row in progress if (event := _watch_event(row)) is not None]
    for kind, series_id, at in _marked_series(marks, series_by_creator):
        events.append(
            WatchEvent(
                event_id=f"{kind.value} {series_id}",
                viewer_id=str(viewer_id),
                item_id=series_id,
                group_id=series_id,
                at=at.timestamp(),
                kind=kind,
            )
        )
    deleted_at = {
        slug: datetime.fromisoformat(moment).timestamp() for slug, moment in forgotten.items()
    }
    return tuple(event for event in events if not _is_forgotten(event, items, deleted_at))


def _watch_event(row: Progress) -> WatchEvent | None:
    """An episode's progress as one event about its series; None when too little was watched."""
    watched_ms = row.watched_ms + row.replays * row.duration_ms
    if not (row.completed or row.skipped) and watched_ms < MIN_WATCHED_MS:
        return None
    return WatchEvent(
        event_id=f"watch {row.episode_id}",
        viewer_id=str(row.viewer_id),
        item_id=str(row.series_id),
        group_id=str(row.series_id),
        at=row.last_at.timestamp(),
        kind=EventKind.SKIP if row.skipped else EventKind.WATCH,
        watched_ms=watched_ms,
        duration_ms=row.duration_ms,
        completed=row.completed,
    )


def _marked_series(
    marks: ViewerMarks, series_by_creator: Mapping[str, Sequence[str]]
) -> Iterator[tuple[EventKind, str, datetime]]:
    for series_id, at in marks.favourites.items():
        yield EventKind.FAVOURITE, str(series_id), at
    for series_id, at in marks.not_interested.items():
        yield EventKind.DISMISS, str(series_id), at
    for creator_id, at in marks.following.items():
        newest = series_by_creator.get(str(creator_id), ())[:SERIES_PER_FOLLOWED_CREATOR]
        for followed_series_id in newest:
            yield EventKind.FOLLOW, followed_series_id, at


def _is_forgotten(
    event: WatchEvent, items: Mapping[str, Item], deleted_at: Mapping[str, float]
) -> bool:
    item = items.get(event.group_id) if deleted_at else None
    if item is None:
        return False
    return (
        any(event.at <= deleted_at.get(genre, 0.0) for genre in item.genres)
        and event_strength(event) > 0
    )
