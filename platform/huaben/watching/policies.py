"""Who may hear the rooms of watching."""

from __future__ import annotations

from uuid import UUID

from huaben.core.rooms import room_access
from huaben.core.types import Requester

from .selectors.comments import is_published


@room_access("danmaku")
def may_hear_danmaku(user: Requester, viewer_id: UUID | None, key: str) -> bool:
    """Whoever may watch the episode."""
    try:
        return is_published(UUID(key))
    except ValueError:
        return False
