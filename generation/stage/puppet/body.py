"""Bodies: skirts, trunks, arms and hands of each cut of robe, recorded once per puppet.

Each part's joint is its origin; y grows downward; the puppet looks to the right.
"""

from __future__ import annotations

from dataclasses import dataclass

import skia

from generation.stage.brush import fade, fill, line
from generation.stage.palette import INK, PAPER, Colour, blend
from generation.stage.puppet import pattern
from generation.stage.puppet.figures import HIP, Build
from generation.stage.puppet.limbs import (
    GOLD,
    cloth_of,
    draw_drape,
    draw_foot,
    draw_fore,
    draw_hand,
    draw_upper,
)
from generation.stage.puppet.material import Canvas, ClippedCanvas, Material, record, shape


@dataclass(frozen=True)
class Body:
    """The recorded parts of one puppet."""

    skirt: skia.Picture
    apron: skia.Picture  # swings before the skirt
    trunk: skia.Picture
    collar: skia.Picture  # lies over the back arm's shoulder and the trunk
    upper: skia.Picture
    fore: skia.Picture
    drape: skia.Picture | None  # the sleeve that hangs from the forearm
    hand: skia.Picture
    foot: skia.Picture


def make_body(material: Material, build: Build) -> Body:
    """Cut, dye and pierce the parts for one figure."""
    wide = {
        "gown": 1.0,
        "court": 1.15,
        "robe": 1.1,
        "shroud": 1.2,
        "cassock": 1.0,
        "jacket": 0.7,
        "smock": 0.55,
        "armour": 0.0,
    }
    sleeve = wide[build.cut]
    return Body(
        skirt=record(lambda canvas: _skirt(canvas, material, build)),
        apron=record(lambda canvas: _apron(canvas, material, build)),
        trunk=record(lambda canvas: _trunk(canvas, material, build)),
        collar=record(lambda canvas: _collar(canvas, material, build)),
        upper=record(lambda canvas: draw_upper(canvas, material, build)),
        fore=record(lambda canvas: draw_fore(canvas, material, build, sleeve)),
        drape=record(lambda canvas: draw_drape(canvas, material, build, sleeve))
        if sleeve
        else None,
        hand=record(lambda canvas: draw_hand(canvas, material, build)),
        foot=record(lambda canvas: draw_foot(canvas, material, build)),
    )


def _skirt(canvas: skia.Canvas, material: Material, build: Build) -> None:
    cloth, deep = cloth_of(material, build)
    girth, low = build.girth, HIP - 4
    if build.cut == "gown":
        back, front = -92.0, 66.0
    elif build.cut == "shroud":
        back, front = -96.0, 58.0
    elif build.cut in ("jacket", "smock"):
        back, front = -60.0, 52.0
    else:
        back, front = -66.0, 58.0
    if build.cut == "smock":
        low -= 40
    if build.cut == "shroud":
        hem = [
            (-70, low - 10),
            (-62, low + 16),
            (-44, low - 6),
            (-26, low + 20),
            (-8, low - 4),
            (10, low + 18),
            (28, low - 8),
            (44, low + 8),
        ]
        skirt = skia.Path()
        skirt.moveTo(-28, -4)
        skirt.cubicTo(-42, 70, -66, 170, back, low)
        for x, y in hem:
            skirt.lineTo(x, y)
        skirt.lineTo(front, low - 6)
        skirt.cubicTo(50, 170, 40, 70, 28, -4)
        skirt.close()
    else:
        skirt = shape((-31 * girth, -4), (-44 * girth, 66, back * 0.72, low * 0.62, back, low - 6),
                      (back * 0.5, low + 8, 0, low + 2), (front * 0.6, low + 6, front, low - 8),
                      (front * 0.76, low * 0.62, 40 * girth, 66, 31 * girth, -4))  # fmt: skip
    if build.cut == "gown":  # an under-skirt shows at the hem
        under = shape(
            (back * 0.7, low * 0.7),
            (back * 0.98, low + 8),
            (back * 0.5, low + 18, 0, low + 10),
            (front * 0.6, low + 14, front * 0.96, low + 4),
            (front * 0.7, low * 0.7),
        )
        material.dye_part(
            canvas,
            under,
            material.dye.lining,
            blend(material.dye.lining, INK, 0.35),
            (back, 0, front, low),
            outline=1.8,
        )
    material.dye_part(canvas, skirt, cloth, deep, (back, 0, front, low))
    inner = ClippedCanvas(canvas, skirt)
    _folds(inner, material, deep, back, front, low, girth)
    if build.cut == "shroud":
        inner.drawRect(
            skia.Rect(back, 0, front, low + 30),
            fill(deep, 1, fade((0, low * 0.4), (0, low + 20), [(deep, 0.0), (deep, 0.55)])),
        )
    elif build.cut == "cassock":
        _patches(inner, material, back, front, low)
    elif build.cut == "armour":
        cuts = skia.Path()
        pattern.scales(cuts, back, 20, front, low - 66, 17)
        material.pierce(inner, cuts, 0.82)
        _hem(inner, material, build, back, front, low)
    else:
        _blooms(inner, material, build, back, front, low)
        _hem(inner, material, build, back, front, low)
    canvas.drawPath(skirt, line(blend(deep, INK, 0.75), 2.2))


