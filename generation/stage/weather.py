"""Weather: what falls, drifts and blows. Pure functions of time, drawn as shapes.

Each drop or flake has its own lane and speed from the dice and falls around again; its place at a
moment is arithmetic on the moment, so any frame can be drawn alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import skia

from generation.stage.brush import fill, line, shine, veil
from generation.stage.camera import HEIGHT, WIDTH, View
from generation.stage.motion import dice, wander
from generation.stage.palette import LIGHTS, Colour, Light, blend
from generation.storyboard import Hour, Weather

Lanes = npt.NDArray[np.float64]


@lru_cache(maxsize=16)
def _lanes(kind: str, count: int) -> Lanes:
    """Return (count, 6) numbers in 0..1 for the grains of one weather."""
    return dice("weather", kind).random((count, 6))


def draw_weather(
    canvas: skia.Canvas, weather: Weather, hour: Hour, view: View, at: float, *, before: bool
) -> None:
    """Draw the weather behind the actors, or ``before`` them (nearer, larger, faster), in frame
    units.
    """
    if weather != "clear":
        DRAW[weather](canvas, LIGHTS[hour], view, at, before)


def _shift(view: View, depth: float) -> tuple[float, float]:
    return (WIDTH / 2 - view.x) * depth, (HEIGHT / 2 - view.y) * depth


def _rain(canvas: skia.Canvas, light: Light, view: View, at: float, before: bool) -> None:
    tone = (
        blend(light.near, light.far, 0.35)
        if light.lit < 0.2
        else blend(light.mist, (255, 255, 255), 0.35)
    )
    sx, sy = _shift(view, 0.9 if before else 0.35)
    drops = skia.Path()
    for a, b, c, d, _, _ in _lanes("rain", 80)[: 80 if before else 56]:
        speed, length = (
            (1500 + 700 * c) if before else (1050 + 400 * c),
            (52 + 70 * d) if before else (28 + 26 * d),
        )
        y = (b * 1500 + at * speed + sy) % 1500 - 110
        x = (a * 1000 - y * 0.16 + sx) % 1000 - 140
        drops.moveTo(x, y)
        drops.lineTo(x - length * 0.16, y + length)
    canvas.drawPath(drops, line(tone, 1.7 if before else 1.0, 0.5 if before else 0.4))
    if before:
        rings = skia.Path()
        for a, b, c, *_ in _lanes("splash", 26):
            age = (at * 1.6 + c) % 1.0
            x, y, size = a * WIDTH, 1020 + b * 240, 3 + 15 * age
            if age < 0.8:
                rings.addOval(skia.Rect(x - size, y - size * 0.28, x + size, y + size * 0.28))
        canvas.drawPath(rings, line(tone, 1.1, 0.42))


def _snow(canvas: skia.Canvas, light: Light, view: View, at: float, before: bool) -> None:
    tone: Colour = (255, 255, 255) if light.lit > 0.2 else (255, 253, 248)
    sx, sy = _shift(view, 0.9 if before else 0.35)
    flakes, rims = skia.Path(), skia.Path()
    for a, b, c, d, e, _ in _lanes("snow", 190)[: 90 if before else 190]:
        size = (2.4 + 4.6 * d * d) if before else (1.2 + 2.0 * d)
        y = (b * 1400 + at * ((95 + 90 * c) if before else (55 + 45 * c)) + sy) % 1400 - 60
        x = (a * 900 + math.sin(at * (0.6 + e) + a * 40) * (22 + 26 * e) - at * 22 + sx) % 900 - 90
        flakes.addCircle(x, y, size)
        if light.lit < 0.2:
            rims.addCircle(x, y, size + 0.6)
    if light.lit < 0.2:  # white on pale paper needs an edge
        canvas.drawPath(rims, line(light.far, 0.9, 0.4))
    canvas.drawPath(flakes, fill(tone, 0.94 if before else 0.75))


def _petals(canvas: skia.Canvas, light: Light, view: View, at: float, before: bool) -> None:
    sx, sy = _shift(view, 0.9 if before else 0.35)
    for shade in range(2):
        petals = skia.Path()
        for a, b, c, d, e, f in _lanes("petals", 46)[shade :: 2 if before else 3]:
            size = (7.5 + 6 * d) if before else (4 + 3 * d)
            y = (b * 1400 + at * (70 + 60 * c) * (1 if before else 0.6) + sy) % 1400 - 60
            x = (
                a * 940 + math.sin(at * (0.8 + e) + a * 30) * 42 - at * (36 + 30 * f) + sx
            ) % 940 - 110
            spin, flat = (
                at * (1.2 + 2 * e) + a * 20,
                abs(math.cos(at * (1.5 + c) + b * 20)) * 0.7 + 0.3,
            )
            ca, sa = math.cos(spin) * size, math.sin(spin) * size
            petals.moveTo(x + ca, y + sa * flat)
            petals.quadTo(x - sa * 0.9, y + ca * 0.9 * flat, x - ca * 0.75, y - sa * 0.75 * flat)
            petals.quadTo(x + sa * 0.9, y - ca * 0.9 * flat, x + ca, y + sa * flat)
            petals.close()
        canvas.drawPath(
            petals,
            fill(
                blend(light.blossom, light.mist, 0.42 if shade else 0.12), 0.92 if before else 0.7
            ),
        )


def _wind(canvas: skia.Canvas, light: Light, view: View, at: float, before: bool) -> None:
    sx, sy = _shift(view, 0.9 if before else 0.35)
    gusts = skia.Path()
    for a, b, c, d, e, _ in _lanes("gust", 14)[: 9 if before else 6]:
        x = 980 - (a * 1500 + at * (620 + 420 * c) + sx) % 1500
        y = 120 + b * 1000 + math.sin(at * 1.3 + e * 6) * 24 + sy
        long = 150 + 190 * d
        gusts.moveTo(x, y)
        gusts.cubicTo(
            x + long * 0.3, y - 22 * (e + 0.3), x + long * 0.6, y + 20 * (e + 0.3), x + long, y - 6
        )
        if e > 0.6:
            gusts.cubicTo(x - 34, y + 5, x - 30, y - 24, x - 8, y - 16)
    canvas.drawPath(
        gusts, line(blend(light.far, light.near, 0.3) if light.lit < 0.5 else light.mist, 1.8, 0.5)
    )
    leaves = skia.Path()
    for a, b, c, d, e, f in _lanes("leaves", 26)[: 16 if before else 10]:
        x = 900 - (a * 1200 + at * (360 + 320 * c) + sx) % 1200
        y = (b * 1150 + math.sin(at * (1.6 + e) + a * 20) * 60 + at * 40 * f + sy) % 1250
        spin, size = at * (3 + 4 * e) + a * 9, (6 + 7 * d) * (1 if before else 0.6)
        ca, sa = math.cos(spin) * size, math.sin(spin) * size
        leaves.moveTo(x + ca, y + sa)
        leaves.quadTo(x - sa * 0.5, y + ca * 0.5, x - ca, y - sa)
        leaves.quadTo(x + sa * 0.5, y - ca * 0.5, x + ca, y + sa)
        leaves.close()
    canvas.drawPath(leaves, fill(blend(light.leaf, light.timber, 0.45), 0.9))


def _mist(canvas: skia.Canvas, light: Light, view: View, at: float, before: bool) -> None:
    sx, sy = _shift(view, 0.8 if before else 0.4)
    bands = (
        ((1010, 150, 0.5, 17), (1140, 210, 0.62, -12))
        if before
        else ((640, 170, 0.85, 11), (850, 190, 0.9, -15))
    )
    tone = blend(light.mist, light.low, 0.25)
    for index, (y, half, strength, pace) in enumerate(bands):
        middle = y + sy * 0.6 + wander(at, index * 2.1, 0.5) * 16
        thick = strength * (0.86 + 0.14 * wander(at, index + 4.0, 0.6))
        veil(canvas, (0, middle - half, WIDTH, middle + half), tone, thick)
        for a, b, c, *_ in _lanes("mist", 5):
            x, wide = (a * 1300 + at * pace + sx) % 1300 - 290, 230 + 150 * b
            shine(
                canvas,
                (x, middle + (b - 0.5) * half * 1.1),
                wide,
                tone,
                thick * 0.8,
                (40 + 34 * c) / wide,
            )


DRAW: dict[Weather, Callable[[skia.Canvas, Light, View, float, bool], None]] = {
    "rain": _rain, "snow": _snow, "petals": _petals, "wind": _wind, "mist": _mist,
}  # fmt: skip
