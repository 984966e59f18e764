"""Groups of pictures that an earlier attempt has encoded: whoever goes on after it does not encode
them again.

A group is closed, so groups of two encoders stand side by side as well as those of one. Each is a
file of its own that appears by one rename and carries its digest, so a half-written one is none.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_HEAD = struct.Struct(
    "<32s32sI"
)  # digest of what follows; digest of the encoder's parameter sets; how many pictures
_PICTURE = struct.Struct("<qqq?I")


@dataclass(frozen=True)
class EncodedPicture:
    """One encoded picture; times in units of the rendition's rate."""

    pts: int
    dts: int
    duration: int
    key: bool
    data: bytes


class GroupCache:
    """The groups of one rendition in a folder, numbered from 0.

    ``parameters`` are the encoder's parameter sets: groups that were made with others are not used.
    ``length`` is how many pictures a whole group has. Without a folder nothing is stored.
    """

    def __init__(self, folder: Path | None, parameters: bytes, length: int) -> None:
        self._folder, self._parameters, self._length = (
            folder,
            hashlib.sha256(parameters).digest(),
            length,
        )
        self.count = 0
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            while self._read(self.count) is not None:
                self.count += 1

    def read(self, number: int) -> list[EncodedPicture]:
        """The pictures of a group below ``count``, in the order in which they were encoded."""
        pictures = self._read(number)
        assert pictures is not None
        return pictures

    def store(self, number: int, pictures: Sequence[EncodedPicture]) -> None:
        """Keep a group; one that is not whole (the film's end) is passed over."""
        if self._folder is None or len(pictures) != self._length:
            return
        body = b"".join(
            _PICTURE.pack(
                picture.pts, picture.dts, picture.duration, picture.key, len(picture.data)
            )
            + picture.data
            for picture in pictures
        )
        path = self._path(number)
        part = path.with_suffix(".part")
        part.write_bytes(
            _HEAD.pack(hashlib.sha256(body).digest(), self._parameters, len(pictures)) + body
        )
        part.replace(path)

    def _path(self, number: int) -> Path:
        assert self._folder is not None
        return self._folder / f"{number:05d}.gop"

    def _read(self, number: int) -> list[EncodedPicture] | None:
        try:
            data = self._path(number).read_bytes()
        except FileNotFoundError:
            return None
        if len(data) < _HEAD.size:
            return None
        digest, parameters, count = _HEAD.unpack_from(data)
        if (parameters, count) != (self._parameters, self._length):
            return None
        if hashlib.sha256(memoryview(data)[_HEAD.size :]).digest() != digest:
            return None
        pictures, place = [], _HEAD.size
        for _ in range(count):
            pts, dts, duration, key, size = _PICTURE.unpack_from(data, place)
            place += _PICTURE.size
            pictures.append(EncodedPicture(pts, dts, duration, key, data[place : place + size]))
            place += size
        return pictures
