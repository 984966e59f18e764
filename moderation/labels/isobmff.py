"""Every ``AIGC`` value in an MP4 or MOV file, read from its boxes.

FFmpeg hands metadata over as a dictionary, so two labels look like one there. “Exactly one label”
can only be checked on the boxes themselves: ``moov.udta.meta`` (and ``moov.meta``, and those of
tracks), as ``keys``/``ilst`` pairs or as iTunes free-form ``----`` items. Layout: ISO/IEC 14496-12;
QuickTime File Format, “Metadata”.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from moderation.labels.aigc import KEY
from moderation.labels.errors import UnreadableFile

MAX_MOOV_BYTES = 256 * 1024 * 1024
_CONTAINERS = {b"udta", b"trak"}


def boxes(data: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    """Type and payload of each box in a run of boxes. Raises UnreadableFile on a size that cannot
    be.
    """
    place = 0
    while place + 8 <= len(data):
        size, kind, header = (
            int.from_bytes(data[place : place + 4], "big"),
            bytes(data[place + 4 : place + 8]),
            8,
        )
        if size == 1:
            size, header = int.from_bytes(data[place + 8 : place + 16], "big"), 16
        elif size == 0:
            if kind == b"\0\0\0\0":  # QuickTime ends a udta with a 32-bit zero
                return
            size = len(data) - place
        if size < header or place + size > len(data):
            raise UnreadableFile(
                f"the MP4 box {kind!r} says {size} bytes where {len(data) - place} are left"
            )
        yield kind, data[place + header : place + size]
        place += size


def top_level(file: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    """Type, start of payload and payload length of each box of a file, without reading payloads."""
    end, place = file.seek(0, os.SEEK_END), 0
    while place + 8 <= end:
        file.seek(place)
        head = file.read(16)
        size, kind, header = int.from_bytes(head[:4], "big"), head[4:8], 8
        if size == 1:
            size, header = int.from_bytes(head[8:16], "big"), 16
        elif size == 0:
            size = end - place
        if size < header or place + size > end:
            raise UnreadableFile(
                f"the MP4 box {kind!r} says {size} bytes where {end - place} are left"
            )
        yield kind, place + header, size - header
        place += size


def read_label_texts(path: Path) -> list[str]:
    """The text of every ``AIGC`` item in the file, in file order. Raises UnreadableFile."""
    values: list[str] = []
    moov_seen = False
    with path.open("rb") as file:
        for kind, start, length in top_level(file):
            if kind != b"moov":
                continue
            if length > MAX_MOOV_BYTES:
                raise UnreadableFile(f"the MP4 index is {length} bytes long")
            moov_seen = True
            file.seek(start)
            values += _in_movie(memoryview(file.read(length)))
    if not moov_seen:
        raise UnreadableFile("the MP4 file has no index (moov): it is truncated")
    return values


def _in_movie(data: memoryview) -> Iterator[str]:
    for kind, payload in boxes(data):
        if kind in _CONTAINERS:
            yield from _in_movie(payload)
        elif kind == b"meta":
            yield from _in_meta(payload)


def _in_meta(payload: memoryview) -> Iterator[str]:
    if bytes(payload[4:8]) != b"hdlr":  # a full box in MP4, a plain one in QuickTime
        payload = payload[4:]
    names: dict[int, bytes] = {}
    items: list[tuple[bytes, memoryview]] = []
    for kind, content in boxes(payload):
        if kind == b"keys":
            # Each entry has the form of a box: size, namespace, name.
            names = {
                index: bytes(name)
                for index, (_space, name) in enumerate(boxes(content[8:]), start=1)
            }
        elif kind == b"ilst":
            items += boxes(content)
    for kind, content in items:
        if kind == b"----":
            parts = list(boxes(content))
            if any(part == b"name" and bytes(text[4:]) == KEY.encode() for part, text in parts):
                yield from (_text(data) for part, data in parts if part == b"data")
        elif names.get(int.from_bytes(kind, "big")) == KEY.encode():
            yield from (_text(data) for part, data in boxes(content) if part == b"data")


def _text(data: memoryview) -> str:
    return bytes(data[8:]).decode("utf-8", "replace")  # after type and locale
