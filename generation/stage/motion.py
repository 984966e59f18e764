"""Curves over time: easing, repeatable wandering, and seeds. Nothing here draws. Times are in
seconds, angles and phases in radians.
"""

from __future__ import annotations

import math
import zlib

import numpy as np


def clamp(value: float, low: float = 0.0, high: float = 1.0) -> float:
    """Hold ``value`` between ``low`` and ``high``."""
    return low if value < low else high if value > high else value


def mix(a: float, b: float, share: float) -> float:
    """Go from ``a`` (share 0) to ``b`` (share 1)."""
    return a + (b - a) * share


def smooth(x: float) -> float:
    """Ease in and out over 0..1 (smootherstep, Perlin 2002): no jump in speed or acceleration."""
    x = clamp(x)
    return x * x * x * (x * (6.0 * x - 15.0) + 10.0)


def settle(x: float) -> float:
    """Ease out over 0..1: fast first, then coming to rest, without passing the end."""
    return 1.0 - (1.0 - clamp(x)) ** 3


def between(at: float, start: float, end: float) -> float:
    """How far ``at`` has come from ``start`` to ``end``, 0..1."""
    if end <= start:
        return 1.0 if at >= start else 0.0
    return clamp((at - start) / (end - start))


def envelope(at: float, start: float, end: float, rise: float = 0.3, fall: float = 0.35) -> float:
    """0 outside ``start``..``end``, 1 within, with soft flanks that shorten when the span is
    short.
    """
    span = max(end - start, 1e-6)
    rise, fall = min(rise, span * 0.45), min(fall, span * 0.45)
    return smooth(between(at, start, start + rise)) * (1.0 - smooth(between(at, end - fall, end)))


def wander(at: float, phase: float, pace: float = 1.0) -> float:
    """A slow restless curve in about -1 to 1 that does not repeat within an episode. ``pace``
    multiplies its speed.
    """
    return (
        math.sin(at * pace * 1.7 + phase) * 0.5
        + math.sin(at * pace * 0.73 + phase * 2.3) * 0.35
        + math.sin(at * pace * 3.1 + phase * 0.7) * 0.15
    )


def seed_of(*parts: object) -> int:
    """Return a number that depends on the words of ``parts`` alone, the same in every process."""
    return zlib.crc32("\x1f".join(str(part) for part in parts).encode())


def phase_of(*parts: object) -> float:
    """Return an angle in 0..2π that depends on ``parts`` alone."""
    return seed_of(*parts) / 2**32 * math.tau


def dice(*parts: object) -> np.random.Generator:
    """Return a random generator that depends on ``parts`` alone."""
    return np.random.default_rng(seed_of(*parts))
