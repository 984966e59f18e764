"""What must hold of every film that is taken: one length and one picture count, wherever asked."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from huaben.media.film.examine import FilmLimits, examine
from huaben.media.film.package import package
from moderation.labels import producer_label, read_label, write_label
from tests.platform.media.random_films import RandomFilm

LABEL = producer_label("0011" + "0" * 18 + "1TEST", "ep-1")
_HLS = {"allowed_extensions": "ALL", "allowed_segment_extensions": "ALL"}


def check_film(film: RandomFilm, folder: Path) -> None:
    """Examine, label and package a random film. Raises AssertionError that names its traits."""
    facts = examine(film.path, FilmLimits())
    labelled = folder / f"labelled{film.path.suffix}"
    write_label(film.path, labelled, LABEL)
    copied = examine(labelled, FilmLimits())
    made_in = folder / "package"
    made_in.mkdir()
    made = package(labelled, made_in, {}, FilmLimits(), lambda done, total: None)
    seconds = Fraction(facts.played_pictures) / Fraction(facts.rate)
    found = {
        "decoded": (decoded_pictures(film.path), decoded_pictures(labelled)),
        "examined": facts.pictures,
        "copied": copied == facts,
        "label": read_label(labelled) == LABEL,
        "package": (made.duration_ms, made.pictures),
        "played": played(made_in),
        "left_out": len(facts.left_out),
    }
    assert found == {
        "decoded": (film.pictures, film.pictures),
        "examined": film.pictures,
        "copied": True,
        "label": True,
        "package": (facts.duration_ms, facts.played_pictures),
        "played": (facts.played_pictures, facts.duration_ms),
        "left_out": film.left_out,
    }, (found, film.traits)
    assert facts.duration_ms == round(seconds * 1000), film.traits
    off = abs(seconds - film.seconds)
    assert off <= film.slack, (float(seconds), float(film.seconds), film.traits)
    assert corner_of(made_in, film) == film.corner, film.traits


def decoded_pictures(path: Path) -> int:
    """How many pictures a decoder that obeys edit lists gives of the stream that moves most."""
    with av.open(str(path)) as film:
        counts = dict.fromkeys((stream.index for stream in film.streams.video), 0)
        for packet in film.demux(*film.streams.video):
            counts[packet.stream.index] += len(packet.decode())
    return max(counts.values())


def played(folder: Path) -> tuple[int, int]:
    """Pictures, and milliseconds by the playlist, of a player that follows the master playlist."""
    with av.open(str(folder / "master.m3u8"), options=_HLS) as film:
        pictures = sum(1 for _ in film.decode(video=0))
    index = next(folder.glob("*/index.m3u8")).read_text().splitlines()
    told = sum(Fraction(line[8:].rstrip(",")) for line in index if line.startswith("#EXTINF:"))
    return pictures, round(told * 1000)


def corner_of(folder: Path, film: RandomFilm) -> tuple[int, int]:
    """Which corner of the first picture played is the bright one."""
    with av.open(str(folder / "master.m3u8"), options=_HLS) as played_film:
        frame: Any = next(played_film.decode(video=0))
    assert (frame.width < frame.height) == film.transposed, film.traits
    picture = frame.to_ndarray(format="gray")
    rows, columns = picture.shape
    means = {
        (x, y): picture[
            y * rows // 2 + rows // 8 : y * rows // 2 + 3 * rows // 8,
            x * columns // 2 + columns // 8 : x * columns // 2 + 3 * columns // 8,
        ].mean()
        for x in (0, 1)
        for y in (0, 1)
    }
    return max(means, key=lambda corner: means[corner])
