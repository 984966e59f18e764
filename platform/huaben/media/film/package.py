"""One decode of a film makes every rendition, the poster, the sprite and the loudness.

Each rendition is fragmented MP4 (CMAF) with H.264 High and AAC-LC in one file. The sound is encoded once and its packets
go into every rendition: an HLS audio group would save those bytes on disk, but the light build of hls.js plays none.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer
from av.filter import Graph
from av.video.stream import VideoStream

from . import ladder
from .examine import Limits, check_size, examine, open_film, picture_of, shown_size, sound_of
from .pictures import Pictures
from .playlists import MASTER, Variant, master_playlist
from .rendition import Rendition, open_voice
from .unfit import Unfit

Progress = Callable[[float, float], None]
_TOLD_SECONDS = 0.25
_LOST = 0.05  # the share of a film that may be missing or broken before it is refused


@dataclass(frozen=True)
class Made:
    """What a package holds, beside its files."""

    variants: list[Variant]
    duration_ms: int
    loudness_lufs: float | None
    sprite: dict[str, Any]

    def data(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)


def package(source: Path, folder: Path, metadata: Mapping[str, str], limits: Limits, progress: Progress) -> Made:
    """Write the whole package of ``source`` into the empty ``folder``; ``progress(done, total)`` hears of seconds of film.

    ``metadata`` is written into each rendition's init segment and read back. Raises Unfit or OSError.
    """
    facts = examine(source, limits)
    seconds = facts.duration_ms / 1000
    with open_film(source, facts.container) as film:
        picture, sound = picture_of(film), sound_of(film)
        frames = _Frames(film, picture, sound, seconds, progress)
        first = frames.first_picture()
        width, height = shown_size(first, picture.sample_aspect_ratio)
        target = ladder.rate_for(Fraction(facts.rate))
        rungs = ladder.rungs_for(width, height)
        pictures_graph, sinks = _picture_graph(first, picture, rungs, target)
        sound_graph = _SoundGraph(sound) if sound is not None else None
        voice = open_voice() if sound is not None else None
        renditions = [Rendition(folder / rung.name, rung, target, voice, metadata) for rung in rungs]
        pictures = Pictures(seconds)
        poster_at = min(1, len(rungs) - 1)  # 720p where there is one

        def draw(frame: av.VideoFrame | None) -> None:
            pictures_graph.push(frame)
            while True:
                scaled = [_pull(sink) for sink in sinks]
                if scaled[0] is None:
                    return
                pictures.see(float(scaled[0].pts * scaled[0].time_base), scaled[0], scaled[poster_at])
                for rendition, picture_frame in zip(renditions, scaled, strict=True):
                    rendition.draw(picture_frame)

        def speak(frame: av.AudioFrame | None) -> None:
            assert sound_graph is not None and voice is not None
            for heard in sound_graph.hear(frame):
                for packet in voice.encode(heard):
                    for rendition in renditions:
                        rendition.speak(packet)
            if frame is None:
                for packet in voice.encode(None):
                    for rendition in renditions:
                        rendition.speak(packet)

        try:
            for frame in frames:
                if isinstance(frame, av.VideoFrame):
                    draw(frame)
                else:
                    speak(frame)
            frames.check_whole()
            draw(None)
            if sound is not None:
                speak(None)
            variants = [rendition.finish() for rendition in renditions]
        except BaseException:
            for rendition in renditions:
                rendition.abandon()
            raise
        (folder / MASTER).write_text(master_playlist(variants))
        return Made(
            variants=variants,
            duration_ms=round(1000 * max(rendition.seconds for rendition in renditions)),
            loudness_lufs=sound_graph.loudness if sound_graph else None,
            sprite=pictures.save(folder),
        )


class _Frames:
    """The decoded frames of picture and sound in the order of the file, timed from the film's start."""

    def __init__(
        self, film: InputContainer, picture: VideoStream, sound: Any, seconds: float, progress: Progress
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
        """The first picture; what was read on the way to it is not lost. Raises Unfit."""
        for frame in self._decoded:
            self._waiting.append(frame)
            if isinstance(frame, av.VideoFrame):
                return frame
        raise Unfit("damaged")

    def __iter__(self) -> Iterator[Any]:
        yield from self._waiting
        self._waiting.clear()
        yield from self._decoded

    def check_whole(self) -> None:
        """Raise Unfit when too much of the film was broken, or it ended before its time."""
        if self._broken > max(2, self._pictures * _LOST):
            raise Unfit("damaged")
        if self._reached < self._seconds - max(0.5, self._seconds * _LOST):
            raise Unfit("truncated")

    def _decode(self) -> Iterator[Any]:
        streams = [self._picture] if self._sound is None else [self._picture, self._sound]
        packets = self._film.demux(*streams)
        while True:
            try:
                packet = next(packets, None)
            except av.error.FFmpegError:
                self._broken += 1
                if self._broken > 100:
                    raise Unfit("damaged") from None
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
                yield self._as_first(frame, frame.time_base) if isinstance(frame, av.VideoFrame) else frame

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


class _SoundGraph:
    """Sound as the encoder wants it: 48 kHz stereo in pieces of 1,024, gaps filled, its loudness measured (EBU R 128)."""

    def __init__(self, stream: Any) -> None:
        self._graph, self._shape = Graph(), ("", "", 0)
        self._source: Any = None
        self._sink: Any = None
        self._base = stream.time_base
        self.loudness: float | None = None

    def hear(self, frame: av.AudioFrame | None) -> Iterator[av.AudioFrame]:
        if self._source is None:
            if frame is None:
                return
            self._build(frame)
        if frame is not None and (frame.format.name, frame.layout.name, frame.sample_rate) != self._shape:
            return  # a stream that changes its sound on the way: what fits is kept, the gap is filled with silence
        self._source.push(frame)
        while (heard := _pull(self._sink)) is not None:
            if integrated := heard.metadata.get("lavfi.r128.I"):
                level = float(integrated)
                self.loudness = level if level > -70 else None  # −70 LUFS is the gate: silence has no loudness
            yield heard

    def _build(self, frame: av.AudioFrame) -> None:
        self._shape = (frame.format.name, frame.layout.name, frame.sample_rate)
        self._source = self._graph.add(
            "abuffer",
            sample_rate=str(frame.sample_rate),
            sample_fmt=frame.format.name,
            channel_layout=frame.layout.name,
            time_base=str(frame.time_base),
        )
        self._sink = self._graph.add("abuffersink")
        chain = [
            self._source,
            self._graph.add("aresample", f"{ladder.AUDIO_RATE}:async=1:first_pts=0"),
            self._graph.add("ebur128", "metadata=1"),
            self._graph.add("aformat", f"sample_fmts=fltp:channel_layouts=stereo:sample_rates={ladder.AUDIO_RATE}"),
            self._graph.add("asetnsamples", "n=1024:p=0"),
            self._sink,
        ]
        for one, following in pairwise(chain):
            one.link_to(following)
        self._graph.configure()


def _picture_graph(
    first: av.VideoFrame, picture: VideoStream, rungs: list[ladder.Rung], rate: Fraction
) -> tuple[Graph, list[Any]]:
    """Turned upright, at a constant rate from time 0, in every rung's size; one sink for each rung."""
    graph = Graph()
    assert first.time_base is not None
    source = graph.add(
        "buffer",
        video_size=f"{first.width}x{first.height}",
        pix_fmt=first.format.name,
        time_base=str(first.time_base),
        pixel_aspect=str(picture.sample_aspect_ratio or 1).replace("/", ":"),
    )
    last = source

    def follow(name: str, args: str = "") -> None:
        nonlocal last
        node = graph.add(name, args)
        last.link_to(node)
        last = node

    for name, args in _TURNS.get(round(first.rotation / 90) % 4, []):
        follow(name, args)
    follow("fps", f"fps={rate}:start_time=0:round=near")
    follow("split", str(len(rungs)))
    sinks = []
    for index, rung in enumerate(rungs):
        scale = graph.add("scale", f"{rung.width}:{rung.height}:flags=bicubic:out_range=tv:out_color_matrix=bt709")
        last.link_to(scale, index)
        square = graph.add("setsar", "1")
        scale.link_to(square)
        shape = graph.add("format", "yuv420p")
        square.link_to(shape)
        sink = graph.add("buffersink")
        shape.link_to(sink)
        sinks.append(sink)
    graph.configure()
    return graph, sinks


# By quarter turns against the clock that the film asks for.
_TURNS = {
    1: [("transpose", "cclock")],
    2: [("hflip", ""), ("vflip", "")],
    3: [("transpose", "clock")],
}


def _pull(sink: Any) -> Any:
    try:
        return sink.pull()
    except (av.error.BlockingIOError, av.error.EOFError):
        return None
