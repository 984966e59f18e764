"""Decode a film once, under limits, and hand its pictures and sound to whoever measures them.

Uploads are hostile until shown otherwise: what the file is, is found from its content, the demuxer
is named (so that a playlist cannot make FFmpeg open other files), and size, length and dimensions
are bounded before and while decoding.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Protocol

import av
import av.error
import numpy as np
from numpy.typing import NDArray

from moderation.films.containers import demuxer_of, detect_container
from moderation.films.probe import (
    FilmProbe,
    OverLimits,
    ProbeLimits,
    UnreadableFilm,
    probe_film,
)

GRID_LONG_SIDE = 64  # cells on the longer side of the small picture that is measured
SOUND_RATE = 48000

# Sound alone, by first bytes: offset, bytes, FFmpeg's name.
_SOUNDS: tuple[tuple[int, bytes, str], ...] = (
    (8, b"WAVE", "wav"),
    (0, b"ID3", "mp3"),
    (0, b"\xff\xfb", "mp3"),
)


class MediaError(ValueError):
    """A file that cannot be moderated. ``code`` is stable; the message is one line that can be
    shown.
    """

    code = "media"


class NotMedia(MediaError):
    """Not a film or a sound that is known here."""

    code = "not_media"


class DamagedMedia(MediaError):
    """Starts like a film and is none: truncated, or nothing in it decodes."""

    code = "damaged_media"


class MediaTooLarge(MediaError):
    """More bytes, seconds or pixels than the limits allow, or claims to be."""

    code = "media_too_large"


@dataclass(frozen=True)
class MediaLimits:
    """What is decoded at most. ``max_pixels`` is width × height of one picture."""

    max_bytes: int = 4 * 1024**3
    max_seconds: float = 2 * 3600.0
    max_pixels: int = 4096 * 2304
    max_fps: float = 120.0
    max_channels: int = 64


@dataclass(frozen=True)
class MediaInfo:
    """What was decoded. Seconds and pixels; ``fps`` 0 and sizes 0 without a picture; ``undecoded``
    packets failed.
    """

    duration: float
    width: int
    height: int
    fps: float
    has_picture: bool
    has_sound: bool
    undecoded: int = 0


class PictureListener(Protocol):
    """Takes small pictures in order of time."""

    def picture(self, time: float, luma: NDArray[np.uint8]) -> None:
        """``luma`` has shape (rows, columns), full range 0–255, the longer side ``GRID_LONG_SIDE``
        cells.
        """
        ...


class SoundListener(Protocol):
    """Takes sound in order of time."""

    def sound(self, time: float, samples: NDArray[np.float32]) -> None:
        """``samples`` has shape (channels, n) at ``SOUND_RATE``; full scale is ±1."""
        ...


def sniff(path: Path) -> str:
    """FFmpeg's name for the container, from the first bytes. Raises NotMedia or OSError."""
    container = detect_container(path)
    if container is not None:
        return demuxer_of(container)
    with path.open("rb") as file:
        head = file.read(64)
    for offset, signature, name in _SOUNDS:
        if head[offset : offset + len(signature)] == signature:
            return name
    raise NotMedia(f"{path.name} is not an MP4, MOV, MKV, WebM, WAV or MP3 file")


def decode(
    path: Path,
    *,
    limits: MediaLimits,
    pictures: tuple[PictureListener, ...] = (),
    sounds: tuple[SoundListener, ...] = (),
    on_progress: Callable[[float], None] | None = None,
) -> MediaInfo:
    """Decode the picture and the sound that are the film once, side by side; a file that is sound
    alone too. What an edit list cuts away is not handed on.

    ``on_progress`` gets fractions in 0–1. Raises NotMedia, DamagedMedia, MediaTooLarge or OSError.
    A packet that does not decode is counted and skipped: players do the same.
    """
    size = path.stat().st_size
    if size > limits.max_bytes:
        raise MediaTooLarge(f"{path.name} is {size} bytes; at most {limits.max_bytes} are allowed")
    name = sniff(path)
    try:
        probe = _probe(path, name, limits)
        # The decoders that look at the first packets while opening must know the pixel limit too.
        with (
            path.open("rb") as file,
            av.open(file, "r", format=name, options=_bounds(limits)) as container,
        ):
            return _Decoding(
                path,
                container,
                probe,
                limits=limits,
                pictures=pictures,
                sounds=sounds,
                on_progress=on_progress,
            ).run()
    except av.error.FFmpegError as error:
        raise DamagedMedia(
            f"{path.name} is truncated or damaged: {error.strerror or error}"
        ) from error


def _probe(path: Path, name: str, limits: MediaLimits) -> FilmProbe | None:
    """What the film is; None for sound alone."""
    seconds = Fraction(limits.max_seconds)
    with (
        path.open("rb") as file,
        av.open(file, "r", format=name, options=_bounds(limits)) as container,
    ):
        if all(_is_cover(stream) for stream in container.streams.video):
            return None
        try:
            return probe_film(container, limits=ProbeLimits(seconds=seconds))
        except OverLimits as error:
            raise MediaTooLarge(_too_long(path, float(error.seconds or 0), limits)) from error
        except UnreadableFilm as error:
            raise DamagedMedia(
                f"{path.name} holds nothing that decodes: it is truncated or damaged"
            ) from error


def _bounds(limits: MediaLimits) -> dict[str, str]:
    return {"max_pixels": str(limits.max_pixels)}


