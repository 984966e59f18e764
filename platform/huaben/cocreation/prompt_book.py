"""A prompt book: a plain text that several people edit at once and that comes out the same for all.

A CRDT by ``pycrdt`` (Yrs, the Rust port of Yjs). See docs/decisions/0004-shared-text-is-a-crdt.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from pycrdt import Doc, Text

from huaben.core.localized import LocalizedText
from huaben.core.problems import Problem

from .yjs_updates import ROOT, MalformedMessage, read_state_vector, read_update

MAX_TEXT_LENGTH = 60_000  # characters; in Chinese about 180 kB
MAX_STATE_BYTES = 2 * 1024**2  # bytes of the text with its history of deletions


class MissingUpdates(Exception):
    """The update builds on updates that were never received: its sender must send them first."""


class PromptBook:
    """The shared text with what is needed to merge. ``number`` is the number of the last stored
    update that it holds.

    A book that raised anything may hold half of an update: throw it away and load it anew.
    """

    def __init__(self) -> None:
        # Used from one thread at a time, but from several of Django's threads in turn.
        self._doc: Doc[Text] = Doc(allow_multithreading=True)
        self._text = self._doc.get(ROOT, type=Text)
        self._state_bytes = 0
        self.number = 0

    @classmethod
    def from_state(cls, state: bytes, number: int = 0) -> Self:
        """The book of ``state``, which holds the stored updates up to ``number``."""
        book = cls()
        book.apply_stored(state, number)
        return book

    @property
    def text(self) -> str:
        """The text without U+0000, which PostgreSQL cannot store and nobody sees."""
        return str(self._text).replace("\x00", "")

    @property
    def state_vector(self) -> bytes:
        """Yjs's state vector: how much is known of each client."""
        return self._doc.get_state()

    @property
    def state(self) -> bytes:
        """The whole text with its history, as one update."""
        return self._doc.get_update()

    def encode_since(self, state_vector: bytes) -> bytes:
        """The update that a client with this state vector misses.

        Raises MalformedMessage for bytes that are no state vector.
        """
        read_state_vector(state_vector)
        try:
            return self._doc.get_update(state_vector)
        except ValueError as exc:
            raise MalformedMessage(str(exc)) from exc

    def apply_stored(self, update: bytes, number: int) -> None:
        """Apply an update that is stored already."""
        self._apply(update)
        self.number = number

    def apply_new(self, update: bytes) -> bytes:
        """Apply an update from outside; returns what of it is new, b"" when nothing is.

        Raises MalformedMessage, MissingUpdates, or Problem when the book would become too long.
        """
        if not read_update(update).follows(read_state_vector(self.state_vector)):
            raise MissingUpdates
        new = self._apply(update)
        if new:
            self._check_length()
        return new

    def replace(self, text: str) -> bytes:
        """Replace the text, by an edit like any other; returns the update, b"" when it is the same
        already.
        """
        old = str(self._text)
        if old == text:
            return b""
        start = _common_prefix_length(old, text)
        end = _common_prefix_length(old[start:][::-1], text[start:][::-1])
        # Yrs counts positions in bytes of UTF-8.
        first = len(old[:start].encode())
        with self._record_updates() as new, self._doc.transaction():
            if dropped := old[start : len(old) - end]:
                del self._text[first : first + len(dropped.encode())]
            if added := text[start : len(text) - end]:
                self._text.insert(first, added)
        self._check_length()
        return b"".join(new)

    def _apply(self, update: bytes) -> bytes:
        with self._record_updates() as updates:
            try:
                self._doc.apply_update(update)
            except ValueError as exc:
                raise MalformedMessage(str(exc)) from exc
        new = b"".join(updates)  # one transaction, so there is at most one
        self._state_bytes += len(new)
        return new

    @contextmanager
    def _record_updates(self) -> Iterator[list[bytes]]:
        """The updates that the body of the ``with`` makes. The subscription ends with it: a lasting
        one would keep the document alive for ever.
        """
        updates: list[bytes] = []
        subscription = self._doc.observe(lambda event: updates.append(event.update))
        try:
            yield updates
        finally:
            self._doc.unobserve(subscription)

    def _check_length(self) -> None:
        if len(self.text) > MAX_TEXT_LENGTH:
            raise Problem(
                "book_too_long",
                LocalizedText("话本太长了", "The book is too long"),
                detail=LocalizedText(
                    f"一本最多 {MAX_TEXT_LENGTH} 字。刚写的还没有存下，删短一些就会接着存。",
                    f"It holds at most {MAX_TEXT_LENGTH} characters. What you just wrote is not "
                    "saved; it will be once it is shorter.",
                ),
            )
        if self._state_bytes > MAX_STATE_BYTES:
            self._state_bytes = len(self.state)
            if self._state_bytes > MAX_STATE_BYTES:
                raise Problem(
                    "book_worn_out",
                    LocalizedText(
                        "这本改得太多，写不下了", "This book was rewritten too often to take more"
                    ),
                    detail=LocalizedText(
                        "请把文字另存一份，另起一本。",
                        "Please keep a copy of its text and begin another one.",
                    ),
                )


def _common_prefix_length(left: str, right: str) -> int:
    count = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        count += 1
    return count
