"""The frames of a film as they are decoded, each once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from huaben.core.sandbox.rejected import RejectedMedia

from .examine import check_size

Progress = Callable[[float, float], None]
_TOLD_SECONDS = 0.25
_LOST = 0.05  # the share of a film that may be missing or broken before it is refused


class FrameReader:
    """The decoded frames of picture and sound in the order of the file, timed from the film's
    start.
    """

    def __init__(
        self,
        film: InputContainer,
        picture: VideoStream,
        sound: Any,
        seconds: float,
        progress: Progress,
    ) -> None:
        self._film, self._picture, self._sound = film, picture, sound
        self._seconds, self._progress = seconds, progress
        self._origin = Fraction(film.start_time or 0, av.time_base)
        self._broken, self._pictures, self._reached, self._told = 0, 0, 0.0, 0.0
        picture.thread_type = "AUTO"
        self._decoded = self._decode()
        self._waiting: list[Any] = []
        self._shape: tuple[int, int, str] | None = None

    def first_picture(self) -> av.VideoFrame:
        """The first picture; what was read on the way to it is not lost. Raises RejectedMedia."""
        for frame in self._waiting:
            if isinstance(frame, av.VideoFrame):
                return frame
        for frame in self._decoded:
            self._waiting.append(frame)
            if isinstance(frame, av.VideoFrame):
                return frame
        raise RejectedMedia("damaged")

    def __iter__(self) -> Iterator[Any]:
        yield from self._waiting
        self._waiting.clear()
        yield from self._decoded

    def check_whole(self) -> None:
        """Raise RejectedMedia when too much of the film was broken, or it ended before its time."""
        if self._broken > max(2, self._pictures * _LOST):
            raise RejectedMedia("damaged")
        if self._reached < self._seconds - max(0.5, self._seconds * _LOST):
            raise RejectedMedia("truncated")

    def _decode(self) -> Iterator[Any]:
        streams = [self._picture] if self._sound is None else [self._picture, self._sound]
        packets = self._film.demux(*streams)
        while True:
            try:
                packet = next(packets, None)
            except av.error.FFmpegError:
                self._broken += 1
                if self._broken > 100:
                    raise RejectedMedia("damaged") from None
                continue
            if packet is None:
                return
            try:
                decoded = packet.decode()
            except av.error.FFmpegError:
                self._broken += 1
                continue
            for frame in decoded:
                if frame.pts is None or frame.time_base is None:
                    continue
                frame.pts -= round(self._origin / frame.time_base)
                yield (
                    self._as_first(frame, frame.time_base)
                    if isinstance(frame, av.VideoFrame)
                    else frame
                )

    def _as_first(self, frame: av.VideoFrame, time_base: Fraction) -> av.VideoFrame:
        """A film may change its size on the way; every picture takes the first one's."""
        check_size(frame.width, frame.height)
        self._pictures += 1
        self._broken += frame.is_corrupt
        self._reached = float((frame.pts or 0) * time_base) + 1 / 24
        if (now := time.monotonic()) - self._told > _TOLD_SECONDS:
            self._told = now
            self._progress(min(self._reached, self._seconds), self._seconds)
        shape = (frame.width, frame.height, frame.format.name)
        self._shape = self._shape or shape
        if shape == self._shape:
            return frame
        same = frame.reformat(*self._shape)
        same.pts, same.time_base = frame.pts, frame.time_base
        return same
