"""Tells the open pages of a writing room, after a commit, that something has changed.

The message holds no data: each page reads what it needs itself.
"""

from __future__ import annotations

from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from huaben.core.outbox import outbox_topic, send_after_commit
from huaben.core.rooms import group_of
from huaben.core.types import JsonObject


def group_of_writing_room(room_id: UUID) -> str:
    """The channel-layer group of the open pages of a writing room."""
    return group_of(f"writing:{room_id}")


def announce_change(room_id: UUID) -> None:
    """With the present transaction: text, versions or writers of a room have changed."""
    send_after_commit("writing", {"room_id": str(room_id)})


@outbox_topic("writing")
def deliver_change(payload: JsonObject) -> None:
    layer = get_channel_layer()
    assert layer is not None
    async_to_sync(layer.group_send)(
        group_of_writing_room(UUID(payload["room_id"])), {"type": "writing.changed"}
    )
