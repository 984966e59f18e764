"""Plucked strings, a bamboo flute, and wood: single notes as mono float32 at 48 kHz.

Strings are by Karplus and Strong (Computer Music Journal 7(2), 1983): a burst of noise goes round a
delay line of one period and loses its highs at each turn. The burst has the spectrum of a plucked
string in place of white noise. One turn is one vector operation.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from generation.sound.loudness import RATE, Audio


@dataclass(frozen=True)
class Instrument:
    """How a string is plucked: ``softness`` of the burst 0–1, ``loss`` per turn, ``damping`` of the
    highs 0–0.5.
    """

    softness: float
    loss: float
    damping: float
    position: float  # where along the string it is plucked, 0–0.5
    bend: float  # semitones that the pitch slides in from


GUQIN = Instrument(softness=0.86, loss=0.9985, damping=0.26, position=0.22, bend=-0.35)
PIPA = Instrument(softness=0.25, loss=0.994, damping=0.3, position=0.09, bend=0.0)
GUZHENG = Instrument(softness=0.5, loss=0.9978, damping=0.22, position=0.14, bend=0.12)


@lru_cache(maxsize=512)
def pluck(instrument: Instrument, midi: float, seconds: float) -> Audio:
    """One plucked note of ``midi`` number (69 is 440 Hz, fractions allowed), rung out or faded at
    ``seconds``.

    Shape (samples,), peak 1. The array is cached: treat it as read-only.
    """
    frequency = 440.0 * 2 ** ((midi - 69) / 12)
    period = max(8, round(RATE / frequency))
    generator = np.random.default_rng(round(midi * 10) + 7 * round(instrument.softness * 100))
    # The ideal string plucked at one place: harmonic k starts at sin(pi k p) / k, softer fingers
    # fall off faster.
    harmonics = np.arange(1, period // 2 + 1)
    strength = np.abs(np.sin(np.pi * harmonics * instrument.position)) / harmonics ** (
        0.7 + 0.9 * instrument.softness
    )
    phases = generator.uniform(0, 2 * np.pi, harmonics.size)
    burst = np.fft.irfft(np.concatenate([[0], strength * np.exp(1j * phases)]), period)
    turns = int(np.ceil(seconds * RATE / period)) + 2
    # Low strings turn seldom, so each turn takes more.
    loss = instrument.loss ** (period / 200)
    line = np.empty((turns, period))
    line[0] = burst
    for turn in range(1, turns):
        previous = line[turn - 1]
        line[turn] = loss * (
            (1 - instrument.damping) * previous + instrument.damping * np.roll(previous, 1)
        )
    count = round(seconds * RATE)
    # Read at the exact pitch; the bend slides in over the first tenth of a second.
    time = np.arange(count) / RATE
    ratio = (
        frequency
        * (period + instrument.damping)
        / RATE
        * 2 ** (instrument.bend * np.exp(-time / 0.07) / 12)
    )
    note = np.interp(np.cumsum(ratio), np.arange(turns * period), line.ravel())
    return _rounded(note, release=0.12)


@lru_cache(maxsize=128)
def blow(midi: float, seconds: float, seed: int = 0) -> Audio:
    """A long note of a xiao: few harmonics, breath, vibrato that comes late.

    Shape (samples,), peak 1, of ``midi`` number and ``seconds``. ``seed`` decides the breath. The
    array is cached: treat it as read-only.
    """
    generator = np.random.default_rng(seed + round(midi * 10))
    count = round(seconds * RATE)
    time = np.arange(count) / RATE
    frequency = 440.0 * 2 ** ((midi - 69) / 12)
    vibrato = 0.0045 * np.clip(time - 0.5, 0, 0.8) * np.sin(2 * np.pi * 4.7 * time)
    phase = 2 * np.pi * np.cumsum(frequency * (1 + vibrato)) / RATE
    breath = np.convolve(generator.standard_normal(count), np.ones(24) / 24, "same")
    tone = np.sin(phase) + 0.22 * np.sin(2 * phase) + 0.09 * np.sin(3 * phase) + 0.16 * breath
    swell = np.clip(time / 0.35, 0, 1) * (0.85 + 0.15 * np.sin(2 * np.pi * 0.31 * time))
    return _rounded(tone * swell, release=0.5)


@lru_cache(maxsize=8)
def drum(low: float = 58.0, seconds: float = 0.9) -> Audio:
    """A big skin drum whose pitch falls into ``low`` Hz; shape (samples,), peak 1, read-only."""
    count = round(seconds * RATE)
    time = np.arange(count) / RATE
    phase = 2 * np.pi * np.cumsum(low * (1 + 0.9 * np.exp(-time / 0.03))) / RATE
    skin = np.random.default_rng(5).standard_normal(count) * np.exp(-time / 0.012)
    return _rounded(np.sin(phase) * np.exp(-time / 0.26) + 0.25 * skin, release=0.1)


@lru_cache(maxsize=2)
def clapper() -> Audio:
    """The storyteller's wake-up block on the table, 0.35 s: two wooden modes and a click; shape
    (samples,), peak 1, read-only.
    """
    time = np.arange(round(0.35 * RATE)) / RATE
    click = np.random.default_rng(9).standard_normal(time.size) * np.exp(-time / 0.002)
    modes = sum(
        gain * np.sin(2 * np.pi * frequency * time) * np.exp(-time / decay)
        for frequency, gain, decay in (
            (920, 1.0, 0.022),
            (1630, 0.7, 0.014),
            (2890, 0.4, 0.008),
            (210, 0.6, 0.04),
        )
    )
    return _rounded(modes + 0.8 * click, release=0.05)


@lru_cache(maxsize=4)
def gong(seconds: float = 4.0) -> Audio:
    """A low gong of ``seconds``: partials out of tune with each other, the high ones come late;
    shape (samples,), peak 1, read-only.
    """
    time = np.arange(round(seconds * RATE)) / RATE
    total = np.zeros(time.size)
    for index, ratio in enumerate((1.0, 1.48, 2.13, 2.76, 3.61, 4.52, 5.87)):
        onset = np.clip(time / (0.01 + 0.05 * index), 0, 1)
        total += (
            onset
            * np.sin(2 * np.pi * 82 * ratio * time + index)
            * np.exp(-time / (1.9 / (1 + 0.35 * index)))
        )
    return _rounded(total, release=0.6)


def _rounded(note: np.ndarray[tuple[int, ...], np.dtype[np.float64]], release: float) -> Audio:
    """Peak 1, no click at either end."""
    note = note / max(1e-9, float(np.abs(note).max()))
    edge, tail = min(note.size, 48), min(note.size, round(release * RATE))
    note[:edge] *= np.linspace(0, 1, edge)
    note[-tail:] *= np.linspace(1, 0, tail) ** 1.5
    return note.astype(np.float32)
