"""Whole structures: pavilions, garden walls, gravestones."""

from __future__ import annotations

import skia

from generation.stage.brush import dry, fade, fill, line, stroke
from generation.stage.palette import INK, LAMP, blend
from generation.stage.puppet import pattern
from generation.stage.sets.easel import Easel
from generation.stage.sets.structures.ground import LEFT, RIGHT
from generation.stage.sets.structures.parts import lantern, lattice, pillar, railing, roof


def pavilion(
    easel: Easel,
    canvas: skia.Canvas,
    x: float,
    base: float,
    half: float,
    height: float,
    sheet: str = "mid",
    tiers: int = 2,
) -> None:
    """Paint an open pavilion on a terrace: pillars, railing, roofs one over the other, lanterns at
    the eaves.
    """
    light = easel.light
    eave = base - height
    canvas.drawRect(
        skia.Rect(x - half * 0.86, eave, x + half * 0.86, base),
        fill(light.near, 1, fade((0, eave), (0, base), [(light.near, 0.55), (light.near, 0.08)])),
    )
    for share in (-0.8, -0.36, 0.36, 0.8):
        pillar(easel, canvas, x + half * share, eave - 4, base, half * 0.075)
    canvas.drawRect(
        skia.Rect(x - half * 0.84, eave - 2, x + half * 0.84, eave + 17), fill(light.timber)
    )
    fret = skia.Path()
    pattern.meander(fret, (x - half * 0.8, eave + 8), (x + half * 0.8, eave + 8), 17)
    canvas.drawPath(fret, fill(blend(light.mist, LAMP, 0.5), 0.55))
    lattice(easel, canvas, (x - half * 0.31, eave + 17, x + half * 0.31, eave + height * 0.5))
    railing(
        easel, canvas, x - half * 0.84, x + half * 0.84, base - height * 0.24, base, half * 0.24
    )
    canvas.drawRect(
        skia.Rect(x - half * 1.0, base, x + half * 1.0, base + 18),
        fill(blend(light.far, light.mist, 0.3)),
    )
    canvas.drawRect(
        skia.Rect(x - half * 1.0, base + 16, x + half * 1.0, base + 24), fill(light.near, 0.6)
    )
    roof(easel, canvas, x, eave, half * 1.02, height * 0.42, 0.42 if tiers > 1 else 0.3)
    if tiers > 1:
        canvas.drawRect(
            skia.Rect(x - half * 0.4, eave - height * 0.62, x + half * 0.4, eave - height * 0.4),
            fill(light.timber),
        )
        lattice(
            easel,
            canvas,
            (x - half * 0.34, eave - height * 0.6, x + half * 0.34, eave - height * 0.43),
        )
        roof(easel, canvas, x, eave - height * 0.6, half * 0.66, height * 0.44, 0.12)
        canvas.drawPath(
            stroke(
                [(x, eave - height * 1.02), (x, eave - height * 1.1), (x, eave - height * 1.2)],
                12,
                8,
                2,
            ),
            fill(blend(light.tile, INK, 0.5)),
        )
    for side in (-1, 1):
        lantern(easel, canvas, x + side * half * 0.98, eave - height * 0.06, half * 0.075, sheet)


def wall(
    easel: Easel,
    canvas: skia.Canvas,
    top: float,
    bottom: float,
    left: float = LEFT,
    right: float = RIGHT,
    tiles: bool = True,
) -> None:
    """Paint a plastered garden wall, weather-stained; ``tiles`` covers its top."""
    light = easel.light
    stained = blend(light.plaster, light.near, 0.22)
    canvas.drawRect(
        skia.Rect(left, top, right, bottom),
        fill(
            light.plaster,
            1,
            fade(
                (0, top), (0, bottom), [(light.plaster, 1.0), (light.plaster, 1.0), (stained, 1.0)]
            ),
        ),
    )
    for _ in range(26):
        x, fall = easel.any(left, right), easel.any(20, 120)
        dry(
            canvas,
            [(x, top + 6), (x + easel.any(-5, 5), top + fall * 0.5), (x, top + fall)],
            easel.any(5, 16),
            light.far,
            0.22,
            easel.rng,
            5,
        )
    if tiles:
        canvas.drawRect(skia.Rect(left, top - 18, right, top + 5), fill(light.tile))
        row = skia.Path()
        pattern.dots(row, (left, top + 5), (right, top + 5), 15, 5.5)
        canvas.drawPath(row, fill(blend(light.tile, INK, 0.2)))
        canvas.drawLine(left, top - 19, right, top - 19, line(blend(light.tile, INK, 0.5), 5))
    canvas.drawRect(
        skia.Rect(left, bottom - 26, right, bottom), fill(blend(light.far, light.near, 0.4), 0.9)
    )


def grave(
    easel: Easel, canvas: skia.Canvas, x: float, y: float, width: float, height: float, lean: float
) -> None:
    """Paint a gravestone with its worn writing, leaning by ``lean`` degrees; (``x``, ``y``) is the
    middle of its foot.
    """
    light = easel.light
    canvas.save()
    canvas.translate(x, y)
    canvas.rotate(lean)
    stone = skia.Path()
    stone.moveTo(-width / 2, 8)
    stone.lineTo(-width / 2, -height * 0.82)
    stone.quadTo(-width * 0.4, -height, 0, -height * 1.02)
    stone.quadTo(width * 0.4, -height, width / 2, -height * 0.82)
    stone.lineTo(width / 2, 8)
    stone.close()
    pale, dark = blend(light.far, light.mist, 0.42), blend(light.far, light.near, 0.6)
    canvas.drawPath(
        stone,
        fill(
            pale,
            1,
            fade(
                (-width / 2, 0),
                (width / 2, 0),
                [(pale, 1.0), (blend(pale, dark, 0.4), 1.0), (dark, 1.0)],
            ),
        ),
    )
    canvas.drawPath(stone, line(light.near, 2.6, 0.85))
    worn = skia.Path()
    for index in range(6):
        top = -height * 0.8 + index * height * 0.12
        for _ in range(3):
            worn.moveTo(easel.any(-7, 0), top + easel.any(0, height * 0.08))
            worn.lineTo(easel.any(0, 8), top + easel.any(0, height * 0.09))
    canvas.drawPath(worn, line(light.near, 1.9, 0.7))
    canvas.restore()
