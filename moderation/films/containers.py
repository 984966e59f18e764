"""Which container a file is, by its boxes or elements and not by its name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO, Literal

Container = Literal["mp4", "mov", "matroska", "webm"]

# A file that begins with one of these is an MP4 or MOV, whole or cut off.
FIRST_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"})
_EBML = b"\x1a\x45\xdf\xa3"
_MAX_BOXES = 10_000


def detect_container(path: Path) -> Container | None:
    """The container, or None for any other file. Raises OSError when it cannot be read.

    ISO/IEC 14496-12 lets any box come first, and readers pass over those that they do not know: a
    file that begins with an unknown box is an MP4 when its boxes lead to ``ftyp`` or ``moov``.
    """
    with path.open("rb") as file:
        head = file.read(4096)
        if head[:4] == _EBML:
            return "webm" if b"webm" in head[:64] else "matroska"
        if len(head) < 16:
            return None
        if head[4:8] == b"ftyp":
            return "mov" if head[8:12] == b"qt  " else "mp4"
        if head[4:8] in FIRST_BOXES:
            return "mov"  # QuickTime files may have no ftyp
        return _container_behind(file)


def demuxer_of(container: str) -> str:
    """FFmpeg's name for the reader of a container."""
    return "mov" if container in ("mp4", "mov") else "matroska"


def _container_behind(file: BinaryIO) -> Container | None:
    """The container of a file that begins with boxes which say nothing about it."""
    end, place = file.seek(0, os.SEEK_END), 0
    for _ in range(_MAX_BOXES):
        file.seek(place)
        head = file.read(16)
        if len(head) < 16:
            return None
        size, kind = int.from_bytes(head[:4], "big"), head[4:8]
        if not is_box_type(kind):
            return None
        if kind == b"ftyp":
            return "mov" if head[8:12] == b"qt  " else "mp4"
        if kind == b"moov":
            return "mov"
        if size == 1:
            size = int.from_bytes(head[8:16], "big")
        if size < 8 or place + size > end:
            return None
        place += size
    return None


def is_box_type(kind: bytes) -> bool:
    """Whether four bytes can be the type of a box: printable, or ©."""
    return all(0x20 <= letter < 0x7F or letter == 0xA9 for letter in kind)
