"""What watching does when a remark is shown or gone, and who hears of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from huaben.catalog.models import Speech
from huaben.catalog.signals import speech_settled
from huaben.core.rooms import room_access
from huaben.core.types import Requester

from .selectors import is_shown
from .services import tell_room


@receiver(speech_settled)
def announce_danmaku(speech: Speech, **kwargs: Any) -> None:
    """Danmaku come and go before the eyes of those who watch; comments are read when they are
    opened.
    """
    if speech.kind == "danmaku":
        tell_room(speech=speech)


@room_access("danmaku")
def may_hear_danmaku(user: Requester, viewer_id: UUID | None, key: str) -> bool:
    """Whoever may watch the episode."""
    try:
        return is_shown(UUID(key))
    except ValueError:
        return False
