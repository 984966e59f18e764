"""The head without its face: its back, what hangs down from it, beards, and what dangles."""

from __future__ import annotations

from dataclasses import dataclass

import skia

from generation.stage.brush import Point, fill, line
from generation.stage.palette import INK, blend
from generation.stage.puppet.figures import Build
from generation.stage.puppet.hair.parts import hair_colour
from generation.stage.puppet.hair.styles import OVER
from generation.stage.puppet.material import Material, shape


@dataclass(frozen=True)
class Dangle:
    """Something that hangs from the head and swings: beads, a ribbon, or a feather, ``length``
    units long.
    """

    at: Point
    kind: str  # "beads" | "ribbon" | "feather"
    length: float
    behind: bool = False


DANGLES: dict[str, tuple[Dangle, ...]] = {
    "cloud_bun": (Dangle((-80, -126), "beads", 34), Dangle((33, -93), "beads", 20)),
    "twin_buns": (Dangle((-30, -96), "ribbon", 52), Dangle((20, -100), "ribbon", 40)),
    "scholar_cap": (Dangle((-38, -84), "ribbon", 84, True), Dangle((-36, -88), "ribbon", 70, True)),
    "helmet": (Dangle((-8, -134), "feather", 190, True), Dangle((6, -134), "feather", 176, True)),
    "gauze_hat": (),
    "white_knot": (Dangle((-8, -108), "ribbon", 34, True),),
    "headband": (),
    "bald": (),
    "tufts": (Dangle((-26, -82), "ribbon", 26),),
    "loose": (),
    "ears": (),
    "horns": (),
    "casque": (),
    "fox": (Dangle((36, -88), "beads", 24), Dangle((-56, -104), "beads", 30)),
}
MANES = {"cloud_bun": 150.0, "fox": 190.0, "loose": 236.0, "twin_buns": 96.0}


def draw_behind(canvas: skia.Canvas, material: Material, build: Build) -> None:
    """Draw the back of the head and the neck, before the face."""
    skin = material.shaded(build.skin)
    neck = shape((-12, -20), (-14, 0, -18, 16), (-4, 26, 14, 22), (18, 14, 20, 4), (16, -10))
    material.dye_part(
        canvas,
        neck,
        blend(skin, (170, 100, 70), 0.22),
        blend(skin, (140, 80, 60), 0.45),
        (-20, -20, 24, 24),
        outline=1.7,
    )
    base, _ = hair_colour(material, build)
    skull = shape(
        (20, -92),
        (-6, -106, -42, -94, -43, -56),
        (-44, -28, -34, -8, -18, -4),
        (-6, -4, -2, -14, -2, -24),
        (0, -60),
    )
    if build.hair in ("bald", "tufts"):
        head = shape(
            (20, -91),
            (-4, -100, -36, -90, -38, -58),
            (-40, -30, -30, -12, -16, -8),
            (-2, -8),
            (0, -60),
        )
        canvas.drawPath(head, line(material.light.rim, 5.4, 0.5))
        canvas.drawPath(head, fill(blend(skin, (168, 96, 62), 0.34)))
        canvas.drawPath(head, line(INK, 1.9))
    else:
        canvas.drawPath(skull, line(material.light.rim, 5.4, 0.5))
        canvas.drawPath(skull, fill(base))


def draw_mane(canvas: skia.Canvas, material: Material, build: Build) -> None:
    """Draw the long hair that hangs down the back; its joint is the origin."""
    length = MANES[build.hair]
    base, strand = hair_colour(material, build)
    wide = 1.25 if build.hair == "loose" else 0.8
    mane = shape((-4, -34), (20, -34, 20 * wide, 0, 14, length * 0.5),
                 (12, length * 0.9, -2, length),
                 (-8, length * 0.86), (-14, length * 1.04), (-20, length * 0.84),
                 (-27 * wide, length * 0.93),
                 (-34 * wide, length * 0.5, -26, -4), (-26, -34, -4, -34))  # fmt: skip
    canvas.drawPath(mane, line(material.light.rim, 5.0, 0.42))
    canvas.drawPath(mane, fill(base))
    strands = skia.Path()
    for offset in (-20, -13, -6, 1, 8):
        strands.moveTo(offset * 0.7, -26)
        strands.cubicTo(
            offset * 1.1 * wide,
            length * 0.25,
            offset * wide,
            length * 0.5,
            offset * 0.9 - 2,
            length * 0.84,
        )
    canvas.drawPath(strands, line(strand, 0.9, 0.5))


def draw_over(canvas: skia.Canvas, material: Material, build: Build) -> None:
    """Draw the hair that frames the face, and what is worn on it."""
    OVER[build.hair](canvas, material, build)


def draw_beard(canvas: skia.Canvas, material: Material, build: Build) -> None:
    """Draw the beard, hung from the chin; its joint is the origin (head units, at the mouth's
    corner).
    """
    base, strand = hair_colour(material, build)
    long = {"three_locks": 74.0, "full": 60.0, "long_white": 104.0}[build.beard]
    main = shape(
        (-4, 8),
        (4, 20, 2, long * 0.5),
        (2, long * 0.85, 10, long),
        (14, long * 0.8, 13, long * 0.5),
        (16, 24, 12, 8),
    )
    side = shape(
        (-14, 0),
        (-14, 24, -17, long * 0.45),
        (-16, long * 0.7, -10, long * 0.8),
        (-7, long * 0.6, -8, 30),
        (-6, 14, -6, 4),
    )
    moustache = shape((11, -4), (2, -3, -3, 4), (-6, 16, -5, 34), (-1, 18, 3, 8), (6, 3, 12, -1))
    for lock in (side, main, moustache):
        canvas.drawPath(lock, fill(base))
        canvas.drawPath(lock, line(INK, 1.2, 0.9))
    strands = skia.Path()
    for x in (1.0, 5.0, 9.0):
        strands.moveTo(x, 14)
        strands.cubicTo(x - 1, long * 0.4, x - 1, long * 0.6, x + 2, long * 0.88)
    strands.moveTo(-11, 8)
    strands.quadTo(-13, long * 0.4, -11, long * 0.7)
    canvas.drawPath(strands, line(strand, 0.9, 0.6))
