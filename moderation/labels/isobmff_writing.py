"""Writes the one ``AIGC`` item of an MP4 or MOV file by changing its index and nothing else.

Media data, edit lists, every track and every box that is not known here stay byte for byte. Where
the index grows in front of the media data, the offsets that point behind it are moved along.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

import numpy as np

from moderation.labels.aigc import KEY
from moderation.labels.errors import UnreadableFile
from moderation.labels.isobmff import MAX_MOOV_BYTES, boxes, top_level

_COPIED_AT_ONCE = 1024**2
_TREE = {b"trak", b"mdia", b"minf", b"stbl"}
# A C2PA manifest is bound to the bytes of the whole file: in a labelled copy it would be a wrong
# one. Its uuid: C2PA specification, “Embedding manifests into BMFF-based assets”.
_C2PA = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
_BASE_OFFSET_PRESENT = 0x000001
_MDTA_HANDLER = b"\0" * 8 + b"mdta" + b"\0" * 13

Shifts = list[tuple[int, int]]  # from this place of the source on, so many bytes later


def write_label_text(source: Path, target: Path, text: str) -> None:
    """Copy ``source`` to ``target`` with ``text`` as its only ``AIGC`` item. Raises UnreadableFile
    or OSError.
    """
    with source.open("rb") as old, target.open("wb") as new:
        found = list(top_level(old))
        shifts = _shifts(old, found, text)
        moved = bool(shifts) and any(delta for _, delta in shifts)
        labelled = False
        end = 0
        for kind, start, length in found:
            head, end = end, start + length
            if kind == b"moov":
                body = _read(old, start, length)
                new.write(box(b"moov", _movie(body, None if labelled else text, shifts)))
                labelled = True
            elif kind == b"moof" and moved:
                _copy(old, new, head, start - head)
                new.write(_fragment(_read(old, start, length), shifts))
            elif _is_dropped(old, kind, start, length, moved):
                _write_free(new, end - head)
            else:
                _copy(old, new, head, end - head)
        _copy(old, new, end, old.seek(0, os.SEEK_END) - end)
        if not labelled:
            raise UnreadableFile("the MP4 file has no index (moov): it is truncated")


def box(kind: bytes, *parts: bytes) -> bytes:
    """One box of ``parts``."""
    length = 8 + sum(len(part) for part in parts)
    return length.to_bytes(4, "big") + kind + b"".join(parts)


def _shifts(old: BinaryIO, found: list[tuple[bytes, int, int]], text: str) -> Shifts:
    """How far each part of the file moves. The size of the new index does not depend on it."""
    shifts: Shifts = []
    place = moved = 0
    labelled = False
    for kind, start, length in found:
        if kind == b"moov":
            body = _read(old, start, length)
            size = len(box(b"moov", _movie(body, None if labelled else text, [])))
            moved += size - (start + length - place)
            shifts.append((start + length, moved))
            labelled = True
        place = start + length
    return shifts


def _read(old: BinaryIO, start: int, length: int) -> memoryview:
    if length > MAX_MOOV_BYTES:
        raise UnreadableFile(f"the MP4 index is {length} bytes long")
    old.seek(start)
    return memoryview(old.read(length))


def _copy(old: BinaryIO, new: BinaryIO, start: int, length: int) -> None:
    old.seek(start)
    while length > 0:
        piece = old.read(min(length, _COPIED_AT_ONCE))
        if not piece:
            raise UnreadableFile("the MP4 file became shorter while it was read")
        new.write(piece)
        length -= len(piece)


def _is_dropped(old: BinaryIO, kind: bytes, start: int, length: int, moved: bool) -> bool:
    if kind == b"mfra":  # where fragments lie: players find them without
        return moved
    if kind != b"uuid" or length < 16:
        return False
    old.seek(start)
    return old.read(16) == _C2PA


def _movie(body: memoryview, text: str | None, shifts: Shifts) -> bytes:
    """The content of ``moov`` without ``AIGC`` items, and with ``text`` as one."""
    children = [(kind, _rebuilt(kind, content, shifts)) for kind, content in boxes(body)]
    if text is not None:
        _insert(children, text.encode())
    return b"".join(box(kind, content) for kind, content in children)


def _rebuilt(kind: bytes, content: memoryview, shifts: Shifts) -> bytes:
    if kind in _TREE or kind == b"udta":
        return b"".join(box(name, _rebuilt(name, inner, shifts)) for name, inner in boxes(content))
    if kind == b"meta":
        return _without_items(content)
    if kind in (b"stco", b"co64") and shifts:
        return _offsets(content, ">u4" if kind == b"stco" else ">u8", shifts)
    return bytes(content)


def _without_items(content: memoryview) -> bytes:
    """A ``meta`` box's content without ``AIGC`` items."""
    prefix, inner = _full_box(content)
    names, parts = _key_names(inner), []
    for kind, item in boxes(inner):
        if kind != b"ilst":
            parts.append(box(kind, bytes(item)))
            continue
        kept = [
            box(name, bytes(value))
            for name, value in boxes(item)
            if not _is_label(name, value, names)
        ]
        parts.append(box(b"ilst", *kept))
    return prefix + b"".join(parts)


