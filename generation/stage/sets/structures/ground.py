"""The ground that actors stand on: bare earth, paving, planks."""

from __future__ import annotations

import skia

from generation.stage.brush import dry, fade, fill, glow, line, noise
from generation.stage.camera import HEIGHT, SIDE, WIDTH
from generation.stage.palette import INK, LAMP, Colour, blend
from generation.stage.sets.easel import Easel

LEFT, RIGHT, BOTTOM = -SIDE, WIDTH + SIDE, HEIGHT + 100


def ground(easel: Easel, top: float, near: Colour, far: Colour, rough: float = 8.0) -> None:
    """Lay the ground that the actors stand on: from an edge at ``top``, uneven by ``rough`` units,
    to the foot of the sheet, ``far`` above and ``near`` below.
    """
    edge = noise(easel.rng, 40, 2, 5)[0]
    path = skia.Path()
    path.moveTo(LEFT, BOTTOM)
    for index, rise in enumerate(edge):
        path.lineTo(LEFT + (RIGHT - LEFT) * index / 39, top + (float(rise) - 0.5) * 2 * rough)
    path.lineTo(RIGHT, BOTTOM)
    path.close()
    far, near = blend(far, easel.light.low, 0.35), blend(near, easel.light.low, 0.3)
    deep = blend(near, blend(INK, easel.light.near, 0.5), 0.5)
    easel.floor.drawPath(
        path,
        fill(
            near,
            1,
            fade(
                (0, top - 10),
                (0, BOTTOM),
                [(far, 1.0), (blend(far, near, 0.6), 1.0), (near, 1.0), (deep, 1.0)],
            ),
        ),
    )
    # The sheet behind slides less: what stands on it needs earth under its feet when the camera
    # comes near.
    strip = skia.Rect(LEFT, top - 44, RIGHT, top + 150)
    easel.mid.drawRect(
        strip,
        fill(far, 1, fade((0, top - 44), (0, top + 20), [(far, 0.0), (far, 0.45), (far, 1.0)])),
    )
    if easel.setting.hour == "night":
        easel.floor.save()
        easel.floor.translate(WIDTH / 2, 1040)
        easel.floor.scale(1, 0.3)
        easel.floor.drawCircle(0, 0, 460, glow((0, 0), 460, LAMP, 0.75))
        easel.floor.restore()
    for _ in range(16):
        x, y, size = (
            easel.any(LEFT, RIGHT),
            top + (BOTTOM - top) * easel.any(0.05, 1),
            easel.any(60, 190),
        )
        easel.floor.save()
        easel.floor.translate(x, y)
        easel.floor.scale(1, 0.26)
        easel.floor.drawCircle(
            0,
            0,
            size,
            glow(
                (0, 0), size, easel.light.near if easel.any(0, 1) < 0.6 else easel.light.mist, 0.22
            ),
        )
        easel.floor.restore()
    for _ in range(34):
        y = top + (BOTTOM - top) * easel.any(0.03, 0.95) ** 1.2
        x, span = easel.any(LEFT, RIGHT), easel.any(40, 190)
        dry(
            easel.floor,
            [(x, y), (x + span / 2, y + easel.any(-4, 4)), (x + span, y)],
            easel.any(3, 9),
            easel.light.near,
            0.3,
            easel.rng,
            5,
        )


def paving(easel: Easel, top: float, near: Colour, far: Colour) -> None:
    """Lay stone slabs in perspective."""
    ground(easel, top, near, far, 0.5)
    seams = skia.Path()
    y, step = top, 12.0
    while y < BOTTOM:
        seams.moveTo(LEFT, y)
        seams.lineTo(RIGHT, y)
        y, step = y + step, step * 1.34
    for index in range(-9, 10):
        seams.moveTo(WIDTH / 2 + index * 62, top)
        seams.lineTo(WIDTH / 2 + index * 168, BOTTOM)
    easel.floor.drawPath(seams, line(easel.light.near, 2.0, 0.42))
    easel.floor.drawPath(seams, line(easel.light.mist, 0.8, 0.2))


def planks(easel: Easel, top: float, near: Colour, far: Colour) -> None:
    """Lay a floor of boards."""
    ground(easel, top, near, far, 0.5)
    seams = skia.Path()
    for index in range(-12, 13):
        seams.moveTo(WIDTH / 2 + index * 44, top)
        seams.lineTo(WIDTH / 2 + index * 116, BOTTOM)
    easel.floor.drawPath(seams, line(easel.light.near, 2.2, 0.55))
    easel.floor.drawLine(LEFT, top, RIGHT, top, line(easel.light.near, 5, 0.8))
