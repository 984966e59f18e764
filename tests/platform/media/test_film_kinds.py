"""Films of the kinds that makers bring: each is shown as it is meant, or refused in words."""

from __future__ import annotations

import itertools
import struct
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from huaben.core.sandbox.rejected import RejectedMedia
from huaben.media.film import tones
from huaben.media.film.examine import FilmLimits, examine
from huaben.media.film.package import package
from huaben.media.film.proof import PackageDiffers, prove_package
from huaben.media.left_out import words_for_stream
from huaben.media.models import Asset
from moderation.films.timeline import Timeline
from tests.platform.media.film_invariants import played
from tests.platform.media.films import box, make_film
from tests.platform.media.random_films import tracks_of

Packaged = Callable[..., Asset]
_HLS = {"allowed_extensions": "ALL", "allowed_segment_extensions": "ALL"}


def packaged_pictures(film: Path, folder: Path) -> list[np.ndarray]:
    """The pictures that a player shows of a film, grey."""
    folder.mkdir()
    package(film, folder, {}, FilmLimits(), lambda done, total: None)
    with av.open(str(folder / "master.m3u8"), options=_HLS) as out:
        return [frame.to_ndarray(format="gray") for frame in out.decode(video=0)]


def brighter(width: int = 96, height: int = 64) -> Callable[[float], np.ndarray]:
    """A picture that says its time: 20 in grey at the start, 60 more for each second."""

    def paint(time: float) -> np.ndarray:
        return np.full((height, width, 3), min(235, 20 + round(60 * time)), np.uint8)

    return paint


def set_edit(path: Path, start: float, seconds: float, *, tracks: int = 2) -> Path:
    """Make the edit lists of an MP4 show ``seconds`` from ``start`` on."""
    data = bytearray(path.read_bytes())
    for begin, end in tracks_of(data)[:tracks]:
        header, entry = data.index(b"mdhd", begin, end), data.index(b"elst", begin, end)
        scale = int.from_bytes(data[header + 16 : header + 20], "big")
        before = int.from_bytes(data[entry + 16 : entry + 20], "big")
        data[entry + 12 : entry + 20] = struct.pack(
            ">II", round(seconds * 1000), before + round(start * scale)
        )
    path.write_bytes(data)
    return path


def test_a_film_trimmed_at_the_front_begins_where_its_author_began(tmp_path: Path) -> None:
    film = make_film(tmp_path / "a.mp4", size=(96, 64), rate=25, seconds=2, paint=brighter())
    set_edit(film, 1, 1)
    facts = examine(film, FilmLimits())
    assert (facts.duration_ms, facts.pictures) == (1000, 25)
    shown = packaged_pictures(film, tmp_path / "package")
    assert len(shown) == 25
    assert shown[0].mean() == pytest.approx(80, abs=6)


@pytest.mark.parametrize("tracks", [1, 2])
def test_what_is_trimmed_at_the_end_is_neither_seen_nor_heard(tmp_path: Path, tracks: int) -> None:
    film = make_film(tmp_path / "a.mp4", size=(96, 64), rate=25, seconds=2, paint=brighter())
    set_edit(film, 0, 1, tracks=tracks)
    facts = examine(film, FilmLimits())
    assert (facts.duration_ms, facts.pictures) == (1000, 25)
    shown = packaged_pictures(film, tmp_path / "package")
    assert len(shown) == 25
    assert max(picture.mean() for picture in shown) < 82
    assert played(tmp_path / "package") == (25, 1000)


def test_a_picture_whose_edit_list_ends_within_it_is_shown_so_long(tmp_path: Path) -> None:
    film = make_film(tmp_path / "a.mp4", size=(96, 64), rate=1, seconds=8, sound=None)
    set_edit(film, 0, 4.5, tracks=1)
    assert examine(film, FilmLimits()).duration_ms == 4500