def _folds(
    canvas: Canvas,
    material: Material,
    deep: Colour,
    back: float,
    front: float,
    low: float,
    girth: float,
) -> None:
    count = 9
    dark, light = skia.Path(), skia.Path()
    for index in range(1, count):
        t = index / count
        top, mid, foot = (
            (-29 + 58 * t) * girth,
            back * 0.55 + (front - back) * 0.6 * t,
            back + (front - back) * t,
        )
        for path, shift in ((dark, 0.0), (light, 3.2)):
            path.moveTo(top + shift * 0.3, 4)
            path.cubicTo(
                top * 1.1 + shift * 0.5,
                low * 0.3,
                mid + shift * 0.8,
                low * 0.6,
                foot + shift,
                low - 24,
            )
    canvas.drawPath(dark, line(deep, 3.4, 0.6))
    canvas.drawPath(light, line(material.through, 1.15, 0.62))


def _blooms(
    canvas: Canvas, material: Material, build: Build, back: float, front: float, low: float
) -> None:
    cuts = skia.Path()
    if build.cut in ("gown", "jacket", "smock"):
        size = 15 if build.cut == "gown" else 11
        for row, share in enumerate((0.36, 0.56, 0.75)):
            left, right = -32 + (back + 32) * share, 32 + (front - 32) * share
            count = 3 + row
            for index in range(count):
                t = (index + (0.3 if row % 2 else 0.6)) / count
                pattern.spray(
                    cuts,
                    left + (right - left) * t,
                    low * share,
                    size * (0.72 + 0.14 * row),
                    8 * (t - 0.5) * row,
                )
    else:
        for share, size in ((0.3, 22), (0.55, 27), (0.74, 24)):
            left, right = -32 + (back + 32) * share, 32 + (front - 32) * share
            pattern.cloud_scroll(cuts, left + (right - left) * 0.26, low * share, size, -1)
            pattern.cloud_scroll(cuts, left + (right - left) * 0.76, low * (share + 0.06), size)
    material.pierce(canvas, cuts)


