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

from huaben.core.sandbox.rejected import RejectedMedia
from moderation.films.containers import demuxer_of
from moderation.films.probe import (
    FilmProbe,
    FirstPicture,
    OverLimits,
    ProbeLimits,
    UnreadableFilm,
    probe_film,
    read_first_picture,
)
from moderation.labels import UnreadableFile, read_label_texts

from .sniff import sniff

VIDEO_CODECS = (
    *("h264", "hevc", "vp8", "vp9", "av1", "libdav1d"),
    *("mpeg4", "mpeg2video", "prores", "dnxhd", "mjpeg"),
)
AUDIO_CODECS = (
    *("aac", "mp3", "mp3float", "mp2", "mp2float", "opus", "libopus", "vorbis"),
    *("ac3", "eac3", "flac", "alac"),
    *("pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_s32be"),
    *("pcm_f32le", "pcm_f32be", "pcm_f64le", "pcm_f64be", "pcm_u8", "pcm_s8"),
    *("pcm_alaw", "pcm_mulaw"),
)
MAX_SIDE, MIN_SIDE, MAX_PIXELS, MAX_ASPECT = 4096, 64, 4096 * 2304, 4
FASTEST = 120
MAX_CHANNELS = 64


@dataclass(frozen=True)
class FilmLimits:
    """What a film may be: its length in seconds."""

    min_seconds: float = 0.5
    max_seconds: float = 600.0


@dataclass(frozen=True)
class Film:
    """A file that can be shown: what was read of it."""

    container: str
    probe: FilmProbe
    form: FirstPicture


@dataclass(frozen=True)
class FilmFacts:
    """What a film is. ``width`` and ``height`` are as shown: turned upright, with square pixels.

    ``duration_ms`` is the length at which it is played, ``rate`` (a fraction) and
    ``played_pictures`` are those of its package; ``pictures`` are the film's own. ``left_out``
    names the streams that nobody sees or hears: ``kind`` and ``codec`` of each.
    """

    container: str
    width: int
    height: int
    duration_ms: int
    rate: str
    pictures: int
    played_pictures: int
    has_audio: bool
    video_codec: str
    audio_codec: str
    left_out: list[dict[str, str]]

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
                format=demuxer_of(container),
                options=options,
                metadata_errors="replace",
            )
        except (av.error.FFmpegError, ValueError) as exc:
            raise RejectedMedia("unreadable") from exc
        with film:
            yield film


def check_size(width: int, height: int) -> None:
    """Raise RejectedMedia for a picture whose size nobody films in."""
    short, long = min(width, height), max(width, height)
    if (
        short < MIN_SIDE
        or long > MAX_SIDE
        or width * height > MAX_PIXELS
        or long > MAX_ASPECT * short
    ):
        raise RejectedMedia("absurd_size", width=width, height=height)


def examine(path: Path, limits: FilmLimits) -> FilmFacts:
    """What a film is. Raises RejectedMedia, or OSError when it cannot be read."""
    film = read_film(path, limits)
    probe = film.probe
    width, height = film.form.shown_size
    return FilmFacts(
        container=film.container,
        width=width,
        height=height,
        duration_ms=probe.timeline.duration_ms,
        rate=str(probe.timeline.rate),
        pictures=probe.pictures,
        played_pictures=probe.timeline.pictures,
        has_audio=probe.sound is not None,
        video_codec=probe.picture.codec,
        audio_codec=probe.sound.codec if probe.sound else "",
        left_out=[{"kind": stream.kind, "codec": stream.codec} for stream in probe.left_out],
    )


def read_film(path: Path, limits: FilmLimits) -> Film:
    """Read every packet, decode the first and the last pictures, and see that the file can be
    labelled.

    Raises RejectedMedia, or OSError when it cannot be read.
    """
    container = sniff(path)
    try:
        read_label_texts(path)
    except UnreadableFile as exc:
        raise RejectedMedia("unreadable") from exc
    try:
        with open_film(path, container) as film:
            probe = _probe(film, limits)
        with open_film(path, container) as film:
            form = _look(film, probe)
    except UnreadableFilm as exc:
        raise RejectedMedia("not_video" if exc.code == "no_film" else exc.code) from exc
    except (av.error.FFmpegError, ValueError) as exc:
        raise RejectedMedia("damaged") from exc
    return Film(container, probe, form)


def _probe(film: InputContainer, limits: FilmLimits) -> FilmProbe:
    longest, shortest = limits.max_seconds, limits.min_seconds
    try:
        probe = probe_film(
            film,
            codecs={*VIDEO_CODECS, *AUDIO_CODECS},
            limits=ProbeLimits(Fraction(longest + 1), round((longest + 1) * FASTEST)),
        )
    except OverLimits as exc:
        if exc.seconds is None:
            raise RejectedMedia("absurd_rate", fastest=FASTEST) from exc
        raise RejectedMedia("too_long", seconds=round(exc.seconds), longest=round(longest)) from exc
    seconds, times = probe.timeline.seconds, probe.picture.times
    if seconds < shortest:
        raise RejectedMedia("too_short", shortest=shortest)
    if seconds > longest:
        raise RejectedMedia("too_long", seconds=round(seconds), longest=round(longest))
    if len(times) > 1 and (len(times) - 1) > (FASTEST + 1) * (times[-1] - times[0]):
        raise RejectedMedia("absurd_rate", fastest=FASTEST)
    sound = film.streams[probe.sound.index] if probe.sound else None
    if isinstance(sound, av.AudioStream) and sound.codec_context.channels > MAX_CHANNELS:
        raise RejectedMedia("too_many_channels", most=MAX_CHANNELS)
    return probe


def _look(film: InputContainer, probe: FilmProbe) -> FirstPicture:
    """The first picture; and the last must decode too: a file whose index is whole may have lost
    its pictures.
    """
    stream = film.streams[probe.picture.index]
    assert isinstance(stream, av.VideoStream)
    # Decoders make room for what the header says before they show a picture.
    check_size(stream.width or 0, stream.height or 0)
    frame, form = read_first_picture(film, probe.picture.index)
    check_size(frame.width, frame.height)
    check_size(*form.shown_size)
    assert stream.time_base is not None
    film.seek(round(probe.picture.times[-1] / stream.time_base), stream=stream, backward=True)
    for packet in film.demux(stream):
        if packet.decode():
            return form
    raise UnreadableFilm("damaged")
