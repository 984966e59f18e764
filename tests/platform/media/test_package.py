"""What is made of a film: renditions, pictures, loudness, labels."""

from __future__ import annotations

import io
from itertools import pairwise

import av
import numpy as np
import pytest
from PIL import Image

from huaben.core.sandbox.rejected import RejectedMedia
from huaben.media.film import ladder
from huaben.media.film.examine import FilmLimits
from huaben.media.film.group_cache import EncodedPicture, GroupCache
from huaben.media.film.package import package
from moderation.labels import AigcLabel, read_label
from tests.platform.media.films import make_film, stripes, turn


@pytest.fixture
def made(tmp_path):
    """``made(film)`` packages it here and now; gives the folder and what was made."""

    def make(film, metadata=None):
        folder = tmp_path / "package"
        folder.mkdir()
        heard = []
        found = package(
            film,
            folder,
            metadata or {},
            FilmLimits(),
            lambda done, total: heard.append((done, total)),
        )
        return folder, found, heard

    return make


def frames_of(*paths):
    """The decoded pictures of an init segment and some media segments, and nothing else."""
    with av.open(io.BytesIO(b"".join(path.read_bytes() for path in paths)), format="mov") as film:
        return list(film.decode(video=0))


def playlist(path):
    return [line for line in path.read_text().splitlines() if line and not line.startswith("#")]


def test_a_phones_film_gets_every_rung_with_segments_that_line_up(tmp_path, made):
    folder, found, heard = made(
        make_film(tmp_path / "a.mp4", size=(1080, 1920), seconds=4.5, rate=8)
    )
    assert [(v.name, v.width, v.height) for v in found.variants] == [
        ("540p", 540, 960),
        ("720p", 720, 1280),
        ("1080p", 1080, 1920),
    ]
    for variant in found.variants:
        rung = folder / variant.name
        assert playlist(rung / "index.m3u8") == ["00000.m4s", "00001.m4s", "00002.m4s"]
        counts = []
        for index in range(3):
            pictures = frames_of(
                rung / "init.mp4", rung / f"{index:05d}.m4s"
            )  # each can be decoded alone
            assert pictures[0].key_frame and not any(p.key_frame for p in pictures[1:])
            assert (pictures[0].width, pictures[0].height) == (variant.width, variant.height)
            counts.append(len(pictures))
        assert counts == [16, 16, 4]
        sizes = [(rung / f"{index:05d}.m4s").stat().st_size * 8 / 2 for index in range(2)]
        assert variant.bandwidth >= max(sizes)
    assert heard and all(0 < done <= total for done, total in heard)


def test_a_player_that_follows_the_master_playlist_gets_the_whole_film(tmp_path, made):
    folder, found, _ = made(make_film(tmp_path / "a.mp4", size=(560, 560), seconds=3, rate=25))
    master = (folder / "master.m3u8").read_text()
    assert (
        "RESOLUTION=540x540" in master and 'CODECS="avc1.6400' in master and "mp4a.40.2" in master
    )
    assert f"BANDWIDTH={found.variants[0].bandwidth}," in master
    with av.open(
        str(folder / "master.m3u8"),
        options={"allowed_extensions": "ALL", "allowed_segment_extensions": "ALL"},
    ) as film:
        pictures = sum(1 for frame in film.decode(video=0))
    with av.open(
        str(folder / "master.m3u8"),
        options={"allowed_extensions": "ALL", "allowed_segment_extensions": "ALL"},
    ) as film:
        sound = sum(frame.samples for frame in film.decode(audio=0))
    assert pictures == 75
    assert sound / 48_000 == pytest.approx(3, abs=0.1)


def test_picture_and_sound_stay_together(tmp_path, made):
    """A flash and a tone that begin at the same moment still do."""

    def flash(time):
        return np.full((320, 180, 3), 255 if time >= 1 else 30, np.uint8)

    path = make_film(tmp_path / "a.mkv", seconds=2, rate=25, paint=flash, sound="late")
    folder, _, _ = made(path)
    data = b"".join((folder / "180p" / name).read_bytes() for name in ("init.mp4", "00000.m4s"))
    with av.open(io.BytesIO(data), format="mov") as film:
        bright = next(
            f.time for f in film.decode(video=0) if f.to_ndarray(format="gray").mean() > 150
        )
    with av.open(io.BytesIO(data), format="mov") as film:
        loud = next(f.time for f in film.decode(audio=0) if np.abs(f.to_ndarray()).max() > 0.05)
    assert bright == pytest.approx(1, abs=0.001)
    assert loud == pytest.approx(1, abs=0.03)


@pytest.mark.parametrize(
    ("size", "rungs"),
    [
        ((300, 500), [(300, 500)]),
        ((540, 960), [(540, 960)]),
        ((1280, 720), [(960, 540), (1280, 720)]),
        ((718, 1280), [(540, 962)]),
        ((1080, 1080), [(540, 540), (720, 720), (1080, 1080)]),
        ((2160, 3840), [(540, 960), (720, 1280), (1080, 1920)]),
    ],
)
def test_rungs_never_enlarge_and_keep_the_shape(size, rungs):
    assert [(rung.width, rung.height) for rung in ladder.rungs_for(*size)] == rungs