def _hem(
    canvas: Canvas, material: Material, build: Build, back: float, front: float, low: float
) -> None:
    trim = material.dye.trim
    band = shape((back - 12, low - 30), (back * 0.5, low - 14, 0, low - 22),
                 (front * 0.6, low - 18, front + 12, low - 32),
                 (front + 12, low + 22), (back - 12, low + 22))  # fmt: skip
    canvas.drawPath(band, fill(trim))
    canvas.drawPath(band, line(blend(trim, INK, 0.6), 2.0))
    cuts = skia.Path()
    if build.cut in ("court", "armour"):
        pattern.waves(cuts, back, front, low - 1, 24)
    elif build.cut == "robe":
        pattern.meander(cuts, (back, low - 9), (front, low - 11), 15)
    else:
        pattern.dots(cuts, (back + 4, low - 18), (back * 0.3, low - 8), 9, 2.0)
        pattern.dots(cuts, (back * 0.3 + 9, low - 8), (front - 4, low - 18), 9, 2.0)
    material.pierce(canvas, cuts)
    edge = skia.Path()
    edge.moveTo(back - 12, low - 34)
    edge.quadTo(back * 0.5, low - 18, 0, low - 26)
    edge.quadTo(front * 0.6, low - 22, front + 12, low - 36)
    canvas.drawPath(edge, line(material.dye.accent, 2.2))


def _patches(canvas: Canvas, material: Material, back: float, front: float, low: float) -> None:
    grid = skia.Path()
    for index in range(7):
        y = 26 + index * 38
        grid.moveTo(back, y + 6)
        grid.quadTo(0, y - 4, front, y + 8)
    for index in range(6):
        t = index / 5
        grid.moveTo(-26 + 52 * t, 0)
        grid.quadTo(-34 + 68 * t, low * 0.5, back + (front - back) * t, low)
    canvas.drawPath(grid, line(material.dye.deep, 4.2, 0.9))
    canvas.drawPath(grid, line(material.through, 1.1, 0.75))


def _apron(canvas: skia.Canvas, material: Material, build: Build) -> None:
    """The panel, ribbons or pendant that hang from the belt."""
    dye = material.dye
    if build.cut in ("gown", "court"):
        long = 176 if build.cut == "gown" else 150
        panel = shape(
            (-15, 0),
            (-18, long * 0.5, -24, long),
            (-2, long + 18),
            (20, long),
            (17, long * 0.5, 15, 0),
        )
        material.dye_part(
            canvas,
            panel,
            dye.trim,
            blend(dye.trim, INK, 0.5),
            (-24, 0, 20, long),
            outline=1.9,
            rim=0.35,
        )
        cuts = skia.Path()
        for index in range(3):
            pattern.spray(cuts, -1, 34 + index * (long - 56) / 2.4, 12 + index)
        pattern.dots(cuts, (-20, long - 10), (16, long - 10), 6, 1.5)
        material.pierce(canvas, cuts)
        canvas.drawLine(-21, long - 18, 17, long - 18, line(dye.accent, 2.0))
    elif build.cut == "armour":
        for x, tone in ((-27, dye.deep), (25, dye.deep), (-1, dye.trim)):
            flap = shape(
                (x - 17, 0),
                (x - 22, 60, x - 21, 104),
                (x, 124),
                (x + 21, 104),
                (x + 22, 60, x + 17, 0),
            )
            material.dye_part(
                canvas,
                flap,
                tone,
                blend(tone, INK, 0.6),
                (x - 22, 0, x + 22, 120),
                outline=1.9,
                rim=0.35,
            )
            cuts = skia.Path()
            pattern.cloud_scroll(cuts, x, 44, 19)
            pattern.spray(cuts, x, 82, 12)
            pattern.dots(cuts, (x - 15, 101), (x, 113), 6, 1.4)
            pattern.dots(cuts, (x, 113), (x + 15, 101), 6, 1.4)
            material.pierce(canvas, cuts)
    elif build.cut == "cassock":
        for index in range(12):
            canvas.drawCircle(9 + (index % 3) * 0.8, 6 + index * 8.2, 4.6, fill(INK))
            canvas.drawCircle(
                9 + (index % 3) * 0.8, 6 + index * 8.2, 3.5, fill(material.shaded((130, 66, 34)))
            )
    else:
        for x, long in ((-4, 118), (7, 92)):
            ribbon = shape(
                (x - 4, 0),
                (x - 5, long * 0.5, x - 8, long),
                (x, long - 8),
                (x + 5, long),
                (x + 5, long * 0.5, x + 4, 0),
            )
            tone = dye.accent if build.cut != "shroud" else material.shaded((190, 202, 200))
            material.dye_part(
                canvas,
                ribbon,
                tone,
                blend(tone, INK, 0.4),
                (x - 8, 0, x + 6, long),
                outline=1.5,
                rim=0.3,
            )
        if build.cut == "robe":
            canvas.drawCircle(-14, 34, 9, line(INK, 6.4))
            canvas.drawCircle(-14, 34, 9, line(material.shaded((166, 208, 178)), 4.0))
            canvas.drawLine(-14, 0, -14, 25, line(dye.accent, 1.6))
            for x in (-17, -14, -11):
                canvas.drawLine(-14, 44, x, 74, line(dye.accent, 1.5))


