"""The farthest sheet: paper, sky, sun or moon, and ranges of ink mountains standing in mist."""

from __future__ import annotations

from typing import Literal

import numpy as np

from generation.stage.brush import Field, Pixels, cloud, fill, glow, line, noise, soften, stroke
from generation.stage.camera import GROUND, HEIGHT, OVER, SIDE, WIDTH
from generation.stage.palette import Colour, blend
from generation.stage.sets.easel import Easel

Ranges = Literal["peaks", "hills", "crags", "none"]


def paint_distance(easel: Easel, ranges: Ranges, *, horizon: float = 760.0, disc: tuple[float, float] | None = None) -> None:
    """Paint sky, disc and mountains onto the back sheet, opaque. ``horizon`` is where the last mist lies (units)."""
    pixels, scale, light = easel.sheets["back"].pixels, easel.scale, easel.light
    height, width = pixels.shape[:2]
    picture = _sky(easel, width, height)
    pixels[..., :3] = np.clip(picture, 0, 255).astype(np.uint8)
    pixels[..., 3] = 255
    if disc is not None:
        _disc(easel, *disc)
    if ranges == "none":
        return
    picture = pixels[..., :3].astype(np.float32)
    depth_count = 5
    for index in range(depth_count):
        nearness = index / (depth_count - 1)
        ink = blend(blend(light.far, light.mist, 0.3), light.near, nearness**1.5 * 0.8)
        base = (horizon - 250 + 250 * nearness**1.2 + OVER) * scale
        rise = (330 - 130 * nearness) * scale * {"peaks": 1.0, "hills": 0.5, "crags": 1.2}[ranges]
        ridge = _ridge(easel, width, base, rise, ranges)
        _wash(easel, picture, ridge, ink, 0.3 + 0.5 * nearness, (240 + 60 * nearness) * scale)
        _mist(easel, picture, base + 40 * scale, light.mist, 0.5 - 0.15 * nearness)
    pixels[..., :3] = np.clip(picture, 0, 255).astype(np.uint8)


def _bgr(colour: Colour) -> Field:
    return np.array(colour[::-1], np.float32)


def _sky(easel: Easel, width: int, height: int) -> Field:
    scale, light, rng = easel.scale, easel.light, easel.rng
    down = np.clip(np.linspace(-OVER, HEIGHT + 90, height, dtype=np.float32) / GROUND, 0, 1) ** 1.1
    tone = cloud(rng, width, height, 420 * scale, 3) - 0.5
    share = np.clip(down[:, None] + tone * 0.55, 0, 1)[..., None]
    picture = _bgr(light.top) * (1 - share) + _bgr(light.low) * share
    fibre = noise(rng, width, height, 7 * scale, 1.6 * scale) + noise(rng, width, height, 1.5 * scale) - 1.0
    picture *= (1 + 0.028 * fibre + 0.05 * (cloud(rng, width, height, 90 * scale, 2) - 0.5))[..., None]
    return picture


def _disc(easel: Easel, x: float, y: float) -> None:
    light, canvas, night = easel.light, easel.back, easel.setting.hour == "night"
    radius = 74.0
    shine = light.disc if night or easel.setting.hour == "dusk" else blend(light.disc, light.low, 0.4)
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
        wing = [(x, y), (x + side * size * 0.6, y - size * 0.5), (x + side * size * 1.4, y - size * 0.15)]
        easel.back.drawPath(stroke(wing, 1.5, 2.4, 0.4), fill(easel.light.near, 0.75))


def _ridge(easel: Easel, width: int, base: float, rise: float, ranges: Ranges) -> Field:
    """Return the height of the ridge in pixels from the top for each column."""
    rng, scale = easel.rng, easel.scale
    across = np.arange(width, dtype=np.float32)
    ridge = np.zeros(width, np.float32)
    for _ in range({"peaks": 9, "hills": 6, "crags": 11}[ranges]):
        centre, tall = rng.random() * width, 0.35 + 0.65 * rng.random()
        reach = ((60 + 90 * rng.random()) if ranges != "hills" else (160 + 170 * rng.random())) * scale
        lean = 1 + 0.5 * (rng.random() - 0.5) * np.sign(across - centre)
        away = np.abs(across - centre) / (reach * lean)
        shape = {"peaks": np.exp(-(away**1.55)), "hills": np.exp(-(away**2.0)), "crags": 1 / (1 + away**2.6)}[ranges]
        ridge = np.maximum(ridge, tall * shape)
    for cell, share in ((70, 0.10), (26, 0.055), (9, 0.022), (4, 0.008)):
        rough = noise(rng, width, 2, cell * scale)[0] - 0.5
        ridge += rough * share * (0.35 + ridge)
    return (base - rise * ridge).astype(np.float32)


