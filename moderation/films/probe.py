"""Reads what a film is from its packets and its first picture: what a header says may be a lie.

Edit lists are obeyed: FFmpeg marks the packets that an author cut away, and they count for nothing
here. Nothing is decoded but the first picture.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, Literal

import av
from av.container import InputContainer

from .orientation import Orientation, orientation_of
from .timeline import Timeline, motion_rate, timeline_of

Kind = Literal["picture", "sound", "subtitle", "cover", "data"]

# Sound that goes on this much longer than the picture is what codecs fill their last packet with.
_PADDING = Fraction(1, 20)
_TRIES = 240  # packets to hand the decoder before it must have shown a picture
_VP8_SHOWN = 0x10


class UnreadableFilm(ValueError):
    """No film that can be shown. ``code``: ``no_picture``, ``no_film``, ``unknown_codec`` or
    ``damaged``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class StreamFacts:
    """One stream. Times in seconds on the film's own clock, without what an edit list cuts away;
    ``pictures`` are the packets that show one, ``cut_away`` those that an edit list hides.
    ``codec`` is FFmpeg's name, empty when unknown.
    """

    index: int
    kind: Kind
    codec: str
    playable: bool
    preferred: bool
    packets: int
    pictures: int
    cut_away: int
    start: Fraction
    end: Fraction
    times: tuple[Fraction, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class FilmProbe:
    """A film: its streams, the ones that are shown and heard, its start on its own clock, its
    timeline, and the pictures that it shows.
    """

    streams: tuple[StreamFacts, ...]
    picture: StreamFacts
    sound: StreamFacts | None
    start: Fraction
    timeline: Timeline

    @property
    def pictures(self) -> int:
        """How many pictures the film itself shows."""
        return self.picture.pictures

    @property
    def left_out(self) -> tuple[StreamFacts, ...]:
        """The streams that nobody sees or hears when the film is played."""
        played = {self.picture.index} | ({self.sound.index} if self.sound else set())
        return tuple(stream for stream in self.streams if stream.index not in played)


@dataclass(frozen=True)
class FirstPicture:
    """How the pictures are stored: size in pixels, the shape of one pixel, orientation, the number
    of the colour transfer (ISO/IEC 23091-2), and whether it is interlaced.
    """

    width: int
    height: int
    aspect: Fraction
    orientation: Orientation
    transfer: int
    interlaced: bool

    @property
    def shown_size(self) -> tuple[int, int]:
        """Width and height as shown: upright, square pixels, even numbers."""
        width, height = self.width * self.aspect, Fraction(self.height)
        if self.orientation.transposed:
            width, height = height, width
        return max(2, 2 * round(width / 2)), max(2, 2 * round(height / 2))


@dataclass
class _Counted:
    packets: int = 0
    pictures: int = 0
    cut_away: int = 0
    start: Fraction | None = None
    total: Fraction = Fraction(0)
    last: Fraction = Fraction(-1)
    last_duration: Fraction = Fraction(0)
    times: list[Fraction] = field(default_factory=list)


@dataclass(frozen=True)
class ProbeLimits:
    """Where reading stops: seconds of one stream, and pictures in all."""

    seconds: Fraction | None = None
    pictures: int | None = None


class OverLimits(ValueError):
    """A stream is longer than the limits (``seconds`` says so far), or holds too many pictures
    (``seconds`` is None).
    """

    def __init__(self, seconds: Fraction | None) -> None:
        super().__init__("over the limits")
        self.seconds = seconds


def probe_film(
    film: InputContainer,
    *,
    codecs: Collection[str] | None = None,
    limits: ProbeLimits | None = None,
) -> FilmProbe:
    """Read every packet of an open film, which is then at its end: open it again to decode it.

    ``codecs``: the decoders that may be used; None for all there are. Raises UnreadableFilm,
    OverLimits, and what FFmpeg raises for packets that cannot be read.
    """
    counted = {stream.index: _Counted() for stream in film.streams}
    kinds = {stream.index: _kind_of(stream) for stream in film.streams}
    usable = {s.index: _is_usable(s, codecs) for s in film.streams}
    limits = limits or ProbeLimits()
    for packet in film.demux():
        index = packet.stream.index
        tally = counted[index]
        if packet.size == 0:
            continue
        _count(tally, packet, kinds[index])
        if usable[index] and kinds[index] in ("picture", "sound"):
            _check(tally, limits)
    streams = tuple(
        _facts_of(stream, kinds[stream.index], usable[stream.index], counted[stream.index])
        for stream in film.streams
    )
    return _film_of(streams)


def read_first_picture(film: InputContainer, index: int) -> tuple[Any, FirstPicture]:
    """Decode the first picture of a stream: the frame, and how it is stored. Raises UnreadableFilm
    ``damaged``, and what FFmpeg raises.
    """
    stream = film.streams[index]
    for tries, packet in enumerate(film.demux(stream)):
        for frame in packet.decode():
            return frame, stored_form(frame, getattr(stream, "sample_aspect_ratio", None))
        if tries > _TRIES:
            break
    raise UnreadableFilm("damaged")


def stored_form(frame: Any, aspect: Fraction | None) -> FirstPicture:
    """How a decoded picture is stored; ``aspect`` is the shape of a pixel, None or 0 for square."""
    return FirstPicture(
        width=frame.width,
        height=frame.height,
        aspect=Fraction(aspect) if aspect and aspect > 0 else Fraction(1),
        orientation=orientation_of(frame),
        transfer=int(frame.color_trc),
        interlaced=bool(frame.interlaced_frame),
    )


def _kind_of(stream: Any) -> Kind:
    if stream.type == "video":
        cover = stream.disposition & av.stream.Disposition.attached_pic
        return "cover" if cover else "picture"
    if stream.type == "audio":
        return "sound"
    return "subtitle" if stream.type == "subtitle" else "data"


def _is_usable(stream: Any, codecs: Collection[str] | None) -> bool:
    context = stream.codec_context
    if context is None:
        return False
    return codecs is None or context.name in codecs


def _count(tally: _Counted, packet: Any, kind: Kind) -> None:
    tally.packets += 1
    if packet.is_discard:
        tally.cut_away += 1
        return
    base = packet.time_base
    moment = packet.pts if packet.pts is not None else packet.dts
    duration = (packet.duration or 0) * base
    # A packet without any time follows the one before it.
    time = moment * base if moment is not None else tally.last + tally.last_duration
    if kind == "picture" and not _is_shown(packet):
        return
    tally.pictures += 1
    tally.start = time if tally.start is None else min(tally.start, time)
    tally.total += duration
    if time >= tally.last:
        tally.last, tally.last_duration = time, duration
    if kind == "picture":
        insort(tally.times, time)


def _is_shown(packet: Any) -> bool:
    """VP8 stores pictures that only others are made from in packets of their own."""
    context = packet.stream.codec_context
    if context is None or context.name not in ("vp8", "libvpx"):
        return True
    return bool(memoryview(packet)[0] & _VP8_SHOWN)


def _check(tally: _Counted, limits: ProbeLimits) -> None:
    if limits.pictures is not None and tally.times and len(tally.times) > limits.pictures:
        raise OverLimits(None)
    if limits.seconds is not None and tally.start is not None:
        seconds = tally.last - tally.start
        if seconds > limits.seconds:
            raise OverLimits(seconds)


def _facts_of(stream: Any, kind: Kind, usable: bool, tally: _Counted) -> StreamFacts:
    context = stream.codec_context
    start = tally.start or Fraction(0)
    if kind == "sound" and stream.start_time is not None and tally.start is not None:
        # What decoders leave out at the start (the encoder's run-up) is in the packets.
        start = max(start, stream.start_time * stream.time_base)
    return StreamFacts(
        index=stream.index,
        kind=kind,
        codec=context.name if context is not None else "",
        playable=usable and tally.pictures > 0,
        preferred=bool(stream.disposition & av.stream.Disposition.default),
        packets=tally.packets,
        pictures=tally.pictures,
        # Groups of pictures that an edit list hides whole are not even read.
        cut_away=tally.cut_away + max(0, stream.frames - tally.packets),
        start=start,
        end=_end_of(stream, tally),
        times=tuple(tally.times),
    )


def _end_of(stream: Any, tally: _Counted) -> Fraction:
    """When the last picture or sound ends.

    MP4 stores durations in the order of decoding: where pictures are reordered, the one shown last
    does not have its own, but all of them together are right. A picture of which nobody says how
    long it stands, stands as long as the one before it.
    """
    start = tally.start or Fraction(0)
    reordered = "mov" in stream.container.format.name and tally.start is not None
    if reordered and start + tally.total > tally.last:
        end = start + tally.total
    elif tally.last_duration or tally.start is None:
        end = tally.last + tally.last_duration
    else:
        end = _end_by_header(stream, tally)
    if stream.duration:
        # With an edit list: how long it shows the stream. It may end within a picture.
        shown = Fraction(stream.duration + (stream.start_time or 0)) * stream.time_base
        if tally.last < shown < end:
            end = shown
    return end


def _end_by_header(stream: Any, tally: _Counted) -> Fraction:
    """When a last picture of which no packet says how long it stands ends: with the film, by its
    header; else it stands as long as the one before it.
    """
    told = stream.container.duration
    end = Fraction((stream.container.start_time or 0) + (told or 0), av.time_base)
    if told and end > tally.last:
        return end
    return tally.last + (tally.last - tally.times[-2] if len(tally.times) > 1 else 0)


def _film_of(streams: tuple[StreamFacts, ...]) -> FilmProbe:
    picture = _chosen(streams, "picture")
    if picture is None:
        heard = any(stream.kind == "sound" for stream in streams)
        raise UnreadableFilm("no_picture" if heard else "no_film")
    sound = _chosen(streams, "sound")
    start = min(picture.start, sound.start) if sound else picture.start
    end = picture.end
    # Whoever has cut the picture has cut the film: sound that was left under what is cut away is
    # not heard over its last picture.
    if sound and not picture.cut_away and sound.end > end + _PADDING:
        end = sound.end
    timeline = timeline_of(end - start, motion_rate(picture.times))
    bare = tuple(replace(stream, times=()) for stream in streams)
    return FilmProbe(bare, picture, sound, start, timeline)


def _chosen(streams: tuple[StreamFacts, ...], kind: Kind) -> StreamFacts | None:
    """The stream of a kind that is the film: for pictures the one that moves most, since covers are
    not always marked as such; then what the file prefers; then the first.

    Raises UnreadableFilm ``unknown_codec`` when there are such streams, and none can be played.
    """
    found = [stream for stream in streams if stream.kind == kind and stream.pictures]
    known = [stream for stream in found if stream.playable]
    if found and not known:
        raise UnreadableFilm("unknown_codec")
    if not known:
        return None
    if kind == "picture":
        most = max(stream.pictures for stream in known)
        known = [stream for stream in known if 2 * stream.pictures > most]
    return max(known, key=lambda stream: (stream.preferred, -stream.index))
