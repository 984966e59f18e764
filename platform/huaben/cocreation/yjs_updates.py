"""Validates a Yjs update before the library decodes it: is it plain text, and is what it builds on
known?

An update comes from outside and is decoded by a library that also knows maps, arrays and values
nested in each other (a deep enough nest ends the process). A prompt book is one plain text, so only
what a plain text is made of is let through: written, deleted and collected pieces of the root
``ROOT``. The format is ``lib0``'s and Yjs's own, version 1:
https://github.com/yjs/yjs/blob/v13.6.27/src/utils/UpdateEncoder.js and ``src/structs/Item.js``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ROOT = "book"
# Clocks are counted in 32 bits by the library; nobody types this much.
_MAX_CLOCK = 2**31
_MAX_CLIENT = 2**53
_ORIGIN, _RIGHT_ORIGIN, _PARENT_SUB, _KIND = 0x80, 0x40, 0x20, 0x1F
_GC, _DELETED, _STRING = 0, 1, 4


class MalformedMessage(Exception):
    """These bytes are not what our pages send."""


class ByteReader:
    """Reads bytes from the front, in ``lib0``'s encoding.

    Raises MalformedMessage where they end too early or make no sense.
    """

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    @property
    def at_end(self) -> bool:
        """Whether everything was read."""
        return self._at == len(self._data)

    def read_byte(self) -> int:
        """One byte."""
        if self.at_end:
            raise MalformedMessage("it ends too early")
        self._at += 1
        return self._data[self._at - 1]

    def read_number(self, maximum: int = _MAX_CLIENT) -> int:
        """A variable-length unsigned integer, at most ``maximum``."""
        number, shift = 0, 0
        while True:
            part = self.read_byte()
            number |= (part & 0x7F) << shift
            if number > maximum:
                raise MalformedMessage("a number is too large")
            if part < 0x80:
                return number
            shift += 7
            if shift > 56:
                raise MalformedMessage("a number is too long")

    def read_bytes(self) -> bytes:
        """Bytes with their length before them."""
        length = self.read_number()
        end = self._at + length
        if end > len(self._data):
            raise MalformedMessage("it ends too early")
        self._at = end
        return self._data[end - length : end]

    def read_text(self) -> str:
        """A UTF-8 text with its length before it."""
        try:
            return self.read_bytes().decode()
        except UnicodeDecodeError as exc:
            raise MalformedMessage("a text is not UTF-8") from exc


@dataclass
class UpdateSummary:
    """What an update brings and what it builds on, by client: clocks in UTF-16 units, as Yjs
    counts.

    ``spans`` is the first clock and the end of what it brings; ``needs`` is up to which clock the
    pieces of a client must be known.
    """

    spans: dict[int, tuple[int, int]] = field(default_factory=dict)
    needs: dict[int, int] = field(default_factory=dict)

    def follows(self, state_vector: Mapping[int, int]) -> bool:
        """Whether nothing is missing between a state vector and this update."""
        if any(start > state_vector.get(client, 0) for client, (start, _) in self.spans.items()):
            return False
        return all(
            clock <= max(state_vector.get(client, 0), self.spans.get(client, (0, 0))[1])
            for client, clock in self.needs.items()
        )

    def _require(self, client: int, clock: int) -> None:
        self.needs[client] = max(self.needs.get(client, 0), clock)


def read_update(data: bytes) -> UpdateSummary:
    """Read one update (version 1) without applying it.

    Raises MalformedMessage for anything but edits of the plain text ``ROOT``.
    """
    reader, summary = ByteReader(data), UpdateSummary()
    for _ in range(reader.read_number()):
        pieces, client, clock = (
            reader.read_number(),
            reader.read_number(),
            reader.read_number(_MAX_CLOCK),
        )
        if client in summary.spans or pieces == 0:
            raise MalformedMessage("a client is listed twice, or with nothing")
        start = clock
        for _ in range(pieces):
            clock += _read_piece(reader, summary)
            if clock > _MAX_CLOCK:
                raise MalformedMessage("a clock is too large")
        summary.spans[client] = (start, clock)
    for _ in range(reader.read_number()):
        client = reader.read_number()
        for _ in range(reader.read_number()):
            summary._require(
                client, reader.read_number(_MAX_CLOCK) + reader.read_number(_MAX_CLOCK)
            )
    if not reader.at_end:
        raise MalformedMessage("there is more than one update")
    return summary


def read_state_vector(data: bytes) -> dict[int, int]:
    """A state vector: how much is known of each client."""
    reader = ByteReader(data)
    vector = {
        reader.read_number(): reader.read_number(_MAX_CLOCK) for _ in range(reader.read_number())
    }
    if not reader.at_end:
        raise MalformedMessage("there is more than one state vector")
    return vector


def _read_piece(reader: ByteReader, summary: UpdateSummary) -> int:
    """One piece of text; returns its length."""
    info = reader.read_byte()
    kind = info & _KIND
    if kind == _GC:
        return _length(reader.read_number(_MAX_CLOCK))
    if kind not in (_DELETED, _STRING):
        raise MalformedMessage("it is not plain text")
    if info & _ORIGIN:
        summary._require(reader.read_number(), reader.read_number(_MAX_CLOCK) + 1)
    if info & _RIGHT_ORIGIN:
        summary._require(reader.read_number(), reader.read_number(_MAX_CLOCK) + 1)
    if not info & (_ORIGIN | _RIGHT_ORIGIN) and (
        reader.read_number() != 1 or reader.read_text() != ROOT or info & _PARENT_SUB
    ):
        raise MalformedMessage("it is not the book's text")
    if kind == _DELETED:
        return _length(reader.read_number(_MAX_CLOCK))
    return _length(len(reader.read_text().encode("utf-16-le")) // 2)


def _length(length: int) -> int:
    if length == 0:
        raise MalformedMessage("a piece is empty")
    return length
