"""Small real films, made with PyAV as a test needs them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

Paint = Callable[[float], np.ndarray]


def stripes(width: int, height: int) -> Paint:
    """Moving coloured bars: every frame differs, and none is dark."""
    across = np.arange(width)[None, :].repeat(height, 0)

    def paint(time: float) -> np.ndarray:
        place = (across + int(time * 60)) // 8 % 3
        picture = np.full((height, width, 3), 60, np.uint8)
        for channel in range(3):
            picture[..., channel][place == channel] = 220
        return picture

    return paint


def make_film(
    path: Path,
    *,
    seconds: float = 2.0,
    size: tuple[int, int] = (180, 320),
    rate: int = 15,
    sound: str | None = "tone",
    paint: Paint | None = None,
    times: list[float] | None = None,
    video: str = "libx264",
    audio: str = "aac",
    metadata: dict[str, str] | None = None,
    aspect: Fraction | None = None,
    container: dict[str, str] | None = None,
    matrix: str | None = None,
) -> Path:
    """Write a film and return its path. ``times`` gives each frame's own time (a varying rate);
    ``sound`` is a tone, one that comes ``late`` (after a second) or is ``short`` (ends after one),
    ``silence``, or None."""
    width, height = size
    paint = paint or stripes(width, height)
    options = (
        {"preset": "ultrafast"} if video == "libx264" else {"deadline": "realtime", "cpu-used": "8"}
    )
    with av.open(
        str(path), "w", options={"movflags": "use_metadata_tags", **(container or {})}
    ) as film:
        film.metadata.update(metadata or {})
        picture: Any = film.add_stream(video, rate=rate, options=options)
        picture.width, picture.height, picture.pix_fmt = width, height, "yuv420p"
        picture.time_base = picture.codec_context.time_base = (
            Fraction(1, 1000) if times else Fraction(1, rate)
        )
        if aspect:
            picture.codec_context.sample_aspect_ratio = aspect
        voice: Any = film.add_stream(audio, rate=48_000, layout="stereo") if sound else None
        moments = times or [index / rate for index in range(round(seconds * rate))]
        for index, moment in enumerate(moments):
            frame = av.VideoFrame.from_ndarray(paint(moment), format="rgb24")
            if matrix:
                frame = frame.reformat(format="yuv420p", dst_colorspace=matrix)
            frame.pts = round(moment * 1000) if times else index
            frame.time_base = picture.codec_context.time_base
            film.mux(picture.encode(frame))
        if voice is not None:
            length = round((moments[-1] + 1 / rate) * 48_000)
            wave = 0.1 * np.sin(2 * np.pi * 1000 * np.arange(length) / 48_000)
            wave[: {"late": 48_000, "silence": length}.get(sound or "", 0)] = 0
            wave = wave[:48_000] if sound == "short" else wave
            for start in range(0, len(wave), 960):
                piece = wave[start : start + 960].astype(np.float32)
                heard = av.AudioFrame.from_ndarray(
                    np.stack([piece, piece]), format="fltp", layout="stereo"
                )
                heard.sample_rate, heard.pts, heard.time_base = 48_000, start, Fraction(1, 48_000)
                film.mux(voice.encode(heard))
            film.mux(voice.encode(None))
        film.mux(picture.encode(None))
    return path


def turn(path: Path, quarter_turns: int) -> Path:
    """Make an MP4 say that it is shown turned clockwise by so many quarters: the matrix of its
    picture's ``tkhd``.
    """
    matrix = {
        1: (0, 1 << 16, 0, -1 << 16, 0, 0, 0, 0, 1 << 30),
        2: (-1 << 16, 0, 0, 0, -1 << 16, 0, 0, 0, 1 << 30),
        3: (0, -1 << 16, 0, 1 << 16, 0, 0, 0, 0, 1 << 30),
    }[quarter_turns]
    data = bytearray(path.read_bytes())
    place = (
        data.index(b"tkhd") + 4 + 40
    )  # version 0: flags, times, id, length, layer, group, volume
    data[place : place + 36] = b"".join(value.to_bytes(4, "big", signed=True) for value in matrix)
    path.write_bytes(data)
    return path


def box(kind: bytes, body: bytes) -> bytes:
    """One ISO box."""
    return (8 + len(body)).to_bytes(4, "big") + kind + body


def replace_in(path: Path, old: bytes, new: bytes) -> Path:
    """Replace bytes of a file by as many others."""
    assert len(old) == len(new)
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new))
    return path
