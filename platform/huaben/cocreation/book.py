"""One prompt book as it is shared: a plain text that several people write at once and that comes
out the same for all.

A CRDT by ``pycrdt`` (Yrs, the Rust port of Yjs). See docs/decisions/0004-shared-text-is-a-crdt.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pycrdt import Doc, Text

from huaben.core.localized import LocalizedText
from huaben.core.problems import Problem

from .updates import ROOT, Malformed, read_update, read_vector

TEXT_MOST = 60_000  # characters; in Chinese about 180 kB
STATE_MOST = 2 * 1024**2  # bytes of the text with its history of deletions


class Gap(Exception):
    """The update builds on something that was never received: its sender must send all that is
    missing.
    """


class Book:
    """The shared text with what is needed to merge. ``number`` is the last stored update that it
    holds.

    One that raised anything may hold half of an update: throw it away and read it anew.
    """

    def __init__(self, state: bytes = b"", number: int = 0) -> None:
        # Django's threads take turns with it, never two at once.
        self._doc: Doc[Text] = Doc(allow_multithreading=True)
        self._text = self._doc.get(ROOT, type=Text)
        self._weight = 0
        self.number = 0
        if state:
            self.read(state, number)

    @property
    def text(self) -> str:
        """What stands there, but for characters that no database keeps in a text (U+0000, which
        nobody sees either).
        """
        return str(self._text).replace("\x00", "")

    @property
    def vector(self) -> bytes:
        """How much is known of each client, for others to say what is missing."""
        return self._doc.get_state()

    @property
    def state(self) -> bytes:
        """The whole, as one update."""
        return self._doc.get_update()

    def since(self, vector: bytes) -> bytes:
        """The update that somebody with this state vector misses. Raises Malformed for a vector
        that is none.
        """
        read_vector(vector)
        try:
            return self._doc.get_update(vector)
        except ValueError as exc:
            raise Malformed(str(exc)) from exc

    def read(self, stored: bytes, number: int) -> None:
        """Take in an update that is stored already."""
        self._apply(stored)
        self.number = number

    def write(self, given: bytes) -> bytes:
        """Take in an update from outside; returns what of it is new, b"" when nothing is.

        Raises Malformed, Gap, or Problem when the book would become too long.
        """
        reading = read_update(given)
        if not reading.follows(read_vector(self.vector)):
            raise Gap
        new = self._apply(given)
        if new:
            self._check_length()
        return new

    def replace(self, text: str) -> bytes:
        """Make the text this one, by an edit like any other; returns the update, b"" when it is the
        same already.
        """
        old = str(self._text)
        if old == text:
            return b""
        start = _common(old, text)
        end = _common(old[start:][::-1], text[start:][::-1])
        # Places in the text are counted in bytes of UTF-8.
        first = len(old[:start].encode())
        with self._edits() as new, self._doc.transaction():
            if dropped := old[start : len(old) - end]:
                del self._text[first : first + len(dropped.encode())]
            if added := text[start : len(text) - end]:
                self._text.insert(first, added)
        self._check_length()
        return b"".join(new)

    def _apply(self, update: bytes) -> bytes:
        with self._edits() as edits:
            try:
                self._doc.apply_update(update)
            except ValueError as exc:
                raise Malformed(str(exc)) from exc
        new = b"".join(edits)  # one transaction, so there is at most one
        self._weight += len(new)
        return new

    @contextmanager
    def _edits(self) -> Iterator[list[bytes]]:
        """What changes meanwhile, as updates. Heard only for the moment: a lasting listener would
        hold the text for ever.
        """
        edits: list[bytes] = []
        heard = self._doc.observe(lambda event: edits.append(event.update))
        try:
            yield edits
        finally:
            self._doc.unobserve(heard)

    def _check_length(self) -> None:
        if len(self.text) > TEXT_MOST:
            raise Problem(
                "book_too_long",
                LocalizedText("话本太长了", "The book is too long"),
                detail=LocalizedText(
                    f"一本最多 {TEXT_MOST} 字。刚写的还没有存下，删短一些就会接着存。",
                    f"It holds at most {TEXT_MOST} characters. What you just wrote is not saved; "
                    "it will be once it is shorter.",
                ),
            )
        if self._weight > STATE_MOST:
            self._weight = len(self.state)
            if self._weight > STATE_MOST:
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


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