def test_an_odd_size_becomes_even(tmp_path, made):
    film = make_film(
        tmp_path / "a.webm", size=(181, 321), seconds=1, video="libvpx", audio="libopus"
    )
    _, found, _ = made(film)
    assert (found.variants[0].width % 2, found.variants[0].height % 2) == (0, 0)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_turned_film_is_shown_upright(tmp_path, made, quarters):
    """The stored picture has a white bar on its left; clockwise it comes to the top, then the
    right, then the bottom.
    """

    def left_bar(time):
        picture = np.full((180, 320, 3), 60, np.uint8)
        picture[:, :60] = 250
        return picture

    film = turn(make_film(tmp_path / "a.mp4", size=(320, 180), seconds=1, paint=left_bar), quarters)
    folder, found, _ = made(film)
    name = found.variants[0].name
    shown = frames_of(folder / name / "init.mp4", folder / name / "00000.m4s")[0].to_ndarray(
        format="gray"
    )
    assert shown.shape == ((180, 320) if quarters == 2 else (320, 180))
    side = {1: shown[:20, :], 2: shown[:, -20:], 3: shown[-20:, :]}[quarters]
    assert side.mean() > 200 and shown.mean() < 130


def test_a_varying_rate_becomes_constant_and_nothing_drifts(tmp_path, made):
    rng = np.random.default_rng(3)
    times = np.cumsum(rng.choice([0.020, 0.033, 0.090], 90)).tolist()
    film = make_film(tmp_path / "a.mkv", times=times, rate=30, sound="tone")
    folder, found, _ = made(film)
    name = found.variants[0].name
    segments = [folder / name / file for file in playlist(folder / name / "index.m3u8")]
    pictures = frames_of(folder / name / "init.mp4", *segments)
    steps = {round(float(b.time - a.time), 4) for a, b in pairwise(pictures)}
    assert len(steps) == 1
    assert pictures[-1].time - pictures[0].time == pytest.approx(times[-1], abs=0.12)


def test_a_film_without_sound_is_packaged_without(tmp_path, made):
    folder, found, _ = made(make_film(tmp_path / "a.mp4", seconds=1, sound=None))
    assert found.loudness_lufs is None
    assert found.variants[0].codecs.startswith("avc1.") and "mp4a" not in found.variants[0].codecs
    with av.open(str(folder / "180p" / "init.mp4"), format="mov") as init:
        assert [stream.type for stream in init.streams] == ["video"]


def test_loudness_is_measured(tmp_path, made):
    """A 1 kHz sine with a peak of 0.1 in both channels: −20 dBFS peak, −20 LUFS by EBU Tech 3341,
    case 1.
    """
    _, found, _ = made(make_film(tmp_path / "a.mp4", seconds=3))
    assert found.loudness_lufs == pytest.approx(-20, abs=0.2)


def test_silence_has_no_loudness(tmp_path, made):
    _, found, _ = made(make_film(tmp_path / "a.mp4", seconds=2, sound="silence"))
    assert found.loudness_lufs is None


def test_the_poster_is_not_the_black_that_a_film_begins_with(tmp_path, made):
    bars = stripes(540, 960)

    def fade_in(time):
        return bars(time) if time >= 2 else np.zeros((960, 540, 3), np.uint8)

    folder, _, _ = made(make_film(tmp_path / "a.mp4", size=(540, 960), seconds=4, paint=fade_in))
    poster = Image.open(folder / "poster.webp")
    assert poster.size == (540, 960)
    assert np.asarray(poster).mean() > 80


def test_the_sprite_shows_each_moment_in_its_tile(tmp_path, made):
    """The film grows brighter by the second, and so do the tiles, row by row."""

    def brighter(time):
        return np.full((320, 180, 3), 20 * int(time) + 20, np.uint8)

    folder, found, _ = made(make_film(tmp_path / "a.mp4", seconds=11.5, rate=8, paint=brighter))
    layout = found.sprite
    assert layout == {"columns": 10, "rows": 2, "interval_ms": 1000, "width": 90, "height": 160}
    sheet = np.asarray(Image.open(folder / "sprite.webp").convert("L")).astype(float)
    assert sheet.shape == (320, 900)
    for index in range(12):
        x, y = index % 10 * 90, index // 10 * 160
        assert sheet[y + 20 : y + 140, x + 20 : x + 70].mean() == pytest.approx(
            20 * index + 20, abs=12
        )


def test_the_label_stands_in_every_init_segment(tmp_path, made):
    label = AigcLabel(
        Label="1", ContentProducer="p", ProduceID="1", ContentPropagator="p", PropagateID="1"
    )
    film = make_film(tmp_path / "a.mp4", size=(720, 720), seconds=1)
    folder, found, _ = made(film, metadata={"AIGC": label.to_json()})
    for variant in found.variants:
        assert read_label(folder / variant.name / "init.mp4") == label


