"""The sockets that listen to one room in one web process: however many they are, PostgreSQL is
asked once for what is new, and the answer is encoded once.
"""

from __future__ import annotations

import asyncio
import json
from asyncio import AbstractEventLoop
from collections.abc import Callable, Sequence
from contextlib import suppress

import structlog
from channels.db import database_sync_to_async
from channels.layers import get_channel_layer

from .models import RoomEvent
from .rooms import events_after, group_of, last_event

log = structlog.get_logger(__name__)
# What is committed within this long is read, and sent, together.
READ_SECONDS = 0.2
RETRY_SECONDS = 1.0


def encode_events(events: Sequence[RoomEvent]) -> str:
    """The frame that tells of events, oldest first."""
    told = [{"id": event.pk, "event": event.payload} for event in events]
    return json.dumps({"type": "events", "events": told}, ensure_ascii=False)


async def wake_on_pokes(room: str, wake: asyncio.Event) -> None:
    """Set ``wake`` whenever the room is poked, until cancelled. While the channel layer is away
    nothing is heard.
    """
    layer = get_channel_layer()
    assert layer is not None
    while True:
        try:
            channel = await layer.new_channel()
            await layer.group_add(group_of(room), channel)
            try:
                while True:
                    await layer.receive(channel)
                    wake.set()
            finally:
                await layer.group_discard(group_of(room), channel)
        except Exception as error:
            log.warning("a room cannot be heard", error=f"{type(error).__name__}: {error}")
            await asyncio.sleep(RETRY_SECONDS)


class RoomHub:
    """All listeners to one room in this process. Used from one event loop.

    Only the newest batch of events is held: whoever has not taken the one before it reads the
    database, where events that were retracted are gone.
    """

    def __init__(self, room: str) -> None:
        self.room = room
        self._listeners: set[Callable[[], None]] = set()
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        # Every event after ``_floor`` up to ``_newest`` is in ``_batch``. None: nothing read yet.
        self._floor: int | None = None
        self._newest = 0
        self._batch: list[RoomEvent] = []
        self._frames: dict[int, str] = {}

    @property
    def is_empty(self) -> bool:
        """Whether nobody listens."""
        return not self._listeners

    def add(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` whenever there may be something new. The first starts the tasks."""
        self._listeners.add(listener)
        if not self._tasks:
            self._tasks = [
                asyncio.create_task(self._poll()),
                asyncio.create_task(wake_on_pokes(self.room, self._wake)),
            ]

    def remove(self, listener: Callable[[], None]) -> None:
        """Call it no more. Cancels the tasks when the last listener leaves."""
        self._listeners.discard(listener)
        if not self._listeners:
            for task in self._tasks:
                task.cancel()
            self._tasks = []

    def wake(self) -> None:
        """Look whether there is something new: a poke may have been lost."""
        self._wake.set()

    def frame_after(self, last: int) -> tuple[str, int] | None:
        """What is new for whoever has taken everything up to ``last``: the encoded frame, and up to
        where it goes; ``("", last)`` when nothing is. None: that is not known here, read the
        database.
        """
        if self._floor is None or last < self._floor:
            return None
        if last >= self._newest:
            return "", last
        if last not in self._frames:
            self._frames[last] = encode_events([event for event in self._batch if event.pk > last])
        return self._frames[last], self._newest

    async def _poll(self) -> None:
        self._wake.set()
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                await self._read()
            except Exception as error:  # PostgreSQL may be away for a while; this tries again
                log.warning("a room cannot be read", error=f"{type(error).__name__}: {error}")
                self._wake.set()
                await asyncio.sleep(RETRY_SECONDS)
            await asyncio.sleep(READ_SECONDS)

    async def _read(self) -> None:
        if self._floor is None:
            self._floor = self._newest = await database_sync_to_async(last_event)(self.room)
            return
        while events := await database_sync_to_async(events_after)(self.room, self._newest):
            self._floor, self._newest = self._newest, events[-1].pk
            self._batch, self._frames = events, {}
            for listener in list(self._listeners):
                listener()
            await asyncio.sleep(0)


class RoomHubs:
    """The hubs of this process, by room and by the event loop that runs their tasks."""

    def __init__(self) -> None:
        self._hubs: dict[tuple[AbstractEventLoop, str], RoomHub] = {}

    def connect(self, room: str, listener: Callable[[], None]) -> RoomHub:
        """Add a listener to the hub of a room; creates the hub for the first one."""
        hub = self._hubs.setdefault((asyncio.get_running_loop(), room), RoomHub(room))
        hub.add(listener)
        return hub

    def disconnect(self, hub: RoomHub, listener: Callable[[], None]) -> None:
        """Remove a listener; drops the hub with the last one."""
        hub.remove(listener)
        if hub.is_empty:
            with suppress(KeyError):
                del self._hubs[asyncio.get_running_loop(), hub.room]


room_hubs = RoomHubs()
