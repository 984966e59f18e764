"""The brush: noise, strokes with a swelling width, dry bristle, and what wet paper does to a wash.

A ``Field`` is float32 of shape (height, width), ``Pixels`` are uint8 of shape (height, width, 4).
Points and widths are in the units of the canvas, x to the right and y down; alpha runs from 0 to 1.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import skia
from PIL import Image, ImageFilter

from generation.stage.palette import Colour, argb

LINEAR = skia.SamplingOptions(skia.FilterMode.kLinear)
SPRITE = 128  # pixels; soft things need no more
Field = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]
Point = tuple[float, float]


def noise(
    rng: np.random.Generator, width: int, height: int, cell_x: float, cell_y: float | None = None
) -> Field:
    """Smooth noise, shape (height, width), in about 0 to 1; one bump is about ``cell_x`` by
    ``cell_y`` pixels. ``cell_y`` None: as ``cell_x``.
    """
    cell_y = cell_y or cell_x
    grid = rng.random(
        (max(2, round(height / cell_y) + 3), max(2, round(width / cell_x) + 3)), dtype=np.float32
    )
    picture = Image.fromarray(grid).resize((width, height), Image.Resampling.BICUBIC)
    return np.asarray(picture)


def cloud(
    rng: np.random.Generator, width: int, height: int, cell: float, octaves: int = 3
) -> Field:
    """Noise with ``octaves`` of finer noise upon it (fractal sum), shape (height, width), in about
    0 to 1 around 0.5. The coarsest bump is about ``cell`` pixels wide.
    """
    total, weight, share = np.zeros((height, width), np.float32), 0.0, 1.0
    for octave in range(octaves):
        total += share * noise(rng, width, height, max(2.0, cell / 2**octave))
        weight += share
        share *= 0.5
    total /= weight
    return total


def soften(field: Field, radius: float) -> Field:
    """Blur a field of values in 0 to 1 by ``radius`` pixels, in 256 levels. Pillow makes it of box
    blurs, so it is quick at any radius.
    """
    grey = Image.fromarray(np.clip(field * 255, 0, 255).astype(np.uint8))
    return np.asarray(grey.filter(ImageFilter.GaussianBlur(radius)), np.float32) / np.float32(255)


def curve(points: Sequence[Point], steps: int = 10) -> list[Point]:
    """A Catmull-Rom curve through ``points`` as a polyline, ``steps`` to each span; fewer than
    three points come back as they are.
    """
    if len(points) < 3:
        return list(points)
    ends = [points[0], *points, points[-1]]
    line: list[Point] = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for step in range(steps):
            t = step / steps
            line.append((_spline(a[0], b[0], c[0], d[0], t), _spline(a[1], b[1], c[1], d[1], t)))
    line.append(points[-1])
    return line


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3
    )


def smooth_path(points: Sequence[Point], closed: bool = False) -> skia.Path:
    """Return a smooth path through ``points``."""
    path = skia.Path()
    line = curve([*points, points[0]] if closed else points, 8)
    path.moveTo(*line[0])
    for point in line[1:]:
        path.lineTo(*point)
    if closed:
        path.close()
    return path


def stroke(points: Sequence[Point], start: float, middle: float, end: float, wobble: float = 0.0,
           rng: np.random.Generator | None = None) -> skia.Path:  # fmt: skip
    """One brush stroke as a filled outline: its width swells from ``start`` over ``middle`` to
    ``end``. With ``rng``, ``wobble`` is how unsteady the edges are, as a share of the width.
    """
    line = curve(points)
    count = len(line)
    left, right = [], []
    for index, (x, y) in enumerate(line):
        before, after = line[max(0, index - 1)], line[min(count - 1, index + 1)]
        dx, dy = after[0] - before[0], after[1] - before[1]
        length = math.hypot(dx, dy) or 1.0
        t = index / max(1, count - 1)
        width = (
            start + (middle - start) * 2 * t if t < 0.5 else middle + (end - middle) * (2 * t - 1)
        ) / 2
        grain_l = grain_r = 1.0
        if rng is not None and wobble:
            grain_l, grain_r = 1 + wobble * (rng.random() - 0.5), 1 + wobble * (rng.random() - 0.5)
        nx, ny = -dy / length * width, dx / length * width
        left.append((x + nx * grain_l, y + ny * grain_l))
        right.append((x - nx * grain_r, y - ny * grain_r))
    path = skia.Path()
    path.moveTo(*left[0])
    for point in left[1:]:
        path.lineTo(*point)
    for point in reversed(right):
        path.lineTo(*point)
    path.close()
    return path


def fill(colour: Colour, alpha: float = 1.0, shader: Any = None) -> skia.Paint:
    """A paint that fills with a colour, or with ``shader`` at the same alpha."""
    paint = skia.Paint(AntiAlias=True, Color=argb(colour, alpha))
    if shader is not None:
        paint.setShader(shader)
    return paint


def line(colour: Colour, width: float, alpha: float = 1.0) -> skia.Paint:
    """A paint that draws round-ended lines."""
    return skia.Paint(
        AntiAlias=True, Color=argb(colour, alpha), Style=skia.Paint.kStroke_Style,
        StrokeWidth=width,
        StrokeCap=skia.Paint.kRound_Cap, StrokeJoin=skia.Paint.kRound_Join,
    )  # fmt: skip


def fade(start: Point, end: Point, stops: Sequence[tuple[Colour, float]]) -> Any:
    """A linear gradient of (colour, alpha) stops, evenly spaced, as a shader for ``fill``."""
    return skia.GradientShader.MakeLinear(
        [start, end], [argb(colour, alpha) for colour, alpha in stops]
    )


def glow(centre: Point, radius: float, colour: Colour, alpha: float) -> skia.Paint:
    """A paint for a soft light around ``centre`` that is gone at ``radius``."""
    shader = skia.GradientShader.MakeRadial(
        centre, radius,
        [argb(colour, alpha), argb(colour, alpha * 0.42), argb(colour, alpha * 0.12),
         argb(colour, 0)],
        [0.0, 0.3, 0.62, 1.0],
    )  # fmt: skip
    return skia.Paint(AntiAlias=True, Shader=shader)


@lru_cache(maxsize=32)
def _sprite(colour: Colour) -> Any:
    """Return a round soft light as an image; drawing it scaled costs a quarter of a gradient."""
    half = SPRITE / 2
    across = (np.arange(SPRITE, dtype=np.float32) + 0.5 - half) / half
    away = np.sqrt(across[None, :] ** 2 + across[:, None] ** 2)
    alpha = np.interp(away, [0.0, 0.3, 0.62, 1.0], [1.0, 0.42, 0.12, 0.0]).astype(np.float32)
    pixels = np.empty((SPRITE, SPRITE, 4), np.uint8)
    for channel, value in enumerate((*colour[::-1], 255)):
        pixels[..., channel] = np.round(alpha * value)
    info = skia.ImageInfo.Make(SPRITE, SPRITE, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
    return skia.Image.MakeRasterCopy(skia.Pixmap(info, pixels, SPRITE * 4))


def shine(
    canvas: skia.Canvas,
    centre: Point,
    radius: float,
    colour: Colour,
    alpha: float,
    flat: float = 1.0,
) -> None:
    """Draw a soft light (or a soft shadow) around ``centre``; ``flat`` squeezes it to an oval."""
    if alpha < 0.01:
        return
    box = skia.Rect(
        centre[0] - radius, centre[1] - radius * flat, centre[0] + radius, centre[1] + radius * flat
    )
    canvas.drawImageRect(_sprite(colour), box, LINEAR, skia.Paint(Alphaf=min(1.0, alpha)))


@lru_cache(maxsize=16)
def _band(colour: Colour) -> Any:
    """Return a level band, thickest in its middle, as an image one pixel wide."""
    rows = np.clip(np.sin(np.linspace(0, np.pi, SPRITE, dtype=np.float32)), 0, 1) ** 1.5
    pixels = np.empty((SPRITE, 1, 4), np.uint8)
    for channel, value in enumerate((*colour[::-1], 255)):
        pixels[:, 0, channel] = np.round(rows * value)
    info = skia.ImageInfo.Make(1, SPRITE, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
    return skia.Image.MakeRasterCopy(skia.Pixmap(info, pixels, 4))


def veil(
    canvas: skia.Canvas, box: tuple[float, float, float, float], colour: Colour, alpha: float
) -> None:
    """Draw a level band of mist that fades out above and below."""
    canvas.drawImageRect(_band(colour), skia.Rect(*box), LINEAR, skia.Paint(Alphaf=min(1.0, alpha)))


def dry(canvas: skia.Canvas, points: Sequence[Point], width: float, colour: Colour, alpha: float,
        rng: np.random.Generator, bristles: int = 9) -> None:  # fmt: skip
    """Draw a stroke of a brush that has little ink left: bristles apart, breaking off along the
    way.
    """
    way = curve(points, 14)
    for _ in range(bristles):
        offset = (rng.random() - 0.5) * width
        start, end = rng.random() * 0.3, 0.5 + rng.random() * 0.5
        part = way[int(start * len(way)) : max(int(end * len(way)), int(start * len(way)) + 2)]
        path = skia.Path()
        path.moveTo(part[0][0], part[0][1] + offset)
        for x, y in part[1:]:
            path.lineTo(x, y + offset + (rng.random() - 0.5) * 1.2)
        canvas.drawPath(
            path,
            line(
                colour, width / bristles * (0.6 + rng.random()), alpha * (0.4 + 0.6 * rng.random())
            ),
        )


def wet(
    pixels: Pixels,
    rng: np.random.Generator,
    scale: float,
    *,
    grain: float = 0.3,
    pool: float = 0.35,
) -> None:
    """Let a layer (premultiplied BGRA, changed in place) dry like ink on raw paper.

    Pigment pools along the edges of every shape (darker) and thins unevenly within (paper shows).
    ``scale`` is pixels per stage unit; ``grain`` and ``pool`` are how much, 0..1.
    """
    rows = np.flatnonzero(pixels[..., 3].any(axis=1))
    if rows.size == 0:
        return
    part = pixels[rows[0] : rows[-1] + 1]
    height, width = part.shape[:2]
    alpha = part[..., 3].astype(np.float32) / np.float32(255)
    inner = soften(alpha, 5 * scale)
    edge = np.clip((alpha - inner) * 2.0, 0, 1) * (alpha > 0.15)
    blot = cloud(rng, width, height, 70 * scale, 3)
    fibre = noise(rng, width, height, 2.2 * max(scale, 0.5))
    cover = 1 - grain * np.clip((blot - 0.42) * 1.6 + (fibre - 0.5) * 0.35, 0, 1) * (1 - edge)
    dark = 1 - pool * edge
    part[..., :3] = (part[..., :3] * (cover * dark)[..., None]).astype(np.uint8)
    part[..., 3] = (part[..., 3] * cover).astype(np.uint8)
