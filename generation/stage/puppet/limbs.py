"""Limbs: arms, sleeves, hands and feet. Each part's joint is its origin; y grows downward, forward
is to the right.
"""

from __future__ import annotations

import skia

from generation.stage.brush import fill, line
from generation.stage.palette import GOLD, INK, PAPER, Colour, blend
from generation.stage.puppet import pattern
from generation.stage.puppet.figures import FOREARM, UPPER_ARM, Build
from generation.stage.puppet.material import ClippedCanvas, Material, shape


def cloth_of(material: Material, build: Build) -> tuple[Colour, Colour]:
    """The colour of the cloth and that of its shadow."""
    if build.cut == "shroud":
        pale = material.shaded(blend((236, 240, 232), material.dye.cloth, 0.12))
        return pale, blend(pale, (110, 134, 142), 0.6)
    return material.dye.cloth, material.dye.deep


def draw_upper(canvas: skia.Canvas, material: Material, build: Build) -> None:
    """Draw the upper arm; its joint is the shoulder."""
    cloth, deep = cloth_of(material, build)
    g = build.girth
    arm = shape(
        (-14 * g, -9),
        (0, -21, 14 * g, -9),
        (17 * g, 26, 14 * g, UPPER_ARM + 8),
        (0, UPPER_ARM + 15, -17 * g, UPPER_ARM + 8),
        (-19 * g, 26, -14 * g, -9),
    )
    material.dye_part(canvas, arm, cloth, deep, (-20 * g, -10, 18 * g, UPPER_ARM))
    cuts = skia.Path()
    if build.cut == "armour":
        inner = ClippedCanvas(canvas, arm)
        pattern.scales(cuts, -26, -8, 26, UPPER_ARM - 20, 12)
        material.pierce(inner, cuts, 0.82)
        return
    material.slits(
        canvas,
        [
            [(-9.0, 6.0), (-13.0, 40.0), (-10.0, UPPER_ARM)],
            [(8.0, 6.0), (12.0, 40.0), (8.0, UPPER_ARM)],
        ],
        1.1,
        0.55,
    )
    if build.cut not in ("shroud", "cassock"):
        pattern.spray(cuts, 0, 40, 11)
        pattern.dots(cuts, (-11, 68), (11, 68), 6, 1.4)
        material.pierce(canvas, cuts)


def draw_fore(canvas: skia.Canvas, material: Material, build: Build, sleeve: float) -> None:
    """Draw the forearm in its sleeve; its joint is the elbow. ``sleeve`` is how wide the sleeve
    hangs, 0 for none.
    """
    cloth, deep = cloth_of(material, build)
    g = build.girth
    if build.cut == "armour":
        arm = shape(
            (-17, -8),
            (0, -16, 17, -8),
            (16, 30, 12, FOREARM - 4),
            (-12, FOREARM - 4),
            (-17, 30, -17, -8),
        )
        material.dye_part(
            canvas, arm, material.shaded(GOLD), blend(GOLD, INK, 0.6), (-17, 0, 17, FOREARM)
        )
        material.slits(
            canvas,
            [[(-14.0, 14.0 + y), (0.0, 20.0 + y), (14.0, 14.0 + y)] for y in (0, 12, 24, 36)],
            1.4,
        )
        return
    back, front = -(22 + 20 * sleeve), 17 + 9 * sleeve
    arm = shape(
        (-18 * g, -10),
        (0, -20, 17 * g, -10),
        (18, 30, front, FOREARM - 2),
        (0, FOREARM + 8, back, FOREARM - 10),
        (-24, 30, -18 * g, -10),
    )
    material.dye_part(canvas, arm, cloth, deep, (back, -10, front, FOREARM))
    inner = ClippedCanvas(canvas, arm)
    cuff = shape(
        (back - 8, FOREARM - 25),
        (0, FOREARM - 8, front + 8, FOREARM - 17),
        (front + 10, FOREARM + 20),
        (back - 10, FOREARM + 20),
    )
    trim = material.dye.trim if build.cut != "shroud" else material.shaded((204, 214, 210))
    inner.drawPath(cuff, fill(trim))
    inner.drawPath(cuff, line(material.dye.accent if build.cut != "shroud" else deep, 2.2))
    cuts = skia.Path()
    pattern.dots(cuts, (back + 5, FOREARM - 13), (front - 4, FOREARM - 6), 7, 1.7)
    if build.cut not in ("shroud", "cassock"):
        pattern.spray(cuts, -2, 22, 12)
    material.pierce(inner, cuts)
    canvas.drawPath(arm, line(blend(deep, INK, 0.75), 2.2))


