"""What hairdos are made of: the cap of hair, buns, flowers, gold and pins, in head units."""

from __future__ import annotations

import skia

from generation.stage.brush import Point, fill, line
from generation.stage.palette import GOLD, INK, JADE, Colour, blend
from generation.stage.puppet import pattern
from generation.stage.puppet.figures import Build
from generation.stage.puppet.material import Material, shape

PEARL: Colour = (250, 238, 214)


def hair_colour(material: Material, build: Build) -> tuple[Colour, Colour]:
    """Return hair and the light strands upon it."""
    base = material.shaded(build.hair_colour)
    strand = (
        blend(base, material.through, 0.55)
        if sum(build.hair_colour) < 330
        else blend(base, INK, 0.45)
    )
    return base, strand


def draw_cap(canvas: skia.Canvas, material: Material, build: Build, fringe: float = 0.0) -> None:
    """Draw the hair that lies on the skull; ``fringe`` lowers it over the brow, in head units."""
    base, strand = hair_colour(material, build)
    cap = shape((39.5, -77), (30, -73 + fringe, 17, -71 + fringe, 11, -58),
                (8, -48, 9, -36, 6.5, -17), (-0.5, -30, -1, -44, -5, -50),
                (-13, -51, -17, -40, -16, -26), (-17, -8, -28, -4, -35, -20),
                (-49, -48, -47, -86, -20, -100),
                (4, -111, 31, -101, 39.5, -77))  # fmt: skip
    canvas.drawPath(cap, fill(base))
    canvas.drawPath(cap, line(INK, 1.6))
    strands = skia.Path()
    for index in range(6):
        t = index / 5
        strands.moveTo(36 - 12 * t, -80 - 10 * t)
        strands.cubicTo(
            24 - 20 * t, -88 - 10 * t, -4 - 16 * t, -84 - 6 * t, -14 - 16 * t, -52 + 14 * t
        )
    strands.moveTo(9, -56)
    strands.cubicTo(6, -46, 7.5, -36, 6, -25)
    canvas.drawPath(strands, line(strand, 1.1, 0.75))


def draw_bun(
    canvas: skia.Canvas,
    material: Material,
    build: Build,
    x: float,
    y: float,
    rx: float,
    ry: float,
    turn: float = 0.0,
) -> None:
    """Draw a bun around (``x``, ``y``) with half axes ``rx`` and ``ry``, turned by ``turn``
    degrees.
    """
    base, strand = hair_colour(material, build)
    canvas.save()
    canvas.translate(x, y)
    canvas.rotate(turn)
    box = skia.Rect(-rx, -ry, rx, ry)
    canvas.drawOval(box, line(material.light.rim, 5.0, 0.5))
    canvas.drawOval(box, fill(base))
    canvas.drawOval(box, line(INK, 1.6))
    curls = skia.Path()
    for ring in (0.76, 0.52, 0.28):
        curls.addArc(skia.Rect(-rx * ring, -ry * ring, rx * ring, ry * ring), 150, 210)
    canvas.drawPath(curls, line(strand, 1.1, 0.75))
    canvas.restore()


def draw_flower(
    canvas: skia.Canvas, material: Material, x: float, y: float, size: float, colour: Colour
) -> None:
    """Draw a blossom of radius ``size`` around (``x``, ``y``)."""
    petals = skia.Path()
    pattern.blossom(petals, x, y, size)
    canvas.drawPath(petals, line(INK, 1.6))
    canvas.drawPath(petals, fill(material.shaded(colour)))
    canvas.drawCircle(x, y, size * 0.22, fill(material.through))


def draw_gold(canvas: skia.Canvas, material: Material, path: skia.Path) -> None:
    """Fill ``path`` with gold in an ink outline."""
    canvas.drawPath(path, line(INK, 2.0))
    canvas.drawPath(path, fill(material.shaded(GOLD)))


def draw_pin(canvas: skia.Canvas, material: Material, start: Point, end: Point) -> None:
    """Draw a gold hairpin from ``start`` to the jade bead at ``end``."""
    canvas.drawLine(*start, *end, line(INK, 4.4))
    canvas.drawLine(*start, *end, line(material.shaded(GOLD), 2.6))
    canvas.drawCircle(*end, 4.4, fill(INK))
    canvas.drawCircle(*end, 3.2, fill(material.shaded(JADE)))