def test_a_film_with_broken_pictures_in_the_middle_is_refused(tmp_path, made):
    path = make_film(tmp_path / "a.mp4", seconds=4)
    data = bytearray(path.read_bytes())
    place = data.index(b"mdat") + 4
    length = int.from_bytes(data[place - 8 : place - 4], "big") - 8
    middle = slice(place + length // 4, place + 3 * length // 4)
    data[middle] = np.random.default_rng(1).bytes(middle.stop - middle.start)
    path.write_bytes(data)
    with pytest.raises(RejectedMedia) as caught:
        made(path)
    assert caught.value.code in ("damaged", "truncated")


def test_sound_that_ends_before_the_picture_goes_on_as_silence(tmp_path, made):
    """Browsers stop where one of the two has run out."""
    folder, found, _ = made(make_film(tmp_path / "a.mp4", seconds=5, sound="short"))
    assert found.variants[0].codecs.endswith("mp4a.40.2")
    for index, length in enumerate((2, 2, 1)):
        data = b"".join(
            (folder / "180p" / name).read_bytes() for name in ("init.mp4", f"{index:05d}.m4s")
        )
        with av.open(io.BytesIO(data), format="mov") as film:
            heard = sum(frame.samples for frame in film.decode(audio=0)) / 48_000
        assert heard == pytest.approx(length, abs=0.15)


@pytest.mark.parametrize("size", [(180, 320), (720, 1280)])
def test_colours_stay_what_they_were(tmp_path, made, size):
    """A small film that names no matrix is BT.601, a large one BT.709, as players take them;
    renditions are BT.709.
    """

    def red(time):
        return np.full((size[1], size[0], 3), (200, 40, 60), np.uint8)

    film = make_film(
        tmp_path / "a.mp4",
        size=size,
        seconds=1,
        paint=red,
        matrix=None if size[0] < 720 else "ITU709",
    )
    folder, found, _ = made(film)
    for variant in found.variants:
        shown = frames_of(folder / variant.name / "init.mp4", folder / variant.name / "00000.m4s")[
            5
        ]
        assert int(shown.colorspace) == 1
        colour = shown.reformat(format="rgb24", src_colorspace="ITU709").to_ndarray()[50, 50]
        assert np.abs(colour.astype(int) - (200, 40, 60)).max() <= 5


class Died(Exception):
    pass


def test_an_attempt_that_goes_on_encodes_only_what_is_missing(tmp_path):
    film = make_film(tmp_path / "a.mp4", size=(720, 1280), seconds=9, rate=24)
    kept, first, second = tmp_path / "kept", tmp_path / "first", tmp_path / "second"

    def die(done, total):
        if done > 6:
            raise Died

    first.mkdir()
    with pytest.raises(Died):
        package(film, first, {}, FilmLimits(), die, cache=kept)
    groups = {path: path.stat().st_mtime_ns for path in kept.rglob("*.gop")}
    for rung in ("540p", "720p"):
        assert 1 <= len([path for path in groups if path.parent.name == rung]) <= 3

    second.mkdir()
    made = package(film, second, {"AIGC": "{}"}, FilmLimits(), lambda done, total: None, cache=kept)
    assert {path: path.stat().st_mtime_ns for path in groups} == groups
    assert made.duration_ms == pytest.approx(9000, abs=60)
    for variant in made.variants:
        rung = second / variant.name
        segments = playlist(rung / "index.m3u8")
        assert len(segments) == 5
        whole = frames_of(rung / "init.mp4", *(rung / name for name in segments))
        assert len(whole) == 216, "no picture is lost or doubled where the two attempts meet"
        times = [float(frame.pts * frame.time_base) for frame in whole]
        assert all(
            later - earlier == pytest.approx(1 / 24, abs=0.002)
            for earlier, later in pairwise(times)
        )
        with av.open(str(film)) as source:
            for frame, meant in zip(whole[::20], list(source.decode(video=0))[::20], strict=True):
                got = frame.reformat(72, 128, "gray").to_ndarray().astype(int)
                want = meant.reformat(72, 128, "gray").to_ndarray().astype(int)
                assert np.abs(got - want).mean() < 6


def test_a_group_that_is_broken_or_of_other_settings_is_encoded_again(tmp_path):
    kept = GroupCache(tmp_path / "kept", b"settings", 2)
    pictures = [
        EncodedPicture(0, -2, 1, True, b"first"),
        EncodedPicture(1, -1, 1, False, b"second"),
    ]
    for number in range(3):
        kept.store(number, pictures)
    kept.store(3, pictures[:1])
    again = GroupCache(tmp_path / "kept", b"settings", 2)
    assert again.count == 3, "the film's last group is not whole"
    assert again.read(2) == pictures
    assert GroupCache(tmp_path / "kept", b"other settings", 2).count == 0
    second = tmp_path / "kept" / "00001.gop"
    for spoiled in (second.read_bytes()[:-1], second.read_bytes()[:50], b"", b"x" * 500):
        second.write_bytes(spoiled)
        assert GroupCache(tmp_path / "kept", b"settings", 2).count == 1
