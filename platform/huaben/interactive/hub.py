"""The WebSocket connections to a premiere in one web process, and the task that serves them all.

The task wakes each second, at the end of a phase, and when another process has moved the premiere
on. It moves the premiere when that is due, reads its state, encodes it once, and queues the text at
every connection. So a process puts the same few questions to PostgreSQL for ten connections as for
ten thousand. Each connection sends for itself and drops a queued state when a newer one comes: a
slow client delays nobody.
"""

from __future__ import annotations

import asyncio
import json
from asyncio import AbstractEventLoop
from collections import deque
from collections.abc import Awaitable, Callable, Hashable
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from channels.db import database_sync_to_async
from django.utils import timezone

from huaben.catalog.gate import may_show
from huaben.core.ids import new_id
from huaben.core.responses import as_json
from huaben.core.room_hub import wake_on_pokes
from huaben.core.types import JsonObject

from .models import Premiere
from .presenters import Phase, PremiereState
from .services import advance_premiere, room_of_premiere, save_presence
from .services.presence import SAVE_INTERVAL
from .state_cache import premiere_states

log = structlog.get_logger(__name__)
TICK_SECONDS = 1.0
# Before the doors are open, and after the end, little changes.
IDLE_TICK_SECONDS = 5.0
# Messages for one connection alone that wait to be sent to it.
MAX_QUEUED = 100
Send = Callable[[str], Awaitable[None]]


class Connection:
    """One WebSocket. What is queued is sent in this order: the latest state, the latest pulse, then
    the messages for this viewer alone.
    """

    def __init__(self, viewer_id: UUID, send: Send, close: Callable[[], Awaitable[None]]) -> None:
        self.viewer_id = viewer_id
        self._send, self._close = send, close
        self._is_overrun = False
        self._state = self._pulse = ""
        self._messages: deque[str] = deque()
        self._has_queued = asyncio.Event()

    def queue_state(self, text: str) -> None:
        """Queue an encoded state; it replaces a state or pulse that is still queued."""
        self._state, self._pulse = text, ""
        self._has_queued.set()

    def queue_pulse(self, text: str) -> None:
        """Queue an encoded pulse; it replaces a pulse that is still queued."""
        self._pulse = text
        self._has_queued.set()

    def queue_message(self, message: JsonObject) -> None:
        """Queue a message for this connection alone. None of these is dropped: a client that takes
        none of MAX_QUEUED is closed instead, and finds its state anew when it comes back.
        """
        if len(self._messages) >= MAX_QUEUED:
            self._is_overrun = True
        if self._is_overrun:
            self._messages.clear()
        else:
            self._messages.append(json.dumps(message))
        self._has_queued.set()

    async def send_queued(self) -> None:
        """Send what is queued, until cancelled or overrun."""
        while not self._is_overrun:
            await self._has_queued.wait()
            self._has_queued.clear()
            while not self._is_overrun and (text := self._take_next()):
                await self._send(text)
        await self._close()

    def _take_next(self) -> str:
        if self._state:
            text, self._state = self._state, ""
        elif self._pulse:
            text, self._pulse = self._pulse, ""
        else:
            text = self._messages.popleft() if self._messages else ""
        return text


