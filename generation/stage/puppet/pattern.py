"""Fretwork 镂空: the cuts through which the lamp shines. Each function adds cuts to a path, in the
units of the part that is cut; turns are in degrees, clockwise.
"""

from __future__ import annotations

import math

import skia

from generation.stage.brush import Point


def blossom(
    path: skia.Path, x: float, y: float, radius: float, petals: int = 5, turn: float = -90.0
) -> None:
    """A plum blossom: petals apart, and a small heart."""
    for index in range(petals):
        angle = math.radians(turn + 360 / petals * index)
        path.addCircle(
            x + math.cos(angle) * radius * 0.62, y + math.sin(angle) * radius * 0.62, radius * 0.34
        )
    path.addCircle(x, y, radius * 0.2)


def leaf(path: skia.Path, start: Point, end: Point, width: float) -> None:
    """A slit that is pointed at both ends."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy) or 1.0
    nx, ny = -dy / length * width, dx / length * width
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    path.moveTo(*start)
    path.quadTo(middle[0] + nx, middle[1] + ny, *end)
    path.quadTo(middle[0] - nx, middle[1] - ny, *start)
    path.close()


def spray(path: skia.Path, x: float, y: float, size: float, turn: float = 0.0) -> None:
    """A blossom between two pairs of leaves."""
    blossom(path, x, y, size * 0.5)
    for side in (-1, 1):
        for spread, reach in ((18, 1.15), (52, 0.9)):
            angle = math.radians(turn + 90 + side * (90 - spread))
            start = (x + math.cos(angle) * size * 0.58, y + math.sin(angle) * size * 0.58)
            end = (
                x + math.cos(angle) * size * reach * 1.1,
                y + math.sin(angle) * size * reach * 1.1,
            )
            leaf(path, start, end, size * 0.16)


def dots(path: skia.Path, start: Point, end: Point, step: float, radius: float) -> None:
    """A row of round holes."""
    count = max(1, round(math.hypot(end[0] - start[0], end[1] - start[1]) / step))
    for index in range(count + 1):
        t = index / count
        path.addCircle(
            start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t, radius
        )


def scales(
    path: skia.Path, left: float, top: float, right: float, bottom: float, size: float
) -> None:
    """Fish-scale mail: rows of crescents, each row shifted by half. Cut by the caller's clip."""
    row, y = 0, top
    while y < bottom:
        x = left - (size / 2 if row % 2 else 0)
        while x < right + size:
            path.moveTo(x - size * 0.44, y)
            path.cubicTo(
                x - size * 0.40,
                y + size * 0.62,
                x + size * 0.40,
                y + size * 0.62,
                x + size * 0.44,
                y,
            )
            path.cubicTo(
                x + size * 0.26,
                y + size * 0.38,
                x - size * 0.26,
                y + size * 0.38,
                x - size * 0.44,
                y,
            )
            path.close()
            x += size
        y += size * 0.56
        row += 1


def cloud_scroll(path: skia.Path, x: float, y: float, size: float, flip: int = 1) -> None:
    """An auspicious cloud 云纹: a slit that curls in upon itself at both ends, with a tail."""
    for side in (-1, 1):
        inner, outer = [], []
        for step in range(15):
            t = step / 14
            angle = math.radians(-100 + 400 * t)
            radius = size * (0.34 - 0.24 * t)
            width = size * 0.055 * (1 - t * 0.6)
            centre = (x + side * size * 0.36, y)
            inner.append(
                (
                    centre[0] + side * math.cos(angle) * (radius - width),
                    centre[1] + math.sin(angle) * (radius - width),
                )
            )
            outer.append(
                (
                    centre[0] + side * math.cos(angle) * (radius + width),
                    centre[1] + math.sin(angle) * (radius + width),
                )
            )
        path.addPoly([skia.Point(*p) for p in [*outer, *reversed(inner)]], True)
    leaf(
        path,
        (x - size * 0.5, y + size * 0.42),
        (x + flip * size * 0.9, y + size * 0.5),
        size * 0.09,
    )


def meander(path: skia.Path, start: Point, end: Point, size: float) -> None:
    """A border of hooked squares 回纹 along a straight line."""
    length = math.hypot(end[0] - start[0], end[1] - start[1])
    count = max(1, round(length / size))
    matrix = skia.Matrix()
    matrix.setRotate(math.degrees(math.atan2(end[1] - start[1], end[0] - start[0])))
    matrix.postTranslate(*start)
    cell = length / count
    border, bar = skia.Path(), cell * 0.13
    for index in range(count):
        x, half = index * cell + cell * 0.1, cell * 0.4
        for box in (
            (x, -half, x + cell * 0.8, -half + bar), (x, -half, x + bar, half),
            (x, half - bar, x + cell * 0.8, half),
            (x + cell * 0.8 - bar, -half * 0.35, x + cell * 0.8, half),
            (x + cell * 0.36, -half * 0.35, x + cell * 0.8, -half * 0.35 + bar),
        ):  # fmt: skip
            border.addRect(skia.Rect(*box))
    path.addPath(border, matrix)


def waves(path: skia.Path, left: float, right: float, base: float, size: float) -> None:
    """Standing water 海水 on a hem: crests of nested arcs."""
    count = max(1, round((right - left) / size))
    cell = (right - left) / count
    for index in range(count):
        x = left + (index + 0.5) * cell
        for ring in (0.46, 0.31, 0.16):
            radius = cell * ring
            outer = skia.Rect(x - radius, base - radius, x + radius, base + radius)
            thin = cell * 0.05
            inner = skia.Rect(
                x - radius + thin, base - radius + thin, x + radius - thin, base + radius - thin
            )
            path.arcTo(outer, 180, 180, True)
            path.arcTo(inner, 0, -180, False)
            path.close()
