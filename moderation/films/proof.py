"""Proves that a copy of a film is the film: the packets and decoded pictures of both are counted
and compared, stream by stream.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import av.error

from .containers import demuxer_of

_MAX_PIXELS = 4096 * 2304


class CopyDiffers(ValueError):
    """The copy is not the film. The message names the stream and what differs."""


@dataclass(frozen=True)
class StreamCount:
    """What one stream holds: its packets, the pictures that decode, and a digest of the packets'
    times, flags and bytes and of the pictures' times and sizes.
    """

    index: int
    kind: str
    packets: int
    pictures: int
    digest: str


def count_streams(path: Path, container: str) -> tuple[StreamCount, ...]:
    """Read and decode a film whole. Raises av.error.FFmpegError and OSError."""
    with (
        path.open("rb") as file,
        av.open(
            file, "r", format=demuxer_of(container), options={"max_pixels": str(_MAX_PIXELS)}
        ) as film,
    ):
        counting = {stream.index: _Counting(stream) for stream in film.streams}
        for packet in film.demux():
            # By its stream: the empty packets at the end, which flush decoders, have no index.
            counting[packet.stream.index].take(packet)
        return tuple(count.result() for count in counting.values())


def prove_copy(source: Path, copy: Path, container: str) -> tuple[StreamCount, ...]:
    """Compare a copy with its source, and return the streams of both. Raises CopyDiffers,
    av.error.FFmpegError and OSError.
    """
    before, after = count_streams(source, container), count_streams(copy, container)
    if len(before) != len(after):
        raise CopyDiffers(f"the film has {len(before)} streams, its copy {len(after)}")
    for old, new in zip(before, after, strict=True):
        for name, expected, other in (
            ("packets", old.packets, new.packets),
            ("pictures", old.pictures, new.pictures),
        ):
            if expected != other:
                raise CopyDiffers(
                    f"stream {old.index} ({old.kind}) has {expected} {name}, its copy {other}"
                )
        if old != new:
            raise CopyDiffers(f"stream {old.index} ({old.kind}) has other content in the copy")
    return after


class _Counting:
    def __init__(self, stream: Any) -> None:
        self._stream = stream
        context = stream.codec_context
        cover = stream.disposition & av.stream.Disposition.attached_pic
        self._decoded = stream.type == "video" and context is not None and not cover
        self._packets = self._pictures = 0
        self._digest = hashlib.sha256(f"{stream.type} {stream.time_base}".encode())
        if context is not None:
            self._digest.update(context.extradata or b"")
        if self._decoded:
            stream.thread_type = "AUTO"

    def take(self, packet: Any) -> None:
        if packet.size:
            self._packets += 1
            times = (packet.pts, packet.dts, packet.duration, packet.is_keyframe, packet.is_discard)
            self._digest.update(repr(times).encode())
            self._digest.update(memoryview(packet))
        if not self._decoded:
            return
        try:
            frames = packet.decode()
        except av.error.FFmpegError:  # pictures that are broken are so in both
            self._digest.update(b"broken")
            return
        for frame in frames:
            self._pictures += 1
            self._digest.update(repr((frame.pts, frame.width, frame.height)).encode())

    def result(self) -> StreamCount:
        return StreamCount(
            self._stream.index,
            self._stream.type,
            self._packets,
            self._pictures,
            self._digest.hexdigest(),
        )
