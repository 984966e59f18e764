"""What watching does when a remark is shown or gone, and who hears of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from huaben.catalog.models import Speech
from huaben.core.events import on
from huaben.core.rooms import register_room

from .selectors import is_shown
from .services import tell_room


@on("catalog.speech_settled")
def tell_those_who_watch(speech: Speech) -> None:
    """Danmaku come and go before the eyes of those who watch; comments are read when they are
    opened.
    """
    if speech.kind == "danmaku":
        tell_room(speech=speech)


def _may_hear(user: Any, viewer_id: Any, key: str) -> bool:
    try:
        return is_shown(UUID(key))
    except ValueError:
        return False


register_room("danmaku", _may_hear)
