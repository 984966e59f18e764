"""The hall of a premiere in one web process: the sockets that sit in it, and one task that looks
for all of them.

The task wakes each second, at a phase's end, and when the room is poked. It asks the clock, reads
the shared scene, writes it as text once, and leaves it at every seat. So a process puts the same
few questions to PostgreSQL whether ten sit there or ten thousand. Each seat sends for itself, and
what it has not sent when something newer comes, it drops: a slow line holds up nobody.
"""

from __future__ import annotations

import asyncio
import json
from asyncio import AbstractEventLoop
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from django.utils import timezone

from huaben.catalog.gate import may_show
from huaben.core.ids import new_id
from huaben.core.rooms import group_of

from .api.premieres import render
from .clock import advance_premiere, room_of
from .models import Premiere
from .presence import KEEP_EVERY, keep_presence
from .scene import scenes

log = structlog.get_logger(__name__)
TICK_SECONDS = 1.0
# Before the doors are open there is little to tell.
CALM_TICK_SECONDS = 5.0
# What the tally and the number of viewers alone change is told in fewer words.
_PULSE = ("seq", "round", "present")
Send = Callable[[str], Awaitable[None]]


class Seat:
    """One socket in a hall. What is left here is sent in order: the scene, then the pulse, then
    what is for this viewer alone.
    """

    def __init__(self, viewer_id: UUID, send: Send) -> None:
        self.viewer_id = viewer_id
        self._send = send
        self._scene = self._pulse = ""
        self._own: deque[str] = deque()
        self._news = asyncio.Event()

    def leave_scene(self, text: str) -> None:
        self._scene, self._pulse = text, ""
        self._news.set()

    def leave_pulse(self, text: str) -> None:
        self._pulse = text
        self._news.set()

    def leave_own(self, message: dict[str, Any]) -> None:
        self._own.append(json.dumps(message))
        self._news.set()

    async def serve(self) -> None:
        """Send what is left at the seat, until cancelled."""
        while True:
            await self._news.wait()
            self._news.clear()
            while text := self._next():
                await self._send(text)

    def _next(self) -> str:
        if self._scene:
            text, self._scene = self._scene, ""
        elif self._pulse:
            text, self._pulse = self._pulse, ""
        else:
            text = self._own.popleft() if self._own else ""
        return text


