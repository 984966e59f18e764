"""The socket of a play-through: parse, call, send. The state is in PostgreSQL, so a dropped line loses nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from huaben.core.problems import NotFound, Problem
from huaben.core.rooms import group_of

from .api import render
from .selectors import find_playthrough, state_of
from .services import choose, finish_episode, room_of


class PlaythroughConsumer(AsyncJsonWebsocketConsumer):
    """``/ws/playthroughs/{id}/``: the state on connect and after every step, from whichever window it came."""

    async def connect(self) -> None:
        self.playthrough_id: UUID = self.scope["url_route"]["kwargs"]["playthrough_id"]
        self.viewer_id = self.scope.get("viewer_id")
        try:
            state = await self._state()
        except Problem:
            await self.close(code=4404)
            return
        await self.channel_layer.group_add(group_of(room_of(self.playthrough_id)), self.channel_name)
        await self.accept()
        await self.send_json({"type": "state", "state": state})

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(group_of(room_of(self.playthrough_id)), self.channel_name)

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        key = content.get("key") if isinstance(content, dict) else None
        try:
            step = _parse(content)
        except (ValueError, KeyError, TypeError, AttributeError):
            await self.send_json({"type": "refused", "key": key, "problem": {"code": "invalid_message"}})
            return
        if step is None:
            await self.send_json({"type": "pong"})
            return
        act, facts = step
        try:
            await database_sync_to_async(act)(playthrough_id=self.playthrough_id, viewer_id=self.viewer_id, **facts)
        except Problem as problem:
            words = {"code": problem.code, "title": problem.title.data()}
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
        return render(state_of(find_playthrough(playthrough_id=self.playthrough_id, viewer_id=self.viewer_id)))


def _parse(content: Any) -> tuple[Any, dict[str, UUID]] | None:
    kind = content["type"]
    if kind == "choose":
        return choose, {"key": UUID(content["key"]), "choice_id": UUID(content["choice_id"])}
    if kind == "finished":
        return finish_episode, {"key": UUID(content["key"]), "episode_id": UUID(content["episode_id"])}
    if kind == "ping":
        return None
    raise ValueError(kind)
