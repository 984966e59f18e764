"""Hair and headgear, in head units: what lies behind the face, what lies over it, and what
dangles.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import skia

from generation.stage.brush import Point, fill, line
from generation.stage.palette import CINNABAR, INK, JADE, Colour, blend
from generation.stage.puppet import pattern
from generation.stage.puppet.figures import Build
from generation.stage.puppet.material import ClippedCanvas, Material, shape

GOLD: Colour = (226, 170, 66)
PEARL: Colour = (250, 238, 214)


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
    "fox": (Dangle((36, -88), "beads", 24), Dangle((-56, -104), "beads", 30)),
}
MANES = {"cloud_bun": 150.0, "fox": 190.0, "loose": 236.0, "twin_buns": 96.0}


def hair_colour(material: Material, build: Build) -> tuple[Colour, Colour]:
    """Return hair and the light strands upon it."""
    base = material.shaded(build.hair_colour)
    strand = (
        blend(base, material.through, 0.55)
        if sum(build.hair_colour) < 330
        else blend(base, INK, 0.45)
    )
    return base, strand


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


def _cap(canvas: skia.Canvas, material: Material, build: Build, fringe: float = 0.0) -> None:
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


def _bun(
    canvas: skia.Canvas,
    material: Material,
    build: Build,
    x: float,
    y: float,
    rx: float,
    ry: float,
    turn: float = 0.0,
) -> None:
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


def _flower(
    canvas: skia.Canvas, material: Material, x: float, y: float, size: float, colour: Colour
) -> None:
    petals = skia.Path()
    pattern.blossom(petals, x, y, size)
    canvas.drawPath(petals, line(INK, 1.6))
    canvas.drawPath(petals, fill(material.shaded(colour)))
    canvas.drawCircle(x, y, size * 0.22, fill(material.through))


def _gold(canvas: skia.Canvas, material: Material, path: skia.Path) -> None:
    canvas.drawPath(path, line(INK, 2.0))
    canvas.drawPath(path, fill(material.shaded(GOLD)))


def _pin(canvas: skia.Canvas, material: Material, start: Point, end: Point) -> None:
    canvas.drawLine(*start, *end, line(INK, 4.4))
    canvas.drawLine(*start, *end, line(material.shaded(GOLD), 2.6))
    canvas.drawCircle(*end, 4.4, fill(INK))
    canvas.drawCircle(*end, 3.2, fill(material.shaded(JADE)))


def _cloud_bun(canvas: skia.Canvas, material: Material, build: Build) -> None:
    _bun(canvas, material, build, -42, -104, 21, 17, -24)
    _bun(canvas, material, build, 4, -120, 17, 19, 14)
    _pin(canvas, material, (-16, -112), (-80, -127))
    _bun(canvas, material, build, -19, -121, 24, 23, -12)
    _cap(canvas, material, build)
    crown = shape((34, -88), (20, -104, -2, -107), (-8, -101), (14, -98, 29, -83))
    _gold(canvas, material, crown)
    cuts = skia.Path()
    for x, y in ((27, -90), (20, -96), (11, -100), (2, -102.5)):
        cuts.addCircle(x, y, 1.9)
    material.pierce(canvas, cuts)
    phoenix = shape(
        (27, -92), (34, -106, 26, -118), (40, -112, 44, -100), (52, -104), (46, -92, 33, -87)
    )
    _gold(canvas, material, phoenix)
    canvas.drawCircle(38, -98, 2.2, fill(material.shaded(CINNABAR)))
    _flower(canvas, material, -26, -92, 10, CINNABAR)
    _flower(canvas, material, -9, -101, 8, material.dye.trim)
    _flower(canvas, material, -38, -82, 7, PEARL)


def _twin_buns(canvas: skia.Canvas, material: Material, build: Build) -> None:
    _bun(canvas, material, build, -28, -106, 18, 17, -20)
    _bun(canvas, material, build, 16, -110, 16, 16, 16)
    _cap(canvas, material, build, fringe=5)
    for x, y in ((-24, -94), (15, -98)):
        tie = shape(
            (x - 11, y - 4), (x, y - 8, x + 11, y - 4), (x + 10, y + 3), (x, y, x - 10, y + 3)
        )
        canvas.drawPath(tie, line(INK, 2.0))
        canvas.drawPath(tie, fill(material.shaded(material.dye.cloth)))
    _flower(canvas, material, -10, -98, 7, material.dye.accent)
    wisps = skia.Path()
    for x in (38, 33, 28):
        wisps.moveTo(x - 6, -84)
        wisps.quadTo(x + 3, -76, x + 1.5, -66)
    canvas.drawPath(wisps, line(hair_colour(material, build)[0], 2.6))


def _scholar_cap(canvas: skia.Canvas, material: Material, build: Build) -> None:
    _cap(canvas, material, build)
    cloth, deep = blend(material.dye.deep, INK, 0.55), INK
    tall = shape(
        (36, -86),
        (38, -112, 28, -136),
        (4, -142, -30, -132),
        (-44, -112, -40, -82),
        (-6, -98, 36, -86),
    )
    material.dye_part(canvas, tall, cloth, deep, (-44, -140, 40, -80), outline=2.0)
    outer = shape(
        (33, -100),
        (35, -116, 27, -135),
        (2, -141, -29, -131),
        (-41, -116, -39, -98),
        (-4, -112, 33, -100),
    )
    canvas.drawPath(outer, fill(material.dye.deep, 0.85))
    material.slits(
        canvas,
        [
            [(33, -100), (-4, -112), (-39, -98)],
            [(8, -138), (12, -122), (10, -106)],
            [(-14, -136), (-16, -124), (-16, -106)],
        ],
        1.3,
    )
    band = shape((40, -84), (2, -98, -42, -80), (-42, -71), (0, -88, 40, -75))
    material.dye_part(
        canvas,
        band,
        material.dye.trim,
        blend(material.dye.trim, INK, 0.5),
        (-42, -96, 40, -70),
        outline=1.6,
        rim=0,
    )
    jade = skia.Path()
    jade.addRRect(skia.RRect.MakeRectXY(skia.Rect(26, -90, 37, -77), 2.5, 2.5))
    canvas.drawPath(jade, line(INK, 1.8))
    canvas.drawPath(jade, fill(material.shaded((176, 214, 186))))


def _helmet(canvas: skia.Canvas, material: Material, build: Build) -> None:
    _cap(canvas, material, build)
    guard = shape((12, -78), (14, -52, 6, -22), (-6, -6, -22, 2), (-42, 2), (-50, -40, -40, -80))
    material.dye_part(
        canvas, guard, material.dye.cloth, material.dye.deep, (-48, -80, 14, 0), outline=2.0
    )
    inner = ClippedCanvas(canvas, guard)
    mail = skia.Path()
    pattern.scales(mail, -50, -70, 14, 2, 9)
    material.pierce(inner, mail, 0.8)
    bowl = shape(
        (44, -76),
        (44, -104, 24, -122),
        (0, -134, -26, -122),
        (-46, -104, -46, -74),
        (-4, -92, 44, -76),
    )
    material.dye_part(
        canvas,
        bowl,
        material.shaded(GOLD),
        blend(GOLD, INK, 0.6),
        (-46, -130, 44, -74),
        outline=2.2,
    )
    cuts = skia.Path()
    pattern.cloud_scroll(cuts, 8, -102, 24)
    pattern.cloud_scroll(cuts, -24, -100, 18, -1)
    material.pierce(canvas, cuts)
    brim = shape((52, -76), (4, -96, -50, -72), (-50, -63), (0, -84, 50, -67))
    material.dye_part(
        canvas,
        brim,
        material.dye.trim,
        blend(material.dye.trim, INK, 0.5),
        (-50, -92, 52, -62),
        outline=1.8,
        rim=0.3,
    )
    rivets = skia.Path()
    for index in range(9):
        t = index / 8
        rivets.addCircle(46 - 92 * t, -72 - 38 * t * (1 - t), 1.9)
    material.pierce(canvas, rivets)
    spike = shape((-10, -126), (-5, -150, -2, -160), (1, -150, 8, -126))
    _gold(canvas, material, spike)
    tassel = shape(
        (-2, -158),
        (16, -160, 20, -140),
        (10, -146, 2, -148),
        (-10, -146, -22, -138),
        (-18, -160, -2, -158),
    )
    canvas.drawPath(tassel, line(INK, 1.8))
    canvas.drawPath(tassel, fill(material.shaded(CINNABAR)))
    for x, y, r in ((36, -90, 5), (22, -118, 4), (-18, -122, 4)):
        canvas.drawCircle(x, y, r + 1.2, fill(INK))
        canvas.drawCircle(x, y, r, fill(material.shaded(CINNABAR)))


def _gauze_hat(canvas: skia.Canvas, material: Material, build: Build) -> None:
    _cap(canvas, material, build)
    black = blend(INK, material.dye.deep, 0.25)
    for side, x in ((-1, -40), (1, 30)):
        wing = skia.Path()
        reach = 62 if side < 0 else 44
        wing.addRRect(
            skia.RRect.MakeRectXY(
                skia.Rect(min(x, x + side * reach), -97, max(x, x + side * reach), -84), 6.5, 6.5
            )
        )
        material.dye_part(canvas, wing, black, INK, (x - 70, -98, x + 70, -82), outline=1.6)
        cuts = skia.Path()
        for step in range(5):
            pattern.leaf(
                cuts,
                (x + side * (8 + step * reach / 6), -94),
                (x + side * (15 + step * reach / 6), -87),
                1.6,
            )
        material.pierce(canvas, cuts, 0.8)
    high = shape((18, -98), (22, -130, 0, -140), (-32, -140, -40, -92), (-10, -108, 18, -98))
    material.dye_part(canvas, high, black, INK, (-42, -140, 24, -90), outline=2.0)
    low = shape(
        (42, -78), (44, -102, 22, -112), (-12, -114, -44, -98), (-46, -74), (-4, -92, 42, -78)
    )
    material.dye_part(canvas, low, black, INK, (-46, -112, 44, -72), outline=2.0)
    cuts = skia.Path()
    pattern.cloud_scroll(cuts, -10, -122, 20)
    pattern.cloud_scroll(cuts, 14, -98, 20)
    pattern.dots(cuts, (-40, -82), (-14, -90), 7, 1.4)
    material.pierce(canvas, cuts, 0.85)
    gem = skia.Path()
    gem.addOval(skia.Rect(30, -94, 41, -82))
    _gold(canvas, material, gem)
    canvas.drawCircle(35.5, -88, 2.8, fill(material.shaded(CINNABAR)))


def _white_knot(canvas: skia.Canvas, material: Material, build: Build) -> None:
    _bun(canvas, material, build, -10, -114, 15, 15)
    _cap(canvas, material, build)
    _pin(canvas, material, (14, -112), (-34, -118))


def _headband(canvas: skia.Canvas, material: Material, build: Build) -> None:
    _bun(canvas, material, build, -44, -66, 17, 20, 12)
    _cap(canvas, material, build)
    band = shape(
        (41, -76),
        (20, -92, -4, -92),
        (-30, -90, -44, -74),
        (-44, -63),
        (-26, -78, -2, -80),
        (22, -80, 40, -66),
    )
    material.dye_part(
        canvas, band, material.dye.deep, INK, (-44, -92, 42, -62), outline=1.8, rim=0.3
    )
    cuts = skia.Path()
    pattern.dots(cuts, (12, -84), (-32, -79), 9, 1.8)
    material.pierce(canvas, cuts)
    gem = skia.Path()
    gem.addOval(skia.Rect(23, -86, 33, -75))
    _gold(canvas, material, gem)
    _pin(canvas, material, (-34, -76), (-62, -84))


def _bald(canvas: skia.Canvas, material: Material, build: Build) -> None:
    marks = skia.Path()
    for x, y in ((16, -84), (8, -88), (0, -89), (13, -78), (5, -82), (-3, -83)):
        marks.addCircle(x, y, 1.3)
    canvas.drawPath(marks, fill((120, 70, 50), 0.7))


def _tufts(canvas: skia.Canvas, material: Material, build: Build) -> None:
    base, _ = hair_colour(material, build)
    lock = shape(
        (34, -82), (30, -66), (25, -74), (21, -64), (14, -74), (6, -88, 12, -96), (28, -98, 34, -82)
    )
    canvas.drawPath(lock, fill(base))
    canvas.drawPath(lock, line(INK, 1.4))
    side = shape(
        (-4, -76),
        (-26, -92, -40, -66),
        (-42, -40, -24, -28),
        (-12, -32, -14, -52),
        (-12, -66, -4, -76),
    )
    canvas.drawPath(side, fill(base))
    _bun(canvas, material, build, -24, -94, 14, 12, -20)
    tie = shape((-34, -84), (-22, -90, -12, -84), (-12, -77), (-23, -83, -34, -77))
    canvas.drawPath(tie, line(INK, 1.6))
    canvas.drawPath(tie, fill(material.shaded(CINNABAR)))
    material.slits(
        canvas, [[(28, -92), (20, -88), (22, -76)], [(-10, -72), (-24, -66), (-22, -44)]], 0.8, 0.4
    )


def _loose(canvas: skia.Canvas, material: Material, build: Build) -> None:
    _cap(canvas, material, build, fringe=-2)
    base, strand = hair_colour(material, build)
    lock = shape(
        (20, -78),
        (8, -66, 9, -44),
        (12, -10, 4, 44),
        (12, 70, 6, 96),
        (-6, 60, -6, 20),
        (-10, -20, -4, -52),
        (-2, -74, 20, -78),
    )
    canvas.drawPath(lock, fill(base))
    strands = skia.Path()
    for x in (-2.0, 2.0, 5.0):
        strands.moveTo(x + 4, -62)
        strands.cubicTo(x, -30, x + 2, 10, x + 1, 70)
    canvas.drawPath(strands, line(strand, 0.9, 0.55))
    wisp = skia.Path()
    wisp.moveTo(36, -80)
    wisp.cubicTo(48, -66, 40, -44, 44, -30)
    canvas.drawPath(wisp, line(base, 1.3, 0.85))


def _fox(canvas: skia.Canvas, material: Material, build: Build) -> None:
    for x, y, turn in ((-30, -92, -22), (12, -98, 10)):
        canvas.save()
        canvas.translate(x, y)
        canvas.rotate(turn)
        ear = shape((-17, 6), (-16, -26, 0, -52), (16, -26, 17, 6))
        material.dye_part(
            canvas,
            ear,
            material.shaded((214, 108, 42)),
            material.shaded((120, 46, 20)),
            (-17, -50, 17, 6),
            outline=1.8,
        )
        inner = shape((-9, 4), (-8, -18, 1, -36), (9, -18, 10, 4))
        canvas.drawPath(inner, fill(material.shaded((252, 232, 206))))
        tip = shape((-6.5, -32), (-4, -44, 0, -52), (4, -44, 6.5, -32), (0, -36, -6.5, -32))
        canvas.drawPath(tip, fill(INK))
        canvas.restore()
    _bun(canvas, material, build, -10, -110, 19, 17, -10)
    _pin(canvas, material, (-10, -106), (-56, -105))
    _cap(canvas, material, build)
    crown = shape((37, -84), (22, -102, -6, -103), (-8, -97), (14, -96, 31, -79))
    _gold(canvas, material, crown)
    cuts = skia.Path()
    for place in ((29.0, -86.0), (21.0, -92.0), (11.0, -96.5)):
        cuts.addCircle(*place, 2)
    material.pierce(canvas, cuts)
    _flower(canvas, material, -30, -84, 9, CINNABAR)
    mark = skia.Path()  # a flame on the brow
    pattern.leaf(mark, (40.5, -76), (38, -62), 2.6)
    canvas.drawPath(mark, fill(material.shaded(CINNABAR)))


OVER: dict[str, Callable[[skia.Canvas, Material, Build], None]] = {
    "cloud_bun": _cloud_bun, "twin_buns": _twin_buns, "scholar_cap": _scholar_cap,
    "helmet": _helmet,
    "gauze_hat": _gauze_hat, "white_knot": _white_knot, "headband": _headband, "bald": _bald,
    "tufts": _tufts,
    "loose": _loose, "fox": _fox,
}  # fmt: skip


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
