"""Answers about what a viewer watches, keeps and follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from huaben.catalog.models import Series
from huaben.catalog.presenters import (
    EpisodeCard,
    SeriesCard,
    present_episode_cards,
    present_series_cards,
)

from ..selectors.viewing import (
    WatchedEpisode,
    is_favourite,
    is_following,
    is_not_interested,
)


@dataclass(frozen=True)
class HistoryItem:
    """An episode and how far the viewer is in it."""

    series: SeriesCard
    episode: EpisodeCard
    watched_at: datetime
    position_ms: int
    completed: bool


@dataclass(frozen=True)
class SeriesMarks:
    """What the viewer has said of a series and its creator."""

    favourite: bool
    not_interested: bool
    following: bool


def present_history(watched: Sequence[WatchedEpisode]) -> list[HistoryItem]:
    """Published episodes with a viewer's progress, in the order given. Five queries."""
    published = [item for item, _ in watched]
    series = {item.episode.series_id: item.episode.series for item in published}
    cards = present_series_cards(list(series.values()))
    episodes = present_episode_cards(published)
    return [
        HistoryItem(
            series=cards[item.episode.series_id],
            episode=episodes[item.episode.pk],
            watched_at=progress.last_at,
            position_ms=progress.position_ms,
            completed=progress.completed,
        )
        for item, progress in watched
    ]


def present_series_marks(viewer_id: UUID, series: Series) -> SeriesMarks:
    """What a viewer has said of one series and its creator. Three queries."""
    return SeriesMarks(
        favourite=is_favourite(viewer_id=viewer_id, series=series),
        not_interested=is_not_interested(viewer_id=viewer_id, series=series),
        following=is_following(viewer_id=viewer_id, creator_id=series.creator_id),
    )
