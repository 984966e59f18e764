"""Real-time rooms: events in PostgreSQL, pokes through the channel layer.

A room is ``kind:key`` or just ``kind``. A socket asks for everything after the last id that it saw,
so a dropped connection, a restarted server or a wiped Valkey loses nothing. Upper apps say who may
listen (``room_access``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

from .locks import LockSpace, lock_until_commit
from .models import RoomEvent
from .outbox import outbox_topic, send_after_commit
from .registries import Registry
from .types import JsonObject, Requester

# (user, viewer id or None, key) -> may listen
MayListen = Callable[[Requester, UUID | None, str], bool]
rooms: Registry[MayListen] = Registry("rooms")


def room_access(kind: str) -> Callable[[MayListen], MayListen]:
    """Make a function decide who may listen to the rooms of ``kind``.

    A kind that no function decides on is shut.
    """
    return rooms.register(kind)


def may_listen(room: str, user: Requester, viewer_id: UUID | None) -> bool:
    """Whether this person may hear this room."""
    kind, _, key = room.partition(":")
    check = rooms.get(kind)
    return check is not None and check(user, viewer_id, key)


def publish_event(room: str, payload: JsonObject) -> None:
    """Write one event with the present transaction; listeners are poked after the commit."""
    with transaction.atomic():
        # Ids of a room must rise in the order of commit, or a replay “after N” could miss one.
        lock_until_commit(LockSpace.ROOM_EVENTS, room)
        RoomEvent.objects.create(room=room, payload=payload)
        send_after_commit("room", {"room": room})


def events_after(room: str, after: int, limit: int = 200) -> list[RoomEvent]:
    """Events of a room after an id, oldest first."""
    return list(RoomEvent.objects.filter(room=room, pk__gt=after).order_by("pk")[:limit])


def last_event(room: str) -> int:
    """The id of a room's newest event, 0 when it has none: what a page that reads the state listens
    after.
    """
    newest = (
        RoomEvent.objects.filter(room=room).order_by("-pk").values_list("pk", flat=True).first()
    )
    return newest or 0


def retract_events(room: str, holding: JsonObject) -> None:
    """Delete the events of a room whose payload holds ``holding``, so that no replay tells what may
    not be told any more.
    """
    RoomEvent.objects.filter(room=room, payload__contains=holding).delete()


def access_group(user_id: UUID) -> str:
    """The channel-layer group of one person's open sockets."""
    return f"access.{user_id}"


def announce_access_change(user_id: UUID) -> None:
    """Say, with the present transaction, that somebody may do less than before: a role, a session
    or the account is gone. Every open socket of theirs asks anew after the commit.
    """
    send_after_commit("access", {"user_id": str(user_id)})


def group_of(room: str) -> str:
    """The channel-layer group of a room: group names allow few characters and 100 of them."""
    return "room." + hashlib.sha256(room.encode()).hexdigest()[:40]


@outbox_topic("room")
def poke_listeners(payload: JsonObject) -> None:
    layer = get_channel_layer()
    assert layer is not None
    async_to_sync(layer.group_send)(group_of(payload["room"]), {"type": "room.poke"})


@outbox_topic("access")
def poke_person(payload: JsonObject) -> None:
    layer = get_channel_layer()
    assert layer is not None
    group = access_group(UUID(payload["user_id"]))
    async_to_sync(layer.group_send)(group, {"type": "access.changed"})
