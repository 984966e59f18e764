"""The WebSockets of play-throughs and premieres: parse, call, send.

All state is in PostgreSQL, so that a dropped connection loses nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import assert_never
from uuid import UUID

from channels.db import database_sync_to_async
from django.utils import timezone

from huaben.core.addresses import network_digest
from huaben.core.consumers import WatchedConsumer, viewer_id_of
from huaben.core.frames import NOT_FOUND, SIGNED_OUT, TOO_SLOW, InvalidFrame, Ping
from huaben.core.problems import Problem, is_database_away
from huaben.core.responses import as_json
from huaben.core.rooms import group_of
from huaben.core.types import JsonObject, JsonValue

from .hub import Connection, PremiereHub, premiere_hubs
from .models import Playthrough
from .presenters import present_playthrough, present_vote
from .selectors import find_playthrough, find_premiere, find_vote
from .services import cast_vote, choose, finish_episode, room_of_playthrough

MAX_ROUND = 1000
INVALID_MESSAGE = {"code": "invalid_message"}


@dataclass(frozen=True)
class Choose:
    """``choose``: the viewer takes a choice. ``key`` makes a repeat do nothing."""

    key: UUID
    choice_id: UUID


@dataclass(frozen=True)
class Finished:
    """``finished``: the viewer has come to the end of an episode."""

    key: UUID
    episode_id: UUID


@dataclass(frozen=True)
class CastVote:
    """``vote``: the viewer's vote of a round. ``key`` makes a repeat do nothing."""

    key: UUID
    round: int = field(metadata={"serializer_kwargs": {"min_value": 1, "max_value": MAX_ROUND}})
    choice_id: UUID


class PlaythroughConsumer(WatchedConsumer):
    """``/ws/playthroughs/{id}/``: the state on connect and after every step, from whichever window
    it came.

    Out: ``state``, ``refused``, ``pong``. In: ``choose`` (key, choice_id), ``finished`` (key,
    episode_id), ``ping``. Closes with 4404 for another viewer's play-through, with 4407 once the
    session or the account that opened it is gone.
    """

    frames = {"choose": Choose, "finished": Finished, "ping": Ping}
    refused_code = SIGNED_OUT

    async def connect(self) -> None:
        self.playthrough_id: UUID = self.scope["url_route"]["kwargs"]["playthrough_id"]
        self.group = group_of(room_of_playthrough(self.playthrough_id))
        viewer_id = viewer_id_of(self.scope)
        if viewer_id is None:
            await self.close(code=NOT_FOUND)
            return
        self.viewer_id = viewer_id
        try:
            state = await self._read_state()
        except Problem:
            await self.close(code=NOT_FOUND)
            return
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.start_watching()
        await self.accept()
        await self.send_json({"type": "state", "state": state})

    async def disconnect(self, code: int) -> None:
        await self.stop_watching()
        await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive_invalid(self, fault: InvalidFrame) -> None:
        await self.send_json(_refusal(fault.key, INVALID_MESSAGE))

    async def receive_frame(self, frame: Choose | Finished | Ping) -> None:
        if isinstance(frame, Ping):
            await self.send_json({"type": "pong"})
            return
        if not await self.is_still_allowed():
            return
        try:
            await database_sync_to_async(_step_of(frame))(
                playthrough_id=self.playthrough_id, viewer_id=self.viewer_id
            )
        except Problem as problem:
            await self.send_json(_refusal(str(frame.key), _present_problem(problem)))
        # This window gets the state at once; the others hear of it through the room.
        await self._send_state()

    async def room_poke(self, message: JsonObject) -> None:
        """The play-through has moved on in another window."""
        if await self.is_still_allowed():
            await self._send_state()

    async def _send_state(self) -> None:
        await self.send_json({"type": "state", "state": await self._read_state()})

    @database_sync_to_async
    def _read_state(self) -> JsonObject:
        playthrough = find_playthrough(playthrough_id=self.playthrough_id, viewer_id=self.viewer_id)
        state: JsonObject = as_json(present_playthrough(playthrough))
        return state


