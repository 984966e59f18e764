"""Every ``AIGC`` SimpleTag in a Matroska or WebM file, read from its elements (RFC 8794, RFC
9559).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from moderation.labels.aigc import KEY
from moderation.labels.errors import UnreadableFile

MAX_TAGS_BYTES = 16 * 1024 * 1024
SEGMENT, TAGS, TAG, SIMPLE, NAME, STRING = (
    0x18538067,
    0x1254C367,
    0x7373,
    0x67C8,
    0x45A3,
    0x4487,
)
# A segment or cluster of unknown size (a live recording) ends where its parent's next child begins:
# walk into it.
_UNKNOWN_SIZE_ALLOWED = {SEGMENT, 0x1F43B675}


@dataclass(frozen=True)
class Element:
    """One element of a file: where it, the number that says its size, and its content begin.
    ``size`` is None when unknown.
    """

    ident: int
    place: int
    size_place: int
    body: int
    size: int | None

    @property
    def end(self) -> int:
        """Where its content ends; where it begins for one of unknown size."""
        return self.body + (self.size or 0)


def read_label_texts(path: Path) -> list[str]:
    """The text of every SimpleTag named ``AIGC``, in file order. Raises UnreadableFile."""
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        return list(_in_file(file, end))


def elements(file: BinaryIO, end: int) -> Iterator[Element]:
    """The elements of a file in order: those at its top, those of segments, and those of clusters
    of unknown size. Raises UnreadableFile where one runs past the end.
    """
    place = 0
    while place < end:
        file.seek(place)
        head = file.read(16)
        ident, ident_size = _ident(head)
        size, size_size = _size(head[ident_size:])
        found = Element(ident, place, place + ident_size, place + ident_size + size_size, size)
        if (size is None and ident not in _UNKNOWN_SIZE_ALLOWED) or found.end > end:
            raise UnreadableFile(
                f"the Matroska element {ident:#x} runs past the end of the file: it is truncated"
            )
        yield found
        place = found.body if ident == SEGMENT else found.end


def _in_file(file: BinaryIO, end: int) -> Iterator[str]:
    for found in elements(file, end):
        if found.ident == TAGS:
            if found.end - found.body > MAX_TAGS_BYTES:
                raise UnreadableFile(f"the Matroska tags are {found.end - found.body} bytes long")
            file.seek(found.body)
            for kind, tag in children(file.read(found.end - found.body)):
                if kind == TAG:
                    yield from _in_simple(tag)


def _in_simple(tag: bytes) -> Iterator[str]:
    for kind, content in children(tag):
        if kind == SIMPLE:
            parts = list(children(content))
            if any(part == NAME and text.rstrip(b"\0") == KEY.encode() for part, text in parts):
                yield from (
                    text.rstrip(b"\0").decode("utf-8", "replace")
                    for part, text in parts
                    if part == STRING
                )
            yield from _in_simple(content)


def children(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Id and content of each element in a run of elements. Raises UnreadableFile."""
    place = 0
    while place < len(data):
        ident, ident_size = _ident(data[place : place + 4])
        size, size_size = _size(data[place + ident_size : place + ident_size + 8])
        body = place + ident_size + size_size
        if size is None or body + size > len(data):
            raise UnreadableFile(f"the Matroska element {ident:#x} runs past its parent")
        yield ident, data[body : body + size]
        place = body + size


def _ident(head: bytes) -> tuple[int, int]:
    length = _vint_length(head, 4)
    return int.from_bytes(head[:length], "big"), length


def _size(head: bytes) -> tuple[int | None, int]:
    length = _vint_length(head, 8)
    value = int.from_bytes(head[:length], "big") & ((1 << 7 * length) - 1)
    return (None if value == (1 << 7 * length) - 1 else value), length


def _vint_length(head: bytes, longest: int) -> int:
    length = 9 - head[0].bit_length() if head else 9
    if length > longest or length > len(head):
        raise UnreadableFile(
            "the Matroska file holds a number that is none: it is truncated or damaged"
        )
    return length
