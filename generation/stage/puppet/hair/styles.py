"""The hair that frames the face and what is worn on it: one function for each ``figures.Hair``."""

from __future__ import annotations

from collections.abc import Callable

import skia

from generation.stage.brush import fill, line
from generation.stage.palette import CINNABAR, GOLD, INK, blend
from generation.stage.puppet import pattern
from generation.stage.puppet.figures import Build
from generation.stage.puppet.hair import beings
from generation.stage.puppet.hair.parts import (
    PEARL,
    draw_bun,
    draw_cap,
    draw_flower,
    draw_gold,
    draw_pin,
    hair_colour,
)
from generation.stage.puppet.material import ClippedCanvas, Material, shape


def _cloud_bun(canvas: skia.Canvas, material: Material, build: Build) -> None:
    draw_bun(canvas, material, build, -42, -104, 21, 17, -24)
    draw_bun(canvas, material, build, 4, -120, 17, 19, 14)
    draw_pin(canvas, material, (-16, -112), (-80, -127))
    draw_bun(canvas, material, build, -19, -121, 24, 23, -12)
    draw_cap(canvas, material, build)
    crown = shape((34, -88), (20, -104, -2, -107), (-8, -101), (14, -98, 29, -83))
    draw_gold(canvas, material, crown)
    cuts = skia.Path()
    for x, y in ((27, -90), (20, -96), (11, -100), (2, -102.5)):
        cuts.addCircle(x, y, 1.9)
    material.pierce(canvas, cuts)
    phoenix = shape(
        (27, -92), (34, -106, 26, -118), (40, -112, 44, -100), (52, -104), (46, -92, 33, -87)
    )
    draw_gold(canvas, material, phoenix)
    canvas.drawCircle(38, -98, 2.2, fill(material.shaded(CINNABAR)))
    draw_flower(canvas, material, -26, -92, 10, CINNABAR)
    draw_flower(canvas, material, -9, -101, 8, material.dye.trim)
    draw_flower(canvas, material, -38, -82, 7, PEARL)


def _twin_buns(canvas: skia.Canvas, material: Material, build: Build) -> None:
    draw_bun(canvas, material, build, -28, -106, 18, 17, -20)
    draw_bun(canvas, material, build, 16, -110, 16, 16, 16)
    draw_cap(canvas, material, build, fringe=5)
    for x, y in ((-24, -94), (15, -98)):
        tie = shape(
            (x - 11, y - 4), (x, y - 8, x + 11, y - 4), (x + 10, y + 3), (x, y, x - 10, y + 3)
        )
        canvas.drawPath(tie, line(INK, 2.0))
        canvas.drawPath(tie, fill(material.shaded(material.dye.cloth)))
    draw_flower(canvas, material, -10, -98, 7, material.dye.accent)
    wisps = skia.Path()
    for x in (38, 33, 28):
        wisps.moveTo(x - 6, -84)
        wisps.quadTo(x + 3, -76, x + 1.5, -66)
    canvas.drawPath(wisps, line(hair_colour(material, build)[0], 2.6))


def _scholar_cap(canvas: skia.Canvas, material: Material, build: Build) -> None:
    draw_cap(canvas, material, build)
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
    draw_cap(canvas, material, build)
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
    draw_gold(canvas, material, spike)
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
    draw_cap(canvas, material, build)
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
    draw_gold(canvas, material, gem)
    canvas.drawCircle(35.5, -88, 2.8, fill(material.shaded(CINNABAR)))


def _white_knot(canvas: skia.Canvas, material: Material, build: Build) -> None:
    draw_bun(canvas, material, build, -10, -114, 15, 15)
    draw_cap(canvas, material, build)
    draw_pin(canvas, material, (14, -112), (-34, -118))


def _headband(canvas: skia.Canvas, material: Material, build: Build) -> None:
    draw_bun(canvas, material, build, -44, -66, 17, 20, 12)
    draw_cap(canvas, material, build)
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
    draw_gold(canvas, material, gem)
    draw_pin(canvas, material, (-34, -76), (-62, -84))


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
    draw_bun(canvas, material, build, -24, -94, 14, 12, -20)
    tie = shape((-34, -84), (-22, -90, -12, -84), (-12, -77), (-23, -83, -34, -77))
    canvas.drawPath(tie, line(INK, 1.6))
    canvas.drawPath(tie, fill(material.shaded(CINNABAR)))
    material.slits(
        canvas, [[(28, -92), (20, -88), (22, -76)], [(-10, -72), (-24, -66), (-22, -44)]], 0.8, 0.4
    )


def _loose(canvas: skia.Canvas, material: Material, build: Build) -> None:
    draw_cap(canvas, material, build, fringe=-2)
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
    draw_bun(canvas, material, build, -10, -110, 19, 17, -10)
    draw_pin(canvas, material, (-10, -106), (-56, -105))
    draw_cap(canvas, material, build)
    crown = shape((37, -84), (22, -102, -6, -103), (-8, -97), (14, -96, 31, -79))
    draw_gold(canvas, material, crown)
    cuts = skia.Path()
    for place in ((29.0, -86.0), (21.0, -92.0), (11.0, -96.5)):
        cuts.addCircle(*place, 2)
    material.pierce(canvas, cuts)
    draw_flower(canvas, material, -30, -84, 9, CINNABAR)
    mark = skia.Path()  # a flame on the brow
    pattern.leaf(mark, (40.5, -76), (38, -62), 2.6)
    canvas.drawPath(mark, fill(material.shaded(CINNABAR)))


OVER: dict[str, Callable[[skia.Canvas, Material, Build], None]] = {
    "cloud_bun": _cloud_bun, "twin_buns": _twin_buns, "scholar_cap": _scholar_cap,
    "helmet": _helmet,
    "gauze_hat": _gauze_hat, "white_knot": _white_knot, "headband": _headband, "bald": _bald,
    "tufts": _tufts,
    "loose": _loose, "fox": _fox, "ears": beings.ears, "horns": beings.horns,
    "casque": beings.casque,
}  # fmt: skip
