"""A writer without a screen: a real client of the Yjs protocol, by pycrdt, on a real socket."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from pycrdt import Doc, Text, create_sync_message, create_update_message, read_message
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from huaben.cocreation.yjs_protocol import MessageKind, sync_message

ASK, ANSWER, UPDATE = 0, 1, 2


class Pen:
    """One open page of a writing room, with a text of its own that outlives a dropped line."""

    def __init__(self, server: str, room_id: Any, cookie: str) -> None:
        self.address = f"{server.replace('http', 'ws')}/ws/writing/{room_id}/"
        self.origin, self.cookie = server, cookie
        self.doc: Doc[Text] = Doc()
        self.book = self.doc.get("book", type=Text)
        self.words: list[dict[str, Any]] = []
        self.presences: list[bytes] = []
        self.sent = self.saved = 0
        self.closed: int | None = None
        self.socket: ClientConnection | None = None

    def open(self) -> Pen:
        """Connect, and say what is known; both sides send what the other misses."""
        headers = {"Cookie": self.cookie}
        self._line = ExitStack()
        self.socket = self._line.enter_context(
            connect(self.address, origin=self.origin, additional_headers=headers, max_size=2**24)
        )
        self.sent = self.saved = 0
        self.closed = None
        self._answered = False
        self.send(create_sync_message(self.doc))
        return self

    def settle(self, seconds: float = 10) -> Pen:
        """Listen until the first exchange is over."""
        return self.listen(
            lambda: self._answered and self.sent > 0 and self.saved == self.sent, seconds
        )

    def __enter__(self) -> Pen:
        return self.open().settle()

    def __exit__(self, *error: Any) -> None:
        self.close()

    def close(self) -> None:
        if self.socket is not None:
            self._line.close()

    @property
    def text(self) -> str:
        return str(self.book)

    def write(self, text: str, at: int | None = None) -> None:
        """Type something (``at`` counts bytes of UTF-8; the end when it is not given) and send
        it.
        """
        self.send_edit(
            self.edit(lambda: self.book.insert(len(self.book) if at is None else at, text))
        )

    def erase(self, start: int, stop: int) -> None:
        def cut() -> None:
            del self.book[start:stop]

        self.send_edit(self.edit(cut))

    def edit(self, act: Callable[[], None]) -> bytes:
        """The update that an act on the text makes; nothing is sent."""
        made: list[bytes] = []
        heard = self.doc.observe(lambda event: made.append(event.update))
        try:
            act()
        finally:
            self.doc.unobserve(heard)
        return b"".join(made)

    def send_edit(self, update: bytes) -> None:
        self.sent += 1
        self.send(create_update_message(update))

    def send(self, message: bytes | str) -> None:
        assert self.socket is not None
        try:
            self.socket.send(message)
        except ConnectionClosed as closed:
            self._note_close(closed)

    def listen(self, until: Callable[[], Any], seconds: float = 10) -> Pen:
        """Take in what comes until something is true; a closed line ends it too."""
        deadline = time.monotonic() + seconds
        while not until():
            left = deadline - time.monotonic()
            assert left > 0, (
                f"it did not come: saved {self.saved} of {self.sent}, {self.text[-80:]!r}, "
                f"{self.words[-3:]}"
            )
            assert self.socket is not None
            try:
                self._take(self.socket.recv(timeout=left))
            except TimeoutError:
                continue
            except ConnectionClosed as closed:
                self._note_close(closed)
                if not until():
                    raise
        return self

    def _note_close(self, closed: ConnectionClosed) -> None:
        self.closed = closed.rcvd.code if closed.rcvd is not None else 1006

    def wait_saved(self, seconds: float = 10) -> Pen:
        return self.listen(lambda: self.saved == self.sent, seconds)

    def wait_closed(self, seconds: float = 10) -> int:
        self.listen(lambda: self.closed is not None, seconds)
        assert self.closed is not None
        return self.closed

    def wait_word(self, kind: str, seconds: float = 10) -> dict[str, Any]:
        self.listen(lambda: any(word["type"] == kind for word in self.words), seconds)
        return next(word for word in self.words if word["type"] == kind)

    def _take(self, message: bytes | str) -> None:
        if isinstance(message, str):
            word = json.loads(message)
            self.words.append(word)
            if word["type"] == "saved":
                self.saved = word["count"]
        elif message[0] == 1:
            self.presences.append(message)
        elif message[1] == ASK:
            self.sent += 1
            self.send(
                sync_message(
                    MessageKind.SYNC_STEP_2, self.doc.get_update(read_message(message[2:]))
                )
            )
        else:
            self._answered = self._answered or message[1] == ANSWER
            self.doc.apply_update(read_message(message[2:]))
