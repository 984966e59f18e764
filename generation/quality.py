"""The report of a film file, whoever made it: black, frozen, silent and clipped stretches,
loudness, true peak and size. It says nothing of labels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

from generation.sound.loudness import RATE, Audio, integrated_loudness, true_peak

MAX_SECONDS = 600.0  # of a film that is examined
TARGET_LUFS, TOLERANCE_LU = -16.0, 1.0
MAX_PEAK_DBFS = -1.0  # EBU R 128 s2, for what is streamed

# After FFmpeg's blackdetect (a tenth of full scale), freezedetect (a thousandth of it) and
# silencedetect (-60 dB); the lengths are ours.
_BLACK_LUMA = 24.0  # of 255: the brightest hundredth of a black picture
_FROZEN_DIFFERENCE = 0.255  # mean luma between pictures that are one and the same
_SILENT_DBFS = -60.0
_CLIPPED = 0.999
_MIN_BLACK_SECONDS, _MIN_FROZEN_SECONDS, _MIN_SILENT_SECONDS = 0.5, 2.0, 1.5
_MIN_CLIPPED_SAMPLES = 3  # in a row
_WINDOW = RATE // 20
_SAMPLE_WIDTH = 96  # pixels that a picture is looked at in


@dataclass(frozen=True)
class Stretch:
    """From second to second of the film."""

    start: float
    end: float


@dataclass(frozen=True)
class FilmReport:
    """What was found in a film. ``loudness_lufs`` and ``true_peak_dbfs`` are None without sound, or
    in silence. ``faults`` names the fields that are not as they should be.
    """

    seconds: float
    width: int
    height: int
    fps: float
    has_sound: bool
    black: tuple[Stretch, ...]
    frozen: tuple[Stretch, ...]
    silent: tuple[Stretch, ...]
    clipped: tuple[Stretch, ...]
    loudness_lufs: float | None
    true_peak_dbfs: float | None
    faults: tuple[str, ...]


class UnreadableFilm(ValueError):
    """The file is no film that can be decoded; the message says which."""


def examine(path: Path) -> FilmReport:
    """Decode a film whole and report on it. Raises ``UnreadableFilm``, and for one longer than
    ``MAX_SECONDS``. The file can name no other file and no address.
    """
    try:
        return _examined(path)
    except (av.error.FFmpegError, IndexError) as error:
        raise UnreadableFilm(f"{path.name}: no film that can be read") from error


def _examined(path: Path) -> FilmReport:
    times, lights, moves, size = _look(path)
    sound = _listen(path)
    step = float(np.median(np.diff(times))) if len(times) > 1 else 0.04
    length = max(times[-1] + step, 0.0 if sound is None else sound.shape[0] / RATE)
    black = _stretches(times, [light < _BLACK_LUMA for light in lights], step, _MIN_BLACK_SECONDS)
    still = [
        move < _FROZEN_DIFFERENCE and light >= _BLACK_LUMA
        for move, light in zip(moves, lights, strict=True)
    ]
    frozen = _stretches(times, still, step, _MIN_FROZEN_SECONDS)
    loudness = peak = None
    silent: tuple[Stretch, ...] = (Stretch(0.0, round(length, 3)),)
    clipped: tuple[Stretch, ...] = ()
    if sound is not None:
        silent, clipped = _silences(sound), _clippings(sound)
        heard = integrated_loudness(sound)
        loudness = round(heard, 2) if np.isfinite(heard) else None
        highest = _peak(sound)
        peak = round(highest, 2) if np.isfinite(highest) else None
    wrong = {
        "black": bool(black), "frozen": bool(frozen), "silent": bool(silent),
        "clipped": bool(clipped),
        "loudness_lufs": loudness is None or abs(loudness - TARGET_LUFS) > TOLERANCE_LU,
        "true_peak_dbfs": peak is not None and peak > MAX_PEAK_DBFS,
    }  # fmt: skip
    return FilmReport(
        seconds=round(length, 3),
        width=size[0],
        height=size[1],
        fps=round(1 / step, 3),
        has_sound=sound is not None,
        black=black,
        frozen=frozen,
        silent=silent,
        clipped=clipped,
        loudness_lufs=loudness,
        true_peak_dbfs=peak,
        faults=tuple(name for name, is_wrong in wrong.items() if is_wrong),
    )


def _open(path: Path) -> av.container.InputContainer:
    return av.open(
        path.open("rb"), "r", options={"protocol_whitelist": "none"}, metadata_errors="replace"
    )


def _look(path: Path) -> tuple[list[float], list[float], list[float], tuple[int, int]]:
    """Of each picture its time, its light (the brightest hundredth) and how far it is from the one
    before; and the size.
    """
    times: list[float] = []
    lights: list[float] = []
    moves: list[float] = []
    before: npt.NDArray[np.int16] | None = None
    with _open(path) as film:
        stream = film.streams.video[0]
        stream.thread_type = "AUTO"
        size = (stream.codec_context.width, stream.codec_context.height)
        height = max(2, round(_SAMPLE_WIDTH * size[1] / max(1, size[0]) / 2) * 2)
        for frame in film.decode(stream):
            at = float(frame.time) if frame.time is not None else 0.0
            if at > MAX_SECONDS:
                raise UnreadableFilm(f"{path.name}: longer than {MAX_SECONDS:.0f} s")
            small = frame.reformat(_SAMPLE_WIDTH, height, "gray").to_ndarray().astype(np.int16)
            times.append(at)
            lights.append(float(np.percentile(small, 99)))
            moves.append(255.0 if before is None else float(np.abs(small - before).mean()))
            before = small
    if not times:
        raise UnreadableFilm(f"{path.name}: it has no pictures")
    return times, lights, moves, size


def _listen(path: Path) -> Audio | None:
    """The sound at 48 kHz, shape (samples, 1 or 2); None where there is none."""
    with _open(path) as film:
        if not film.streams.audio:
            return None
        # One channel stays one: making two of it would change its level.
        layout = "mono" if film.streams.audio[0].codec_context.channels == 1 else "stereo"
        resampler = av.AudioResampler(format="fltp", layout=layout, rate=RATE)
        parts = []
        count = 0
        for frame in film.decode(audio=0):
            for part in resampler.resample(frame):
                parts.append(part.to_ndarray())
                count += part.samples
            if count > MAX_SECONDS * RATE:
                raise UnreadableFilm(f"{path.name}: longer than {MAX_SECONDS:.0f} s")
        parts += [part.to_ndarray() for part in resampler.resample(None)]
    if not parts:
        return None
    return np.ascontiguousarray(np.concatenate(parts, axis=1).T.astype(np.float32))


def _stretches(
    times: Sequence[float], flags: Sequence[bool], step: float, least: float
) -> tuple[Stretch, ...]:
    found = []
    start: float | None = None
    for time, flag in zip([*times, times[-1] + step], [*flags, False], strict=True):
        if flag and start is None:
            start = time
        elif not flag and start is not None:
            if time - start >= least - 1e-6:
                found.append(Stretch(round(start, 3), round(time, 3)))
            start = None
    return tuple(found)


def _silences(sound: Audio) -> tuple[Stretch, ...]:
    count = sound.shape[0] // _WINDOW
    if count == 0:
        return ()
    windows = sound[: count * _WINDOW].reshape(count, -1)
    power = np.sqrt(np.mean(np.square(windows, dtype=np.float64), axis=1))
    quiet = power < 10 ** (_SILENT_DBFS / 20)
    times = [at * _WINDOW / RATE for at in range(count)]
    return _stretches(times, quiet.tolist(), _WINDOW / RATE, _MIN_SILENT_SECONDS)


def _clippings(sound: Audio) -> tuple[Stretch, ...]:
    """Stretches in which samples stand at full scale, three or more in a row; near ones as one."""
    found: list[Stretch] = []
    for start, end in _runs(np.abs(sound).max(axis=1) >= _CLIPPED):
        if end - start < _MIN_CLIPPED_SAMPLES:
            continue
        first, last = round(start / RATE, 3), round(end / RATE, 3)
        if found and first - found[-1].end < 0.25:
            found[-1] = Stretch(found[-1].start, last)
        else:
            found.append(Stretch(first, last))
    return tuple(found)


def _runs(flags: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _peak(sound: Audio) -> float:
    """The true peak, ten seconds at a time: the whole would be held four times over."""
    step = 10 * RATE
    return max(true_peak(sound[at : at + step]) for at in range(0, sound.shape[0], step))
