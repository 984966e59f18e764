"""What the feed does when something happened in an app below."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from huaben.accounts.signals import viewer_merged
from huaben.catalog.models import Series
from huaben.catalog.signals import gate_changed, series_changed
from huaben.watching.signals import history_deleted

from .services import forget_impressions, merge_feed, note_series_change


@receiver(gate_changed)
def note_gate_change(series_id: UUID, **kwargs: Any) -> None:
    """A series may have been published or taken down."""
    note_series_change(series_id=series_id)


@receiver(series_changed)
def note_changed_series(series: Series, **kwargs: Any) -> None:
    """A series has another title, synopsis or genre."""
    note_series_change(series_id=series.pk)


@receiver(viewer_merged)
def merge_viewers_feed(from_id: UUID, into_id: UUID, **kwargs: Any) -> None:
    """Somebody signed in: their account takes over the browser's preferences."""
    merge_feed(from_id=from_id, into_id=into_id)


@receiver(history_deleted)
def forget_viewers_impressions(viewer_id: UUID, episode_id: UUID | None, **kwargs: Any) -> None:
    """A viewer deleted history: what the feed showed them goes with it."""
    forget_impressions(viewer_id=viewer_id, episode_id=episode_id)
