"""Films of the kinds that lost something when they were labelled: a labelled copy is the film."""

from __future__ import annotations

import struct
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from moderation.films import proof
from moderation.labels import LabelError, files, producer_label, read_label, verify, write_label
from moderation.labels.isobmff import boxes, top_level
from moderation.media import MediaLimits, decode

LABEL = producer_label("0011" + "0" * 18 + "1TEST", "ep-1")


def make(
    path: Path,
    *,
    codec: str = "libx264",
    pictures: int = 60,
    options: dict[str, str] | None = None,
    container: dict[str, str] | None = None,
    before: Callable[[Any], list[tuple[Any, bytes]]] = lambda out: [],
) -> Path:
    """A small film. ``before`` adds streams, and gives their one packet each."""
    with av.open(str(path), "w", options=container or {}) as out:
        picture: Any = out.add_stream(codec, rate=25, options=options or {})
        picture.width, picture.height, picture.pix_fmt = 96, 64, "yuv420p"
        extra = before(out)
        out.start_encoding()
        for index in range(pictures):
            plane = np.full((64, 96, 3), 40, np.uint8)
            plane[:, index % 90 :] = 200
            out.mux(picture.encode(av.VideoFrame.from_ndarray(plane, "rgb24")))
        for stream, data in extra:
            packet = av.Packet(data)
            packet.pts = packet.dts = 0
            packet.duration, packet.time_base, packet.stream = 500, Fraction(1, 1000), stream
            packet.is_keyframe = True
            out.mux(packet)
        out.mux(picture.encode(None))
    return path


def labelled(path: Path) -> Path:
    """The labelled copy, lawful and with everything that the film has."""
    target = path.with_name(f"labelled-{path.name}")
    assert write_label(path, target, LABEL) == LABEL
    assert verify(target, look_for_mark=False).lawful
    container = files.detect_container(path)
    assert proof.count_streams(target, container) == proof.count_streams(path, container)
    return target


def shown_in(path: Path) -> list[float]:
    with av.open(str(path)) as film:
        return [float(frame.time or 0) for frame in film.decode(video=0)]


def test_no_group_of_pictures_is_lost_where_packets_have_no_decoding_time(tmp_path: Path) -> None:
    film = make(
        tmp_path / "a.mkv", pictures=100, options={"x264-params": "keyint=25:bframes=3:b-adapt=0"}
    )
    with av.open(str(film)) as source:
        assert any(packet.dts is None for packet in source.demux() if packet.size)
    times = shown_in(labelled(film))
    assert (len(times), times[0]) == (100, 0)


@pytest.mark.parametrize(("name", "codec"), [("a.mp4", "libsvtav1"), ("a.webm", "libvpx-vp9")])
def test_a_copy_needs_no_encoder_of_the_films_codec(tmp_path: Path, name: str, codec: str) -> None:
    assert len(shown_in(labelled(make(tmp_path / name, codec=codec, pictures=10)))) == 10


def test_picture_subtitles_and_attachments_stay_what_they_are(tmp_path: Path) -> None:
    def before(out: Any) -> list[tuple[Any, bytes]]:
        out.add_attachment("font.ttf", "font/ttf", b"a font" * 50)
        return [(out.add_mux_stream("pgssub"), b"\x80\0\0"), (out.add_mux_stream("subrip"), b"hm")]

    film = labelled(make(tmp_path / "a.mkv", before=before))
    with av.open(str(film)) as copy:
        assert [stream.type for stream in copy.streams] == [
            *("video", "subtitle", "subtitle", "attachment"),
        ]
        assert sum(1 for packet in copy.demux(video=0) if packet.size) == 60


def test_captions_stay_what_they_are(tmp_path: Path) -> None:
    def before(out: Any) -> list[tuple[Any, bytes]]:
        return [(out.add_mux_stream("mov_text"), b"\0\2hm")]

    film = make(tmp_path / "a.mp4", before=before)
    film.write_bytes(film.read_bytes().replace(b"tx3g\0\0\0\0", b"c608\0\0\0\0"))
    with av.open(str(labelled(film))) as copy:
        assert [stream.type for stream in copy.streams] == ["video", "subtitle"]


@pytest.mark.parametrize("where", ["front", "end"])
def test_what_an_author_cut_away_stays_away(tmp_path: Path, where: str) -> None:
    film = make(tmp_path / "a.mp4", pictures=50)
    data = bytearray(film.read_bytes())
    place, header = data.index(b"elst"), data.index(b"mdhd")
    scale = int.from_bytes(data[header + 16 : header + 20], "big")
    start = int.from_bytes(data[place + 16 : place + 20], "big")
    start += scale if where == "front" else 0
    data[place + 12 : place + 20] = struct.pack(">II", 1000, start)
    film.write_bytes(data)
    assert len(shown_in(film)) == 25
    assert len(shown_in(labelled(film))) == 25


@pytest.mark.parametrize("movflags", ["", "faststart", "frag_keyframe+empty_moov"])
@pytest.mark.parametrize("large", [False, True])
def test_offsets_move_along_with_the_media_data(tmp_path: Path, movflags: str, large: bool) -> None:
    film = make(tmp_path / "a.mp4", container={"movflags": movflags} if movflags else {})
    if large:
        film.write_bytes(with_large_offsets(film.read_bytes()))
    assert len(shown_in(labelled(labelled(film)))) == 60