def _trunk(canvas: skia.Canvas, material: Material, build: Build) -> None:
    cloth, deep = cloth_of(material, build)
    g = build.girth
    trunk = shape((-31 * g, 8), (-35 * g, -34, -38 * g, -78, -27 * g, -104), (-10, -118, 6, -117),
                  (26, -114, 37 * g, -92),
                  (46 * g, -62, 38 * g, -28, 32 * g, 8))  # fmt: skip
    material.dye_part(canvas, trunk, cloth, deep, (-36 * g, -112, 38 * g, 8))
    inner = ClippedCanvas(canvas, trunk)
    cuts = skia.Path()
    if build.cut == "armour":
        pattern.scales(cuts, -46, -116, 50, -14, 13)
        material.pierce(inner, cuts, 0.85)
        for radius, tone in ((20, material.shaded(GOLD)), (13, material.dye.cloth)):
            inner.drawCircle(9, -62, radius, fill(tone))
            inner.drawCircle(9, -62, radius, line(INK, 2))
        heart = skia.Path()
        pattern.blossom(heart, 9, -62, 9)
        material.pierce(inner, heart)
    elif build.cut == "court":
        box = skia.Path()
        box.addRRect(skia.RRect.MakeRectXY(skia.Rect(-15, -86, 33, -32), 4, 4))
        inner.drawPath(box, fill(material.dye.trim))
        inner.drawPath(box, line(material.dye.accent, 2.4))
        pattern.cloud_scroll(cuts, 9, -70, 22)
        pattern.spray(cuts, 9, -50, 12)
        pattern.waves(cuts, -13, 31, -34, 14)
        material.pierce(inner, cuts)
    elif build.cut == "cassock":
        _patches(inner, material, -40, 40, 20)
        sash = shape((-34, -108), (-18, -114), (38, -10), (38, 10))
        material.dye_part(
            inner,
            sash,
            material.shaded((206, 72, 40)),
            material.shaded((120, 30, 18)),
            (-34, -110, 38, 8),
            outline=1.8,
            rim=0,
        )
        material.slits(inner, [[(-20, -104), (36, -4)], [(-28, -106), (34, 4)]], 1.0)
    elif build.cut in ("gown", "jacket", "smock"):
        pattern.scales(cuts, -40, -70, 44, 4, 14) if build.cut == "gown" else pattern.spray(
            cuts, -10, -46, 13
        )
        material.pierce(inner, cuts, 0.85)
    else:
        if build.cut == "robe":
            pattern.cloud_scroll(cuts, -14, -60, 20)
            material.pierce(inner, cuts)
        folds = [
            [(-26.0, -70.0), (-22.0, -30.0), (-26.0, 4.0)],
            [(-12.0, -60.0), (-8.0, -26.0), (-12.0, 4.0)],
        ]
        material.slits(inner, folds, 1.1, 0.6)
    _lapels(inner, material, build)
    belt = shape((-33 * g, -9), (0, -3, 33 * g, -9), (33 * g, 10), (0, 16, -33 * g, 10))
    tone = (
        material.dye.accent
        if build.cut not in ("shroud", "cassock")
        else material.shaded((176, 190, 190) if build.cut == "shroud" else (110, 52, 30))
    )
    material.dye_part(
        canvas, belt, tone, blend(tone, INK, 0.45), (-33 * g, -9, 33 * g, 14), outline=2.0, rim=0.3
    )
    if build.cut not in ("shroud", "cassock"):
        studs = skia.Path()
        pattern.dots(studs, (-27 * g, 1.5), (27 * g, 1.5), 9, 2.1)
        canvas.drawPath(studs, fill(blend(material.dye.trim, INK, 0.3)))


