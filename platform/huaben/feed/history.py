"""What a viewer did, as the recommender's events: one for each episode they watched, one for each
thing they said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from huaben.watching.models import Progress
from huaben.watching.selectors.viewing import ViewerMarks
from recsys import EventKind, Item, WatchEvent, event_strength

# How many of the episodes watched last the recommender is given.
RECENT = 300
# A viewing shorter than this that was not a skip says nothing yet: it may just have begun.
BARELY_MS = 2500
# For how many of a followed creator's newest series the follow speaks.
OF_CREATOR = 3


def event_of(row: Progress, key: str) -> WatchEvent | None:
    """An episode's progress as one event about its series; None when it says nothing yet."""
    watched = row.watched_ms + row.replays * row.duration_ms
    if not (row.completed or row.skipped) and watched < BARELY_MS:
        return None
    return WatchEvent(
        event_id=key,
        viewer_id=str(row.viewer_id),
        item_id=str(row.series_id),
        group_id=str(row.series_id),
        at=row.last_at.timestamp(),
        kind=EventKind.SKIP if row.skipped else EventKind.WATCH,
        watched_ms=watched,
        duration_ms=row.duration_ms,
        completed=row.completed,
    )


def history_of(
    viewer_id: UUID,
    progress: Sequence[Progress],
    marks: ViewerMarks,
    *,
    by_creator: Mapping[str, Sequence[str]],
    items: Mapping[str, Item],
    forgotten: Mapping[str, Any],
) -> tuple[WatchEvent, ...]:
    """Everything that may speak for or against a series, without what was liked of a genre before
    its taste was deleted.
    """
    events = [
        event for row in progress if (event := event_of(row, f"watch {row.episode_id}")) is not None
    ]
    said = (
        (EventKind.FAVOURITE, ((str(pk), at) for pk, at in marks.favourites.items())),
        (EventKind.DISMISS, ((str(pk), at) for pk, at in marks.not_interested.items())),
        (EventKind.FOLLOW, _works_of(marks.following, by_creator)),
    )
    for kind, about in said:
        for series_id, at in about:
            key = f"{kind.value} {series_id}"
            events.append(
                WatchEvent(key, str(viewer_id), series_id, series_id, at.timestamp(), kind)
            )
    before = {slug: datetime.fromisoformat(at).timestamp() for slug, at in forgotten.items()}
    return tuple(event for event in events if not _is_forgotten(event, items, before))


def _works_of(
    following: Mapping[UUID, datetime], by_creator: Mapping[str, Sequence[str]]
) -> Iterable[tuple[str, datetime]]:
    for creator_id, at in following.items():
        for series_id in by_creator.get(str(creator_id), ())[:OF_CREATOR]:
            yield series_id, at


def _is_forgotten(
    event: WatchEvent, items: Mapping[str, Item], before: Mapping[str, float]
) -> bool:
    item = items.get(event.group_id) if before else None
    if item is None:
        return False
    return (
        any(event.at <= before.get(genre, 0.0) for genre in item.genres)
        and event_strength(event) > 0
    )
