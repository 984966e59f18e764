"""What the demo does when an episode of its season was checked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.dispatch import receiver
from django.utils import timezone

from huaben.catalog.models import Cut
from huaben.core.jobs import enqueue_job
from huaben.core.rooms import publish_event, room_access
from huaben.core.types import Requester
from huaben.review.signals import cut_decided

from .models import DemoEpisode
from .services import ROOM, schedule_demo_premiere

# The simulated audience watches after so many episodes are rendered, and after the last one.
_AUDIENCE_AFTER_EPISODES = (4, 9)


@receiver(cut_decided)
def follow_decided_episode(cut: Cut, **kwargs: Any) -> None:
    """Tell the season's pages, schedule the premiere, and enqueue the simulated audience.

    Does nothing for a Cut that is not of the demo's season.
    """
    is_of_season = DemoEpisode.objects.filter(project__episode=cut.episode_id).exists()
    if not settings.DEMO or not is_of_season:
        return
    publish_event(ROOM, {"kind": "demo"})
    schedule_demo_premiere(series_id=cut.episode.series_id, now=timezone.now())
    rendered = DemoEpisode.objects.exclude(project__cut=None).count()
    if rendered in _AUDIENCE_AFTER_EPISODES or rendered == DemoEpisode.objects.count():
        enqueue_job("demo.simulate_audience", {}, key="audience")


@room_access(ROOM)
def may_hear_season(user: Requester, viewer_id: UUID | None, key: str) -> bool:
    """Everybody: the season's progress is public."""
    return True
