"""How open pages of a writing room hear that something changed: a word after the commit; the facts
they read themselves.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from huaben.core.outbox import register_topic, send_after_commit
from huaben.core.rooms import group_of


def group_of_room(room_id: UUID) -> str:
    """The channel-layer group of everybody who has a room open."""
    return group_of(f"writing:{room_id}")


def tell_room(room_id: UUID) -> None:
    """With the present transaction: text, versions or writers have changed, look anew."""
    send_after_commit("writing", {"room_id": str(room_id)})


def _tell(payload: dict[str, Any]) -> None:
    layer = get_channel_layer()
    assert layer is not None
    async_to_sync(layer.group_send)(
        group_of_room(UUID(payload["room_id"])), {"type": "writing.changed"}
    )


register_topic("writing", _tell)
