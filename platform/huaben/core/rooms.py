"""Real-time rooms: events in PostgreSQL, pokes through the channel layer.

A room is ``kind:key`` or just ``kind``. A socket asks for everything after the last id that it saw,
so a dropped connection, a restarted server or a wiped Valkey loses nothing. Upper apps say who may
listen (``register_room``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import connection, transaction

from .models import RoomEvent
from .outbox import register_topic, send_after_commit

# (user, viewer id or None, key) -> may listen
MayListen = Callable[[Any, Any, str], bool]
_rooms: dict[str, MayListen] = {}


def register_room(kind: str, may_listen: MayListen) -> None:
    """Open rooms of ``kind`` to whom ``may_listen`` lets in. A kind that nobody registered is
    shut.
    """
    _rooms[kind] = may_listen


def may_listen(room: str, user: Any, viewer_id: Any) -> bool:
    """Whether this person may hear this room."""
    kind, _, key = room.partition(":")
    check = _rooms.get(kind)
    return check is not None and check(user, viewer_id, key)


def publish_event(room: str, payload: dict[str, Any]) -> None:
    """Write one event with the present transaction; listeners are poked after the commit."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Ids of a room must rise in the order of commit, or a replay “after N” could miss one.
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 7))", [room])
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


def retract_events(room: str, holding: dict[str, Any]) -> None:
    """Delete the events of a room whose payload holds ``holding``, so that no replay tells what may
    not be told any more.
    """
    RoomEvent.objects.filter(room=room, payload__contains=holding).delete()


def group_of(room: str) -> str:
    """The channel-layer group of a room: group names allow few characters and 100 of them."""
    return "room." + hashlib.sha256(room.encode()).hexdigest()[:40]


def _poke(payload: dict[str, Any]) -> None:
    layer = get_channel_layer()
    assert layer is not None
    async_to_sync(layer.group_send)(group_of(payload["room"]), {"type": "room.poke"})


register_topic("room", _poke)
