"""Writes the one ``AIGC`` SimpleTag of a Matroska or WebM file by changing its tags and nothing
else.

Every track, block, attachment and element that is not known here stays byte for byte and where it
was: the old tags become a Void of their size, the new ones take their place where there is room,
and follow the last element of the segment where not.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from moderation.labels.aigc import KEY
from moderation.labels.errors import UnreadableFile
from moderation.labels.matroska import (
    MAX_TAGS_BYTES,
    NAME,
    SEGMENT,
    SIMPLE,
    STRING,
    TAG,
    TAGS,
    Element,
    children,
    elements,
)

_TARGETS, _VOID, _CRC, _SEEK_HEAD, _SEEK, _SEEK_ID, _SEEK_POSITION = (
    *(0x63C0, 0xEC, 0xBF, 0x114D9B74, 0x4DBB, 0x53AB, 0x53AC),
)
_COPIED_AT_ONCE = 1024**2


@dataclass(frozen=True)
class _Change:
    """``new`` in place of ``length`` bytes of the source from ``place`` on."""

    place: int
    length: int
    new: bytes


def write_label_text(source: Path, target: Path, text: str) -> None:
    """Copy ``source`` to ``target`` with ``text`` as its only ``AIGC`` SimpleTag. Raises
    UnreadableFile or OSError.
    """
    with source.open("rb") as old, target.open("wb") as new:
        end = old.seek(0, os.SEEK_END)
        place = 0
        for change in _changes(old, end, text):
            _copy(old, new, place, change.place - place)
            new.write(change.new)
            place = change.place + change.length
        _copy(old, new, place, end - place)


def element(ident: int, body: bytes) -> bytes:
    """One element, its length in eight bytes."""
    name = ident.to_bytes((ident.bit_length() + 7) // 8, "big")
    return name + (len(body) | 1 << 56).to_bytes(8, "big") + body


def _changes(old: BinaryIO, end: int, text: str) -> list[_Change]:
    found = list(elements(old, end))
    segments = [item for item in found if item.ident == SEGMENT]
    if not segments:
        raise UnreadableFile("the Matroska file has no segment: it is truncated")
    segment = segments[0]
    segment_end = end if segment.size is None else segment.body + segment.size
    inside = [item for item in found if item.place < segment_end]
    tags = [item for item in inside if item.ident == TAGS]
    new = element(TAGS, b"".join(_kept_tags(old, tags)) + _label_tag(text))
    changes = [_void(item.place, item.end - item.place) for item in tags]
    changes += [
        _void(item.place, item.end - item.place)
        for item in found
        if item.ident == TAGS and item not in tags
    ]
    room = next((item for item in tags if _fits(len(new), item.end - item.place)), None)
    if room is not None:
        whole = room.end - room.place
        changes[tags.index(room)] = _Change(room.place, whole, new + _void_bytes(whole - len(new)))
        at = room.place
    else:
        at = segment_end
        changes.append(_Change(segment_end, 0, new))
        changes += _lengthened(segment, len(new))
    for item in inside:
        if item.ident == _SEEK_HEAD:
            changes += _seek_head(old, item, at - segment.body)
    return sorted(changes, key=lambda change: change.place)


def _fits(length: int, room: int) -> bool:
    """Whether ``length`` bytes and a Void of what is left (two bytes or more) fill the room."""
    return length == room or length + 2 <= room


def _kept_tags(old: BinaryIO, tags: list[Element]) -> Iterator[bytes]:
    """Every Tag of the file without SimpleTags named ``AIGC``."""
    for item in tags:
        if item.end - item.body > MAX_TAGS_BYTES:
            raise UnreadableFile(f"the Matroska tags are {item.end - item.body} bytes long")
        old.seek(item.body)
        for ident, tag in children(old.read(item.end - item.body)):
            if ident == TAG:
                parts = list(_without_label(tag))
                if any(name == SIMPLE for name, _ in parts):
                    yield element(TAG, b"".join(element(*part) for part in parts))


def _without_label(parent: bytes) -> Iterator[tuple[int, bytes]]:
    for ident, content in children(parent):
        if ident == _CRC:
            continue
        if ident != SIMPLE:
            yield ident, content
            continue
        names = [name for part, name in children(content) if part == NAME]
        if all(name.rstrip(b"\0") != KEY.encode() for name in names):
            yield ident, b"".join(element(*part) for part in _without_label(content))


def _label_tag(text: str) -> bytes:
    simple = element(NAME, KEY.encode()) + element(STRING, text.encode())
    return element(TAG, element(_TARGETS, b"") + element(SIMPLE, simple))


def _void(place: int, length: int) -> _Change:
    return _Change(place, length, _void_bytes(length))


def _void_bytes(length: int) -> bytes:
    """A Void element of so many bytes in all; 0, or 2 at least."""
    if length == 0:
        return b""
    if length < 9:
        return bytes([_VOID, 0x80 | (length - 2)]) + bytes(length - 2)
    return bytes([_VOID]) + (length - 9 | 1 << 56).to_bytes(8, "big") + bytes(length - 9)


def _lengthened(segment: Element, by: int) -> list[_Change]:
    """The segment says a greater size, or that it goes on until its end where there is no room for
    the number.
    """
    if segment.size is None:
        return []
    width = segment.body - segment.size_place
    bits = 7 * width
    size = segment.size + by
    size = size if size < (1 << bits) - 1 else (1 << bits) - 1
    return [_Change(segment.size_place, width, (size | 1 << bits).to_bytes(width, "big"))]


def _seek_head(old: BinaryIO, head: Element, tags_at: int) -> list[_Change]:
    """Entries of the index that name the tags name their new place, or become a Void."""
    changes: list[_Change] = []
    inside = list(_located(old, head.body, head.end))
    for ident, place, body, end in inside:
        if ident != _SEEK:
            continue
        parts = {name: (start, stop) for name, _, start, stop in _located(old, body, end)}
        if _SEEK_ID not in parts or _SEEK_POSITION not in parts:
            continue
        old.seek(parts[_SEEK_ID][0])
        if old.read(4) != TAGS.to_bytes(4, "big"):
            continue
        start, stop = parts[_SEEK_POSITION]
        if not changes and tags_at < 1 << 8 * (stop - start):
            changes.append(_Change(start, stop - start, tags_at.to_bytes(stop - start, "big")))
        else:
            changes.append(_void(place, end - place))
    if changes:  # its checksum no longer holds
        changes += [_void(place, end - place) for ident, place, _, end in inside if ident == _CRC]
    return changes


def _located(old: BinaryIO, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """Id, place, start and end of the content of each element between two places."""
    old.seek(start)
    data = old.read(end - start)
    place = start
    for ident, content in children(data):
        whole = _length_of(data[place - start :], len(content))
        yield ident, place, place + whole - len(content), place + whole
        place += whole


def _length_of(data: bytes, content: int) -> int:
    ident = 9 - data[0].bit_length()
    return ident + 9 - data[ident].bit_length() + content


def _copy(old: BinaryIO, new: BinaryIO, start: int, length: int) -> None:
    old.seek(start)
    while length > 0:
        piece = old.read(min(length, _COPIED_AT_ONCE))
        if not piece:
            raise UnreadableFile("the Matroska file became shorter while it was read")
        new.write(piece)
        length -= len(piece)