class PremiereHub:
    """All connections to one premiere in this process. Used from one event loop."""

    def __init__(self, premiere_id: UUID) -> None:
        self.premiere_id = premiere_id
        self.process_id = new_id()
        self._connections: dict[UUID, set[Connection]] = {}
        self._state: PremiereState | None = None
        self._is_database_away = False
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._saved_viewers = -1
        self._saved_at: datetime | None = None

    @property
    def viewers(self) -> int:
        """How many viewers are connected, each with any number of windows."""
        return len(self._connections)

    def add(self, connection: Connection) -> None:
        """Serve a connection: it gets the state at once if it is known, and every change of it.

        Starts the tasks with the first connection.
        """
        self._connections.setdefault(connection.viewer_id, set()).add(connection)
        if not self._tasks:
            self._tasks = [
                asyncio.create_task(self._poll()),
                # Another process may move the premiere on. While the channel layer is away that
                # is noticed at the next tick.
                asyncio.create_task(wake_on_pokes(room_of_premiere(self.premiere_id), self._wake)),
            ]
        elif self._state is not None:
            connection.queue_state(_encode("state", as_json(self._state)))

    def remove(self, connection: Connection) -> None:
        """Serve a connection no more. Cancels the tasks when the last connection leaves."""
        connections = self._connections.get(connection.viewer_id, set())
        connections.discard(connection)
        if not connections:
            self._connections.pop(connection.viewer_id, None)
        if not self._connections:
            for task in self._tasks:
                task.cancel()
            self._tasks = []

    def queue_for_viewer(self, viewer_id: UUID, message: JsonObject) -> None:
        """Queue a message at every connection of one viewer."""
        for connection in self._connections.get(viewer_id, ()):
            connection.queue_message(message)

    async def _poll(self) -> None:
        while True:
            try:
                self._broadcast(await database_sync_to_async(self._read)())
            except Exception as error:  # PostgreSQL may be away for a while; this tries again
                log.warning(
                    "a premiere could not be read", error=f"{type(error).__name__}: {error}"
                )
                self._broadcast_away()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), self._seconds_to_next_read())
            self._wake.clear()

    def _read(self) -> PremiereState:
        now = timezone.now()
        self._save_presence(now)
        premiere = Premiere.objects.get(pk=self.premiere_id)
        if premiere.is_open:
            is_due = premiere.phase_ends_at <= now
            if is_due or (premiere.cut_id is not None and not may_show(premiere.cut_id)):
                premiere = advance_premiere(premiere_id=premiere.pk, now=now) or premiere
        return premiere_states.get(premiere, now=now)

    def _save_presence(self, now: datetime) -> None:
        is_recent = self._saved_at is not None and now - self._saved_at < SAVE_INTERVAL
        if is_recent and self._saved_viewers == self.viewers:
            return
        self._saved_viewers, self._saved_at = self.viewers, now
        save_presence(
            premiere_id=self.premiere_id,
            process_id=self.process_id,
            viewers=self.viewers,
            now=now,
        )

    def _seconds_to_next_read(self) -> float:
        """A tick, or less when the phase ends before."""
        if self._state is None:
            return TICK_SECONDS
        if self._state.phase in (Phase.ENDED, Phase.CANCELLED):
            return IDLE_TICK_SECONDS
        now = timezone.now()
        tick = IDLE_TICK_SECONDS if self._state.doors_open_at > now else TICK_SECONDS
        left = (self._state.phase_ends_at - now) / timedelta(seconds=1)
        return max(0.01, min(tick, left))

    def _broadcast(self, state: PremiereState) -> None:
        """Queue the whole state when it has changed, else a pulse when the tally has."""
        before, self._state = self._state, state
        was_away, self._is_database_away = self._is_database_away, False
        if before is None or was_away or _content_key(state) != _content_key(before):
            text = _encode("state", as_json(state))
            for connection in self._all_connections():
                connection.queue_state(text)
        elif (pulse := _pulse_of(state)) != _pulse_of(before):
            text = _encode("pulse", pulse)
            for connection in self._all_connections():
                connection.queue_pulse(text)

    def _broadcast_away(self) -> None:
        if not self._is_database_away:
            self._is_database_away = True
            for connection in self._all_connections():
                connection.queue_message({"type": "away"})

    def _all_connections(self) -> list[Connection]:
        return [connection for group in self._connections.values() for connection in group]


class PremiereHubs:
    """The hubs of this process, by premiere and by the event loop that runs their tasks."""

    def __init__(self) -> None:
        self._hubs: dict[tuple[AbstractEventLoop, UUID], PremiereHub] = {}

    def connect(self, premiere_id: UUID, connection: Connection) -> PremiereHub:
        """Add a connection to the hub of a premiere; creates the hub for the first one."""
        key = (asyncio.get_running_loop(), premiere_id)
        hub = self._hubs.setdefault(key, PremiereHub(premiere_id))
        hub.add(connection)
        return hub

    def disconnect(self, hub: PremiereHub, connection: Connection) -> None:
        """Remove a connection; drops the hub with the last one."""
        hub.remove(connection)
        if not hub.viewers:
            self._hubs.pop((asyncio.get_running_loop(), hub.premiere_id), None)


premiere_hubs = PremiereHubs()


def _encode(kind: str, payload: JsonObject) -> str:
    stamped = {**payload, "server_now": timezone.now().isoformat()}
    return json.dumps({"type": kind, kind: stamped}, ensure_ascii=False)


def _pulse_of(state: PremiereState) -> JsonObject:
    """What changes with every vote and viewer, in fewer words than the whole state."""
    return {
        "seq": state.seq,
        "round": state.round,
        "present": state.present,
        "choices": [
            {"id": str(choice.id), "votes": choice.votes, "percent": choice.percent}
            for choice in state.choices
        ],
    }


def _content_key(state: PremiereState) -> Hashable:
    """What must be sent in full when it changes: the phase, and what may be seen.

    Signed addresses change all the time; a page that needs a fresh one asks for it.
    """
    return (
        state.seq,
        state.phase,
        state.series is not None,
        state.playback and state.playback.cut_id,
        tuple(following.playback.cut_id for following in state.upcoming),
        tuple(choice.id for choice in state.choices),
    )
