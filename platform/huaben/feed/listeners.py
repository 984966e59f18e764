"""What the feed does when something happened below."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models.signals import post_save
from django.dispatch import receiver

from huaben.core.events import on
from huaben.filing.models import Filing
from huaben.rights.models import Block

from .services import forget_impressions, merge_feed, note_series_change


@on("review.cut_decided")
def look_at_decided(cut: Any, approved: bool) -> None:
    """A Cut's series may have come in, or gone."""
    note_series_change(series_id=cut.episode.series_id)


@on("catalog.series_changed")
def look_at_changed(series: Any) -> None:
    """A series says something else of itself."""
    note_series_change(series_id=series.pk)


# A number that is given and a block that is lifted open the gate too, and neither is told as an event.
@receiver(post_save, sender=Filing)
@receiver(post_save, sender=Block)
def look_at_filed_or_blocked(instance: Filing | Block, **kwargs: Any) -> None:
    """A series' number or block has changed."""
    note_series_change(series_id=instance.series_id)


@on("accounts.viewer_merged")
def take_over(from_id: UUID, into_id: UUID) -> None:
    """Somebody signed in: what the browser preferred is theirs."""
    merge_feed(from_id=from_id, into_id=into_id)


@on("watching.history_forgotten")
def forget(viewer_id: UUID, episode_id: UUID | None) -> None:
    """A viewer had history deleted."""
    forget_impressions(viewer_id=viewer_id, episode_id=episode_id)
