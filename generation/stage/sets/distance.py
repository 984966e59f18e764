"""The farthest sheet: paper, sky, sun or moon, and ranges of ink mountains standing in mist."""

from __future__ import annotations

from typing import Literal, cast

import numpy as np
import skia

from generation.stage.brush import Field, cloud, fade, fill, glow, line, noise, stroke
from generation.stage.camera import GROUND, HEIGHT, OVER, SIDE, WIDTH
from generation.stage.palette import LAMP, Colour, blend
from generation.stage.sets.easel import Easel

RANGES = 4  # from the farthest to the nearest
Ranges = Literal["peaks", "hills", "crags", "none"]


def paint_distance(
    easel: Easel, ranges: Ranges, *, horizon: float = 760.0, disc: tuple[float, float] | None = None
) -> None:
    """Paint sky, disc and mountains onto the back sheet, opaque. ``horizon`` is where the last mist
    lies and ``disc`` the middle of sun or moon, None for neither, in stage units.
    """
    pixels, scale, light = easel.sheets["back"].pixels, easel.scale, easel.light
    height, width = pixels.shape[:2]
    picture = _sky(easel, width, height)
    pixels[..., :3] = np.clip(picture, 0, 255).astype(np.uint8)
    pixels[..., 3] = 255
    if easel.setting.hour == "night":
        for _ in range(90):
            x, y = easel.any(-SIDE, WIDTH + SIDE), easel.any(-OVER, 520)
            easel.back.drawCircle(
                x,
                y,
                easel.any(0.5, 1.5),
                fill(light.disc, easel.any(0.15, 0.75) * (1 - max(0.0, y) / 700)),
            )
    if disc is not None:
        _disc(easel, *disc)
    if ranges == "none":
        return
    picture = pixels[..., :3].astype(np.float32)
    for index in range(RANGES):
        nearness = index / (RANGES - 1)
        base = horizon - 170 + 190 * nearness**1.1
        for _ in range({"peaks": 5, "hills": 3, "crags": 5}[ranges]):
            _mountain(easel, picture, base, nearness, ranges)
        _mist(easel, picture, (base + 60 + OVER) * scale, light.mist, 0.62 - 0.22 * nearness)
    pixels[..., :3] = np.clip(picture, 0, 255).astype(np.uint8)
    _trees_on_ridges(easel)
    if easel.setting.hour == "night":  # the lamp behind the screen
        easel.back.drawCircle(WIDTH / 2, 860, 640, glow((WIDTH / 2, 860), 640, LAMP, 0.8))


def _bgr(colour: Colour) -> Field:
    return np.array(colour[::-1], np.float32)


def _sky(easel: Easel, width: int, height: int) -> Field:
    scale, light, rng = easel.scale, easel.light, easel.rng
    down = np.clip(np.linspace(-OVER, HEIGHT + 90, height, dtype=np.float32) / GROUND, 0, 1) ** 1.1
    tone = cloud(rng, width, height, 420 * scale, 3) - 0.5
    share = np.clip(down[:, None] + tone * 0.55, 0, 1)[..., None]
    picture: Field = _bgr(light.top) * (1 - share) + _bgr(light.low) * share
    fibre = (
        noise(rng, width, height, 7 * scale, 1.6 * scale)
        + noise(rng, width, height, 1.5 * scale)
        - 1.0
    )
    picture *= (1 + 0.028 * fibre + 0.05 * (cloud(rng, width, height, 90 * scale, 2) - 0.5))[
        ..., None
    ]
    return picture


def _disc(easel: Easel, x: float, y: float) -> None:
    light, canvas, night = easel.light, easel.back, easel.setting.hour == "night"
    radius = 74.0
    shine = (
        light.disc if night or easel.setting.hour == "dusk" else blend(light.disc, light.low, 0.4)
    )
    canvas.drawCircle(x, y, radius * 4.2, glow((x, y), radius * 4.2, shine, 0.5 if night else 0.3))
    canvas.drawCircle(x, y, radius, fill(light.disc, light.disc_alpha))
    for _ in range(26):  # a wash never dries evenly
        angle, far = easel.any(0, 6.283), easel.any(0, radius * 0.72)
        spot = (x + far * np.cos(angle), y + far * np.sin(angle))
        size = easel.any(8, 24)
        tone = blend(light.disc, light.far if night else light.near, easel.any(0.1, 0.3))
        canvas.drawCircle(*spot, size, glow(spot, size, tone, 0.2))
    if easel.setting.hour in ("day", "dawn", "dusk"):
        for _ in range(4):
            _bird(easel, x + easel.any(-240, 60), y + easel.any(60, 180), easel.any(8, 15))