@pytest.mark.parametrize("suffix", ["mp4", "mkv"])
def test_a_slideshow_lasts_as_long_as_its_pictures_stand(tmp_path: Path, suffix: str) -> None:
    film = make_film(tmp_path / f"a.{suffix}", size=(96, 64), rate=1, seconds=8, sound=None)
    facts = examine(film, FilmLimits())
    assert (facts.duration_ms, facts.pictures, facts.rate) == (8000, 8, "24")
    assert len(packaged_pictures(film, tmp_path / "package")) == 8 * 24


def test_a_last_picture_stands_for_its_own_time(tmp_path: Path) -> None:
    film = encode_film(tmp_path / "a.mp4", [0.04] * 24 + [4.04])
    assert examine(film, FilmLimits()).duration_ms == 5000
    shown = packaged_pictures(film, tmp_path / "package")
    assert len(shown) == 125
    assert np.abs(shown[-1].astype(int) - shown[30].astype(int)).mean() < 4


@pytest.mark.parametrize("suffix", ["mp4", "mkv"])
def test_a_still_picture_lasts_as_long_as_its_sound(tmp_path: Path, suffix: str) -> None:
    film = encode_film(tmp_path / f"a.{suffix}", [0.04], sound=3.0)
    facts = examine(film, FilmLimits())
    assert facts.duration_ms == pytest.approx(3000, abs=45)
    assert facts.pictures == 1
    pictures = packaged_pictures(film, tmp_path / "package")
    assert len(pictures) == facts.played_pictures


def test_sound_that_goes_on_makes_the_film_longer_and_everybody_says_so(
    packaged: Packaged, tmp_path: Path, stored_in: Path
) -> None:
    asset = packaged(encode_film(tmp_path / "a.mp4", [0.04] * 30, sound=5.0))
    assert asset.duration_ms == pytest.approx(5000, abs=45)
    pictures, milliseconds = played(stored_in / asset.package)
    assert (milliseconds, 40 * pictures) == (asset.duration_ms, asset.duration_ms)


def test_segments_are_cut_by_time_where_the_picture_ends_early(tmp_path: Path) -> None:
    film = encode_film(tmp_path / "a.mp4", [0.04] * 10, sound=7.0)
    folder = tmp_path / "package"
    packaged_pictures(film, folder)
    playlist = next(folder.glob("*/index.m3u8")).read_text()
    lengths = [float(line[8:].rstrip(",")) for line in playlist.splitlines() if "EXTINF" in line]
    assert lengths == [2, 2, 2, pytest.approx(1, abs=0.045)]


def test_the_limit_on_length_holds_for_sound_too(tmp_path: Path) -> None:
    film = encode_film(tmp_path / "a.mp4", [0.04] * 10, sound=4.0)
    with pytest.raises(RejectedMedia) as caught:
        examine(film, FilmLimits(max_seconds=2))
    assert caught.value.code == "too_long"


# The display matrix (a b c d) of each orientation, and where the stored left upper corner goes.
@pytest.mark.parametrize(
    ("matrix", "corner"),
    [
        ((1, 0, 0, 1), (0, 0)),
        ((-1, 0, 0, 1), (1, 0)),
        ((1, 0, 0, -1), (0, 1)),
        ((-1, 0, 0, -1), (1, 1)),
        ((0, 1, 1, 0), (0, 0)),
        ((0, 1, -1, 0), (1, 0)),
        ((0, -1, 1, 0), (0, 1)),
        ((0, -1, -1, 0), (1, 1)),
    ],
)
def test_all_eight_orientations_are_shown_as_meant(
    tmp_path: Path, matrix: tuple[int, int, int, int], corner: tuple[int, int]
) -> None:
    def paint(time: float) -> np.ndarray:
        picture = np.full((64, 96, 3), 40, np.uint8)
        picture[:20, :30] = 230
        return picture

    film = make_film(tmp_path / "a.mp4", size=(96, 64), rate=12, seconds=1, sound=None, paint=paint)
    data = bytearray(film.read_bytes())
    place = data.index(b"tkhd") + 44
    a, b, c, d = (value << 16 for value in matrix)
    data[place : place + 36] = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)
    film.write_bytes(data)
    shown = packaged_pictures(film, tmp_path / "package")[0]
    assert shown.shape == ((64, 96) if matrix[0] else (96, 64))
    x, y = corner
    there = shown[-18:, :] if y else shown[:18, :]
    assert (there[:, -18:] if x else there[:, :18]).mean() > 180
    assert shown.mean() < 90


