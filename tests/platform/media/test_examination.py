"""What is taken, and what is refused, by the bytes of real and hostile files."""

from __future__ import annotations

import io
import zipfile
from fractions import Fraction

import av
import numpy as np
import pytest
from PIL import Image

from huaben.core.problems import Problem
from huaben.core.sandbox.parent import SandboxLimits
from huaben.core.sandbox.rejected import RejectedMedia
from huaben.media import rejections
from huaben.media.film.examine import FilmLimits, examine
from huaben.media.sandbox import run_film_task
from tests.platform.media.films import box, make_film, replace_in, turn


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    return make_film(tmp_path_factory.mktemp("films") / "film.mp4", seconds=2)


def why_not(path, **limits):
    with pytest.raises(RejectedMedia) as caught:
        examine(path, FilmLimits(**limits))
    # Every refusal can be said to a person, in both languages.
    problem = rejections.rejection_problem(caught.value.code, caught.value.facts)
    assert (
        problem.detail.zh and problem.detail.en and "{" not in problem.detail.zh + problem.detail.en
    )
    return caught.value.code


@pytest.mark.parametrize(
    ("name", "codecs", "container"),
    [
        ("film.mp4", {}, "mp4"),
        ("film.mov", {}, "mov"),
        ("film.mkv", {}, "matroska"),
        ("film.webm", {"video": "libvpx", "audio": "libopus"}, "webm"),
    ],
)
def test_the_four_containers_are_known_by_their_bytes_whatever_their_name(
    tmp_path, name, codecs, container
):
    path = make_film(tmp_path / name, seconds=1.6, **codecs).rename(tmp_path / "holiday.txt")
    facts = examine(path, FilmLimits())
    assert (facts.container, facts.width, facts.height, facts.has_audio) == (
        container,
        180,
        320,
        True,
    )
    assert facts.duration_ms == pytest.approx(1600, abs=40)


def test_a_turned_film_is_measured_as_it_is_shown(tmp_path):
    path = turn(make_film(tmp_path / "a.mp4", seconds=1, size=(320, 180)), 1)
    facts = examine(path, FilmLimits())
    assert (facts.width, facts.height) == (180, 320)


def test_pixels_that_are_not_square_are_counted_as_they_are_shown(tmp_path):
    path = make_film(tmp_path / "a.mp4", seconds=1, size=(180, 320), aspect=Fraction(2, 1))
    facts = examine(path, FilmLimits())
    assert (facts.width, facts.height) == (360, 320)


@pytest.mark.parametrize("keep", [0.3, 0.7, 0.98])
def test_a_cut_off_film_is_refused_as_cut_off(tmp_path, film, keep):
    data = film.read_bytes()
    path = tmp_path / "a.mp4"
    path.write_bytes(data[: int(len(data) * keep)])
    assert why_not(path) == "truncated"


def test_a_cut_off_film_with_its_index_in_front_is_refused_too(tmp_path):
    path = make_film(tmp_path / "a.mp4", seconds=2, container={"movflags": "faststart"})
    data = path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    path.write_bytes(data[: int(len(data) * 0.8)])
    assert why_not(path) == "truncated"


def test_a_cut_off_matroska_film_is_refused(tmp_path):
    path = make_film(tmp_path / "a.mkv", seconds=2)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * 0.8)])
    assert why_not(path) == "truncated"


def test_things_that_are_no_film_are_refused_whatever_their_name(tmp_path):
    path = tmp_path / "film.mp4"
    picture = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(picture, "PNG")
    for data in (
        b"",
        b"x" * 5000,
        b"%PDF-1.7 " + b"x" * 500,
        picture.getvalue(),
        b"\x7fELF" + bytes(500),
    ):
        path.write_bytes(data)
        assert why_not(path) == "not_video"


@pytest.mark.parametrize(
    "text",
    [
        "ffconcat version 1.0\nfile /etc/passwd\n",
        "#EXTM3U\n#EXTINF:2,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
        '<?xml version="1.0"?><MPD><Period><BaseURL>http://127.0.0.1/</BaseURL></Period></MPD>',
    ],
)
def test_playlists_that_name_other_files_or_addresses_are_refused(tmp_path, text):
    path = tmp_path / "film.mp4"
    path.write_text(text * 20)
    assert why_not(path) == "not_video"


def test_a_playlist_inside_a_film_is_refused(tmp_path, film):
    path = tmp_path / "a.mp4"
    data = film.read_bytes()
    start = int.from_bytes(data[:4], "big")
    path.write_bytes(
        data[:start] + box(b"free", b"#EXTM3U\n#EXTINF:2,\nhttp://127.0.0.1/") + data[start:]
    )
    assert why_not(path) == "two_in_one"