class _Decoding:
    """One run through a file."""

    def __init__(
        self,
        path: Path,
        container: Any,
        probe: FilmProbe | None,
        *,
        limits: MediaLimits,
        pictures: tuple[PictureListener, ...],
        sounds: tuple[SoundListener, ...],
        on_progress: Callable[[float], None] | None,
    ) -> None:
        self.path, self.container, self.limits = path, container, limits
        self.pictures, self.sounds, self.on_progress = pictures, sounds, on_progress
        if probe is None:
            self.video, self.audio = None, next(iter(container.streams.audio), None)
            self.length: float | None = None
            self.origin: float | None = None
        else:
            self.video = container.streams[probe.picture.index]
            self.audio = container.streams[probe.sound.index] if probe.sound else None
            self.length, self.origin = float(probe.timeline.seconds), float(probe.start)
        self.header_seconds = (
            container.duration / av.time_base if container.duration else self.length or 0.0
        )
        self.picture_end = self.sound_end = 0.0
        self.frames = self.undecoded = 0
        self.grid = (0, 0)
        self.resampler: Any = None

    def run(self) -> MediaInfo:
        self._check_header()
        if self.video is not None:
            self.video.codec_context.options = _bounds(self.limits)
            self.video.thread_type = "AUTO"
            self.grid = _grid_shape(self.video.codec_context.width, self.video.codec_context.height)
        for packet in self.container.demux([s for s in (self.video, self.audio) if s is not None]):
            try:
                frames = packet.decode()
            except av.error.FFmpegError:
                self.undecoded += 1
                continue
            for frame in frames:
                self._handle_frame(frame)
            if self.on_progress and self.header_seconds:
                self.on_progress(
                    min(1.0, max(self.picture_end, self.sound_end) / self.header_seconds)
                )
        self._flush_sound()
        if not self.frames and not self.sound_end:
            raise DamagedMedia(
                f"{self.path.name} holds nothing that decodes: it is truncated or damaged"
            )
        context = self.video.codec_context if self.video is not None else None
        return MediaInfo(
            duration=self.length or max(self.picture_end, self.sound_end),
            width=context.width if context else 0,
            height=context.height if context else 0,
            fps=float(self.video.average_rate or 0) if self.video is not None else 0.0,
            has_picture=self.frames > 0,
            has_sound=self.sound_end > 0,
            undecoded=self.undecoded,
        )

    def _check_header(self) -> None:
        if self.video is None and self.audio is None:
            raise NotMedia(f"{self.path.name} holds neither picture nor sound")
        self._check_seconds(self.header_seconds)
        if self.video is not None:
            context = self.video.codec_context
            self._check_pixels(context.width, context.height)
            if context.width == 0 or context.height == 0:
                raise DamagedMedia(
                    f"{self.path.name} has a picture of no size: it is truncated or damaged"
                )
        if self.audio is not None and self.audio.codec_context.channels > self.limits.max_channels:
            raise MediaTooLarge(
                f"{self.path.name} has more than {self.limits.max_channels} channels of sound"
            )

    def _check_seconds(self, seconds: float) -> None:
        if seconds > self.limits.max_seconds:
            raise MediaTooLarge(_too_long(self.path, seconds, self.limits))

    def _check_pixels(self, width: int, height: int) -> None:
        if width * height > self.limits.max_pixels:
            raise MediaTooLarge(
                f"{self.path.name} has pictures of {width}×{height}; {self.limits.max_pixels} "
                "pixels are allowed"
            )

    def _handle_frame(self, frame: Any) -> None:
        time = frame.time
        if time is None:
            return
        if self.origin is None:
            self.origin = time
        time = max(0.0, time - self.origin)
        self._check_seconds(time)
        if self.length is not None and time >= self.length:
            return
        if isinstance(frame, av.VideoFrame):
            self._handle_picture(time, frame)
        else:
            self._handle_sound(time, frame)

    def _handle_picture(self, time: float, frame: Any) -> None:
        self.frames += 1
        self._check_pixels(frame.width, frame.height)
        if self.frames > self.limits.max_fps * (time + 10):
            raise MediaTooLarge(
                f"{self.path.name} has more than {self.limits.max_fps:g} pictures a second"
            )
        rate = float(self.video.average_rate or 25) if self.video is not None else 25.0
        self.picture_end = max(self.picture_end, time + 1 / rate)
        if self.pictures:
            rows, columns = self.grid
            small = frame.reformat(
                width=columns,
                height=rows,
                format="gray",
                interpolation="AREA",
                dst_color_range="JPEG",
            )
            luma = small.to_ndarray()
            for listener in self.pictures:
                listener.picture(time, luma)

    def _handle_sound(self, time: float, frame: Any) -> None:
        if self.resampler is None:
            self.resampler = av.AudioResampler(
                format="flt", layout=frame.layout.name, rate=SOUND_RATE
            )
            self.sound_end = time
        for piece in self.resampler.resample(frame):
            self._emit_sound(piece)

    def _flush_sound(self) -> None:
        if self.resampler is not None:
            for piece in self.resampler.resample(None):
                self._emit_sound(piece)

    def _emit_sound(self, piece: Any) -> None:
        # Interleaved: PyAV reads no more than eight planes.
        packed = piece.to_ndarray().astype(np.float32, copy=False)
        samples = np.ascontiguousarray(packed.reshape(-1, piece.layout.nb_channels).T)
        for listener in self.sounds:
            listener.sound(self.sound_end, samples)
        self.sound_end += samples.shape[1] / SOUND_RATE


def _too_long(path: Path, seconds: float, limits: MediaLimits) -> str:
    return f"{path.name} is {seconds:.0f} s long; at most {limits.max_seconds:.0f} s are allowed"


def _is_cover(stream: Any) -> bool:
    return bool(stream.disposition & type(stream.disposition).attached_pic)


def _grid_shape(width: int, height: int) -> tuple[int, int]:
    scale = GRID_LONG_SIDE / max(width, height, 1)
    return max(2, math.ceil(height * scale)), max(2, math.ceil(width * scale))
