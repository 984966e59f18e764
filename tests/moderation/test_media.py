"""Pictures and sound: what is found in them and when; files that must be refused."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from moderation.findings import TimeSpan
from moderation.media import DamagedMedia, MediaInfo, MediaLimits, MediaTooLarge, NotMedia, decode
from moderation.picture import BlackMeter, FlashMeter, FrozenMeter
from moderation.sound import ClippedMeter, LoudnessMeter, SilentMeter

FilmOf = Callable[..., Path]
FRAME = 1 / 24


def watch(film: Path, *meters: object) -> MediaInfo:
    pictures = tuple(meter for meter in meters if hasattr(meter, "picture"))
    sounds = tuple(meter for meter in meters if hasattr(meter, "sound"))
    return decode(film, limits=MediaLimits(), pictures=pictures, sounds=sounds)


def near(spans: tuple[TimeSpan, ...], start: float, end: float, slack: float = 1.5 * FRAME) -> bool:
    return (
        len(spans) == 1
        and abs(spans[0].start - start) <= slack
        and abs(spans[0].end - end) <= slack
    )


def grey(level: int) -> np.ndarray:
    return np.full((256, 144, 3), level, np.uint8)


def scene(time: float) -> np.ndarray:
    picture = grey(90)
    at = int(time * 40) % 110
    picture[:, at : at + 30] = 190
    return picture


def test_black_is_found_where_it_is(tmp_path: Path, film_of: FilmOf) -> None:
    film = film_of(
        tmp_path / "a.mp4", 5, paint=lambda time: grey(8) if 1 <= time < 4 else scene(time)
    )
    meter, short = BlackMeter(2.0), BlackMeter(3.5)
    info = watch(film, meter, short)
    assert near(meter.spans(info.duration), 1, 4)
    assert short.spans(info.duration) == ()


def test_black_until_the_end_is_found(tmp_path: Path, film_of: FilmOf) -> None:
    film = film_of(tmp_path / "a.mkv", 4, paint=lambda time: scene(time) if time < 1 else grey(0))
    meter = BlackMeter(2.0)
    info = watch(film, meter)
    assert near(meter.spans(info.duration), 1, 4, slack=0.1)


def test_frozen_is_found_where_it_is_and_small_movement_is_none(
    tmp_path: Path, film_of: FilmOf
) -> None:
    film = film_of(
        tmp_path / "a.mp4", 6, paint=lambda time: scene(min(time, 2)) if time < 5 else scene(time)
    )
    meter = FrozenMeter(2.0)
    info = watch(film, meter)
    assert near(meter.spans(info.duration), 2, 5)

    def speaking(time: float) -> np.ndarray:
        picture = scene(0)
        picture[100:108, 60:68] = 160 if int(time * 4) % 2 else 90  # a mouth of two cells
        return picture

    meter = FrozenMeter(1.5)
    info = watch(film_of(tmp_path / "b.mp4", 4, paint=speaking), meter)
    assert meter.spans(info.duration) == ()


def test_a_slow_fade_is_not_frozen(tmp_path: Path, film_of: FilmOf) -> None:
    meter = FrozenMeter(2.0)
    info = watch(
        film_of(tmp_path / "a.mp4", 6, paint=lambda time: grey(60 + int(time * 12))), meter
    )
    assert meter.spans(info.duration) == ()


@pytest.mark.parametrize(
    ("flashes", "share", "bright", "dangerous"),
    [
        (6, 1.0, 250, True),
        (3, 1.0, 250, False),
        (6, 0.2, 250, False),
        (6, 0.4, 250, True),
        (6, 1.0, 70, False),
    ],
)
def test_more_than_three_flashes_a_second_over_a_quarter_are_dangerous(
    tmp_path: Path, film_of: FilmOf, flashes: int, share: float, bright: int, dangerous: bool
) -> None:
    def flashing(time: float) -> np.ndarray:
        picture = grey(40)
        if 1 <= time < 3 and int((time - 1 + 1e-6) * 2 * flashes) % 2 == 0:
            picture[: round(256 * share)] = bright
        return picture

    meter = FlashMeter()
    info = watch(film_of(tmp_path / "a.mp4", 4, paint=flashing), meter)
    spans = meter.spans(info.duration)
    assert bool(spans) is dangerous
    if dangerous:
        assert len(spans) == 1
        assert 0.9 <= spans[0].start <= 1.3
        assert 2.8 <= spans[0].end <= 4.0


def test_silence_and_clipping_are_found_where_they_are(tmp_path: Path, film_of: FilmOf) -> None:
    def play(times: np.ndarray) -> np.ndarray:
        wave = 0.3 * np.sin(2 * np.pi * 300 * times)
        wave[(times >= 2) & (times < 5)] = 0
        loud = (times >= 6) & (times < 7)
        wave[loud] = np.clip(wave[loud] * 20, -1, 1)
        return wave

    film = film_of(tmp_path / "a.mkv", 8, paint=None, play=play)
    silent, clipped = SilentMeter(2.0, -60), ClippedMeter()
    info = watch(film, silent, clipped)
    assert not info.has_picture
    assert near(silent.spans(), 2, 5, slack=0.21)
    assert near(clipped.spans(), 6, 7, slack=0.21)


def test_loudness_of_a_known_tone(tmp_path: Path, film_of: FilmOf) -> None:
    # BS.1770: a 997 Hz sine at full scale in one channel reads -3.01 LUFS; 20 dB below, -23.01.
    film = film_of(
        tmp_path / "a.mkv", 4, paint=None, play=lambda times: 0.1 * np.sin(2 * np.pi * 997 * times)
    )
    meter = LoudnessMeter()
    watch(film, meter)
    assert meter.integrated() == pytest.approx(-23.0, abs=0.3)
    nothing = LoudnessMeter()
    nothing.sound(0.0, np.zeros((1, 96000), np.float32))
    assert nothing.integrated() is None


def test_progress_rises_to_one_and_the_duration_is_right(tmp_path: Path, film_of: FilmOf) -> None:
    seen: list[float] = []
    info = decode(film_of(tmp_path / "a.mp4", 3), limits=MediaLimits(), on_progress=seen.append)
    assert seen == sorted(seen)
    assert 0.9 <= seen[-1] <= 1
    assert (info.width, info.height, info.fps) == (144, 256, 24)
    assert info.duration == pytest.approx(3, abs=0.1)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", NotMedia),
        (b"<html>", NotMedia),
        (b"#EXTM3U\nfile:///etc/passwd", NotMedia),
        (b"RIFF\0\0\0\0WAVEjunk", DamagedMedia),
        (b"\0\0\0\x18ftypisom" + b"\0" * 64, DamagedMedia),
        (b"\x1a\x45\xdf\xa3" + b"\xff" * 64, DamagedMedia),
    ],
)
def test_what_is_no_film_is_refused_with_a_typed_error(
    tmp_path: Path, content: bytes, error: type[Exception]
) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(content)
    with pytest.raises(error) as raised:
        decode(path, limits=MediaLimits())
    assert "film.mp4" in str(raised.value)


@pytest.mark.parametrize(
    "limits",
    [
        MediaLimits(max_pixels=144 * 255),
        MediaLimits(max_seconds=1.5),
        MediaLimits(max_bytes=1000),
        MediaLimits(max_fps=2),
    ],
)
def test_what_is_over_a_limit_is_refused(plain_film: Path, limits: MediaLimits) -> None:
    with pytest.raises(MediaTooLarge):
        decode(plain_film, limits=limits)


def test_a_film_that_claims_ten_hours_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "long.mp4"
    with av.open(str(path), "w") as film:
        video = film.add_stream("libx264", rate=24)
        video.width, video.height, video.pix_fmt = 144, 256, "yuv420p"
        for seconds in (0, 1, 36000):
            frame = av.VideoFrame.from_ndarray(grey(90), format="rgb24")
            frame.pts, frame.time_base = seconds * 24, Fraction(1, 24)
            film.mux(video.encode(frame))
        film.mux(video.encode(None))
    meter = BlackMeter(1)
    with pytest.raises(MediaTooLarge, match=r"3600\d s"):
        decode(path, limits=MediaLimits(), pictures=(meter,))


def test_noise_in_the_middle_of_a_film_is_counted_or_refused_never_a_crash(
    tmp_path: Path, plain_film: Path
) -> None:
    whole = plain_film.read_bytes()
    rng = np.random.default_rng(3)
    for _ in range(12):
        data = bytearray(whole)
        at = int(rng.integers(40, len(data) - 400))
        data[at : at + 300] = rng.bytes(300)
        path = tmp_path / "noisy.mp4"
        path.write_bytes(data)
        with contextlib.suppress(DamagedMedia, MediaTooLarge, NotMedia):
            assert decode(path, limits=MediaLimits()).duration < 7200