def test_a_screen_recording_plays_at_the_rate_of_its_motion(tmp_path: Path) -> None:
    steps = [1 / 30] * 29 + [3, 2] + [1 / 30] * 30
    film = encode_film(tmp_path / "a.mp4", steps)
    facts = examine(film, FilmLimits())
    assert facts.rate == "30"
    assert facts.duration_ms == pytest.approx(1000 * sum(steps), abs=20)


@pytest.mark.parametrize("place", ["first", "last"])
def test_boxes_that_nobody_knows_are_passed_over(tmp_path: Path, place: str) -> None:
    extra = box(b"uuid", bytes(24)) + box(b"sefd", b"not known here")
    # In front of fragments that count from their own start, nothing needs to be moved along.
    film = make_film(
        tmp_path / "b.mp4",
        size=(96, 64),
        seconds=1,
        container={"movflags": "frag_keyframe+empty_moov+default_base_moof"},
    )
    data = film.read_bytes()
    film.write_bytes(extra + data if place == "first" else data + extra)
    assert examine(film, FilmLimits()).duration_ms == pytest.approx(1000, abs=40)


def test_a_film_with_a_cover_is_the_film(tmp_path: Path) -> None:
    for name, attached in (("a.mp4", True), ("b.mp4", False)):
        path = tmp_path / name
        with av.open(str(path), "w") as out:
            cover: Any = out.add_stream("mjpeg", rate=1)
            cover.width, cover.height, cover.pix_fmt = 640, 640, "yuvj420p"
            picture: Any = out.add_stream("libx264", rate=25, options={"preset": "ultrafast"})
            picture.width, picture.height, picture.pix_fmt = 96, 64, "yuv420p"
            if attached:
                cover.disposition = av.stream.Disposition.attached_pic
            still = av.VideoFrame.from_ndarray(np.full((640, 640, 3), 90, np.uint8), "rgb24")
            out.mux([*cover.encode(still.reformat(format="yuvj420p")), *cover.encode(None)])
            for index in range(25):
                frame = av.VideoFrame.from_ndarray(brighter()(index / 25), "rgb24")
                out.mux(picture.encode(frame))
            out.mux(picture.encode(None))
        facts = examine(path, FilmLimits())
        assert (facts.width, facts.height, facts.pictures) == (96, 64, 25)
        assert [stream["codec"] for stream in facts.left_out] == ["mjpeg"]


def test_a_second_sound_track_that_nobody_can_decode_is_left_out_and_said(
    packaged: Packaged, tmp_path: Path, stored_in: Path
) -> None:
    path = tmp_path / "a.mp4"
    encode_film(tmp_path / "b.mp4", [0.04] * 30, sound=1.2)
    with av.open(str(tmp_path / "b.mp4")) as source, av.open(str(path), "w") as out:
        copies = [out.add_stream_from_template(source.streams[index]) for index in (0, 1, 1)]
        for packet in source.demux():
            if packet.size:
                data, audio = bytes(packet), packet.stream.type == "audio"
                packet.stream = copies[int(audio)]
                out.mux(packet)
                if audio:
                    again = av.Packet(data)
                    again.pts, again.dts, again.duration = packet.pts, packet.dts, packet.duration
                    again.time_base, again.stream = packet.time_base, copies[2]
                    out.mux(again)
    path.write_bytes(in_unknown_codec(path.read_bytes()))
    asset = packaged(path)
    assert asset.left_out == [{"kind": "sound", "codec": ""}]
    assert words_for_stream(asset.left_out[0]).en == "a second sound track (unknown encoding)"
    with av.open(str(stored_in / asset.package / "master.m3u8"), options=_HLS) as out:
        assert sum(frame.samples for frame in out.decode(audio=0)) > 40_000


