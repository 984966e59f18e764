"""Lets a view read an upload while it arrives.

Django's ASGI handler receives a whole body before it calls a view, so a connection that is cut
would lose all of it. For the requests of uploads this wrapper keeps the body back and hands the
view a way to read it: ``scope["huaben.body"]``.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

from django.conf import settings

from huaben.core.bodies import TOO_MANY, BodyRefused, answer_refusal

PREFIX = "/api/v1/uploads"
SILENCE_SECONDS = 60
# Each upload that arrives holds a thread: one that is slower than this, over all its time but the
# first minute, counts as cut off. What came is kept, and it may go on.
MIN_BYTES_PER_SECOND = 1024


class ArrivingBody:
    """The body of a request that is still being sent. Read from the view's thread, while the event
    loop receives.
    """

    def __init__(self, receive: Any) -> None:
        self._receive, self._loop = receive, asyncio.get_running_loop()
        self._rest, self._ended, self._gone = b"", False, False
        self._began, self._arrived = time.monotonic(), 0

    @property
    def is_unread(self) -> bool:
        """Whether some of it may still be on its way."""
        return not (self._ended or self._gone)

    def read(self, max_bytes: int) -> bytes:
        """The next bytes, at most ``max_bytes``; empty at the end. Raises OSError when the
        sender went away or fell silent.
        """
        parts, size = [self._rest], len(self._rest)
        while size < max_bytes and not self._ended and not self._gone:
            try:
                message = asyncio.run_coroutine_threadsafe(self._receive(), self._loop).result(
                    SILENCE_SECONDS
                )
            except TimeoutError:
                message = {"type": "http.disconnect"}
            self._arrived += len(message.get("body", b""))
            seconds = time.monotonic() - self._began - SILENCE_SECONDS
            if self._arrived < seconds * MIN_BYTES_PER_SECOND:
                message = {"type": "http.disconnect"}
            if message["type"] == "http.disconnect":
                self._gone = True
                break
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            self._ended = not message.get("more_body", False)
        data = b"".join(parts)
        if self._gone and not data:  # what had arrived was handed out first
            raise ConnectionResetError("the sender went away")
        self._rest = data[max_bytes:]
        return data[:max_bytes]


def is_streamed(scope: dict[str, Any]) -> bool:
    """Whether a request is one whose body its view reads as it arrives."""
    return (
        scope["type"] == "http"
        and scope["method"] in ("PATCH", "POST")
        and scope["path"].startswith(PREFIX)
    )


class StreamedUploads:
    """Wraps the HTTP application; takes UPLOAD_MAX_ARRIVING uploads at a time."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self._arriving = 0

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        if not is_streamed(scope):
            return await self.app(scope, receive, send)
        if self._arriving >= settings.UPLOAD_MAX_ARRIVING:
            return await answer_refusal(scope, send, BodyRefused(503, "busy", TOO_MANY))
        asked, body = False, ArrivingBody(receive)

        async def receive_nothing() -> dict[str, Any]:
            nonlocal asked
            if asked:
                # Django listens for the sender's going away; the reader of the body hears of it.
                await asyncio.Event().wait()
            asked = True
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send_and_close(message: dict[str, Any]) -> None:
            """Do not go on receiving what nobody reads: a view may refuse before it has read."""
            if message["type"] == "http.response.start" and body.is_unread and has_body(scope):
                message = {**message, "headers": [*message["headers"], (b"connection", b"close")]}
            await send(message)

        self._arriving += 1
        try:
            return await self.app({**scope, "huaben.body": body}, receive_nothing, send_and_close)
        finally:
            self._arriving -= 1


def has_body(scope: dict[str, Any]) -> bool:
    """Whether a request announces a body."""
    headers = dict(scope["headers"])
    return b"transfer-encoding" in headers or headers.get(b"content-length", b"0") != b"0"