def _wash(easel: Easel, picture: Field, ridge: Field, ink: Colour, strength: float, reach: float) -> None:
    """Lay one range: a dark wet edge on the ridge, textured strokes down its flanks, fading into mist."""
    rng, scale = easel.rng, easel.scale
    height, width = picture.shape[:2]
    top = max(0, int(ridge.min()) - 4)
    bottom = min(height, int(ridge.max() + reach * 1.25))
    if bottom - top < 8:
        return
    rows = np.arange(top, bottom, dtype=np.float32)[:, None]
    size = (bottom - top, width)
    bleed = (noise(rng, width, size[0], 5 * scale) - 0.5) * 3.2 * scale
    depth = rows - ridge[None, :] + bleed
    # Texture strokes run down and outward from the ridge: noise that is long down the slope.
    slope = np.gradient(ridge)
    lean = np.clip(soften((np.clip(slope, -2, 2) / 4 + 0.5)[None, :].repeat(2, 0), 6 * scale)[0] - 0.5, -0.5, 0.5)
    grain = noise(rng, width, size[0], 5.5 * scale, 46 * scale)
    fine = noise(rng, width, size[0], 2.6 * scale, 20 * scale)
    blot = cloud(rng, width, size[0], 80 * scale, 3)
    flank = 0.5 + 0.9 * lean[None, :]  # one side of each peak lies in the shade
    below = np.clip(depth, 0, None)
    body = np.exp(-below / (reach * 0.36))
    edge = np.exp(-below / (3.4 * scale)) * (0.35 + 0.5 * noise(rng, width, size[0], 40 * scale))
    strokes = np.clip((grain * 0.62 + fine * 0.38 - 0.5) * 4.2, -0.4, 1) * np.exp(-below / (reach * 0.30))
    alpha = strength * (body * (0.42 + 0.5 * flank) * (0.55 + 0.9 * blot) + edge * 0.6 + strokes * (0.16 + 0.30 * flank))
    foot = np.clip(1.15 - below / (reach * (0.75 + 0.6 * noise(rng, width, size[0], 150 * scale))), 0, 1)
    alpha *= foot * np.clip(depth / (1.6 * scale) + 0.5, 0, 1)
    np.clip(alpha, 0, 0.96, out=alpha)
    part = picture[top:bottom]
    part += (_bgr(ink) - part) * alpha[..., None]


def _mist(easel: Easel, picture: Field, middle: float, colour: Colour, strength: float) -> None:
    rng, scale = easel.rng, easel.scale
    height, width = picture.shape[:2]
    half = 110 * scale
    top, bottom = max(0, int(middle - half)), min(height, int(middle + half * 2.2))
    if bottom <= top:
        return
    away = (np.arange(top, bottom, dtype=np.float32) - middle) / half
    band = np.exp(-np.where(away < 0, away * 1.6, away * 0.8) ** 2)[:, None]
    drift = np.clip(noise(rng, width, bottom - top, 260 * scale, 46 * scale) * 1.5 - 0.25, 0, 1)
    part = picture[top:bottom]
    part += (_bgr(colour) - part) * (band * drift * strength)[..., None]


def paint_water(easel: Easel, top: float, bottom: float) -> None:
    """Paint still water onto the back sheet between two heights: pale, with broken level strokes and a gleam."""
    light, canvas = easel.light, easel.back
    area = (-SIDE, top, WIDTH + SIDE, bottom)
    from skia import Rect

    from generation.stage.brush import fade

    tone = blend(light.low, light.mist, 0.5)
    canvas.drawRect(
        Rect(*area), fill(tone, 1, fade((0, top), (0, bottom), [(tone, 0.0), (tone, 0.75), (blend(tone, light.far, 0.35), 0.85)]))
    )
    for _ in range(70):
        y = top + (bottom - top) * easel.any(0.04, 1) ** 1.3
        x, span = easel.any(-SIDE, WIDTH + SIDE), easel.any(30, 210) * (0.4 + (y - top) / (bottom - top))
        way = [(x - span / 2, y), (x, y + easel.any(-2, 2)), (x + span / 2, y)]
        canvas.drawPath(stroke(way, 0.4, easel.any(1.0, 2.6), 0.3, 0.6, easel.rng), fill(light.far, easel.any(0.15, 0.5)))
    for _ in range(24):
        y = top + (bottom - top) * easel.any(0.02, 0.9)
        x = WIDTH * 0.62 + easel.any(-90, 90)
        canvas.drawLine(x - easel.any(8, 40), y, x + easel.any(8, 40), y, line(light.disc, 1.6, easel.any(0.1, 0.4)))