def _lapels(canvas: Canvas, material: Material, build: Build) -> None:
    if build.cut in ("armour", "court"):
        return
    trim = material.dye.trim if build.cut != "shroud" else material.shaded((204, 214, 210))
    inner = shape((-6, -122), (14, -122), (20, -112), (8, -88))
    canvas.drawPath(inner, fill(material.shaded(PAPER)))
    for way in (
        [(22.0, -120.0), (10.0, -78.0), (-52.0, -2.0)],
        [(-8.0, -120.0), (14.0, -88.0), (58.0, -26.0)],
    ):
        lapel = skia.Path()
        lapel.moveTo(*way[0])
        lapel.quadTo(*way[1], *way[2])
        canvas.drawPath(lapel, line(INK, 12.5))
        canvas.drawPath(lapel, line(trim, 9.5))
        canvas.drawPath(lapel, line(material.through, 1.0, 0.85))


def _collar(canvas: skia.Canvas, material: Material, build: Build) -> None:
    """The cloud collar of ladies, the pauldrons of a general; nothing on a plain robe."""
    dye = material.dye
    if build.cut == "gown":
        collar = shape((-14, -119), (6, -124, 18, -118), (34, -110, 45, -88), (38, -76, 27, -83),
                       (18, -66, 6, -79), (-8, -63, -18, -80),
                       (-32, -70, -42, -84), (-34, -110, -14, -119))  # fmt: skip
        material.dye_part(
            canvas,
            collar,
            dye.trim,
            blend(dye.trim, INK, 0.5),
            (-40, -120, 44, -66),
            outline=2.0,
            rim=0.4,
        )
        cuts = skia.Path()
        for x, y in ((-27, -90), (-6, -86), (15, -87), (33, -94)):
            pattern.blossom(cuts, x, y, 7)
        material.pierce(canvas, cuts)
        edge = skia.Path()
        edge.moveTo(-39, -88)
        for bend, end in (
            ((-30, -78), (-19, -86)),
            ((-8, -71), (5, -85)),
            ((17, -74), (27, -89)),
            ((36, -82), (41, -91)),
        ):
            edge.quadTo(*bend, *end)
        canvas.drawPath(edge, line(dye.accent, 1.8))
    elif build.cut == "armour":
        pad = shape(
            (-12, -118),
            (14, -126, 32, -108),
            (44, -92, 40, -74),
            (22, -70, 6, -76),
            (-16, -70, -38, -78),
            (-42, -100, -12, -118),
        )
        material.dye_part(
            canvas,
            pad,
            material.shaded(GOLD),
            blend(GOLD, INK, 0.6),
            (-40, -120, 44, -70),
            outline=2.2,
        )
        cuts = skia.Path()
        pattern.cloud_scroll(cuts, 18, -94, 24)
        pattern.cloud_scroll(cuts, -20, -92, 18, -1)
        material.pierce(canvas, cuts)
        scarf = shape((-12, -118), (6, -128, 26, -114), (22, -98, 4, -102), (-14, -102, -12, -118))
        material.dye_part(
            canvas,
            scarf,
            dye.trim,
            blend(dye.trim, INK, 0.5),
            (-12, -124, 26, -100),
            outline=1.8,
            rim=0,
        )
