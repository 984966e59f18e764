"""Looks at a file before anything is kept: what it holds, and whether we can show it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from huaben.core.sandbox.rejected import RejectedMedia

from .sniff import sniff

VIDEO_CODECS = ("h264", "hevc", "vp8", "vp9", "av1", "libdav1d", "mpeg4", "prores", "mjpeg")
AUDIO_CODECS = (
    *("aac", "mp3", "mp3float", "opus", "libopus", "vorbis", "ac3", "eac3", "flac", "alac"),
    *("pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_f32le", "pcm_u8"),
)
LARGEST_SIDE, SMALLEST_SIDE, MOST_PIXELS, FLATTEST = 4096, 64, 4096 * 2304, 4
FASTEST = 120
_TRIES = 120  # packets to hand the decoder before it must have shown a picture


@dataclass(frozen=True)
class FilmLimits:
    """What a film may be: its length in seconds."""

    shortest_seconds: float = 0.5
    longest_seconds: float = 600.0


@dataclass(frozen=True)
class FilmFacts:
    """What a film is. ``width`` and ``height`` are as shown: turned upright, with square pixels."""

    container: str
    width: int
    height: int
    duration_ms: int
    rate: str  # average pictures a second, as a fraction
    has_audio: bool
    video_codec: str
    audio_codec: str

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)


@contextmanager
def open_film(path: Path, container: str) -> Iterator[InputContainer]:
    """The file, opened so that it can name no other file and no address.

    FFmpeg gets an open file and the one demuxer of its container, so a playlist is never tried;
    nothing it may open beside that is on the protocol whitelist; and only the decoders we know are
    allowed.
    """
    options = {
        "protocol_whitelist": "none",
        "codec_whitelist": ",".join((*VIDEO_CODECS, *AUDIO_CODECS)),
    }
    with path.open("rb") as file:
        try:
            film = av.open(
                file,
                "r",
                format="mov" if container in ("mp4", "mov") else "matroska",
                options=options,
                metadata_errors="replace",
            )
        except (av.error.FFmpegError, ValueError) as exc:
            raise RejectedMedia("unreadable") from exc
        with film:
            yield film


def picture_of(film: InputContainer) -> VideoStream:
    """The film's picture stream; a cover drawn beside a song is none. Raises RejectedMedia."""
    streams = [
        s for s in film.streams.video if not s.disposition & av.stream.Disposition.attached_pic
    ]
    if not streams:
        raise RejectedMedia("no_picture" if film.streams.audio else "not_video")
    stream = max(streams, key=lambda s: (s.width or 0) * (s.height or 0))
    if stream.codec_context is None or stream.codec_context.name not in VIDEO_CODECS:
        raise RejectedMedia("unknown_codec")
    return stream


def sound_of(film: InputContainer) -> Any:
    """The film's first sound stream that has channels, or None.

    Raises RejectedMedia for a codec we do not decode.
    """
    for stream in film.streams.audio:
        if stream.codec_context is None or stream.codec_context.name not in AUDIO_CODECS:
            raise RejectedMedia("unknown_codec")
        if stream.codec_context.sample_rate:
            return stream
    return None


def check_size(width: int, height: int) -> None:
    """Raise RejectedMedia for a picture whose size nobody films in."""
    short, long = min(width, height), max(width, height)
    if (
        short < SMALLEST_SIDE
        or long > LARGEST_SIDE
        or width * height > MOST_PIXELS
        or long > FLATTEST * short
    ):
        raise RejectedMedia("absurd_size", width=width, height=height)


def examine(path: Path, limits: FilmLimits) -> FilmFacts:
    """Read every packet, decode the first and the last pictures.

    Raises RejectedMedia, or OSError when it cannot be read.
    """
    container = sniff(path)
    with open_film(path, container) as film:
        picture, sound = picture_of(film), sound_of(film)
        check_size(picture.width or 0, picture.height or 0)
        try:
            width, height = _first_picture(film, picture)
            seconds, rate = _walk(film, picture, limits)
            _last_picture(film, picture)
        except (av.error.FFmpegError, ValueError) as exc:
            raise RejectedMedia("damaged") from exc
        return FilmFacts(
            container=container,
            width=width,
            height=height,
            duration_ms=round(seconds * 1000),
            rate=str(rate),
            has_audio=sound is not None,
            video_codec=picture.codec_context.name,
            audio_codec=sound.codec_context.name if sound else "",
        )


def shown_size(frame: av.VideoFrame, aspect: Fraction | None) -> tuple[int, int]:
    """Width and height of a frame with square pixels, turned upright; even numbers."""
    width, height = Fraction(frame.width), Fraction(frame.height)
    if aspect and aspect > 0:
        width *= aspect
    if round(frame.rotation / 90) % 2:
        width, height = height, width
    return max(2, 2 * round(width / 2)), max(2, 2 * round(height / 2))


def _first_picture(film: InputContainer, picture: VideoStream) -> tuple[int, int]:
    for tries, packet in enumerate(film.demux(picture)):
        for frame in packet.decode():
            assert isinstance(frame, av.VideoFrame)
            check_size(frame.width, frame.height)
            width, height = shown_size(frame, picture.sample_aspect_ratio)
            check_size(width, height)
            return width, height
        if tries > _TRIES:
            break
    raise RejectedMedia("damaged")


def _walk(film: InputContainer, picture: VideoStream, limits: FilmLimits) -> tuple[float, Fraction]:
    """Length in seconds and average rate, by the packets themselves: what a header says may be a
    lie.
    """
    film.seek(0)
    longest = limits.longest_seconds
    if film.duration and film.duration / av.time_base > longest + 1:
        raise RejectedMedia(
            "too_long", seconds=round(film.duration / av.time_base), longest=round(longest)
        )
    base, first, last, step, count = picture.time_base or Fraction(1, 1000), None, 0, 0, 0
    for packet in film.demux(picture):
        if packet.pts is None:
            continue
        count += 1
        first = packet.pts if first is None else min(first, packet.pts)
        if packet.pts >= last:
            last, step = packet.pts, packet.duration or 0
        if (last - first) * base > longest + 1:
            raise RejectedMedia(
                "too_long", seconds=round(float((last - first) * base)), longest=round(longest)
            )
        if count > (longest + 1) * FASTEST:
            raise RejectedMedia("absurd_rate", fastest=FASTEST)
    if first is None or count < 2 or last <= first:
        raise RejectedMedia("too_short", shortest=limits.shortest_seconds)
    span = (last - first) * base
    rate = Fraction(count - 1) / span
    seconds = float(span + (step * base if step else 1 / rate))
    if seconds < limits.shortest_seconds:
        raise RejectedMedia("too_short", shortest=limits.shortest_seconds)
    if seconds > longest:
        raise RejectedMedia("too_long", seconds=round(seconds), longest=round(longest))
    if rate > FASTEST + 1:
        raise RejectedMedia("absurd_rate", fastest=FASTEST)
    return seconds, rate.limit_denominator(1001)


def _last_picture(film: InputContainer, picture: VideoStream) -> None:
    """The end must decode too: a file whose index is whole may have lost its pictures."""
    end = (picture.start_time or 0) + (picture.duration or 0)
    film.seek(max(0, end), stream=picture, backward=True)
    for packet in film.demux(picture):
        if packet.decode():
            return
    raise RejectedMedia("damaged")
