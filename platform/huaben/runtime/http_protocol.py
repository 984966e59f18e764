"""uvicorn's HTTP protocol with bounds, so that the house is safe without a proxy in front.

For ``uvicorn --http huaben.runtime.http_protocol:BoundedHttp``. uvicorn itself waits for ever for
the head of a request, takes one of any size, and as many connections as there are file descriptors:
some thousand clients that send nothing more would keep everybody else out.
"""

from __future__ import annotations

import asyncio
import resource
from functools import cache
from typing import ClassVar

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

# Left for files, PostgreSQL and Valkey of the process.
SPARE_DESCRIPTORS = 256
MAX_CONNECTIONS = 10_000


@cache
def connection_limit() -> int:
    """How many connections the process may hold; allows it as many open files as that takes, or as
    the system lets it have.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MAX_CONNECTIONS + SPARE_DESCRIPTORS
    limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
    return max(64, limit - SPARE_DESCRIPTORS)


class BoundedHttp(HttpToolsProtocol):
    """A connection whose request must have begun, and brought its whole head, within
    ``header_seconds`` (408), in at most ``max_header_bytes`` (431).

    Of more than ``max_connections`` the one goes that has kept its head back longest; where all are
    at work, the new one (503).
    """

    header_seconds: ClassVar[float] = 10.0
    max_header_bytes: ClassVar[int] = 64 * 1024
    max_connections: ClassVar[int | None] = None  # None: ``connection_limit``
    # Connections of which a head is awaited, the longest first.
    _waiting: ClassVar[dict[BoundedHttp, None]] = {}

    _deadline: asyncio.TimerHandle | None = None
    _header_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > (self.max_connections or connection_limit()):
            longest = next(iter(self._waiting), None)
            if longest is None:
                self._refuse(503)
                return
            longest._refuse(408)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._have_head()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._deadline is not None:
            self._header_bytes += len(data)
        super().data_received(data)
        if self._deadline is not None and self._header_bytes > self.max_header_bytes:
            self._refuse(431)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self._deadline is None:
            self._await_head()  # the next request of a connection that is kept

    def on_headers_complete(self) -> None:
        self._have_head()
        super().on_headers_complete()

    def _await_head(self) -> None:
        self._header_bytes = 0
        self._waiting[self] = None
        self._deadline = self.loop.call_later(self.header_seconds, self._give_up)

    def _have_head(self) -> None:
        self._waiting.pop(self, None)
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        if self.cycle is not None and not self.cycle.response_complete:
            self._await_head()  # the answer to the request before goes first
        else:
            self._refuse(408)

    def _refuse(self, status: int) -> None:
        """Say why, in one line, and close."""
        self._have_head()
        if not self.transport.is_closing():
            self.transport.write(
                STATUS_LINE[status] + b"content-length: 0\r\nconnection: close\r\n\r\n"
            )
            self.transport.close()
