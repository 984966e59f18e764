"""What the feed does when something happened below."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from huaben.core.events import on

from .services import forget_impressions, merge_feed, note_series_change


@on("catalog.gate_turned")
def look_at_gate(series_id: UUID) -> None:
    """A series may have come in, or gone."""
    note_series_change(series_id=series_id)


@on("catalog.series_changed")
def look_at_changed(series: Any) -> None:
    """A series says something else of itself."""
    note_series_change(series_id=series.pk)


@on("accounts.viewer_merged")
def take_over(from_id: UUID, into_id: UUID) -> None:
    """Somebody signed in: what the browser preferred is theirs."""
    merge_feed(from_id=from_id, into_id=into_id)


@on("watching.history_forgotten")
def forget(viewer_id: UUID, episode_id: UUID | None) -> None:
    """A viewer had history deleted."""
    forget_impressions(viewer_id=viewer_id, episode_id=episode_id)
