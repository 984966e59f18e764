"""Reads a Yjs update before anything else does: is it plain text, and does it follow on what is
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
_CLOCK_MOST = 2**31
_CLIENT_MOST = 2**53
_ORIGIN, _RIGHT_ORIGIN, _PARENT_SUB, _KIND = 0x80, 0x40, 0x20, 0x1F
_GC, _DELETED, _STRING = 0, 1, 4


class Malformed(Exception):
    """These bytes are not what they should be; who sent them is not one of our pages."""


class Reader:
    """Bytes read from the front, in ``lib0``'s encoding. Raises Malformed where they end too early
    or make no sense.
    """

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    @property
    def ended(self) -> bool:
        """Whether everything was read."""
        return self._at == len(self._data)

    def byte(self) -> int:
        """One byte."""
        if self.ended:
            raise Malformed("it ends too early")
        self._at += 1
        return self._data[self._at - 1]

    def number(self, most: int = _CLIENT_MOST) -> int:
        """A variable-length unsigned integer, at most ``most``."""
        number, shift = 0, 0
        while True:
            part = self.byte()
            number |= (part & 0x7F) << shift
            if number > most:
                raise Malformed("a number is too large")
            if part < 0x80:
                return number
            shift += 7
            if shift > 56:
                raise Malformed("a number is too long")

    def bytes(self) -> bytes:
        """Bytes with their length before them."""
        length = self.number()
        end = self._at + length
        if end > len(self._data):
            raise Malformed("it ends too early")
        self._at = end
        return self._data[end - length : end]

    def text(self) -> str:
        """A UTF-8 text with its length before it."""
        try:
            return self.bytes().decode()
        except UnicodeDecodeError as exc:
            raise Malformed("a text is not UTF-8") from exc


@dataclass
class Reading:
    """What an update brings and what it builds on, by client: clocks in UTF-16 units, as Yjs
    counts.

    ``spans`` is the first clock and the end of what it brings; ``needs`` is up to where others' pieces must be known.
    """

    spans: dict[int, tuple[int, int]] = field(default_factory=dict)
    needs: dict[int, int] = field(default_factory=dict)

    def follows(self, vector: Mapping[int, int]) -> bool:
        """Whether nothing is missing between a state vector and this update."""
        if any(start > vector.get(client, 0) for client, (start, _) in self.spans.items()):
            return False
        return all(
            clock <= max(vector.get(client, 0), self.spans.get(client, (0, 0))[1])
            for client, clock in self.needs.items()
        )

    def _need(self, client: int, clock: int) -> None:
        self.needs[client] = max(self.needs.get(client, 0), clock)


def read_update(data: bytes) -> Reading:
    """Look through one update (version 1). Raises Malformed for anything but edits of the plain
    text ``ROOT``.
    """
    reader, reading = Reader(data), Reading()
    for _ in range(reader.number()):
        pieces, client, clock = reader.number(), reader.number(), reader.number(_CLOCK_MOST)
        if client in reading.spans or pieces == 0:
            raise Malformed("a client is listed twice, or with nothing")
        start = clock
        for _ in range(pieces):
            clock += _read_piece(reader, reading)
            if clock > _CLOCK_MOST:
                raise Malformed("a clock is too large")
        reading.spans[client] = (start, clock)
    for _ in range(reader.number()):
        client = reader.number()
        for _ in range(reader.number()):
            reading._need(client, reader.number(_CLOCK_MOST) + reader.number(_CLOCK_MOST))
    if not reader.ended:
        raise Malformed("there is more than one update")
    return reading


def read_vector(data: bytes) -> dict[int, int]:
    """A state vector: how much is known of each client."""
    reader = Reader(data)
    vector = {reader.number(): reader.number(_CLOCK_MOST) for _ in range(reader.number())}
    if not reader.ended:
        raise Malformed("there is more than one state vector")
    return vector


def _read_piece(reader: Reader, reading: Reading) -> int:
    """One piece of text; returns its length."""
    info = reader.byte()
    kind = info & _KIND
    if kind == _GC:
        return _length(reader.number(_CLOCK_MOST))
    if kind not in (_DELETED, _STRING):
        raise Malformed("it is not plain text")
    if info & _ORIGIN:
        reading._need(reader.number(), reader.number(_CLOCK_MOST) + 1)
    if info & _RIGHT_ORIGIN:
        reading._need(reader.number(), reader.number(_CLOCK_MOST) + 1)
    if not info & (_ORIGIN | _RIGHT_ORIGIN) and (
        reader.number() != 1 or reader.text() != ROOT or info & _PARENT_SUB
    ):
        raise Malformed("it is not the book's text")
    if kind == _DELETED:
        return _length(reader.number(_CLOCK_MOST))
    return _length(len(reader.text().encode("utf-16-le")) // 2)


def _length(length: int) -> int:
    if length == 0:
        raise Malformed("a piece is empty")
    return length
