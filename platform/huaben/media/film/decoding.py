"""The frames of a film as they are decoded, each once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import av
from av.container import InputContainer

from huaben.core.sandbox.rejected import RejectedMedia
from moderation.films.probe import FilmProbe

from .examine import check_size

Progress = Callable[[float, float], None]
_TOLD_SECONDS = 0.25
_LOST = Fraction(1, 20)  # the share of a film that may be missing or broken before it is refused


class FrameReader:
    """The decoded frames of picture and sound in the order of the file, timed from the film's
    start.
    """

    def __init__(self, film: InputContainer, probe: FilmProbe, progress: Progress) -> None:
        self._film, self._probe, self._progress = film, probe, progress
        self._seconds = float(probe.timeline.seconds)
        self._broken, self._pictures, self._told = 0, 0, 0.0
        self._reached = Fraction(0)  # when the last picture so far begins
        self._ends: dict[type, Fraction] = {}
        picture = film.streams[probe.picture.index]
        assert isinstance(picture, av.VideoStream)
        picture.thread_type = "AUTO"
        self._decoded = self._decode()
        self._waiting: list[Any] = []
        self._shape: tuple[int, int, str] | None = None

    @property
    def pictures(self) -> int:
        """How many pictures were decoded so far."""
        return self._pictures

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
        picture = self._probe.picture
        if self._broken > max(2, int(self._pictures * _LOST)):
            raise RejectedMedia("damaged")
        last = picture.times[-1] - self._probe.start
        if self._reached < last - max(Fraction(1, 2), last * _LOST):
            raise RejectedMedia("truncated")
        if self._pictures < picture.pictures - max(2, int(picture.pictures * _LOST)):
            raise RejectedMedia("damaged")

    def _decode(self) -> Iterator[Any]:
        played = [stream.index for stream in (self._probe.picture, self._probe.sound) if stream]
        packets = self._film.demux(*(self._film.streams[index] for index in played))
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
                if not isinstance(frame, av.VideoFrame | av.AudioFrame):
                    continue
                self._time(frame)
                yield self._as_first(frame) if isinstance(frame, av.VideoFrame) else frame

    def _time(self, frame: av.VideoFrame | av.AudioFrame) -> None:
        """Count a frame's time from the film's start. One without a time follows the one before."""
        kind = type(frame)
        if frame.time_base is None:
            frame.time_base = Fraction(1, 90_000)
        base = frame.time_base
        if frame.pts is None:
            frame.pts = round(self._ends.get(kind, Fraction(0)) / base)
        else:
            frame.pts -= round(self._probe.start / base)
        length = (
            1 / self._probe.timeline.rate
            if isinstance(frame, av.VideoFrame)
            else Fraction(frame.samples, frame.sample_rate or 1)
        )
        self._ends[kind] = frame.pts * base + length

    def _as_first(self, frame: av.VideoFrame) -> av.VideoFrame:
        """A film may change its size on the way; every picture takes the first one's."""
        check_size(frame.width, frame.height)
        self._pictures += 1
        self._broken += frame.is_corrupt
        assert frame.time_base is not None
        self._reached = max(self._reached, (frame.pts or 0) * frame.time_base)
        if (now := time.monotonic()) - self._told > _TOLD_SECONDS:
            self._told = now
            reached = float(self._reached + 1 / self._probe.timeline.rate)
            self._progress(min(reached, self._seconds), self._seconds)
        shape = (frame.width, frame.height, frame.format.name)
        self._shape = self._shape or shape
        if shape == self._shape:
            return frame
        same = frame.reformat(*self._shape)
        same.pts, same.time_base = frame.pts, frame.time_base
        return same
