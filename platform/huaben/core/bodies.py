"""How much of a request's body is taken, and for how long it may take to arrive.

Django's ASGI handler receives a whole body before it asks which view it is for, or whether there is
any. So what no view would read is refused here, before it is read.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Callable
from typing import Any

from django.conf import settings

from .localized import LocalizedText
from .problems import CONTENT_TYPE, problem_data

TOO_LARGE = LocalizedText("发来的内容太大", "That is too large")
TOO_SLOW = LocalizedText("发送得太慢，请再试一次", "It came too slowly; please try again")
TOO_MANY = LocalizedText(
    "同时发来的内容太多，请稍后再试", "Too much is being sent at once; please try again shortly"
)


class BodyRefused(Exception):
    """The body is not taken. ``status``, code and words of the answer."""

    def __init__(self, status: int, code: str, title: LocalizedText) -> None:
        super().__init__(code)
        self.status, self.code, self.title = status, code, title


class BoundedBodies:
    """ASGI, around the HTTP application: bodies of at most DATA_UPLOAD_MAX_MEMORY_SIZE bytes, which
    arrive within BODY_SECONDS, and of all that arrive at once at most BODIES_MAX_MEMORY.

    Uploads are read by their view as they arrive, so they pass; ``media.request_streaming`` bounds
    them.
    """

    def __init__(self, app: Any, *, passes: Callable[[dict[str, Any]], bool]) -> None:
        self.app, self._passes = app, passes
        self._held = 0

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http" or self._passes(scope):
            await self.app(scope, receive, send)
            return
        body = _Body(self, receive)
        try:
            length = dict(scope["headers"]).get(b"content-length", b"0")
            if not length.isdigit() or int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
                raise BodyRefused(413, "too_large", TOO_LARGE)
            await self.app(scope, await body.read_whole(), send)
        except BodyRefused as refused:
            await answer_refusal(scope, send, refused)
        finally:
            self._held -= body.size

    def hold(self, size: int) -> None:
        """Count bytes that arrived. Raises BodyRefused when all bodies together are too large."""
        self._held += size
        if self._held > settings.BODIES_MAX_MEMORY:
            raise BodyRefused(503, "busy", TOO_MANY)


class _Body:
    """One body on its way."""

    def __init__(self, bounds: BoundedBodies, receive: Any) -> None:
        self._bounds, self._receive = bounds, receive
        self.size = 0

    async def read_whole(self) -> Any:
        """Receive all of it, and return an ASGI ``receive`` that hands it on."""
        messages: deque[dict[str, Any]] = deque()
        try:
            async with asyncio.timeout(settings.BODY_SECONDS):
                while True:
                    message = await self._receive()
                    messages.append(message)
                    size = len(message.get("body", b""))
                    self.size += size
                    self._bounds.hold(size)
                    if self.size > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
                        raise BodyRefused(413, "too_large", TOO_LARGE)
                    if message["type"] != "http.request" or not message.get("more_body", False):
                        break
        except TimeoutError:
            raise BodyRefused(408, "too_slow", TOO_SLOW) from None

        async def hand_on() -> Any:
            return messages.popleft() if messages else await self._receive()

        return hand_on


async def answer_refusal(scope: dict[str, Any], send: Any, refused: BodyRefused) -> None:
    """Answer with the problem, in the language that is asked for, and end the connection."""
    accepted = dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1")
    title = refused.title.en if accepted.startswith("en") else refused.title.zh
    problem = problem_data(refused.code, title, refused.status)
    content = json.dumps(problem, ensure_ascii=False).encode()
    headers = [
        (b"content-type", CONTENT_TYPE.encode()),
        (b"content-length", str(len(content)).encode()),
        (b"connection", b"close"),  # what is still on its way is not waited for
    ]
    if refused.status == 503:
        headers.append((b"retry-after", b"5"))
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
