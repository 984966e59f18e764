"""Trunks with their lapels and belt, and the collar over them."""

from __future__ import annotations

import skia

from generation.stage.brush import fill, line
from generation.stage.palette import GOLD, INK, PAPER, blend
from generation.stage.puppet import pattern
from generation.stage.puppet.body.skirt import draw_patches
from generation.stage.puppet.figures import Build
from generation.stage.puppet.limbs import cloth_of
from generation.stage.puppet.material import Canvas, ClippedCanvas, Material, shape


def draw_trunk(canvas: skia.Canvas, material: Material, build: Build) -> None:
    """Draw the trunk with lapels and belt; its joint is the middle of the belt."""
    cloth, deep = cloth_of(material, build)
    g = build.girth
    trunk = shape((-31 * g, 8), (-35 * g, -34, -38 * g, -78, -27 * g, -104), (-10, -118, 6, -117),
                  (26, -114, 37 * g, -92),
                  (46 * g, -62, 38 * g, -28, 32 * g, 8))  # fmt: skip
    material.dye_part(canvas, trunk, cloth, deep, (-36 * g, -112, 38 * g, 8))
    inner = ClippedCanvas(canvas, trunk)
    _ornament(inner, material, build)
    _lapels(inner, material, build)
    _belt(canvas, material, build)


def _ornament(canvas: Canvas, material: Material, build: Build) -> None:
    if build.cut == "armour":
        _scale_armour(canvas, material)
    elif build.cut == "court":
        _rank_badge(canvas, material)
    elif build.cut == "cassock":
        _monks_sash(canvas, material)
    elif build.cut in ("gown", "jacket", "smock"):
        cuts = skia.Path()
        if build.cut == "gown":
            pattern.scales(cuts, -40, -70, 44, 4, 14)
        else:
            pattern.spray(cuts, -10, -46, 13)
        material.pierce(canvas, cuts, 0.85)
    else:
        _plain_folds(canvas, material, build)


def _scale_armour(canvas: Canvas, material: Material) -> None:
    cuts = skia.Path()
    pattern.scales(cuts, -46, -116, 50, -14, 13)
    material.pierce(canvas, cuts, 0.85)
    for radius, tone in ((20, material.shaded(GOLD)), (13, material.dye.cloth)):
        canvas.drawCircle(9, -62, radius, fill(tone))
        canvas.drawCircle(9, -62, radius, line(INK, 2))
    heart = skia.Path()
    pattern.blossom(heart, 9, -62, 9)
    material.pierce(canvas, heart)


def _rank_badge(canvas: Canvas, material: Material) -> None:
    box = skia.Path()
    box.addRRect(skia.RRect.MakeRectXY(skia.Rect(-15, -86, 33, -32), 4, 4))
    canvas.drawPath(box, fill(material.dye.trim))
    canvas.drawPath(box, line(material.dye.accent, 2.4))
    cuts = skia.Path()
    pattern.cloud_scroll(cuts, 9, -70, 22)
    pattern.spray(cuts, 9, -50, 12)
    pattern.waves(cuts, -13, 31, -34, 14)
    material.pierce(canvas, cuts)


def _monks_sash(canvas: Canvas, material: Material) -> None:
    draw_patches(canvas, material, -40, 40, 20)
    sash = shape((-34, -108), (-18, -114), (38, -10), (38, 10))
    material.dye_part(
        canvas,
        sash,
        material.shaded((206, 72, 40)),
        material.shaded((120, 30, 18)),
        (-34, -110, 38, 8),
        outline=1.8,
        rim=0,
    )
    material.slits(canvas, [[(-20, -104), (36, -4)], [(-28, -106), (34, 4)]], 1.0)


def _plain_folds(canvas: Canvas, material: Material, build: Build) -> None:
    if build.cut == "robe":
        cuts = skia.Path()
        pattern.cloud_scroll(cuts, -14, -60, 20)
        material.pierce(canvas, cuts)
    folds = [
        [(-26.0, -70.0), (-22.0, -30.0), (-26.0, 4.0)],
        [(-12.0, -60.0), (-8.0, -26.0), (-12.0, 4.0)],
    ]
    material.slits(canvas, folds, 1.1, 0.6)


def _belt(canvas: Canvas, material: Material, build: Build) -> None:
    g = build.girth
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


def draw_collar(canvas: skia.Canvas, material: Material, build: Build) -> None:
    """Draw the cloud collar of ladies or the pauldrons of a general; nothing on a plain robe."""
    if build.cut == "gown":
        _cloud_collar(canvas, material)
    elif build.cut == "armour":
        _pauldrons(canvas, material)


def _cloud_collar(canvas: skia.Canvas, material: Material) -> None:
    dye = material.dye
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


def _pauldrons(canvas: skia.Canvas, material: Material) -> None:
    dye = material.dye
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