@pytest.mark.parametrize("channels", [4, 9])
def test_channels_that_nobody_names_are_heard(tmp_path: Path, channels: int) -> None:
    path = tmp_path / "a.mkv"
    make_film(tmp_path / "b.mkv", size=(96, 64), seconds=1, sound=None)
    wave = (8000 * np.sin(np.arange(48_000) / 20)).astype(np.int16)
    with av.open(str(tmp_path / "b.mkv")) as source, av.open(str(path), "w") as out:
        picture = out.add_stream_from_template(source.streams.video[0])
        voice: Any = out.add_stream("pcm_s16le", rate=48_000, layout=f"{channels} channels")
        for packet in source.demux(video=0):
            if packet.size:
                packet.stream = picture
                out.mux(packet)
        for start in range(0, 48_000, 1600):
            piece = np.repeat(wave[start : start + 1600], channels)[None]
            frame = av.AudioFrame.from_ndarray(piece, "s16", f"{channels} channels")
            frame.sample_rate, frame.pts, frame.time_base = 48_000, start, Fraction(1, 48_000)
            out.mux(voice.encode(frame))
    assert examine(path, FilmLimits()).has_audio
    folder = tmp_path / "package"
    packaged_pictures(path, folder)
    with av.open(str(folder / "master.m3u8"), options=_HLS) as heard:
        sound = np.concatenate([frame.to_ndarray() for frame in heard.decode(audio=0)], axis=1)
    assert np.abs(sound[:, 10_000:40_000]).max(axis=1) == pytest.approx([0.24, 0.24], abs=0.08)


def test_what_cannot_be_played_is_refused_when_it_is_examined(tmp_path: Path) -> None:
    unseen = encode_film(tmp_path / "a.mkv", [0.04] * 30, codec="ffv1")
    unheard = encode_film(tmp_path / "b.mp4", [0.04] * 30, sound=1.0)
    unheard.write_bytes(in_unknown_codec(unheard.read_bytes()))
    for film in (unseen, unheard):
        with pytest.raises(RejectedMedia) as caught:
            examine(film, FilmLimits())
        assert caught.value.code == "unknown_codec"


@pytest.mark.parametrize("transfer", [tones.PQ, tones.HLG])
def test_high_range_is_mapped_to_what_an_ordinary_screen_shows(
    tmp_path: Path, transfer: int
) -> None:
    """A sheet of paper is light grey, a lamp is white, black stays black. Shown unmapped, paper
    at 203 cd/m² in PQ would be 58 % grey, in HLG 75 %.
    """
    names = {tones.PQ: "smpte2084", tones.HLG: "arib-std-b67"}
    paper = {tones.PQ: 0.5807, tones.HLG: 0.75}[transfer]
    levels = [0.0, paper, 1.0]
    planes = np.full((96, 96), 512, np.uint16)  # 64 rows of luma, 32 of chroma
    for index, level in enumerate(levels):
        planes[:64, 32 * index : 32 * index + 32] = round(64 + 876 * level)
    path = tmp_path / "a.mkv"
    with av.open(str(path), "w") as out:
        options = {
            "preset": "ultrafast",
            "x265-params": "log-level=none:colorprim=bt2020:colormatrix=bt2020nc:"
            f"transfer={names[transfer]}",
        }
        picture: Any = out.add_stream("libx265", rate=25, options=options)
        picture.width, picture.height, picture.pix_fmt = 96, 64, "yuv420p10le"
        for _ in range(20):
            out.mux(picture.encode(av.VideoFrame.from_ndarray(planes, "yuv420p10le")))
        out.mux(picture.encode(None))
    with av.open(str(path)) as source:
        assert int(next(source.decode(video=0)).color_trc) == transfer
    shown = packaged_pictures(path, tmp_path / "package")[5]
    black, white, lamp = (shown[20:40, 32 * i + 8 : 32 * i + 24].mean() for i in range(3))
    assert black < 20
    assert white == pytest.approx(0.76 * 255, abs=8)
    assert lamp > 230


