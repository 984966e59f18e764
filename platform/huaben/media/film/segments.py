"""A fragmented MP4 as it is written, cut into an init segment and media segments."""

from __future__ import annotations

import io
from pathlib import Path

INIT = "init.mp4"


def segment_name(index: int) -> str:
    """The file name of a rendition's segment, counted from 0."""
    return f"{index:05d}.m4s"


class Segments(io.RawIOBase):
    """What FFmpeg's MP4 muxer writes into: each fragment (moof, mdat) becomes a file of its own.

    One fragment is one closed group of pictures with its sound, so a fragment is a segment.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder, self.sizes = folder, list[int]()
        self._waiting, self._parts = bytearray(), bytearray()

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._waiting += data
        while len(self._waiting) >= 8:
            length = int.from_bytes(self._waiting[:4], "big")
            if length < 8:
                raise ValueError("a box of 64-bit or open length in a fragment")
            if len(self._waiting) < length:
                break
            self._take(bytes(self._waiting[4:8]), self._waiting[:length])
            del self._waiting[:length]
        return len(data)

    def _take(self, kind: bytes, box: bytearray) -> None:
        if kind == b"mfra":  # an index for random access in one file; playlists do that here
            return
        self._parts += box
        if kind == b"moov":
            (self.folder / INIT).write_bytes(self._parts)
        elif kind == b"mdat":
            (self.folder / segment_name(len(self.sizes))).write_bytes(self._parts)
            self.sizes.append(len(self._parts))
        else:
            return
        self._parts = bytearray()