def draw_drape(canvas: skia.Canvas, material: Material, build: Build, sleeve: float) -> None:
    """Draw the wide mouth of the sleeve, hanging from the wrist (its joint) straight down;
    ``sleeve`` is how wide.
    """
    cloth, deep = cloth_of(material, build)
    long, half = 40 + 66 * sleeve, 15 + 21 * sleeve
    drape = shape(
        (-12, -8),
        (12, -8),
        (half * 0.9, long * 0.4, half, long - 5),
        (0, long + 12, -half, long - 2),
        (-half * 0.9, long * 0.4, -12, -8),
    )
    material.dye_part(canvas, drape, blend(cloth, deep, 0.25), deep, (-half, 0, half, long))
    inner = ClippedCanvas(canvas, drape)
    band = shape(
        (-half - 6, long - 22),
        (0, long - 8, half + 6, long - 25),
        (half + 6, long + 20),
        (-half - 6, long + 20),
    )
    trim = material.dye.lining if build.cut == "gown" else material.dye.trim
    if build.cut == "shroud":
        trim = material.shaded((214, 222, 216))
    inner.drawPath(band, fill(trim))
    inner.drawPath(band, line(blend(deep, INK, 0.4), 1.6))
    cuts = skia.Path()
    if build.cut not in ("shroud", "cassock"):
        pattern.spray(cuts, 0, long * 0.5, 10 + 5 * sleeve)
        pattern.dots(cuts, (-half, long - 9), (half, long - 11), 8, 1.7)
    material.pierce(inner, cuts)
    material.slits(
        inner,
        [
            [(-6.0, 4.0), (-half * 0.5, long * 0.5), (-half * 0.6, long - 20)],
            [(6.0, 4.0), (half * 0.5, long * 0.5), (half * 0.6, long - 22)],
        ],
        1.0,
        0.5,
    )
    canvas.drawPath(drape, line(blend(deep, INK, 0.75), 2.0))


def draw_hand(canvas: skia.Canvas, material: Material, build: Build) -> None:
    """Draw the hand; its joint is the wrist."""
    skin = material.shaded(build.skin)
    hand = shape((-7, -12), (-9, 0, -8, 8), (-9, 18, -4, 27), (-1, 30, 1, 26), (3, 29, 5, 25),
                 (8, 25, 8, 20),
                 (11, 12, 13, 14), (17, 11, 14, 5), (9, -2, 7, -12))  # fmt: skip
    canvas.drawPath(hand, line(material.light.rim, 4.8, 0.45))
    canvas.drawPath(hand, fill(skin))
    canvas.drawPath(hand, line(INK, 1.6))
    fingers = skia.Path()
    for x in (-3.4, 0.6, 4.2):
        fingers.moveTo(x, 11)
        fingers.quadTo(x + 0.6, 18, x + 0.8, 25)
    canvas.drawPath(fingers, line((110, 56, 40), 0.9, 0.7))


def draw_foot(canvas: skia.Canvas, material: Material, build: Build) -> None:
    """Draw the foot, and the leg where the smock leaves it bare."""
    if build.cut == "smock":
        leg = shape((-17, -70), (17, -70), (15, -30, 12, -12), (-14, -12), (-18, -30, -17, -70))
        material.dye_part(
            canvas,
            leg,
            material.dye.lining,
            blend(material.dye.lining, INK, 0.4),
            (-17, -70, 17, -10),
            outline=1.8,
        )
    high = build.cut in ("armour", "court", "robe")
    shoe = shape((-16, -14), (-16, -2, -13, 4), (4, 6, 30, 3), (34, -6, 24, -8), (12, -10, 8, -18))
    material.dye_part(
        canvas,
        shoe,
        blend(INK, material.dye.deep, 0.35) if high else material.dye.trim,
        INK,
        (-16, -16, 32, 4),
        outline=1.8,
    )
    sole = shape((-14, 2), (4, 6, 31, 2), (30, 9, 4, 10), (-14, 9))
    canvas.drawPath(sole, fill(material.shaded(PAPER)))
    canvas.drawPath(sole, line(INK, 1.4))