def _bird(easel: Easel, x: float, y: float, size: float) -> None:
    for side in (-1, 1):
        wing = [
            (x, y),
            (x + side * size * 0.6, y - size * 0.5),
            (x + side * size * 1.4, y - size * 0.15),
        ]
        easel.back.drawPath(stroke(wing, 1.5, 2.4, 0.4), fill(easel.light.near, 0.75))


def _mountain(easel: Easel, picture: Field, base: float, nearness: float, ranges: Ranges) -> None:
    """Paint one mountain: a dark wet ridge, one flank in the shade, texture strokes down its sides,
    its foot in mist.
    """
    rng, scale, light = easel.rng, easel.scale, easel.light
    tall, half = _measures(easel, ranges, nearness)
    middle, foot = easel.any(-SIDE, WIDTH + SIDE), base + easel.any(-20, 50)
    summit = foot - tall
    left, right = max(-SIDE, middle - 2.2 * half), min(WIDTH + SIDE, middle + 2.2 * half)
    x0, x1 = round((left + SIDE) * scale), round((right + SIDE) * scale)
    y0 = max(0, round((summit - 12 + OVER) * scale))
    y1 = min(picture.shape[0], round((foot + 90 + OVER) * scale))
    width, height = x1 - x0, y1 - y0
    if width < 8 or height < 8:
        return
    across = (np.arange(width, dtype=np.float32) / scale + left - middle)[None, :]
    down = ((np.arange(height, dtype=np.float32) + y0) / scale - OVER)[:, None]
    ridge = summit + tall * _fall(easel, across[0], half, ranges)[None, :]
    below = down - ridge + (noise(rng, width, height, 6 * scale) - 0.5) * 3.0
    sides = np.clip((2.2 * half - np.abs(across)) / (0.7 * half), 0, 1)  # its foot runs out softly
    inside = np.clip(below * scale * 0.7 + 0.5, 0, 1) * sides
    depth = np.clip(below, 0, None)
    fallen = cast(Field, down - summit)
    alpha = _flanks(easel, ranges, across, fallen, depth, tall, half)
    mist = np.clip(
        (foot + 40 - down + (noise(rng, width, height, 120 * scale, 40 * scale) - 0.5) * 130)
        / (tall * 0.55),
        0,
        1,
    )
    alpha *= inside * mist * (0.42 + 0.5 * nearness)
    np.clip(alpha, 0, 0.95, out=alpha)
    ink = _bgr(blend(blend(light.far, light.mist, 0.25), light.near, nearness**1.4 * 0.85))
    part = picture[y0:y1, x0:x1]
    # What stands behind is hidden.
    veil = (inside * mist * np.exp(-depth / (tall * 0.9)) * 0.86)[..., None]
    part += (_bgr(blend(light.mist, light.low, 0.5)) - part) * veil
    part += (ink - part) * alpha[..., None]


def _measures(easel: Easel, ranges: Ranges, nearness: float) -> tuple[float, float]:
    """Height and half width of a mountain in units. All dice are cast, so that the kind of range
    does not change what follows.
    """
    tall = {
        "peaks": easel.any(210, 400),
        "hills": easel.any(90, 190),
        "crags": easel.any(260, 470),
    }[ranges]
    half = {
        "peaks": easel.any(90, 190),
        "hills": easel.any(240, 420),
        "crags": easel.any(80, 150),
    }[ranges]
    return tall * (1.05 - 0.42 * nearness), half


def _flanks(
    easel: Easel,
    ranges: Ranges,
    across: Field,
    fallen: Field,
    depth: Field,
    tall: float,
    half: float,
) -> Field:
    """How much ink lies on a mountain, (height, width).

    ``across`` (1, width) counts from its middle, ``fallen`` (height, 1) from its summit and
    ``depth`` (height, width) from its ridge, in units. The strokes run along rays from a point
    above the summit, as hemp-fibre strokes 披麻皴 do; soft hills carry level dabs 米点 instead.
    """
    rng, scale = easel.rng, easel.scale
    height, width = depth.shape
    ray = across / (np.clip(fallen, 0, None) + 0.55 * tall) * tall
    table = noise(rng, 512, 64, 5, 9) * 0.6 + noise(rng, 512, 64, 2.2, 6) * 0.4
    wobble = noise(rng, width, height, 34 * scale) * 16
    column = ((ray + wobble) * 1.05 + 256).astype(np.int32) & 511
    row = (fallen / 7.5 + wobble * 0.12).astype(np.int32) & 63
    fibre = table[row, column]
    blot = cloud(rng, width, height, 64 * scale, 3)
    # The right flank lies away from the light.
    shade = np.clip(0.5 + ray / (half * 1.1) + (blot - 0.5) * 1.5, 0, 1)
    fading = np.exp(-depth / (tall * 0.42))
    edge = np.exp(-depth / 3.2) * np.clip(
        noise(rng, width, height, 46 * scale) * 1.5 - 0.15, 0.12, 1
    )
    alpha: Field = fading * (0.16 + 0.55 * shade) * (0.5 + 0.9 * blot) + edge * 0.5
    if ranges == "hills":
        dab = noise(rng, width, height, 15 * scale, 4.5 * scale)
        strokes = np.clip((dab - 0.53) * 4, 0, 1) * np.exp(-depth / (tall * 0.3))
        alpha += strokes * (0.12 + 0.4 * shade)
    else:
        strokes = np.clip((fibre - 0.53) * 5, 0, 1) * np.exp(-depth / (tall * 0.5))
        alpha += strokes * (0.10 + 0.42 * shade)
    return alpha


