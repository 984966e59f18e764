"""Skirts: their folds, blooms, hem, and a cassock's patches."""

from __future__ import annotations

import skia

from generation.stage.brush import fade, fill, line
from generation.stage.palette import INK, Colour, blend
from generation.stage.puppet import pattern
from generation.stage.puppet.figures import HIP, Build
from generation.stage.puppet.limbs import cloth_of
from generation.stage.puppet.material import Canvas, ClippedCanvas, Material, shape

# How far the hem reaches behind and before the hip.
_HEM_REACH = {
    "gown": (-92.0, 66.0),
    "shroud": (-96.0, 58.0),
    "jacket": (-60.0, 52.0),
    "smock": (-60.0, 52.0),
}
_PLAIN_HEM_REACH = (-66.0, 58.0)


def draw_skirt(canvas: skia.Canvas, material: Material, build: Build) -> None:
    """Draw the skirt; its joint is the middle of the belt."""
    cloth, deep = cloth_of(material, build)
    back, front = _HEM_REACH.get(build.cut, _PLAIN_HEM_REACH)
    low = HIP - 44 if build.cut == "smock" else HIP - 4
    skirt = (
        _shroud(back, front, low)
        if build.cut == "shroud"
        else _skirt(back, front, low, build.girth)
    )
    if build.cut == "gown":
        _under_skirt(canvas, material, back, front, low)
    material.dye_part(canvas, skirt, cloth, deep, (back, 0, front, low))
    inner = ClippedCanvas(canvas, skirt)
    _folds(inner, material, deep, back, front, low, build.girth)
    _ornament(inner, material, build, deep, back, front, low)
    canvas.drawPath(skirt, line(blend(deep, INK, 0.75), 2.2))


def _shroud(back: float, front: float, low: float) -> skia.Path:
    """A skirt torn along its hem."""
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
    return skirt


def _skirt(back: float, front: float, low: float, girth: float) -> skia.Path:
    return shape((-31 * girth, -4), (-44 * girth, 66, back * 0.72, low * 0.62, back, low - 6),
                  (back * 0.5, low + 8, 0, low + 2), (front * 0.6, low + 6, front, low - 8),
                  (front * 0.76, low * 0.62, 40 * girth, 66, 31 * girth, -4))  # fmt: skip


def _under_skirt(
    canvas: skia.Canvas, material: Material, back: float, front: float, low: float
) -> None:
    """An under-skirt shows at the hem."""
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


def _ornament(
    canvas: Canvas,
    material: Material,
    build: Build,
    deep: Colour,
    back: float,
    front: float,
    low: float,
) -> None:
    if build.cut == "shroud":
        canvas.drawRect(
            skia.Rect(back, 0, front, low + 30),
            fill(deep, 1, fade((0, low * 0.4), (0, low + 20), [(deep, 0.0), (deep, 0.55)])),
        )
    elif build.cut == "cassock":
        draw_patches(canvas, material, back, front, low)
    elif build.cut == "armour":
        cuts = skia.Path()
        pattern.scales(cuts, back, 20, front, low - 66, 17)
        material.pierce(canvas, cuts, 0.82)
        _hem(canvas, material, build, back, front, low)
    else:
        _blooms(canvas, material, build, back, front, low)
        _hem(canvas, material, build, back, front, low)


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


def draw_patches(canvas: Canvas, material: Material, back: float, front: float, low: float) -> None:
    """Draw a cassock's seams from ``back`` to ``front`` and down to ``low``: a grid of patches."""
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
