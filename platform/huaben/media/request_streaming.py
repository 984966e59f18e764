"""Lets a view read an upload while it arrives.

Django's ASGI handler receives a whole body before it calls a view, so a connection that is cut
would lose all of it. For the requests of uploads this wrapper keeps the body back and hands the
view a way to read it: ``scope["huaben.body"]``.
"""

from __future__ import annotations

import asyncio
from typing import Any

PREFIX = "/api/v1/uploads"
SILENCE_SECONDS = 60


class ArrivingBody:
    """The body of a request that is still being sent. Read from the view's thread, while the event
    loop receives.
    """

    def __init__(self, receive: Any) -> None:
        self._receive, self._loop = receive, asyncio.get_running_loop()
        self._rest, self._ended, self._gone = b"", False, False

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


class StreamedUploads:
    """Wraps the HTTP application."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        if (
            scope["type"] != "http"
            or scope["method"] not in ("PATCH", "POST")
            or not scope["path"].startswith(PREFIX)
        ):
            return await self.app(scope, receive, send)
        asked = False

        async def receive_nothing() -> dict[str, Any]:
            nonlocal asked
            if (
                asked
            ):  # Django listens for the sender's going away; the reader of the body hears of it
                await asyncio.Event().wait()
            asked = True
            return {"type": "http.request", "body": b"", "more_body": False}

        return await self.app(
            {**scope, "huaben.body": ArrivingBody(receive)}, receive_nothing, send
        )
