"""A scholar's room. The actors' feet stand at y 1030."""

from __future__ import annotations

import skia

from generation.stage.brush import fade, fill, line, stroke
from generation.stage.palette import INK, LAMP, blend
from generation.stage.puppet import pattern
from generation.stage.sets import structures
from generation.stage.sets.distance import paint_distance
from generation.stage.sets.easel import Easel


def study(easel: Easel) -> None:
    """A scholar's room by lamplight: a window onto the hills, scroll, shelves, desk and candle."""
    light, canvas = easel.light, easel.mid
    paint_distance(easel, "peaks", horizon=640, disc=(400, 330))
    inside = blend(light.plaster, LAMP, 0.06 + 0.34 * light.lit)
    room = skia.Path()
    room.addRect(skia.Rect(structures.LEFT, -130, structures.RIGHT, 990))
    room.addCircle(372, 470, 196)
    room.setFillType(skia.PathFillType.kEvenOdd)
    shading = fade(
        (0, -100),
        (0, 990),
        [(blend(inside, INK, 0.45), 1.0), (inside, 1.0), (blend(inside, INK, 0.18), 1.0)],
    )
    canvas.drawPath(room, fill(inside, 1, shading))
    canvas.drawCircle(372, 470, 196, line(light.timber, 18))
    canvas.drawCircle(372, 470, 186, line(INK, 2, 0.8))
    bars = skia.Path()
    for shift in (-110, 110):
        bars.moveTo(372 + shift, 308)
        bars.lineTo(372 + shift, 632)
        bars.moveTo(210, 470 + shift)
        bars.lineTo(534, 470 + shift)
    canvas.drawPath(bars, line(light.timber, 5))
    _scroll(easel, 78, 250)
    _shelves(easel, 600, 330)
    for y in (40, 92):
        structures.beam(easel, canvas, (structures.LEFT, y), (structures.RIGHT, y), 26)
    for x in (-60, 780):
        structures.pillar(easel, canvas, x, -130, 990, 44)
    structures.planks(
        easel, 975, blend(light.timber, light.mist, 0.14), blend(light.timber, INK, 0.2)
    )
    _desk(easel, 360, 985)
    for x in (118, 628):
        structures.lantern(easel, canvas, x, 96, 38, "mid")


def _scroll(easel: Easel, x: float, y: float) -> None:
    canvas, light = easel.mid, easel.light
    canvas.drawRect(
        skia.Rect(x - 56, y, x + 56, y + 330), fill(blend(light.plaster, light.far, 0.4))
    )
    canvas.drawRect(
        skia.Rect(x - 44, y + 34, x + 44, y + 290), fill(blend((250, 242, 222), INK, light.shade))
    )
    for side in (y, y + 330):
        canvas.drawLine(x - 66, side, x + 66, side, line(light.timber, 9))
    for index in range(3):
        peak = [
            (x - 40, y + 230 - index * 30),
            (x - 16 + index * 14, y + 130 - index * 14),
            (x + 6 + index * 8, y + 210 - index * 30),
            (x + 42, y + 240 - index * 26),
        ]
        canvas.drawPath(
            stroke(peak, 2, 9 - 2 * index, 1, 0.6, easel.rng), fill(light.near, 0.75 - 0.2 * index)
        )
    canvas.drawRect(skia.Rect(x + 22, y + 256, x + 36, y + 270), fill((200, 65, 43)))


def _shelves(easel: Easel, x: float, y: float) -> None:
    canvas, light = easel.mid, easel.light
    canvas.drawRect(skia.Rect(x, y, x + 190, y + 640), fill(blend(light.timber, INK, 0.55), 0.9))
    for row in range(4):
        top = y + 16 + row * 156
        canvas.drawLine(x, top + 140, x + 190, top + 140, line(light.timber, 9))
        place = x + 14.0
        while place < x + 160:
            wide, high = easel.any(12, 30), easel.any(16, 30)
            if easel.any(0, 1) < 0.75:  # books lie in heaps
                for layer in range(round(easel.any(2, 5))):
                    tone = blend(light.plaster, (60, 84, 120), easel.any(0.2, 0.7))
                    canvas.drawRect(
                        skia.Rect(
                            place,
                            top + 124 - layer * 13,
                            place + 44 + easel.any(-4, 4),
                            top + 135 - layer * 13,
                        ),
                        fill(tone),
                    )
                place += 56
            else:
                canvas.drawOval(
                    skia.Rect(place, top + 134 - high * 2, place + wide + 14, top + 136),
                    fill(blend((96, 140, 130), INK, light.shade + 0.1)),
                )
                place += wide + 26
    for side in (x, x + 190):
        canvas.drawLine(side, y, side, y + 640, line(light.timber, 11))


def _desk(easel: Easel, x: float, y: float) -> None:
    canvas, light = easel.floor, easel.light
    top = y - 172
    canvas.drawRect(skia.Rect(x - 132, top, x + 132, top + 16), fill(light.timber))
    canvas.drawRect(
        skia.Rect(x - 132, top + 14, x + 132, top + 22), fill(blend(light.timber, INK, 0.5))
    )
    for side in (-1, 1):
        canvas.drawRect(
            skia.Rect(x + side * 112 - 8, top + 16, x + side * 112 + 8, y + 14),
            fill(blend(light.timber, INK, 0.25)),
        )
    fret = skia.Path()
    pattern.meander(fret, (x - 100, top + 36), (x + 100, top + 36), 20)
    canvas.drawPath(fret, fill(blend(light.timber, light.mist, 0.3)))
    canvas.drawRect(skia.Rect(x - 76, top - 6, x + 8, top), fill((250, 242, 222)))
    canvas.drawOval(skia.Rect(x - 118, top - 30, x - 88, top), fill(INK))
    for lean in (-8, 0, 9):
        canvas.drawLine(x - 103, top - 26, x - 103 + lean, top - 76, line(light.timber, 3))
    canvas.drawRect(skia.Rect(x + 76, top - 52, x + 90, top), fill((196, 60, 44)))
    canvas.drawPath(
        stroke([(x + 83, top - 54), (x + 84, top - 66), (x + 82, top - 82)], 5, 11, 1),
        fill((255, 226, 150)),
    )
    easel.lamp(x + 83, top - 66, 210, "floor", 1.1)