def test_interlaced_film_is_deinterlaced(tmp_path: Path) -> None:
    """Every second line shows a later moment: a moving bar has a comb for an edge, until woven."""
    path = tmp_path / "a.mkv"
    with av.open(str(path), "w") as out:
        options = {"preset": "ultrafast", "x264-params": "tff=1"}
        picture: Any = out.add_stream("libx264", rate=25, options=options)
        picture.width, picture.height, picture.pix_fmt = 128, 96, "yuv420p"
        for index in range(25):
            plane = np.full((96, 128, 3), 40, np.uint8)
            for field in (0, 1):
                at = 6 * (2 * index + field) % 100
                plane[field::2, at : at + 24] = 220
            out.mux(picture.encode(av.VideoFrame.from_ndarray(plane, "rgb24")))
        out.mux(picture.encode(None))
    shown = packaged_pictures(path, tmp_path / "package")

    def comb(grey: np.ndarray) -> float:
        lines = grey.astype(int)
        return float(np.abs(lines[1:-1] - (lines[:-2] + lines[2:]) / 2).mean())

    with av.open(str(path)) as source:
        stored = [frame.to_ndarray(format="gray") for frame in source.decode(video=0)]
    assert comb(stored[8]) > 8
    assert comb(shown[8]) < comb(stored[8]) / 3


def in_unknown_codec(film: bytes) -> bytes:
    """The last sound track of an MP4 in a codec that FFmpeg does not know, as telephones write."""
    entry = film.rindex(b"mp4a\0\0\0\0\0\0")
    setup = film.index(b"esds", entry)
    return film[:entry] + b"apac" + film[entry + 4 : setup] + b"dapa" + film[setup + 4 :]


def test_a_package_that_lacks_a_picture_does_not_count_as_made(tmp_path: Path) -> None:
    film = make_film(tmp_path / "a.mp4", size=(96, 64), rate=25, seconds=3)
    folder = tmp_path / "package"
    packaged_pictures(film, folder)
    name = next(folder.glob("*/index.m3u8")).parent.name
    prove_package(folder, [name], Timeline(Fraction(25), 75), sound=True)
    with pytest.raises(PackageDiffers):
        prove_package(folder, [name], Timeline(Fraction(25), 76), sound=True)
    segment = folder / name / "00001.m4s"
    segment.write_bytes((folder / name / "00000.m4s").read_bytes())
    with pytest.raises(PackageDiffers):
        prove_package(folder, [name], Timeline(Fraction(25), 75), sound=True)


def encode_film(
    path: Path, steps: list[float], *, sound: float | None = None, codec: str = "libx264"
) -> Path:
    """A film whose pictures stand for ``steps`` seconds each, and ``sound`` seconds of a tone."""
    base = Fraction(1, 12_000)
    starts = [0.0, *itertools.accumulate(steps)]
    with av.open(str(path), "w") as out:
        options = {"preset": "ultrafast", "bf": "0"} if codec == "libx264" else {}
        picture: Any = out.add_stream(codec, rate=25, options=options)
        picture.width, picture.height, picture.pix_fmt = 96, 64, "yuv420p"
        picture.codec_context.time_base = base
        voice: Any = out.add_stream("aac", rate=48_000, layout="mono") if sound else None
        packets, lengths = [], {}
        for index, start in enumerate(starts[:-1]):
            frame = av.VideoFrame.from_ndarray(brighter()(index / 25), "rgb24")
            frame = frame.reformat(format="yuv420p")
            frame.pts, frame.time_base = round(start / base), base
            lengths[frame.pts] = round(starts[index + 1] / base) - frame.pts
            packets += picture.encode(frame)
        for packet in [*packets, *picture.encode(None)]:
            packet.duration = lengths[packet.pts]
            out.mux(packet)
        if voice is not None and sound:
            wave = np.sin(np.arange(round(sound * 48_000)) / 9).astype(np.float32)[None] / 4
            heard = av.AudioFrame.from_ndarray(wave, "fltp", "mono")
            heard.sample_rate = 48_000
            out.mux([*voice.encode(heard), *voice.encode(None)])
    return path


def test_the_table_of_tones_keeps_grey_grey() -> None:
    made = tones.table(tones.PQ)
    greys = made[range(33), range(33), range(33)]
    assert np.ptp(greys, axis=1).max() < 0.02
    assert (np.diff(greys[:, 0]) >= 0).all()
