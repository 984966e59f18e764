"""The socket of a real-time room: parse, call, send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from channels.db import database_sync_to_async

from .frames import NOT_FOUND, FrameConsumer, Ping
from .rooms import events_after, group_of, may_listen
from .types import Requester


def requester_of(scope: Mapping[str, object]) -> Requester:
    """Who opened a socket; ``AuthMiddlewareStack`` puts it there."""
    return cast(Requester, scope["user"])


def viewer_id_of(scope: Mapping[str, object]) -> UUID | None:
    """The viewer who opened a socket; ``ViewerScope`` puts it there. None: no cookie yet."""
    return cast("UUID | None", scope.get("viewer_id"))


class RoomConsumer(FrameConsumer):
    """``/ws/rooms/{room}/?after=N``: events after N, then each event as it is committed.
    In: ``ping``.
    """

    frames = {"ping": Ping}

    async def connect(self) -> None:
        self.room: str = self.scope["url_route"]["kwargs"]["room"]
        allowed = await database_sync_to_async(may_listen)(
            self.room, requester_of(self.scope), viewer_id_of(self.scope)
        )
        if not allowed:
            await self.close(code=NOT_FOUND)
            return
        query = dict(
            part.partition("=")[::2]
            for part in self.scope["query_string"].decode("ascii", "ignore").split("&")
        )
        after = query.get("after", "0")
        self.last = int(after) if after.isdecimal() and len(after) < 19 else 0
        await self.channel_layer.group_add(group_of(self.room), self.channel_name)
        await self.accept()
        await self._send_new()

    async def disconnect(self, code: int) -> None:
        if self.channel_layer is not None:
            await self.channel_layer.group_discard(group_of(self.room), self.channel_name)

    async def receive_frame(self, frame: Ping) -> None:
        """A client's ping keeps proxies from closing the socket, and fetches missed events."""
        await self._send_new()

    async def room_poke(self, message: dict[str, Any]) -> None:
        await self._send_new()

    async def _send_new(self) -> None:
        while events := await database_sync_to_async(events_after)(self.room, self.last):
            for event in events:
                self.last = event.pk
                await self.send_json({"type": "event", "id": event.pk, "event": event.payload})
