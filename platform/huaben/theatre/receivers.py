"""What the theatre hears of: an episode that was made, checked, and is now shown."""

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

from .models import Billing
from .services import ROOM, put_on_premiere

# Episodes the audience comes in after: some soon, and all of them in the end.
_AUDIENCE_AT = (4, 9)


@receiver(cut_decided)
def announce_decided_episode(cut: Cut, **kwargs: Any) -> None:
    """The page of the season hears of it; the simulated audience comes when there is enough to
    watch, and the play with a fork has its premiere when all of it can be seen.
    """
    if not settings.DEMO or not Billing.objects.filter(project__episode=cut.episode_id).exists():
        return
    publish_event(ROOM, {"kind": "theatre"})
    put_on_premiere(series_id=cut.episode.series_id, now=timezone.now())
    made = Billing.objects.exclude(project__cut=None).count()
    if made in _AUDIENCE_AT or made == Billing.objects.count():
        enqueue_job("theatre.simulate_audience", {}, key="audience")


@room_access(ROOM)
def may_hear_season(user: Requester, viewer_id: UUID | None, key: str) -> bool:
    """Everybody: the season's progress is public."""
    return True
