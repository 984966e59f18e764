"""The air of a place: rain, wind, water, insects and birds, as stereo beds."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from generation.sound.loudness import RATE, Audio
from generation.storyboard import Setting, Storyboard

_WET = frozenset({"lakeside", "bridge", "river"})
_OPEN_AIR = frozenset({"mountain", "graveyard", "gate", "forest", "bridge", "river"})
_FADE_SECONDS = 0.6  # seconds over which one air gives way to the next


def ambience_gains(setting: Setting) -> dict[str, float]:
    """Which beds of sound a setting has and how loud each is, 0 to 1, chosen by hand. Every setting
    has a room tone.
    """
    found: dict[str, float] = {"room": 0.12}
    if setting.weather == "rain":
        found["rain"] = 0.5 if setting.place in ("study", "pavilion", "temple") else 0.85
    if setting.weather in ("wind", "snow") or setting.place in _OPEN_AIR:
        found["wind"] = {"wind": 0.9, "snow": 0.55}.get(setting.weather, 0.28)
    if setting.place in _WET:
        found["water"] = 0.4
    quiet = setting.weather in ("clear", "mist", "petals")
    if setting.hour == "night" and quiet and setting.place != "mountain":
        found["insects"] = 0.4
    if setting.hour in ("dawn", "day") and quiet and setting.place not in ("graveyard", "study"):
        found["birds"] = 0.3
    return found


def render_ambience(board: Storyboard) -> Audio:
    """The ambience of a whole board, shape (samples, 2) float32 at 48 kHz, as long as the board,
    about -38 dBFS RMS. The board's seed decides the noise.
    """
    count = round(board.duration * RATE)
    generator = np.random.default_rng(board.seed + 101)
    spans: dict[str, list[tuple[float, float, float]]] = {}
    start = 0.0
    for shot in board.shots:
        for name, gain in ambience_gains(shot.setting).items():
            spans.setdefault(name, []).append((start, start + shot.duration, gain))
        start += shot.duration
    total = np.zeros((count, 2), np.float32)
    for name in sorted(spans):
        total += _BEDS[name](generator, count) * _envelope(spans[name], count)[:, None]
    return total


def _envelope(spans: Iterable[tuple[float, float, float]], count: int) -> Audio:
    """Gain over time, read off a grid of 20 ms and smoothed, so that neighbours with one gain join
    without a dip.
    """
    from scipy.ndimage import uniform_filter1d

    grid = np.zeros(count // 960 + 2)
    for begin, end, gain in spans:
        grid[round(begin * 50) : round(end * 50)] = gain
    smooth = uniform_filter1d(grid, round(_FADE_SECONDS * 50), mode="nearest")
    return np.interp(np.arange(count) / 960, np.arange(grid.size), smooth).astype(np.float32)


def _noise(generator: np.random.Generator, count: int, low: float, high: float) -> Audio:
    """Band-limited noise, each channel its own, RMS 1."""
    from scipy.signal import butter, sosfilt

    sections = butter(1, (low, high), "bandpass", fs=RATE, output="sos")
    white = generator.standard_normal((count, 2), dtype=np.float32)
    shaped = sosfilt(sections, white, axis=0)
    return (shaped / max(1e-9, float(shaped.std()))).astype(np.float32)


def _slow_noise(generator: np.random.Generator, count: int, per_second: float) -> Audio:
    """Slow wandering between 0 and 1, shape (samples, 1)."""
    points = max(4, round(count / RATE * per_second) + 2)
    values = generator.uniform(0, 1, points)
    return np.interp(np.linspace(0, points - 1, count), np.arange(points), values).astype(
        np.float32
    )[:, None]


def _room(generator: np.random.Generator, count: int) -> Audio:
    return 0.004 * _noise(generator, count, 60, 500)


def _rain(generator: np.random.Generator, count: int) -> Audio:
    wash = 0.012 * _noise(generator, count, 900, 9000) + 0.006 * _noise(generator, count, 200, 900)
    drops = np.zeros((count, 2), np.float32)
    ping = np.exp(-np.arange(900) / 160) * np.sin(2 * np.pi * 2300 * np.arange(900) / RATE)
    for at in generator.integers(0, max(1, count - 1000), round(count / RATE * 22)):
        pan = generator.uniform(0.2, 0.8)
        drop = (ping * generator.uniform(0.004, 0.025)).astype(np.float32)
        drops[at : at + 900, 0] += drop[: count - at] * (1 - pan)
        drops[at : at + 900, 1] += drop[: count - at] * pan
    return wash + drops


def _wind(generator: np.random.Generator, count: int) -> Audio:
    low = _noise(generator, count, 120, 420) * _slow_noise(generator, count, 0.35)
    high = _noise(generator, count, 420, 1100) * _slow_noise(generator, count, 0.5) ** 2
    return 0.022 * low + 0.012 * high


def _water(generator: np.random.Generator, count: int) -> Audio:
    return (
        0.016
        * _noise(generator, count, 250, 1400)
        * (0.35 + 0.65 * _slow_noise(generator, count, 0.8))
    )


def _insects(generator: np.random.Generator, count: int) -> Audio:
    """Three crickets, each with its pitch and rhythm, chirping by turns."""
    time = np.arange(count, dtype=np.float32) / RATE
    total = np.zeros((count, 2), np.float32)
    for pitch, pan in ((4150.0, 0.25), (4620.0, 0.7), (3780.0, 0.5)):
        trill = np.clip(np.sin(2 * np.pi * generator.uniform(22, 30) * time), 0, 1)
        phrase = np.clip(
            np.sin(2 * np.pi * generator.uniform(0.5, 0.9) * time + generator.uniform(0, 6)) - 0.2,
            0,
            1,
        )
        chirp = (0.02 * np.sin(2 * np.pi * pitch * time) * trill * phrase).astype(np.float32)
        total[:, 0] += chirp * (1 - pan)
        total[:, 1] += chirp * pan
    return total


def _birds(generator: np.random.Generator, count: int) -> Audio:
    total = np.zeros((count, 2), np.float32)
    for at in generator.integers(0, max(1, count - RATE), max(1, round(count / RATE * 0.35))):
        pan, base = generator.uniform(0.15, 0.85), generator.uniform(2400, 3600)
        for note in range(generator.integers(2, 5)):
            begin = int(at + note * generator.uniform(0.11, 0.17) * RATE)
            length = min(4200, count - begin)
            if length <= 0:
                continue
            step = np.arange(length) / RATE
            call = np.sin(2 * np.pi * (base + 500 * np.sin(2 * np.pi * 9 * step)) * step)
            call *= np.sin(np.pi * np.arange(length) / length) ** 2 * 0.02
            total[begin : begin + length, 0] += (call * (1 - pan)).astype(np.float32)
            total[begin : begin + length, 1] += (call * pan).astype(np.float32)
    return total


_BEDS = {
    "room": _room,
    "rain": _rain,
    "wind": _wind,
    "water": _water,
    "insects": _insects,
    "birds": _birds,
}