def _full_box(content: memoryview) -> tuple[bytes, memoryview]:
    """Version and flags of a ``meta`` box, which QuickTime's has not, and its children."""
    if bytes(content[4:8]) == b"hdlr":
        return b"", content
    return bytes(content[:4]), content[4:]


def _key_names(inner: memoryview) -> dict[int, bytes]:
    for kind, content in boxes(inner):
        if kind == b"keys":
            found = enumerate(boxes(content[8:]), start=1)
            return {index: bytes(name) for index, (_space, name) in found}
    return {}


def _is_label(name: bytes, value: memoryview, names: dict[int, bytes]) -> bool:
    if name != b"----":
        return names.get(int.from_bytes(name, "big")) == KEY.encode()
    return any(part == b"name" and bytes(text[4:]) == KEY.encode() for part, text in boxes(value))


def _insert(children: list[tuple[bytes, bytes]], text: bytes) -> None:
    """Put the label into the ``moov.udta.meta`` or ``moov.meta`` that has keys; else into a new
    one.
    """
    for place, (kind, content) in enumerate(children):
        if kind == b"meta" and _has_keys(content):
            children[place] = (kind, _with_item(content, text))
            return
        if kind == b"udta":
            inner = [(name, bytes(part)) for name, part in boxes(memoryview(content))]
            for at, (name, part) in enumerate(inner):
                if name == b"meta" and _has_keys(part):
                    inner[at] = (name, _with_item(part, text))
                    children[place] = (kind, b"".join(box(*child) for child in inner))
                    return
    fresh = bytes(4) + box(b"hdlr", _MDTA_HANDLER) + box(b"keys", bytes(8)) + box(b"ilst")
    meta = box(b"meta", _with_item(fresh, text))
    for place, (kind, content) in enumerate(children):
        if kind == b"udta":
            children[place] = (kind, content + meta)
            return
    children.append((b"udta", meta))


def _has_keys(content: bytes) -> bool:
    kinds = {kind for kind, _ in boxes(_full_box(memoryview(content))[1])}
    return {b"keys", b"ilst"} <= kinds


def _with_item(content: bytes, text: bytes) -> bytes:
    """A ``meta`` box's content with one more key and its item."""
    prefix, inner = _full_box(memoryview(content))
    index, parts = 0, []
    for kind, item in boxes(inner):
        held = bytes(item)
        if kind == b"keys":
            index = sum(1 for _ in boxes(item[8:])) + 1
            held = held[:4] + index.to_bytes(4, "big") + held[8:] + box(b"mdta", KEY.encode())
        parts.append((kind, held))
    data = box(b"data", (1).to_bytes(4, "big"), bytes(4), text)  # type 1: UTF-8
    entry = box(index.to_bytes(4, "big"), data)
    return prefix + b"".join(
        box(kind, held + entry if kind == b"ilst" else held) for kind, held in parts
    )


def _offsets(content: memoryview, kind: str, shifts: Shifts) -> bytes:
    width = int(kind[-1])
    count = min(int.from_bytes(content[4:8], "big"), (len(content) - 8) // width)
    places = np.frombuffer(content, kind, count, 8).astype(np.uint64)
    moved = places.copy()
    for start, delta in shifts:  # in order: the last that applies counts
        moved = np.where(places >= start, places + np.uint64(delta % 2**64), moved)
    if width == 4 and count and int(moved.max()) >= 2**32:
        raise UnreadableFile("the MP4 index has no room for offsets beyond 4 GiB")
    return bytes(content[:8]) + moved.astype(kind).tobytes() + bytes(content[8 + width * count :])


def _fragment(body: memoryview, shifts: Shifts) -> bytes:
    """The content of ``moof`` with its absolute offsets moved along. Its size must not change:
    other offsets count from its start.
    """
    held = bytearray(body)
    for kind, track in boxes(memoryview(held)):
        for name, content in boxes(track) if kind == b"traf" else ():
            if name == b"tfhd" and int.from_bytes(content[1:4], "big") & _BASE_OFFSET_PRESENT:
                place = int.from_bytes(content[8:16], "big")
                delta = next((moved for start, moved in reversed(shifts) if place >= start), 0)
                content[8:16] = (place + delta).to_bytes(8, "big")
    return bytes(held)


def _write_free(new: BinaryIO, length: int) -> None:
    """A ``free`` box of zeros, of so many bytes in all."""
    large = length >= 2**32
    new.write((1 if large else length).to_bytes(4, "big") + b"free")
    new.write(length.to_bytes(8, "big") if large else b"")
    left = length - (16 if large else 8)
    while left > 0:
        new.write(bytes(min(left, _COPIED_AT_ONCE)))
        left -= _COPIED_AT_ONCE