def _fall(easel: Easel, across: Field, half: float, ranges: Ranges) -> Field:
    """Return how far the ridge lies below the summit, 0..1, for each place across a mountain."""
    rng = easel.rng
    shape = np.zeros_like(across)
    for index in range(4):
        centre = 0.0 if index == 0 else (rng.random() - 0.5) * 2.2 * half
        tall = 1.0 if index == 0 else 0.35 + 0.5 * rng.random()
        reach = (
            half
            * ((0.55 + 0.3 * rng.random()) if index else 0.8)
            * (1 + 0.35 * (rng.random() - 0.5) * np.sign(across - centre))
        )
        away = np.abs(across - centre) / reach
        bump = {
            "peaks": np.exp(-(away**1.4)),
            "hills": np.exp(-(away**2)),
            "crags": 1 / (1 + away**3.2),
        }[ranges]
        shape = np.maximum(shape, tall * bump)
    count = across.shape[0]
    per = (across[-1] - across[0]) / max(1, count - 1)
    for cell, share in ((46, 0.085), (17, 0.05), (7, 0.024)):
        shape += (
            (noise(rng, count, 2, max(2.0, cell / per))[0] - 0.5)
            * share
            * (0.3 + shape)
            * (1.6 if ranges == "crags" else 1)
        )
    return np.asarray(1 - shape, np.float32)


def _trees_on_ridges(easel: Easel) -> None:
    """Set a few far trees, each three or four dabs of the brush."""
    for _ in range(26):
        x, y = easel.any(-SIDE, WIDTH + SIDE), easel.any(560, 760)
        for _ in range(4):
            reach = easel.any(3, 8)
            way = [(x - reach, y), (x, y - easel.any(1, 3)), (x + reach, y)]
            easel.back.drawPath(
                stroke(way, 0.5, easel.any(2, 4), 0.5), fill(easel.light.near, easel.any(0.1, 0.3))
            )
            y -= easel.any(3, 5)


def _mist(easel: Easel, picture: Field, middle: float, colour: Colour, strength: float) -> None:
    rng, scale = easel.rng, easel.scale
    height, width = picture.shape[:2]
    half = 110 * scale
    top, bottom = max(0, int(middle - half)), min(height, int(middle + half * 2.2))
    if bottom <= top:
        return
    away = (np.arange(top, bottom, dtype=np.float32) - middle) / half
    band = np.exp(-(np.where(away < 0, away * 1.6, away * 0.8) ** 2))[:, None]
    drift = np.clip(noise(rng, width, bottom - top, 260 * scale, 46 * scale) * 1.5 - 0.25, 0, 1)
    part = picture[top:bottom]
    part += (_bgr(colour) - part) * (band * drift * strength)[..., None]


def paint_water(easel: Easel, top: float, bottom: float) -> None:
    """Paint still water onto the back sheet from ``top`` to ``bottom`` (stage units): pale, with
    broken level strokes and a gleam.
    """
    light, canvas = easel.light, easel.back
    tone = blend(light.low, light.mist, 0.5)
    shading = fade(
        (0, top), (0, bottom), [(tone, 0.0), (tone, 0.75), (blend(tone, light.far, 0.35), 0.85)]
    )
    canvas.drawRect(skia.Rect(-SIDE, top, WIDTH + SIDE, bottom), fill(tone, 1, shading))
    for _ in range(70):
        y = top + (bottom - top) * easel.any(0.04, 1) ** 1.3
        x, span = (
            easel.any(-SIDE, WIDTH + SIDE),
            easel.any(30, 210) * (0.4 + (y - top) / (bottom - top)),
        )
        way = [(x - span / 2, y), (x, y + easel.any(-2, 2)), (x + span / 2, y)]
        canvas.drawPath(
            stroke(way, 0.4, easel.any(1.0, 2.6), 0.3, 0.6, easel.rng),
            fill(light.far, easel.any(0.15, 0.5)),
        )
    for _ in range(24):
        y = top + (bottom - top) * easel.any(0.02, 0.9)
        x = WIDTH * 0.62 + easel.any(-90, 90)
        canvas.drawLine(
            x - easel.any(8, 40),
            y,
            x + easel.any(8, 40),
            y,
            line(light.disc, 1.6, easel.any(0.1, 0.4)),
        )