class Hall:
    """All seats of one premiere in this process."""

    def __init__(self, premiere_id: UUID) -> None:
        self.premiere_id = premiere_id
        self.process_id = new_id()
        self._seats: dict[UUID, set[Seat]] = {}
        self._scene: dict[str, Any] | None = None
        self._told_away = False
        self._poked = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._kept: tuple[int, datetime] | None = None

    @property
    def viewers(self) -> int:
        return len(self._seats)

    def enter(self, seat: Seat) -> None:
        """Take a seat: it gets the scene at once if there is one, and every change from then on."""
        self._seats.setdefault(seat.viewer_id, set()).add(seat)
        if not self._tasks:
            self._tasks = [asyncio.create_task(self._watch()), asyncio.create_task(self._listen())]
        elif self._scene is not None:
            seat.leave_scene(_text("state", self._scene))

    def leave(self, seat: Seat) -> None:
        """Leave it; the last one out puts out the light."""
        seats = self._seats.get(seat.viewer_id, set())
        seats.discard(seat)
        if not seats:
            self._seats.pop(seat.viewer_id, None)
        if not self._seats:
            for task in self._tasks:
                task.cancel()
            self._tasks = []

    def tell_viewer(self, viewer_id: UUID, message: dict[str, Any]) -> None:
        """Say something to every window of one viewer."""
        for seat in self._seats.get(viewer_id, ()):
            seat.leave_own(message)

    async def _watch(self) -> None:
        while True:
            try:
                self._spread(await database_sync_to_async(self._look)())
            except (
                Exception
            ) as error:  # PostgreSQL may be away for a while; the film runs on, and this asks again
                log.warning(
                    "a premiere could not be read", error=f"{type(error).__name__}: {error}"
                )
                self._spread_away()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._poked.wait(), self._rest())
            self._poked.clear()

    async def _listen(self) -> None:
        """Hear of a change that another process made. A Valkey that is away costs a second at most:
        the hall looks anyway.
        """
        layer = get_channel_layer()
        assert layer is not None
        while True:
            try:
                channel = await layer.new_channel()
                await layer.group_add(group_of(room_of(self.premiere_id)), channel)
                try:
                    while True:
                        await layer.receive(channel)
                        self._poked.set()
                finally:
                    await layer.group_discard(group_of(room_of(self.premiere_id)), channel)
            except Exception as error:
                log.warning(
                    "a premiere's room cannot be heard", error=f"{type(error).__name__}: {error}"
                )
                await asyncio.sleep(TICK_SECONDS)

    def _look(self) -> dict[str, Any]:
        now = timezone.now()
        self._keep_presence(now)
        premiere = Premiere.objects.get(pk=self.premiere_id)
        if premiere.is_open:
            due = premiere.phase_ends_at <= now
            if due or (premiere.cut_id is not None and not may_show(premiere.cut_id)):
                premiere = advance_premiere(premiere.pk, now) or premiere
        return render(scenes.get(premiere, now))

    def _keep_presence(self, now: datetime) -> None:
        if self._kept is None or self._kept[0] != self.viewers or now - self._kept[1] >= KEEP_EVERY:
            self._kept = (self.viewers, now)
            keep_presence(
                premiere_id=self.premiere_id,
                process_id=self.process_id,
                viewers=self.viewers,
                now=now,
            )

    def _rest(self) -> float:
        """Seconds until the next look: a tick, or less when the phase ends before."""
        if self._scene is None:
            return TICK_SECONDS
        now = timezone.now()
        if self._scene["phase"] in ("ended", "cancelled"):
            return CALM_TICK_SECONDS
        calm = datetime.fromisoformat(self._scene["doors_open_at"]) > now
        left = datetime.fromisoformat(self._scene["phase_ends_at"]) - now
        return max(
            0.01, min(CALM_TICK_SECONDS if calm else TICK_SECONDS, left / timedelta(seconds=1))
        )

    def _spread(self, scene: dict[str, Any]) -> None:
        before, self._scene = self._scene, scene
        back, self._told_away = self._told_away, False
        if before is None or back or _lasting(scene) != _lasting(before):
            text = _text("state", scene)
            for seat in self._all():
                seat.leave_scene(text)
        elif _pulse(scene) != _pulse(before):
            text = _text("pulse", _pulse(scene))
            for seat in self._all():
                seat.leave_pulse(text)

    def _spread_away(self) -> None:
        if not self._told_away:
            self._told_away = True
            for seat in self._all():
                seat.leave_own({"type": "away"})

    def _all(self) -> list[Seat]:
        return [seat for seats in self._seats.values() for seat in seats]


class Halls:
    """The halls of this process, by premiere; each belongs to the event loop that runs its task."""

    def __init__(self) -> None:
        self._halls: dict[tuple[AbstractEventLoop, UUID], Hall] = {}

    def enter(self, premiere_id: UUID, seat: Seat) -> Hall:
        """Take a seat; the hall is opened for the first."""
        hall = self._halls.setdefault((asyncio.get_running_loop(), premiere_id), Hall(premiere_id))
        hall.enter(seat)
        return hall

    def leave(self, hall: Hall, seat: Seat) -> None:
        """Leave a seat; an empty hall is forgotten."""
        hall.leave(seat)
        if not hall.viewers:
            self._halls.pop((asyncio.get_running_loop(), hall.premiere_id), None)


halls = Halls()


def _text(kind: str, facts: dict[str, Any]) -> str:
    stamped = facts | {"server_now": timezone.now().isoformat()}
    return json.dumps({"type": kind, kind: stamped}, ensure_ascii=False)


def _pulse(scene: dict[str, Any]) -> dict[str, Any]:
    choices = [
        {"id": c["id"], "votes": c["votes"], "percent": c["percent"]} for c in scene["choices"]
    ]
    return {name: scene[name] for name in _PULSE} | {"choices": choices}


def _lasting(scene: dict[str, Any]) -> tuple[Any, ...]:
    """What a page must be told in full when it changes: the phase, and what may be seen. Signed
    addresses change all the time and a page that needs a fresh one asks for it."""
    may_follow = [one["playback"]["cut_id"] for one in scene["upcoming"]]
    shown = (scene["series"] is not None, scene["playback"] and scene["playback"]["cut_id"])
    return (
        scene["seq"],
        scene["phase"],
        shown,
        may_follow,
        [choice["id"] for choice in scene["choices"]],
    )
