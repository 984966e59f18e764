"""What a file is by its bytes: MP4, MOV, Matroska or WebM, whole, not encrypted, and nothing else
at the same time.

Boxes (ISO/IEC 14496-12; those of unknown types are passed over) or elements (RFC 8794) must fill
the file from its first byte to its last, so that a cut-off file, or one with another file glued to
it, is seen before any decoder looks at it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from huaben.core.sandbox.rejected import RejectedMedia
from moderation.films.containers import detect_container, is_box_type

_KNOWN_TOP = {
    *(b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"uuid", b"moof", b"mfra", b"sidx"),
    *(b"ssix", b"styp", b"meta", b"udta", b"pdin", b"prft", b"emsg", b"pnot", b"PICT"),
}
_NO_ROOM = {b"ftyp", b"moov", b"mdat", b"moof", b"mfra", b"sidx", b"styp"}
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
_MAX_INDEX_BYTES = 128 * 1024**2
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
# What a box that readers pass over could hold of another file: those of these kinds begin so, or
# near their start.
_OTHER_STARTS = (b"PK\x03\x04", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x7fELF", b"MZ")
_OTHER_WITHIN = (b"%pdf-", b"<html", b"<script", b"<!doctype html", b"<?php")
_ZIP_END, _ZIP_ENTRY = b"PK\x05\x06", b"PK\x01\x02"


def sniff(path: Path) -> str:
    """The container: ``mp4``, ``mov``, ``matroska`` or ``webm``.

    Raises RejectedMedia, or OSError when it cannot be read.
    """
    container = detect_container(path)
    if container is None:
        raise RejectedMedia("not_video")
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        head = file.read(4096)
        if size < 64:
            raise RejectedMedia("not_video")
        if container in ("matroska", "webm"):
            _check_matroska(file, size)
        else:
            if head[4:8] == b"ftyp" and head[8:12] in _PICTURE_BRANDS:
                raise RejectedMedia("not_video")
            _check_boxes(file, size)
        _check_alone(file, size, head)
    return container


def _check_alone(file: BinaryIO, size: int, head: bytes) -> None:
    start = head[:1024].lower()
    if any(sign in start for sign in _OTHER_HEADS):
        raise RejectedMedia("two_in_one")
    # A zip's last record has 22 bytes and a comment of at most 65,535. Readers of zips take files
    # in which other bytes follow it, so it counts where its directory stands before it, too.
    start_of_tail = max(0, size - 65_557)
    file.seek(start_of_tail)
    tail = file.read()
    place = tail.rfind(_ZIP_END)
    while place >= 0:
        record = tail[place : place + 22]
        comment = int.from_bytes(record[20:22], "little")
        directory = int.from_bytes(record[12:16], "little")
        file.seek(max(0, start_of_tail + place - directory))
        if place + 22 + comment == len(tail) or (directory and file.read(4) == _ZIP_ENTRY):
            raise RejectedMedia("two_in_one")
        place = tail.rfind(_ZIP_END, 0, place)


def _check_skipped(file: BinaryIO, start: int, length: int) -> None:
    """A box that readers of films pass over must not be there for readers of something else."""
    file.seek(start)
    content = file.read(min(length, 1024))
    if content.startswith(_OTHER_STARTS) or any(sign in content.lower() for sign in _OTHER_WITHIN):
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
        if length == 1:
            length, start = int.from_bytes(head[8:16], "big"), 16
        elif length == 0:
            length = size - place
        # ISO/IEC 14496-12, 4.2: boxes of an unrecognised type are ignored and skipped. But what
        # does not fit into the file is no box: something else begins here.
        known = kind in _KNOWN_TOP
        if not known and (length < start or place + length > size or not is_box_type(kind)):
            raise RejectedMedia("two_in_one" if index else "unreadable")
        if length < start:
            raise RejectedMedia("unreadable")
        if place + length > size:
            raise RejectedMedia("truncated")
        if kind not in _NO_ROOM:
            _check_skipped(file, place + start, length - start)
        if kind == b"moov":
            if length > _MAX_INDEX_BYTES:
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
            if length > _MAX_INDEX_BYTES:
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
