"""What hangs from the belt before the skirt."""

from __future__ import annotations

import skia

from generation.stage.brush import fill, line
from generation.stage.palette import INK, blend
from generation.stage.puppet import pattern
from generation.stage.puppet.figures import Build
from generation.stage.puppet.material import Material, shape


def draw_apron(canvas: skia.Canvas, material: Material, build: Build) -> None:
    """Draw what hangs from the belt; its joint is the middle of the belt."""
    if build.cut in ("gown", "court"):
        _panel(canvas, material, 176 if build.cut == "gown" else 150)
    elif build.cut == "armour":
        _flaps(canvas, material)
    elif build.cut == "cassock":
        _beads(canvas, material)
    else:
        _ribbons(canvas, material, build)
        if build.cut == "robe":
            _jade_ring(canvas, material)


def _panel(canvas: skia.Canvas, material: Material, long: float) -> None:
    dye = material.dye
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


def _flaps(canvas: skia.Canvas, material: Material) -> None:
    dye = material.dye
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


def _beads(canvas: skia.Canvas, material: Material) -> None:
    for index in range(12):
        canvas.drawCircle(9 + (index % 3) * 0.8, 6 + index * 8.2, 4.6, fill(INK))
        canvas.drawCircle(
            9 + (index % 3) * 0.8, 6 + index * 8.2, 3.5, fill(material.shaded((130, 66, 34)))
        )


def _ribbons(canvas: skia.Canvas, material: Material, build: Build) -> None:
    dye = material.dye
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


def _jade_ring(canvas: skia.Canvas, material: Material) -> None:
    dye = material.dye
    canvas.drawCircle(-14, 34, 9, line(INK, 6.4))
    canvas.drawCircle(-14, 34, 9, line(material.shaded((166, 208, 178)), 4.0))
    canvas.drawLine(-14, 0, -14, 25, line(dye.accent, 1.6))
    for x in (-17, -14, -11):
        canvas.drawLine(-14, 44, x, 74, line(dye.accent, 1.5))
