"""The socket of a real-time room: parse, call, send."""

from __future__ import annotations

import time
from collections.abc import Mapping
from importlib import import_module
from typing import Any, cast
from uuid import UUID

from channels.db import database_sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from .frames import NOT_FOUND, FrameConsumer, Ping
from .rooms import access_group, events_after, group_of, may_listen
from .types import Requester


def requester_of(scope: Mapping[str, object]) -> Requester:
    """Who opened a socket; ``AuthMiddlewareStack`` puts it there."""
    return cast(Requester, scope["user"])


def viewer_id_of(scope: Mapping[str, object]) -> UUID | None:
    """The viewer who opened a socket; ``ViewerScope`` puts it there. None: no cookie yet."""
    return cast("UUID | None", scope.get("viewer_id"))


def present_requester(scope: Mapping[str, object]) -> Requester:
    """Who opened a socket, asked anew: nobody once their session, or their account, has ended."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    opened_with = scope.get("session")
    key = getattr(opened_with, "session_key", None)
    if not requester_of(scope).is_authenticated or key is None:
        return AnonymousUser()
    request = HttpRequest()
    request.session = store(key)
    return cast(Requester, get_user(request))


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
        self.asked_at = time.monotonic()
        await self.channel_layer.group_add(group_of(self.room), self.channel_name)
        user = requester_of(self.scope)
        if user.is_authenticated:
            await self.channel_layer.group_add(access_group(user.pk), self.channel_name)
        await self.accept()
        await self._send_new()

    async def disconnect(self, code: int) -> None:
        if self.channel_layer is not None:
            await self.channel_layer.group_discard(group_of(self.room), self.channel_name)
            user = requester_of(self.scope)
            if user.is_authenticated:
                await self.channel_layer.group_discard(access_group(user.pk), self.channel_name)

    async def receive_frame(self, frame: Ping) -> None:
        """A client's ping keeps proxies from closing the socket, and fetches missed events."""
        await self._send_new()

    async def room_poke(self, message: dict[str, Any]) -> None:
        await self._send_new()

    async def access_changed(self, message: dict[str, Any]) -> None:
        """The person may do less than before: a role, a session or the account is gone."""
        await self._ask_again()

    async def _ask_again(self) -> bool:
        """Whether the person may still listen; closes the socket when not."""
        self.asked_at = time.monotonic()
        allowed = await database_sync_to_async(self._may_still_listen)()
        if not allowed:
            await self.close(code=NOT_FOUND)
        return allowed

    def _may_still_listen(self) -> bool:
        if not requester_of(self.scope).is_authenticated:
            return may_listen(self.room, AnonymousUser(), viewer_id_of(self.scope))
        user = present_requester(self.scope)
        return user.is_authenticated and may_listen(self.room, user, viewer_id_of(self.scope))

    async def _send_new(self) -> None:
        # A change may have gone unheard while Valkey was away: nothing is told on an old answer.
        stale = time.monotonic() - self.asked_at > settings.ROOM_CHECK_SECONDS
        if stale and not await self._ask_again():
            return
        while events := await database_sync_to_async(events_after)(self.room, self.last):
            for event in events:
                self.last = event.pk
                await self.send_json({"type": "event", "id": event.pk, "event": event.payload})
