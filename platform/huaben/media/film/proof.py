"""Counts what lies in a package's files before it is called made."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path

import av

from moderation.films.timeline import Timeline

from . import ladder
from .playlists import INDEX
from .segments import INIT

_SOUND_SLACK = Fraction(2 * 1024, ladder.AUDIO_RATE)  # the encoder's run-up and its last packet


class PackageDiffers(RuntimeError):
    """The package is not the film; the message says where. An error of ours, not of the film."""


def prove_package(folder: Path, names: list[str], timeline: Timeline, *, sound: bool) -> None:
    """See that every rendition has the film's pictures, and sound of its length, by reading its
    segments as a player does; the pictures of the smallest, the first, are decoded too.

    Raises PackageDiffers and OSError.
    """
    for name in names:
        decode = name == names[0]
        told = _told_seconds(folder / name)
        if abs(told - timeline.seconds) > Fraction(1, 1000):
            raise PackageDiffers(f"{name}: the playlist lasts {float(told):.3f} s")
        packets = pictures = 0
        heard = Fraction(0)
        for segment in _segments(folder / name):
            data = (folder / name / INIT).read_bytes() + (folder / name / segment).read_bytes()
            with av.open(io.BytesIO(data), "r", format="mov") as film:
                for packet in film.demux():
                    if packet.size and isinstance(packet.stream, av.VideoStream):
                        packets += 1
                    elif packet.size and packet.time_base is not None:
                        heard += (packet.duration or 0) * packet.time_base
                    if decode and isinstance(packet.stream, av.VideoStream):
                        pictures += len(packet.decode())
        if packets != timeline.pictures or (decode and pictures != packets):
            raise PackageDiffers(
                f"{name}: {packets} packets and {pictures} pictures of {timeline.pictures}"
            )
        if sound and abs(heard - timeline.seconds) > _SOUND_SLACK:
            raise PackageDiffers(f"{name}: {float(heard):.3f} s of sound")


def _segments(folder: Path) -> list[str]:
    lines = (folder / INDEX).read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _told_seconds(folder: Path) -> Fraction:
    lines = (folder / INDEX).read_text().splitlines()
    return sum(
        (Fraction(line[8:].rstrip(",")) for line in lines if line.startswith("#EXTINF:")),
        Fraction(0),
    )
