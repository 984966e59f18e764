"""The socket of a real-time room: parse, call, send."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from typing import ClassVar, cast
from uuid import UUID

import structlog
from channels.db import database_sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from .frames import NOT_FOUND, SEND_SECONDS, FrameConsumer, Ping
from .room_hub import RoomHub, encode_events, room_hubs
from .rooms import access_group, events_after, may_listen
from .types import JsonObject, Requester

log = structlog.get_logger(__name__)


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


class WatchedConsumer(FrameConsumer):
    """A socket whose person is asked again: at once when a role, a session or the account of theirs
    has changed, and about every ROOM_CHECK_SECONDS, since a change may go unheard.

    A consumer calls ``start_watching`` once it has let the person in and ``stop_watching`` when the
    socket is gone, and says what else than being signed in it asks for (``may_stay``).
    """

    refused_code: ClassVar[int] = NOT_FOUND
    watch_task: asyncio.Task[None] | None = None
    asked_at = 0.0

    def may_stay(self, user: Requester) -> bool:
        """Whether ``user``, as they are now, may go on. Asked in a thread that has the database."""
        return True

    async def start_watching(self) -> None:
        """Listen for changes of the person, and begin to ask regularly."""
        self.asked_at = time.monotonic()
        user = requester_of(self.scope)
        if user.is_authenticated:
            try:
                async with asyncio.timeout(SEND_SECONDS):
                    await self.channel_layer.group_add(access_group(user.pk), self.channel_name)
            except Exception as exc:  # the broker may be away for any reason; the clock asks too
                log.warning("changes of access go unheard", error=f"{type(exc).__name__}: {exc}")
        asks_more = type(self).may_stay is not WatchedConsumer.may_stay
        if user.is_authenticated or asks_more:  # of a stranger before an open door nothing changes
            self.watch_task = asyncio.create_task(self._watch())

    async def stop_watching(self) -> None:
        if self.watch_task is None:
            return
        self.watch_task.cancel()
        user = requester_of(self.scope)
        if user.is_authenticated:
            with suppress(Exception):  # without a channel layer there is no group to leave
                await self.channel_layer.group_discard(access_group(user.pk), self.channel_name)

    async def access_changed(self, message: JsonObject) -> None:
        """The person may do less than before: a role, a session or the account is gone."""
        await self.ask_again()

    def seconds_between_checks(self) -> float:
        """How often ``check`` is called, about."""
        return float(settings.ROOM_CHECK_SECONDS)

    async def check(self) -> None:
        """What is done regularly."""
        await self.ask_again()

    async def ask_again(self) -> bool:
        """Whether the person may go on; closes the socket when not."""
        self.asked_at = time.monotonic()
        allowed = await database_sync_to_async(self._may_go_on)()
        if not allowed:
            await self.close(code=self.refused_code)
        return allowed

    async def is_still_allowed(self) -> bool:
        """The last answer, or a new one when that is older than ROOM_CHECK_SECONDS: a change may
        have gone unheard while Valkey was away, and nothing is told or taken on an old answer.
        """
        stale = time.monotonic() - self.asked_at > settings.ROOM_CHECK_SECONDS
        return await self.ask_again() if stale else not self.is_closed

    def _may_go_on(self) -> bool:
        if not requester_of(self.scope).is_authenticated:
            return self.may_stay(AnonymousUser())
        user = present_requester(self.scope)
        return user.is_authenticated and self.may_stay(user)

    async def _watch(self) -> None:
        while not self.is_closed:
            await asyncio.sleep(self.seconds_between_checks() * random.uniform(0.8, 1.2))
            try:
                await self.check()
            except Exception as exc:  # PostgreSQL may be away for a while; this asks again
                log.warning("socket not checked", error=f"{type(exc).__name__}: {exc}")


class RoomConsumer(WatchedConsumer):
    """``/ws/rooms/{room}/?after=N``: events after N, then those that are committed from then on, in
    frames of one or more. In: ``ping``.
    """

    frames = {"ping": Ping}
    hub: RoomHub | None = None
    send_task: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        self.room: str = self.scope["url_route"]["kwargs"]["room"]
        if not await database_sync_to_async(self.may_stay)(requester_of(self.scope)):
            await self.close(code=NOT_FOUND)
            return
        query = dict(
            part.partition("=")[::2]
            for part in self.scope["query_string"].decode("ascii", "ignore").split("&")
        )
        after = query.get("after", "0")
        self.last = int(after) if after.isdecimal() and len(after) < 19 else 0
        self.has_new = asyncio.Event()
        self.hub = room_hubs.connect(self.room, self.has_new.set)
        await self.start_watching()
        await self.accept()
        self.send_task = asyncio.create_task(self._send_until_closed())

    async def disconnect(self, code: int) -> None:
        if self.send_task is not None:
            self.send_task.cancel()
        if self.hub is not None:
            room_hubs.disconnect(self.hub, self.has_new.set)
        await self.stop_watching()

    async def receive_frame(self, frame: Ping) -> None:
        """A client's ping keeps proxies from closing the socket, and fetches missed events."""
        if self.hub is not None:
            self.hub.wake()

    def may_stay(self, user: Requester) -> bool:
        return may_listen(self.room, user, viewer_id_of(self.scope))

    async def _send_until_closed(self) -> None:
        assert self.hub is not None
        try:
            await self._send_stored()  # and not from the hub, where what was retracted may linger
            while not self.is_closed:
                await self.has_new.wait()
                self.has_new.clear()
                if not await self.is_still_allowed():
                    return
                if (new := self.hub.frame_after(self.last)) is None:
                    await self._send_stored()
                elif new[0]:
                    self.last = new[1]
                    await self.send(text_data=new[0])
        except Exception as exc:
            await self.end_with(exc)

    async def _send_stored(self) -> None:
        while events := await database_sync_to_async(events_after)(self.room, self.last):
            self.last = events[-1].pk
            await self.send(text_data=encode_events(events))
