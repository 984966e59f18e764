"""The frames of every WebSocket: read by one schema, sent with bounds.

Close codes of ours: 4400 that was no frame of ours, 4404 there is no such thing or one may not hear
it, 4407 who opened it is not signed in there any more (connect again as whoever it is now), 4408
the client does not read what it is sent, 1011 something went wrong here (it is logged), 1013 the
database or the broker is away; connect again.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import structlog
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from redis.exceptions import RedisError
from rest_framework_dataclasses.serializers import DataclassSerializer

from .inputs import UnreadableInput, load_json
from .logs import path_for_logs
from .problems import is_database_away
from .types import JsonObject

log = structlog.get_logger(__name__)
MALFORMED, NOT_FOUND, SIGNED_OUT, TOO_SLOW = 4400, 4404, 4407, 4408
INTERNAL_ERROR, TRY_AGAIN_LATER = 1011, 1013
# A frame of JSON is a word and a few ids.
MAX_TEXT_LENGTH = 4096
# Whoever does not take a frame within this has gone, or does not read.
SEND_SECONDS = 20.0


@dataclass(frozen=True)
class Ping:
    """``ping``: keeps proxies from closing the socket. ``t`` is the client's clock, in any unit."""

    t: float | None = None


class MalformedFrame(ValueError):
    """This is no frame at all: not JSON, or too long. The socket is closed with 4400."""


class InvalidFrame(ValueError):
    """JSON, but no message that the socket knows. ``key`` is what it calls itself, or None."""

    def __init__(self, key: str | None, why: str) -> None:
        super().__init__(why)
        self.key = key


def read_frame(text: str, kinds: Mapping[str, type]) -> Any:
    """A text frame as the dataclass that ``kinds`` names for its ``type``, its fields checked as
    rest_framework_dataclasses does; fields that the dataclass has not are passed over.

    Raises MalformedFrame, InvalidFrame.
    """
    if len(text) > MAX_TEXT_LENGTH:
        raise MalformedFrame("a text frame is too long")
    try:
        content = load_json(text)
    except UnreadableInput as exc:
        raise MalformedFrame(str(exc)) from exc
    if not isinstance(content, dict):
        raise InvalidFrame(None, "a text frame is no object")
    key, kind = content.get("key"), content.get("type")
    key = key[:80] if isinstance(key, str) else None
    shape = kinds.get(kind) if isinstance(kind, str) else None
    if shape is None:
        raise InvalidFrame(key, "there is no such message")
    serializer: DataclassSerializer[Any] = DataclassSerializer(dataclass=shape, data=content)
    if not serializer.is_valid():
        raise InvalidFrame(key, f"{kind}: {', '.join(serializer.errors)}")
    return serializer.validated_data


class FrameConsumer(AsyncWebsocketConsumer):
    """What every socket of the house does. A consumer says what its frames are (``frames``) and
    takes them (``receive_frame``).

    Nothing that a client sends, and nothing that fails here, ends in a traceback or in code 1006:
    one line of log says what, and the socket is closed with a code of ours.
    """

    frames: ClassVar[Mapping[str, type]] = {}
    is_closed = False

    async def receive_frame(self, frame: Any) -> None:
        """Take a frame, as one of the dataclasses of ``frames``."""

    async def receive_invalid(self, fault: InvalidFrame) -> None:
        """JSON that is none of ``frames``. Closes with 4400."""
        raise MalformedFrame(str(fault))

    async def receive_bytes(self, data: bytes) -> None:
        """Take a binary frame. Closes with 4400: most sockets have none."""
        raise MalformedFrame("a binary frame")

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self.is_closed:
            return
        if bytes_data is not None:
            await self.receive_bytes(bytes_data)
            return
        try:
            frame = read_frame(text_data or "", self.frames)
        except InvalidFrame as fault:
            await self.receive_invalid(fault)
            return
        await self.receive_frame(frame)

    async def dispatch(self, message: Mapping[str, Any]) -> None:
        try:
            await super().dispatch(dict(message))
        except StopConsumer:
            raise
        except Exception as exc:
            await self.end_with(exc)
            if message["type"] == "websocket.disconnect":
                raise StopConsumer from exc

    async def end_with(self, exc: Exception) -> None:
        """Close the socket with the code of what went wrong."""
        if isinstance(exc, MalformedFrame):
            await self._give_up(MALFORMED, "malformed frame", str(exc))
        elif is_database_away(exc) or isinstance(exc, RedisError):
            await self._give_up(TRY_AGAIN_LATER, "socket without a server", _told(exc))
        elif isinstance(exc, OSError):
            self.is_closed = True  # the client has gone
        elif not self.is_closed:
            await self._give_up(INTERNAL_ERROR, "socket failed", _told(exc))

    async def send(  # type: ignore[override]  # Channels' own redefines it in the same way
        self, text_data: str | None = None, bytes_data: bytes | None = None, close: bool = False
    ) -> None:
        """Send one frame; nothing more after the socket was closed. A client that does not take it
        within SEND_SECONDS is closed with 4408.
        """
        if self.is_closed:
            return
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await super().send(text_data=text_data, bytes_data=bytes_data, close=close)
        except TimeoutError:
            await self._give_up(TOO_SLOW, "a client does not read", "")

    async def send_json(self, message: JsonObject) -> None:
        """Send one text frame."""
        await self.send(text_data=json.dumps(message, ensure_ascii=False))

    async def close(self, code: int | bool | None = None, reason: str | None = None) -> None:
        if not self.is_closed:
            self.is_closed = True
            await super().close(code=code, reason=reason)

    async def _give_up(self, code: int, event: str, why: str) -> None:
        log.warning(event, path=path_for_logs(self.scope["path"]), why=why, code=code)
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self.close(code=code)
        except Exception as exc:
            log.info("socket was gone already", error=_told(exc))


def _told(exc: Exception) -> str:
    return f"{type(exc).__name__}: {exc}".partition("\n")[0]
