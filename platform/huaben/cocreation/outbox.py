"""How open pages of a writing room hear that something changed: a word after the commit; the facts
they read themselves.
"""

from __future__ import annotations

from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from huaben.core.outbox import outbox_topic, send_after_commit
from huaben.core.rooms import group_of
from huaben.core.types import JsonObject


def group_of_room(room_id: UUID) -> str:
    """The channel-layer group of everybody who has a room open."""
    return group_of(f"writing:{room_id}")


def tell_room(room_id: UUID) -> None:
    """With the present transaction: text, versions or writers have changed, look anew."""
    send_after_commit("writing", {"room_id": str(room_id)})


@outbox_topic("writing")
def announce_changed_writing(payload: JsonObject) -> None:
    layer = get_channel_layer()
    assert layer is not None
    async_to_sync(layer.group_send)(
        group_of_room(UUID(payload["room_id"])), {"type": "writing.changed"}
    )