def with_large_offsets(data: bytes) -> bytes:
    """The MP4 with its ``stco`` as ``co64``; only where the index stands last."""
    place = data.find(b"stco")
    if place < 0 or data.index(b"moov") < data.index(b"mdat"):
        return data
    count = int.from_bytes(data[place + 8 : place + 12], "big")
    old = struct.unpack(f">{count}I", data[place + 12 : place + 12 + 4 * count])
    box = struct.pack(f">I4sII{count}Q", 16 + 8 * count, b"co64", 0, count, *old)
    changed = bytearray(data[: place - 4] + box + data[place + 12 + 4 * count :])
    for kind in (b"moov", b"trak", b"mdia", b"minf", b"stbl"):
        at = changed.index(kind) - 4
        size = int.from_bytes(changed[at : at + 4], "big") + 4 * count
        changed[at : at + 4] = size.to_bytes(4, "big")
    return bytes(changed)


@pytest.mark.parametrize("name", ["a.mkv", "a.webm"])
def test_a_recording_of_unknown_length_is_labelled(tmp_path: Path, name: str) -> None:
    """Live recordings say neither how long they are nor how long their parts are."""
    codec = "libx264" if name == "a.mkv" else "libvpx"
    film = make(tmp_path / name, codec=codec, container={"live": "1"})
    assert b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff" in film.read_bytes()
    assert len(shown_in(labelled(film))) == 60


def test_boxes_that_nobody_knows_and_other_metadata_are_kept(tmp_path: Path) -> None:
    film = make(tmp_path / "a.mp4")
    with film.open("ab") as file:
        file.write(struct.pack(">I4s", 16, b"sefd") + b"samsung!")
    with film.open("rb") as old, labelled(film).open("rb") as new:
        kinds = [kind for kind, _, _ in top_level(old)]
        assert [kind for kind, _, _ in top_level(new)] == kinds
    assert b"samsung!" in film.with_name("labelled-a.mp4").read_bytes()


def test_a_label_joins_the_keys_that_are_there(tmp_path: Path) -> None:
    film = tmp_path / "a.mp4"
    with av.open(str(film), "w", options={"movflags": "use_metadata_tags"}) as out:
        out.metadata.update({"title": "白蛇", "com.example.mood": "calm"})
        picture: Any = out.add_stream("libx264", rate=25)
        picture.width, picture.height, picture.pix_fmt = 96, 64, "yuv420p"
        for _ in range(30):
            plane = np.full((64, 96, 3), 90, np.uint8)
            out.mux(picture.encode(av.VideoFrame.from_ndarray(plane, "rgb24")))
        out.mux(picture.encode(None))
    copy = labelled(film)
    with av.open(str(copy)) as found:
        assert (found.metadata["title"], found.metadata["com.example.mood"]) == ("白蛇", "calm")
    data = memoryview(copy.read_bytes())
    movie = next(content for kind, content in boxes(data) if kind == b"moov")
    user = next(content for kind, content in boxes(movie) if kind == b"udta")
    assert [kind for kind, _ in boxes(user)] == [b"meta"]


def test_a_copy_that_differs_is_never_called_made(tmp_path: Path) -> None:
    whole = make(tmp_path / "a.mp4", pictures=50)
    shorter = make(tmp_path / "b.mp4", pictures=49)
    other = make(tmp_path / "c.mp4", pictures=50, options={"crf": "40"})
    for copy, word in ((shorter, "packets"), (other, "content")):
        with pytest.raises(proof.CopyDiffers, match=word):
            proof.prove_copy(whole, copy, "mp4")
    assert proof.prove_copy(whole, whole, "mp4")[0].pictures == 50


def test_a_film_whose_index_points_nowhere_is_not_labelled(tmp_path: Path) -> None:
    """Something was put in front of it, and its offsets were left as they were."""
    film = make(tmp_path / "a.mp4", container={"movflags": "faststart"})
    film.write_bytes(struct.pack(">I4s", 2000, b"free") + bytes(1992) + film.read_bytes())
    with pytest.raises(LabelError):
        write_label(film, tmp_path / "out.mp4", LABEL)
    assert not (tmp_path / "out.mp4").exists()
    assert read_label(film) is None


def test_more_channels_than_eight_are_measured(tmp_path: Path) -> None:
    path = tmp_path / "a.mkv"
    with av.open(str(path), "w") as out:
        picture: Any = out.add_stream("libx264", rate=25)
        picture.width, picture.height, picture.pix_fmt = 96, 64, "yuv420p"
        voice: Any = out.add_stream("pcm_s16le", rate=48_000, layout="9 channels")
        for index in range(25):
            plane = np.full((64, 96, 3), 40 + index, np.uint8)
            out.mux(picture.encode(av.VideoFrame.from_ndarray(plane, "rgb24")))
            wave = np.full((1, 9 * 1920), 9000, np.int16)
            sound = av.AudioFrame.from_ndarray(wave, "s16", "9 channels")
            sound.sample_rate, sound.pts = 48_000, index * 1920
            sound.time_base = Fraction(1, 48_000)
            out.mux(voice.encode(sound))
        out.mux(picture.encode(None))

    class Meter:
        heard: list[np.ndarray] = []

        def sound(self, time: float, samples: np.ndarray) -> None:
            self.heard.append(samples)

    info = decode(path, limits=MediaLimits(), sounds=(Meter(),))
    heard = np.concatenate(Meter.heard, axis=1)
    assert (info.duration, heard.shape) == (1.0, (9, 48_000))
    assert np.allclose(heard, 9000 / 32768, atol=0.001)