def test_two_files_in_one_are_refused(tmp_path, film):
    path, archive = tmp_path / "a.mp4", io.BytesIO()
    with zipfile.ZipFile(archive, "w") as writer:
        writer.writestr("evil.class", "x")
    for extra in (
        archive.getvalue(),
        box(b"free", archive.getvalue()),
        box(b"free", archive.getvalue()) + box(b"free", b"what follows a zip does not hide it"),
        box(b"sefd", archive.getvalue()) + box(b"sefd", bytes(30)),
        b"<html><script>alert(1)</script>",
        box(b"evil", b"<!DOCTYPE html><script>alert(1)</script>"),
        box(b"evil", b"%PDF-1.7 1 0 obj"),
        b"\0\0\1\x0cevil????",
    ):
        path.write_bytes(film.read_bytes() + extra)
        assert why_not(path) == "two_in_one"


def test_an_encrypted_film_is_refused(tmp_path, film):
    path = tmp_path / "a.mp4"
    path.write_bytes(film.read_bytes())
    assert (
        why_not(replace_in(path, b"avc1\0\0\0\0\0\0\0\x01", b"encv\0\0\0\0\0\0\0\x01"))
        == "encrypted"
    )


def test_a_film_whose_samples_lie_in_another_file_is_refused(tmp_path, film):
    path = tmp_path / "a.mp4"
    path.write_bytes(film.read_bytes())
    assert why_not(replace_in(path, b"url \0\0\0\x01", b"url \0\0\0\0")) == "points_elsewhere"


def test_a_song_is_refused_even_with_a_cover(tmp_path, film):
    path = tmp_path / "song.mp4"
    with av.open(str(film)) as source, av.open(str(path), "w") as song:
        voice = song.add_stream_from_template(source.streams.audio[0])
        for packet in source.demux(source.streams.audio[0]):
            if packet.dts is not None:
                packet.stream = voice
                song.mux(packet)
    assert why_not(path) == "no_picture"


def test_absurd_sizes_are_refused(tmp_path):
    assert why_not(make_film(tmp_path / "a.mp4", seconds=1, size=(32, 32))) == "absurd_size"
    assert why_not(make_film(tmp_path / "b.mp4", seconds=1, size=(64, 640))) == "absurd_size"


def test_a_size_that_only_the_header_claims_does_not_count(tmp_path, film):
    """The pictures measure 180×320; the sample entry is made to say 65,000×65,000."""
    path = tmp_path / "a.mp4"
    path.write_bytes(film.read_bytes())
    size = (180).to_bytes(2, "big") + (320).to_bytes(2, "big")
    data = path.read_bytes()
    place = data.index(size, data.index(b"avc1\0\0\0\0\0\0\0\x01"))
    path.write_bytes(data[:place] + b"\xfd\xe8\xfd\xe8" + data[place + 4 :])
    assert examine(path, FilmLimits()).height == 320


def test_an_absurd_frame_rate_is_refused(tmp_path):
    path = make_film(tmp_path / "a.mp4", rate=240, seconds=1, size=(64, 64), sound=None)
    assert why_not(path) == "absurd_rate"


def test_films_that_are_too_long_or_too_short_are_refused(tmp_path, film):
    assert why_not(film, max_seconds=1.5) == "too_long"
    assert why_not(film, min_seconds=10) == "too_short"
    long = make_film(tmp_path / "long.mp4", size=(64, 64), sound=None, rate=1, seconds=603)
    assert why_not(long) == "too_long"


def test_a_length_that_only_the_header_claims_does_not_count(tmp_path):
    path = make_film(tmp_path / "a.mp4", seconds=2, sound=None)
    data = bytearray(path.read_bytes())
    place = data.index(b"mvhd") + 4 + 16
    data[place : place + 4] = (10).to_bytes(4, "big")  # the header says 10 ms
    path.write_bytes(data)
    assert examine(path, FilmLimits()).duration_ms == pytest.approx(2000, abs=80)


def test_a_film_whose_pictures_are_noise_is_refused(tmp_path, film):
    path = tmp_path / "a.mp4"
    data = bytearray(film.read_bytes())
    place = data.index(b"mdat") + 4
    length = int.from_bytes(data[place - 8 : place - 4], "big") - 8
    data[place : place + length] = np.random.default_rng(1).bytes(length)
    path.write_bytes(data)
    assert why_not(path) in ("damaged", "unreadable")


def test_the_examiner_has_limits_on_memory_and_time(film):
    asked = {"task": "examine", "source": str(film), "film": {}}
    for limits in (SandboxLimits(200 * 1024**2, 60, 60, 1), SandboxLimits(3 * 1024**3, 60, 0, 1)):
        with pytest.raises(Problem) as caught:
            run_film_task(asked, limits)
        assert caught.value.code == "media_too_heavy"
