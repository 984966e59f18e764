"""Filter graphs: decoded picture and sound as the encoders want them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

import av
import numpy as np
from av.filter import Graph

from moderation.films.probe import FirstPicture

from . import ladder, tones


def video_filter_graph(
    first: av.VideoFrame, form: FirstPicture, rungs: Sequence[ladder.Rung], rate: Fraction
) -> tuple[Graph, list[Any]]:
    """Deinterlaced, turned upright, in BT.709, at a constant rate from time 0, in every rung's
    size; one sink for each rung. After the end the last picture goes on for ever.
    """
    assert first.time_base is not None
    graph = _Chain(
        "buffer",
        video_size=f"{first.width}x{first.height}",
        pix_fmt=first.format.name,
        time_base=str(first.time_base),
        pixel_aspect=str(form.aspect).replace("/", ":"),
    )
    # A film may begin with whole pictures and go on with interlaced ones; whole ones pass.
    graph.follow("bwdif", "mode=send_frame:parity=auto:deint=interlaced")
    for name, args in form.orientation.filters:
        graph.follow(name, args)
    graph.follow("fps", f"fps={rate}:start_time=0:round=near")
    graph.follow("tpad", "stop=-1:stop_mode=clone")
    sinks: list[Any] = []
    # From the largest down, each from the one above it: the smaller sizes cost a fraction of
    # scaling from the source.
    for index, rung in enumerate(reversed(rungs)):
        size = f"{rung.width}:{rung.height}:flags=bicubic"
        if index:
            graph.follow("scale", size)
        elif tones.is_high_range(form.transfer):
            with tones.table_file(form.transfer) as table:
                for name, args in tones.filters(size, table, full=_is_full(first)):
                    graph.follow(name, args)
        else:
            graph.follow("scale", f"{size}{_colours(first)}")
        graph.follow("setsar", "1")
        graph.follow("format", "yuv420p")
        sinks.insert(0, graph.end(more=index + 1 < len(rungs)))
    graph.graph.configure()
    return graph.graph, sinks


class _Chain:
    """A graph as it grows: each filter follows the last."""

    def __init__(self, name: str, **source: str) -> None:
        self.graph = Graph()
        self._last = self.graph.add(name, **source)

    def follow(self, name: str, args: str = "") -> None:
        node = self.graph.add(name, args)
        self._last.link_to(node)
        self._last = node

    def end(self, *, more: bool) -> Any:
        """A sink here; the chain goes on beside it when there is ``more``."""
        sink = self.graph.add("buffersink")
        if more:
            self.follow("split", "2")
        self._last.link_to(sink, *((1,) if more else ()))
        return sink


def _colours(frame: av.VideoFrame) -> str:
    """How the scaler gets from the frame's colours to BT.709 in limited range, which every
    rendition says it has.

    A film that says nothing is taken as players take it: BT.709 from 720 lines on, BT.601 below.
    """
    matrix = _MATRICES.get(int(frame.colorspace), "")
    if not matrix:
        matrix = "bt709" if min(frame.width, frame.height) >= 720 else "bt601"
    full = _is_full(frame)
    if matrix == "bt709" and not full:
        return ""
    in_range = "pc" if full else "tv"
    return f":in_color_matrix={matrix}:out_color_matrix=bt709:in_range={in_range}:out_range=tv"


_MATRICES = {
    1: "bt709",
    4: "fcc",
    5: "bt601",
    6: "bt601",
    7: "smpte240m",
    9: "bt2020",
    10: "bt2020",
}  # ISO/IEC 23091-2
_FULL_RANGE = 2


def _is_full(frame: av.VideoFrame) -> bool:
    return int(frame.color_range) == _FULL_RANGE or frame.format.name.startswith("yuvj")


def pull(sink: Any) -> Any:
    """The next frame of a graph's end, or None while there is none."""
    try:
        return sink.pull()
    except (av.error.BlockingIOError, av.error.EOFError):
        return None


class AudioFilterGraph:
    """Sound as the encoder wants it: 48 kHz stereo in pieces of 1,024, gaps filled, its loudness
    measured (EBU R 128).
    """

    def __init__(self) -> None:
        self._graph, self._shape = Graph(), ("", "", 0)
        self._source: Any = None
        self._sink: Any = None
        self._given = 0
        self.loudness: float | None = None

    def hear(self, frame: av.AudioFrame | None) -> Iterator[av.AudioFrame]:
        """The sound that can be encoded after ``frame``; None ends it."""
        if self._source is None:
            if frame is None:
                return
            self._build(frame)
        if (
            frame is not None
            and (frame.format.name, frame.layout.name, frame.sample_rate) != self._shape
        ):
            # a stream that changes its sound on the way: what fits is kept, the gap is filled with
            # silence
            return
        self._source.push(frame)
        while (heard := pull(self._sink)) is not None:
            if integrated := heard.metadata.get("lavfi.r128.I"):
                level = float(integrated)
                self.loudness = (
                    level if level > -70 else None
                )  # −70 LUFS is the gate: silence has no loudness
            self._given += heard.samples
            yield heard

    def silence_until(self, seconds: float) -> Iterator[av.AudioFrame]:
        """After the end: silence for as long as the picture goes on. Browsers stop where one of the
        two has run out.
        """
        while self._given < seconds * ladder.AUDIO_RATE:
            quiet = av.AudioFrame.from_ndarray(
                np.zeros((2, 1024), np.float32), format="fltp", layout="stereo"
            )
            quiet.sample_rate, quiet.time_base = ladder.AUDIO_RATE, Fraction(1, ladder.AUDIO_RATE)
            quiet.pts = self._given
            self._given += quiet.samples
            yield quiet

    def _build(self, frame: av.AudioFrame) -> None:
        self._shape = (frame.format.name, frame.layout.name, frame.sample_rate)
        channels = frame.layout.nb_channels
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
            *([self._graph.add("pan", _both_sides(channels))] if _is_unnamed(frame) else []),
            self._graph.add("aresample", f"{ladder.AUDIO_RATE}:async=1:first_pts=0"),
            self._graph.add("ebur128", "metadata=1"),
            self._graph.add(
                "aformat",
                f"sample_fmts=fltp:channel_layouts=stereo:sample_rates={ladder.AUDIO_RATE}",
            ),
            self._graph.add("asetnsamples", "n=1024:p=0"),
            self._sink,
        ]
        for one, following in pairwise(chain):
            one.link_to(following)
        self._graph.configure()


def _is_unnamed(frame: av.AudioFrame) -> bool:
    """Whether nobody says which channel stands where: FFmpeg mixes only what it knows."""
    return "channels" in frame.layout.name


def _both_sides(channels: int) -> str:
    """Unnamed channels by turns left and right, as loud as one of them."""
    sides = [
        "+".join(f"c{number}" for number in range(side if channels > 1 else 0, channels, 2))
        for side in (0, 1)
    ]
    return f"stereo|c0<{sides[0]}|c1<{sides[1]}"