class PremiereConsumer(WatchedConsumer):
    """``/ws/premieres/{id}/``: a viewer in front of a premiere.

    Out: ``state`` on connect and at every change, ``pulse`` (tally, viewers) at most once a second,
    ``mine`` (the viewer's vote of a round), ``refused``, ``away`` (the database cannot be reached),
    ``pong``. In: ``vote`` (key, round, choice_id), ``ping`` (t). Closes with 4404 for a premiere
    that does not exist, with 4407 once the session or the account that opened it is gone.
    """

    frames = {"vote": CastVote, "ping": Ping}
    refused_code = SIGNED_OUT
    hub: PremiereHub | None = None

    async def connect(self) -> None:
        self.premiere_id: UUID = self.scope["url_route"]["kwargs"]["premiere_id"]
        viewer_id = viewer_id_of(self.scope)
        if viewer_id is None:
            await self.close(code=NOT_FOUND)
            return
        self.viewer_id = viewer_id
        try:
            vote = await self._read_own_vote()
        except Problem:
            await self.close(code=NOT_FOUND)
            return
        await self.start_watching()
        await self.accept()
        self.connection = Connection(self.viewer_id, self.send, partial(self.close, code=TOO_SLOW))
        self.sending = asyncio.create_task(self.connection.send_queued())
        self.hub = premiere_hubs.connect(self.premiere_id, self.connection)
        self.connection.queue_message({"type": "mine", "vote": vote})

    async def disconnect(self, code: int) -> None:
        await self.stop_watching()
        if self.hub is not None:
            premiere_hubs.disconnect(self.hub, self.connection)
            self.sending.cancel()
            # Whatever could not be sent any more is lost with the connection.
            with suppress(asyncio.CancelledError, Exception):
                await self.sending

    async def receive_invalid(self, fault: InvalidFrame) -> None:
        if self.hub is not None:
            self.connection.queue_message(_refusal(fault.key, INVALID_MESSAGE))

    async def receive_frame(self, frame: CastVote | Ping) -> None:
        if self.hub is None:
            return
        now = timezone.now()
        if isinstance(frame, Ping):
            pong = {"type": "pong", "t": frame.t, "server_now": now.isoformat()}
            self.connection.queue_message(pong)
            return
        client = self.scope.get("client")
        try:
            if not await self.is_still_allowed():
                return
            vote = await database_sync_to_async(cast_vote)(
                premiere_id=self.premiere_id,
                viewer_id=self.viewer_id,
                key=frame.key,
                round_=frame.round,
                choice_id=frame.choice_id,
                now=now,
                network=network_digest(client[0] if client else None),
            )
        except Problem as problem:
            self.connection.queue_message(_refusal(str(frame.key), _present_problem(problem)))
            return
        except Exception as error:
            if not is_database_away(error):
                raise
            # Not acknowledged: the page sends it again under the same key.
            self.connection.queue_message({"type": "away"})
            return
        message = {"type": "mine", "key": str(frame.key), "vote": as_json(present_vote(vote))}
        self.hub.queue_for_viewer(self.viewer_id, message)

    @database_sync_to_async
    def _read_own_vote(self) -> JsonObject | None:
        vote = find_vote(premiere=find_premiere(self.premiere_id), viewer_id=self.viewer_id)
        return as_json(present_vote(vote)) if vote else None


def _step_of(frame: Choose | Finished) -> Callable[..., Playthrough]:
    """The service that a message asks for, bound to its arguments."""
    match frame:
        case Choose(key=key, choice_id=choice_id):
            return partial(choose, key=key, choice_id=choice_id)
        case Finished(key=key, episode_id=episode_id):
            return partial(finish_episode, key=key, episode_id=episode_id)
        case _:
            assert_never(frame)


def _refusal(key: str | None, problem: JsonObject) -> dict[str, JsonValue]:
    return {"type": "refused", "key": key, "problem": problem}


def _present_problem(problem: Problem) -> JsonObject:
    return {"code": problem.code, "title": problem.title.as_dict()}
