"""The sockets of play-throughs and premieres: parse, call, send. The state is in PostgreSQL, so a
dropped line loses nothing.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import Any
from uuid import UUID

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.utils import timezone

from huaben.core.problems import NotFound, Problem, is_database_away
from huaben.core.rooms import group_of

from .api.playthroughs import render
from .api.premieres import render_vote
from .halls import Hall, Seat, halls
from .selectors import find_playthrough, find_premiere, state_of
from .services import choose, finish_episode, room_of
from .votes import cast_vote, vote_of


class PlaythroughConsumer(AsyncJsonWebsocketConsumer):
    """``/ws/playthroughs/{id}/``: the state on connect and after every step, from whichever window
    it came.
    """

    async def connect(self) -> None:
        self.playthrough_id: UUID = self.scope["url_route"]["kwargs"]["playthrough_id"]
        self.viewer_id = self.scope.get("viewer_id")
        try:
            state = await self._state()
        except Problem:
            await self.close(code=4404)
            return
        await self.channel_layer.group_add(
            group_of(room_of(self.playthrough_id)), self.channel_name
        )
        await self.accept()
        await self.send_json({"type": "state", "state": state})

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(
            group_of(room_of(self.playthrough_id)), self.channel_name
        )

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        key = content.get("key") if isinstance(content, dict) else None
        try:
            step = _parse(content)
        except (ValueError, KeyError, TypeError, AttributeError):
            await self.send_json(
                {"type": "refused", "key": key, "problem": {"code": "invalid_message"}}
            )
            return
        if step is None:
            await self.send_json({"type": "pong"})
            return
        act, facts = step
        try:
            await database_sync_to_async(act)(
                playthrough_id=self.playthrough_id, viewer_id=self.viewer_id, **facts
            )
        except Problem as problem:
            words = {"code": problem.code, "title": problem.title.as_dict()}
            await self.send_json({"type": "refused", "key": key, "problem": words})
        # The one who acted gets the state at once; other windows hear of it by the room.
        await self._send_state()

    async def room_poke(self, message: dict[str, Any]) -> None:
        await self._send_state()

    async def _send_state(self) -> None:
        await self.send_json({"type": "state", "state": await self._state()})

    @database_sync_to_async
    def _state(self) -> dict[str, Any]:
        if self.viewer_id is None:
            raise NotFound
        return render(
            state_of(find_playthrough(playthrough_id=self.playthrough_id, viewer_id=self.viewer_id))
        )


def _parse(content: Any) -> tuple[Any, dict[str, UUID]] | None:
    kind = content["type"]
    if kind == "choose":
        return choose, {"key": UUID(content["key"]), "choice_id": UUID(content["choice_id"])}
    if kind == "finished":
        return finish_episode, {
            "key": UUID(content["key"]),
            "episode_id": UUID(content["episode_id"]),
        }
    if kind == "ping":
        return None
    raise ValueError(kind)


class PremiereConsumer(AsyncJsonWebsocketConsumer):
    """``/ws/premieres/{id}/``: a seat in front of a premiere.

    Out: ``state`` on connect and at every change, ``pulse`` (tally, viewers) at most once a second,
    ``mine`` (one's own vote of a round), ``refused``, ``away`` (the house cannot read its books
    just now), ``pong``. In: ``vote`` (key, round, choice_id), ``ping`` (t).
    """

    hall: Hall | None = None

    async def connect(self) -> None:
        self.premiere_id: UUID = self.scope["url_route"]["kwargs"]["premiere_id"]
        self.viewer_id = self.scope.get("viewer_id")
        try:
            mine = await self._mine()
        except Problem:
            await self.close(code=4404)
            return
        await self.accept()
        self.seat = Seat(self.viewer_id, self.send)
        self.serving = asyncio.create_task(self.seat.serve())
        self.hall = halls.enter(self.premiere_id, self.seat)
        self.seat.leave_own({"type": "mine", "vote": mine})

    async def disconnect(self, code: int) -> None:
        if self.hall is not None:
            halls.leave(self.hall, self.seat)
            self.serving.cancel()
            with suppress(
                asyncio.CancelledError, Exception
            ):  # the line is gone; what it still had to say is too
                await self.serving

    @classmethod
    async def decode_json(cls, text_data: str) -> Any:
        try:
            return json.loads(text_data)
        except ValueError:
            return None  # refused like any other message that makes no sense

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        if self.hall is None:
            return
        key = content.get("key") if isinstance(content, dict) else None
        try:
            facts = _parse_vote(content)
        except (ValueError, KeyError, TypeError, AttributeError):
            self.seat.leave_own(
                {"type": "refused", "key": key, "problem": {"code": "invalid_message"}}
            )
            return
        if facts is None:
            pong = {"type": "pong", "t": content.get("t"), "server_now": timezone.now().isoformat()}
            self.seat.leave_own(pong)
            return
        now = timezone.now()
        try:
            vote = await database_sync_to_async(cast_vote)(
                premiere_id=self.premiere_id, viewer_id=self.viewer_id, now=now, **facts
            )
        except Problem as problem:
            words = {"code": problem.code, "title": problem.title.as_dict()}
            self.seat.leave_own({"type": "refused", "key": key, "problem": words})
            return
        except Exception as error:
            if not is_database_away(error):
                raise
            # Not acknowledged: the page says it again under the same key.
            self.seat.leave_own({"type": "away"})
            return
        self.hall.tell_viewer(
            self.viewer_id, {"type": "mine", "key": key, "vote": render_vote(vote)}
        )

    @database_sync_to_async
    def _mine(self) -> dict[str, Any] | None:
        if self.viewer_id is None:
            raise NotFound
        return render_vote(
            vote_of(premiere=find_premiere(self.premiere_id), viewer_id=self.viewer_id)
        )


def _parse_vote(content: Any) -> dict[str, Any] | None:
    kind = content["type"]
    if kind == "vote":
        round_ = content["round"]
        if not isinstance(round_, int) or not 0 < round_ <= 1000:
            raise ValueError(round_)
        return {
            "key": UUID(content["key"]),
            "round_": round_,
            "choice_id": UUID(content["choice_id"]),
        }
    if kind == "ping":
        return None
    raise ValueError(kind)
