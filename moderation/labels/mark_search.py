"""Looks for the explicit mark on a film's first seconds.

What this is, and is not: matching of rendered words (“AI生成” in three typefaces, at several sizes)
against the strips along the upper and lower edge, by normalised cross-correlation. It finds upright
marks in typefaces near those, light on dark or dark on light. It reads nothing: ``not_seen`` means
that *this* did not see a mark, not that there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import av
import av.error
import numpy as np
from av.video.stream import VideoStream
from numpy.typing import NDArray

from moderation.films.containers import demuxer_of
from moderation.films.probe import UnreadableFilm, probe_film
from moderation.labels.errors import UnreadableFile
from moderation.labels.files import detect_container
from moderation.labels.mark_templates import INK_HEIGHT, load_templates
from moderation.labels.rules import LabelRules, rules_in_force

# The picture is scaled so that a mark of the height that we draw (``mark_height_ratio``) has the
# height of the templates.
_SHORT_SIDE = 436
_SIZES = tuple(
    INK_HEIGHT * 1.04**step for step in range(-5, 16)
)  # 4.6 % to 10 % of the shortest side
_STRIP = 0.25
# correlation from which a match counts; see docs/moderation.md for what it was measured on
_MIN_CORRELATION = 0.62
_SAMPLE_SECONDS = 0.25  # seconds between sampled frames
_BOUNDS = {"max_pixels": str(4096 * 2304)}

State = Literal["seen", "not_seen", "not_checked"]
Image2D = NDArray[np.float32]


@dataclass(frozen=True)
class MarkSearch:
    """``seconds`` that the mark shown_seconds from the start on; ``height_ratio`` of the shortest
    side; ``likeness`` in 0–1.
    """

    state: State
    seconds: float = 0.0
    height_ratio: float = 0.0
    likeness: float = 0.0


@dataclass(frozen=True)
class _Match:
    row: int
    column: int
    template: Image2D
    likeness: float


def search_mark(path: Path, rules: LabelRules | None = None) -> MarkSearch:
    """Whether a mark of lawful height is seen from the first frame on for the time that the rule
    asks.

    Raises UnsupportedContainer, UnreadableFile or OSError. A file without a picture is
    ``not_checked``.
    """
    rules = rules or rules_in_force()
    frames = _sample_frames(path, rules.min_seconds)
    if not frames:
        return MarkSearch("not_checked")
    match = _search(frames[0][1])
    if match is None:
        return MarkSearch("not_seen")
    shown_seconds, likeness = 0.0, match.likeness
    for _, picture, shown_until in frames:
        likeness_here = _likeness_at(picture, match)
        if likeness_here < _MIN_CORRELATION:
            break
        shown_seconds, likeness = shown_until, min(likeness, likeness_here)
    ratio = match.template.shape[0] / _SHORT_SIDE
    lawful = (
        shown_seconds >= rules.min_seconds - 1e-3 and ratio >= rules.min_height_ratio * 0.95
    )  # sizes come in steps of 4 %
    return MarkSearch(
        "seen" if lawful else "not_seen",
        round(shown_seconds, 3),
        round(ratio, 4),
        round(likeness, 3),
    )


def _sample_frames(path: Path, seconds: float) -> list[tuple[float, Image2D, float]]:
    """Time, picture and end of the pictures about every ``_SAMPLE_SECONDS`` s until ``seconds`` are
    covered.
    """
    reader = demuxer_of(detect_container(path))
    found: list[tuple[float, Image2D, float]] = []
    try:
        index = _picture_index(path, reader)
        if index is None:
            return []
        with (
            path.open("rb") as file,
            av.open(file, "r", format=reader, options=_BOUNDS) as film,
        ):
            stream = film.streams[index]
            assert isinstance(stream, VideoStream)
            stream.codec_context.options = _BOUNDS
            length = 1 / float(stream.average_rate or 25)
            first: float | None = None
            for frame in film.decode(stream):
                if frame.time is None:
                    continue
                first = frame.time if first is None else first
                time = frame.time - first
                if not found or time - found[-1][0] >= _SAMPLE_SECONDS or time + length >= seconds:
                    found.append((time, _scaled(frame), time + length))
                if time + length >= seconds - 1e-3:
                    break
    except av.error.FFmpegError as error:
        raise UnreadableFile(f"{path.name} cannot be decoded: {error.strerror or error}") from error
    return found


def _picture_index(path: Path, reader: str) -> int | None:
    """Which stream is the film's picture; None for sound alone, or a codec that is not decoded."""
    with path.open("rb") as file, av.open(file, "r", format=reader, options=_BOUNDS) as film:
        try:
            return probe_film(film).picture.index
        except UnreadableFilm:
            return None


def _scaled(frame: Any) -> Image2D:
    scale = _SHORT_SIDE / min(frame.width, frame.height)
    small = frame.reformat(
        width=round(frame.width * scale),
        height=round(frame.height * scale),
        format="gray",
        interpolation="AREA",
    )
    return _softened(small.to_ndarray().astype(np.float32))


def _search(picture: Image2D) -> _Match | None:
    strip = round(picture.shape[0] * _STRIP)
    best: _Match | None = None
    for top in (0, picture.shape[0] - strip):
        part = picture[top : top + strip]
        for template in _templates():
            if template.shape[0] > part.shape[0] or template.shape[1] > part.shape[1]:
                continue
            likeness_here = np.abs(_correlation(part, template))
            row, column = np.unravel_index(int(likeness_here.argmax()), likeness_here.shape)
            if best is None or likeness_here[row, column] > best.likeness:
                best = _Match(
                    int(row) + top, int(column), template, float(likeness_here[row, column])
                )
    return best if best is not None and best.likeness >= _MIN_CORRELATION else None


def _likeness_at(picture: Image2D, match: _Match) -> float:
    """Likeness at the match, a pixel or two to either side: encoders shift edges a little."""
    height, width = match.template.shape
    top, left = max(0, match.row - 2), max(0, match.column - 2)
    part = picture[top : match.row + height + 2, left : match.column + width + 2]
    return float(np.abs(_correlation(part, match.template)).max())


def _templates() -> list[Image2D]:
    from PIL import Image

    found = []
    for drawn in load_templates():
        for size in _SIZES:
            width = round(drawn.shape[1] * size / drawn.shape[0])
            image = Image.fromarray(drawn).resize((width, round(size)), Image.Resampling.BILINEAR)
            found.append(_softened(np.asarray(image, dtype=np.float32)))
    return found


def _softened(picture: Image2D) -> Image2D:
    """Thin strokes half a pixel off would not overlap at all; a little blur lets them."""
    from scipy.ndimage import gaussian_filter

    return np.asarray(gaussian_filter(picture, 0.8), dtype=np.float32)


def _correlation(picture: Image2D, template: Image2D) -> Image2D:
    """Normalised cross-correlation at every match where the template fits: in -1…1."""
    from scipy.signal import fftconvolve

    centred = template - template.mean()
    ones = np.ones_like(template)
    cells = template.size
    shifted = picture - picture.mean()  # keeps the squares small
    total = fftconvolve(shifted, ones, "valid")
    squares = fftconvolve(shifted * shifted, ones, "valid") - total * total / cells
    product = fftconvolve(shifted, centred[::-1, ::-1], "valid")
    # A flat patch correlates with nothing: two grey levels of deviation is noise.
    return np.asarray(
        product / np.sqrt(np.maximum(squares, 4 * cells) * np.square(centred).sum()),
        dtype=np.float32,
    )
