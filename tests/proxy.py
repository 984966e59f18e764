"""A reverse proxy in front of the application, as small as one can be: it adds X-Forwarded-For."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class ReverseProxy:
    """Listens on a free port of 127.0.0.1; one request for each connection."""

    def __init__(self, upstream_port: int) -> None:
        self.upstream_port = upstream_port
        self.loop = asyncio.new_event_loop()
        self.port = 0

    async def start(self) -> None:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        client = writer.get_extra_info("peername")[0]
        head, _, _ = (await reader.readuntil(b"\r\n\r\n")).rpartition(b"\r\n\r\n")
        kept = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
        # As nginx does: what the client claims stays, the proxy's own word comes last.
        claimed = [line for line in kept if line.lower().startswith(b"x-forwarded-for:")]
        kept = [line for line in kept if line not in claimed]
        values = [line.partition(b":")[2].strip() for line in claimed] + [client.encode()]
        kept += [b"X-Forwarded-For: " + b", ".join(values), b"Connection: close"]
        up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self.upstream_port)
        up_writer.write(b"\r\n".join(kept) + b"\r\n\r\n")
        upload = asyncio.create_task(_pipe(reader, up_writer))
        await _pipe(up_reader, writer)
        upload.cancel()
        writer.close()
        up_writer.close()


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(65536):
        writer.write(chunk)
        await writer.drain()


@contextmanager
def reverse_proxy(upstream: str) -> Iterator[str]:
    """The address of a proxy in front of ``upstream`` (``http://127.0.0.1:N``)."""
    proxy = ReverseProxy(int(upstream.rpartition(":")[2]))
    thread = threading.Thread(target=proxy.loop.run_forever, daemon=True)
    thread.start()
    asyncio.run_coroutine_threadsafe(proxy.start(), proxy.loop).result(10)
    yield f"http://127.0.0.1:{proxy.port}"
    proxy.loop.call_soon_threadsafe(proxy.loop.stop)
    thread.join(10)
