"""What a file is by its bytes: MP4, MOV, Matroska or WebM, whole, not encrypted, and nothing else
at the same time.

The boxes (ISO/IEC 14496-12) or elements (RFC 8794) must fill the file from its first byte to its
last, so that a cut-off file, or one with another file glued to it, is seen before any decoder looks
at it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from huaben.core.sandbox.rejected import RejectedMedia

_TOP = {
    *(
        b"ftyp",
        b"moov",
        b"mdat",
        b"free",
        b"skip",
        b"wide",
        b"uuid",
        b"moof",
        b"mfra",
        b"sidx",
        b"ssix",
        b"styp",
    ),
    *(b"meta", b"udta", b"pdin", b"prft", b"emsg", b"pnot", b"PICT"),
}
_FIRST = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"}
_ENCRYPTED = {b"encv", b"enca", b"enct", b"encs", b"drmi", b"drms", b"drmt"}
_PICTURE_BRANDS = {
    b"heic",
    b"heix",
    b"hevc",
    b"heim",
    b"heis",
    b"mif1",
    b"msf1",
    b"avif",
    b"avis",
    b"crx ",
    b"jpeg",
}
_LARGEST_INDEX = 128 * 1024**2
_EBML, _SEGMENT, _TRACKS, _VOID, _CRC = 0x1A45DFA3, 0x18538067, 0x1654AE6B, 0xEC, 0xBF
_TRACK, _ENCODINGS, _ENCODING, _ENCODING_TYPE, _ENCRYPTION = 0xAE, 0x6D80, 0x6240, 0x5033, 0x5035
# Signs of another kind of file: readers of those kinds look for them near the start, or (zip) near
# the end.
_OTHER_HEADS = (
    b"%pdf-",
    b"<html",
    b"<script",
    b"<svg",
    b"<!doctype",
    b"<?php",
    b"<?xml",
    b"#extm3u",
    b"ffconcat",
)
_ZIP_END = b"PK\x05\x06"


def sniff(path: Path) -> str:
    """The container: ``mp4``, ``mov``, ``matroska`` or ``webm``.

    Raises RejectedMedia, or OSError when it cannot be read.
    """
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        head = file.read(4096)
        if size < 64:
            raise RejectedMedia("not_video")
        if head[:4] == b"\x1a\x45\xdf\xa3":
            container = "webm" if b"webm" in head[:64] else "matroska"
            _check_matroska(file, size)
        elif head[4:8] in _FIRST:
            container = "mov" if head[8:12] == b"qt  " or head[4:8] != b"ftyp" else "mp4"
            if head[4:8] == b"ftyp" and head[8:12] in _PICTURE_BRANDS:
                raise RejectedMedia("not_video")
            _check_boxes(file, size)
        else:
            raise RejectedMedia("not_video")
        _check_alone(file, size, head)
    return container


def _check_alone(file: BinaryIO, size: int, head: bytes) -> None:
    start = head[:1024].lower()
    if any(sign in start for sign in _OTHER_HEADS):
        raise RejectedMedia("two_in_one")
    file.seek(
        max(0, size - 65_557)
    )  # a zip's last record: 22 bytes and a comment of at most 65,535
    tail = file.read()
    place = tail.rfind(_ZIP_END)
    if place >= 0 and place + 22 + int.from_bytes(tail[place + 20 : place + 22], "little") == len(
        tail
    ):
        raise RejectedMedia("two_in_one")


def _check_boxes(file: BinaryIO, size: int) -> None:
    place, index, media = 0, False, False
    while place < size:
        file.seek(place)
        head = file.read(16)
        if size - place < 8:
            if head.strip(b"\0"):
                raise RejectedMedia("two_in_one")
            break
        length, kind, start = int.from_bytes(head[:4], "big"), head[4:8], 8
        if kind not in _TOP:
            raise RejectedMedia("two_in_one" if index else "unreadable")
        if length == 1:
            length, start = int.from_bytes(head[8:16], "big"), 16
        elif length == 0:
            length = size - place
        if length < start:
            raise RejectedMedia("unreadable")
        if place + length > size:
            raise RejectedMedia("truncated")
        if kind == b"moov":
            if length > _LARGEST_INDEX:
                raise RejectedMedia("unreadable")
            index = True
            file.seek(place + start)
            _check_movie(file.read(length - start), 0)
        media = media or kind in (b"mdat", b"moof")
        place += length
    if not index:
        raise RejectedMedia("truncated" if media else "not_video")


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 0
    while place + 8 <= len(data):
        length, kind, start = (
            int.from_bytes(data[place : place + 4], "big"),
            data[place + 4 : place + 8],
            8,
        )
        if length == 1:
            length, start = int.from_bytes(data[place + 8 : place + 16], "big"), 16
        elif length == 0:
            if not any(kind):
                return
            length = len(data) - place
        if length < start or place + length > len(data):
            raise RejectedMedia("unreadable")
        yield kind, data[place + start : place + length]
        place += length


def _check_movie(data: bytes, depth: int) -> None:
    for kind, body in _boxes(data):
        if kind in (b"trak", b"mdia", b"minf", b"stbl", b"dinf") and depth < 8:
            _check_movie(body, depth + 1)
        elif kind == b"stsd" and any(entry in _ENCRYPTED for entry, _ in _boxes(body[8:])):
            raise RejectedMedia("encrypted")
        elif kind == b"dref" and any(
            len(entry) >= 4 and not entry[3] & 1 for _, entry in _boxes(body[8:])
        ):
            raise RejectedMedia(
                "points_elsewhere"
            )  # the samples would lie in another file, or at an address


def _check_matroska(file: BinaryIO, size: int) -> None:
    place, segment = 0, False
    while place < size:
        ident, length, start = _element(file, place)
        if ident not in (_EBML, _SEGMENT, _VOID, _CRC):
            raise RejectedMedia("two_in_one" if segment else "unreadable")
        end = size if length is None else start + length
        if end > size:
            raise RejectedMedia("truncated")
        if ident == _SEGMENT:
            segment = True
            _check_segment(file, start, end)
        place = end
    if not segment:
        raise RejectedMedia("truncated")


def _check_segment(file: BinaryIO, place: int, end: int) -> None:
    while place < end:
        ident, length, start = _element(file, place)
        if length is None:
            # a cluster of a live recording: it ends where the next begins, and tracks come before
            # clusters
            return
        if start + length > end:
            raise RejectedMedia("truncated")
        if ident == _TRACKS:
            if length > _LARGEST_INDEX:
                raise RejectedMedia("unreadable")
            _check_tracks(file, start, start + length, 0)
        place = start + length


def _check_tracks(file: BinaryIO, place: int, end: int, depth: int) -> None:
    while place < end:
        ident, length, start = _element(file, place)
        if length is None or start + length > end:
            raise RejectedMedia("unreadable")
        if ident == _ENCRYPTION:
            raise RejectedMedia("encrypted")
        if ident == _ENCODING_TYPE:
            file.seek(start)
            if int.from_bytes(file.read(min(length, 8)), "big") == 1:
                raise RejectedMedia("encrypted")
        if ident in (_TRACK, _ENCODINGS, _ENCODING) and depth < 4:
            _check_tracks(file, start, start + length, depth + 1)
        place = start + length


def _element(file: BinaryIO, place: int) -> tuple[int, int | None, int]:
    """Id, length (None: unknown) and place of the content of the element at ``place``."""
    file.seek(place)
    head = file.read(12)
    ident_size = _vint(head)
    size_size = _vint(head[ident_size:])
    start = ident_size + size_size
    if ident_size > 4 or size_size > 8 or start > len(head):
        raise RejectedMedia("truncated" if len(head) < 12 else "unreadable")
    bits = 7 * size_size
    length = int.from_bytes(head[ident_size:start], "big") & ((1 << bits) - 1)
    return (
        int.from_bytes(head[:ident_size], "big"),
        None if length == (1 << bits) - 1 else length,
        place + start,
    )


def _vint(head: bytes) -> int:
    return 9 - head[0].bit_length() if head else 9
