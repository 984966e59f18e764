"""Things that a puppet holds. The hand is the origin; ``upright`` degrees turn the canvas back to
the world's down.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import skia

from generation.stage.brush import fill, line, shine, smooth_path
from generation.stage.palette import GOLD, INK, JADE, LAMP, PAPER, blend
from generation.stage.puppet import pattern
from generation.stage.puppet.material import ClippedCanvas, Material, record, shape
from generation.storyboard import Prop

UPRIGHT: frozenset[Prop] = frozenset(("umbrella", "lantern", "cup", "jade"))


def make_prop(material: Material, prop: Prop) -> skia.Picture:
    """Record what is held."""
    return record(lambda canvas: DRAW[prop](canvas, material))


def draw_prop(
    canvas: skia.Canvas, picture: skia.Picture, prop: Prop, upright: float, swing: float
) -> None:
    """Draw what is held; the hand is the origin. Things with weight hang down or stand up at
    ``upright`` degrees; ``swing`` degrees are their lag.
    """
    canvas.save()
    canvas.translate(2, 14)
    if prop in UPRIGHT:
        canvas.rotate(upright)
    if prop in ("lantern", "jade"):
        canvas.rotate(swing)
    canvas.drawPicture(picture)
    canvas.restore()


def _umbrella(canvas: skia.Canvas, material: Material) -> None:
    canvas.rotate(-7)
    canvas.drawLine(0, 54, 0, -218, line(INK, 6))
    canvas.drawLine(0, 54, 0, -218, line(material.shaded((150, 84, 40)), 3.6))
    tone = material.shaded((204, 62, 44))
    half, top = 172.0, -226.0
    canopy = shape((-half, -128), (-half * 0.62, top + 10, 0, top - 6),
                   (half * 0.62, top + 10, half, -128),
                   (half * 0.8, -142, half * 0.62, -126), (half * 0.44, -142, half * 0.22, -124),
                   (0, -140, -half * 0.22, -124),
                   (-half * 0.44, -142, -half * 0.62, -126),
                   (-half * 0.8, -142, -half, -128))  # fmt: skip
    material.dye_part(canvas, canopy, tone, blend(tone, INK, 0.55), (-half, top, half, -120))
    inner = ClippedCanvas(canvas, canopy)
    ribs = skia.Path()
    for index in range(-4, 5):
        ribs.moveTo(0, top - 4)
        ribs.quadTo(half * index / 4.4 * 0.72, top + 24, half * index / 4, -126)
    inner.drawPath(ribs, line(blend(tone, INK, 0.5), 2.6))
    inner.drawPath(ribs, line(material.through, 0.9, 0.8))
    cuts = skia.Path()
    for index in range(-3, 4):
        pattern.spray(cuts, half * index / 3.9, -156 - (9 - index * index) * 3.6, 13)
    material.pierce(inner, cuts)
    canvas.drawCircle(0, top - 8, 5, fill(INK))


def _lantern(canvas: skia.Canvas, material: Material) -> None:
    shine(canvas, (0, 58), 130, LAMP, 0.3 + 0.5 * material.light.lit)
    canvas.drawLine(0, 0, 0, 28, line(INK, 2))
    body = shape(
        (-14, 32),
        (-36, 46, -36, 74),
        (-32, 90, -14, 92),
        (14, 92),
        (36, 88, 36, 62),
        (34, 40, 14, 32),
    )
    shader = skia.GradientShader.MakeRadial(
        (0, 62), 38, [0xFFFFF0C0, 0xFFF8A848, 0xFFC84A22], [0, 0.5, 1]
    )
    canvas.drawPath(body, fill(LAMP, 1, shader))
    ribs = skia.Path()
    for bend in (-24, -9, 9, 24):
        ribs.moveTo(bend * 0.4, 32)
        ribs.quadTo(bend * 1.5, 62, bend * 0.4, 92)
    canvas.drawPath(ribs, line((120, 30, 14), 1.2, 0.6))
    canvas.drawPath(body, line(INK, 2))
    for y in (29, 90):
        canvas.drawRect(skia.Rect(-15, y, 15, y + 6), fill(INK))
    canvas.drawLine(0, 96, 0, 126, line((190, 50, 34), 3.4))


def _letter(canvas: skia.Canvas, material: Material) -> None:
    canvas.rotate(-14)
    sheet = shape((-20, -6), (22, -10), (24, 50), (2, 54, -18, 52))
    canvas.drawPath(sheet, line(material.light.rim, 5, 0.5))
    canvas.drawPath(sheet, fill(material.shaded(PAPER)))
    canvas.drawPath(sheet, line(INK, 1.7))
    for x in (-11, -3, 5, 13):
        for y in range(2, 40, 9):
            canvas.drawLine(x, y, x + 0.5, y + 5.5, line(INK, 1.7, 0.75))
    canvas.drawRect(skia.Rect(-15, 40, -7, 48), fill((200, 65, 43)))


def _sword(canvas: skia.Canvas, material: Material) -> None:
    canvas.rotate(-62)
    blade = shape((-5, 10), (-6, 148), (0, 166), (6, 148), (5, 10))
    canvas.drawPath(blade, line(material.light.rim, 5, 0.5))
    canvas.drawPath(blade, fill(material.shaded((206, 216, 220))))
    canvas.drawPath(blade, line(INK, 1.7))
    canvas.drawLine(0, 14, 0, 150, line((110, 124, 132), 1.4))
    guard = shape((-16, 2), (0, 8, 16, 2), (13, 13), (0, 18, -13, 13))
    canvas.drawPath(guard, fill(material.shaded(GOLD)))
    canvas.drawPath(guard, line(INK, 1.6))
    canvas.drawLine(0, 2, 0, -28, line(INK, 8))
    canvas.drawLine(0, 0, 0, -27, line(material.dye.trim, 5))
    canvas.drawLine(0, -28, -10, -58, line((190, 50, 34), 2.6))


def _jade(canvas: skia.Canvas, material: Material) -> None:
    tone = material.shaded(blend(JADE, (196, 236, 206), 0.45))
    canvas.drawLine(0, -4, 0, 12, line((190, 50, 34), 2.2))
    shine(canvas, (0, 30), 44, (190, 240, 210), 0.5)
    canvas.drawCircle(0, 28, 13, line(INK, 11.5))
    canvas.drawCircle(0, 28, 13, line(tone, 8.6))
    canvas.drawArc(skia.Rect(-15, 13, 15, 43), 200, 80, False, line((240, 255, 244), 1.8, 0.9))
    for x in (-3, 0, 3):
        canvas.drawLine(0, 46, x * 1.6, 78, line((190, 50, 34), 1.8))
    canvas.drawCircle(0, 47, 3.4, fill(material.shaded(GOLD)))


def _fan(canvas: skia.Canvas, material: Material) -> None:
    canvas.rotate(24)
    canvas.drawLine(0, -12, 0, 40, line(INK, 5.4))
    canvas.drawLine(0, -12, 0, 40, line(material.shaded((150, 84, 40)), 3))
    silk = skia.Path()
    silk.addOval(skia.Rect(-40, 34, 40, 112))
    canvas.drawPath(silk, line(material.light.rim, 5.6, 0.5))
    canvas.drawPath(silk, fill(material.shaded((246, 236, 212)), 0.94))
    canvas.drawPath(silk, line(material.shaded((140, 44, 36)), 3.4))
    canvas.drawPath(silk, line(INK, 1.2))
    branch = smooth_path([(-30, 98), (-12, 84), (2, 66), (20, 52)])
    canvas.drawPath(branch, line(INK, 2.2, 0.8))
    cuts = skia.Path()
    for x, y in ((-16, 80), (4, 58), (20, 62), (-2, 90)):
        pattern.blossom(cuts, x, y, 7)
    canvas.drawPath(cuts, fill((206, 66, 72)))


def _cup(canvas: skia.Canvas, material: Material) -> None:
    bowl = shape(
        (-15, -14), (-13, 6, -4, 8), (-5, 14), (6, 14), (5, 8), (14, 6, 16, -14), (0, -9, -15, -14)
    )
    canvas.drawPath(bowl, line(material.light.rim, 5, 0.5))
    canvas.drawPath(bowl, fill(material.shaded((216, 228, 224))))
    canvas.drawPath(bowl, line(INK, 1.7))
    canvas.drawOval(skia.Rect(-15, -18, 16, -10), fill(material.shaded((170, 110, 48))))
    canvas.drawOval(skia.Rect(-15, -18, 16, -10), line(INK, 1.4))
    canvas.drawLine(-10, -3, 11, -3, line((60, 92, 140), 1.8))


def _mirror(canvas: skia.Canvas, material: Material) -> None:
    canvas.rotate(10)
    canvas.drawLine(0, -8, 0, 34, line(INK, 8))
    canvas.drawLine(0, -8, 0, 34, line(material.shaded(GOLD), 5))
    canvas.drawCircle(0, 62, 33, fill(INK))
    canvas.drawCircle(0, 62, 31, fill(material.shaded(GOLD)))
    shader = skia.GradientShader.MakeLinear(
        [(-20, 40), (20, 86)], [0xFFF4FAF6, 0xFFA8C0C0, 0xFFE8F2EC]
    )
    canvas.drawCircle(0, 62, 24, fill(PAPER, 1, shader))
    canvas.drawCircle(0, 62, 24, line(INK, 1.4))
    studs = skia.Path()
    for index in range(12):
        angle = index / 12 * math.tau
        studs.addCircle(math.cos(angle) * 27.5, 62 + math.sin(angle) * 27.5, 1.6)
    canvas.drawPath(studs, fill((120, 60, 24)))


def _flute(canvas: skia.Canvas, material: Material) -> None:
    canvas.rotate(58)
    canvas.drawLine(-14, -40, -14, 150, line(INK, 10))
    canvas.drawLine(-14, -38, -14, 148, line(material.shaded((170, 122, 58)), 6.4))
    for y in (20, 38, 54, 70, 86):
        canvas.drawCircle(-14, y, 1.9, fill(INK))
    for y in (-14, 112):
        canvas.drawLine(-18, y, -10, y, line((190, 50, 34), 3))
    canvas.drawLine(-14, 148, -26, 186, line((190, 50, 34), 2.4))


DRAW: dict[Prop, Callable[[skia.Canvas, Material], None]] = {
    "umbrella": _umbrella, "lantern": _lantern, "letter": _letter, "sword": _sword, "jade": _jade,
    "fan": _fan,
    "cup": _cup, "mirror": _mirror, "flute": _flute,
}  # fmt: skip
