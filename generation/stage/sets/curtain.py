"""The bare curtain: a lamplit screen in its frame, for places that no set was painted of."""

from __future__ import annotations

import skia

from generation.stage.brush import fade, fill, glow, line, smooth_path
from generation.stage.palette import CINNABAR, GOLD, INK, LAMP, PAPER, blend
from generation.stage.puppet import pattern
from generation.stage.sets import structures
from generation.stage.sets.easel import Easel


def curtain(easel: Easel) -> None:
    """A sheet of paper with the lamp behind it, cloth at its sides, boards to stand on."""
    light = easel.light
    canvas = easel.back
    sheet = blend(blend(PAPER, light.low, 0.3), INK, light.shade * 0.8)
    room = skia.Rect(structures.LEFT, -400, structures.RIGHT, 1500)
    canvas.drawRect(
        room,
        fill(sheet, 1, fade((0, -100), (0, 1100), [(blend(sheet, INK, 0.34), 1.0), (sheet, 1.0),
                                                   (blend(sheet, INK, 0.2), 1.0)])),
    )  # fmt: skip
    warm = blend((255, 240, 206), LAMP, 0.35 * light.lit)
    canvas.drawRect(room, glow((360, 640), 620, warm, 0.85 - 0.35 * light.lit))
    weave = skia.Path()
    for index in range(-12, 34):
        weave.moveTo(structures.LEFT, index * 42 + easel.any(-3, 3))
        weave.lineTo(structures.RIGHT, index * 42 + easel.any(-3, 3))
    canvas.drawPath(weave, line(light.near, 1.0, 0.07))
    _drapes(easel)
    structures.planks(
        easel, 985, blend(light.timber, light.mist, 0.16), blend(light.timber, INK, 0.2)
    )
    easel.lamp(360, 620, 420, "back", 0.7)


def _drapes(easel: Easel) -> None:
    """Cloth at both sides and a valance above, with a fringe."""
    canvas, light = easel.mid, easel.light
    cloth = blend(blend(CINNABAR, (96, 16, 22), 0.45), INK, light.shade * 0.7)
    for side in (-1, 1):
        edge = 360 + side * 268
        outer = structures.LEFT if side < 0 else structures.RIGHT
        drape = smooth_path(
            [(outer, -200), (edge, -120), (edge + side * 26, 300), (edge - side * 8, 620),
             (edge + side * 34, 1000), (outer, 1010)]
        )  # fmt: skip
        drape.close()
        canvas.drawPath(drape, fill(cloth))
        folds = skia.Path()
        for step in range(1, 6):
            fold = edge + side * step * 34
            folds.addPath(
                smooth_path([(fold, -100), (fold + side * 10, 420), (fold - side * 4, 1000)])
            )
        canvas.drawPath(folds, line(blend(cloth, INK, 0.55), 6, 0.7))
        canvas.drawPath(drape, line(INK, 2.4, 0.9))
        canvas.drawCircle(edge + side * 6, 640, 13, fill(INK))
        canvas.drawCircle(edge + side * 6, 640, 10, fill(blend(GOLD, INK, light.shade * 0.5)))
    valance = skia.Path()
    valance.moveTo(structures.LEFT, -300)
    valance.lineTo(structures.LEFT, 60)
    x = float(structures.LEFT)
    while x < structures.RIGHT:
        valance.quadTo(x + 45, 150, x + 90, 60)
        x += 90
    valance.lineTo(structures.RIGHT, -300)
    valance.close()
    canvas.drawPath(valance, fill(cloth))
    canvas.drawPath(valance, line(blend(GOLD, INK, light.shade * 0.5), 6))
    clouds = skia.Path()
    for index in range(-4, 14):
        pattern.cloud_scroll(clouds, index * 90 + 45, 46, 30)
    canvas.drawPath(clouds, line(blend(GOLD, INK, light.shade * 0.5), 2.2, 0.9))
