"""Places that people built: pavilions, courts, temples, streets and gates.

The actors' feet stand at y 1030.
"""

from __future__ import annotations

import skia

from generation.stage.brush import fade, fill, glow, line, smooth_path, stroke
from generation.stage.palette import INK, blend
from generation.stage.puppet import pattern
from generation.stage.sets import flora, structures
from generation.stage.sets.distance import paint_distance
from generation.stage.sets.easel import Easel


def pavilion(easel: Easel) -> None:
    """A great pavilion with lanterns, mountains behind it."""
    light = easel.light
    paint_distance(easel, "peaks", horizon=720, disc=(176, 236))
    structures.pavilion(easel, easel.mid, 372, 962, 330, 372)
    structures.paving(
        easel, 968, blend(light.far, light.plaster, 0.25), blend(light.low, light.far, 0.35)
    )
    flora.plum(easel, easel.front, (800, 60), 205, 330, light.near, light.blossom)


def courtyard(easel: Easel) -> None:
    """A garden court: a white wall with a moon gate, a plum tree, rocks."""
    light = easel.light
    paint_distance(easel, "hills", horizon=560, disc=(168, 210))
    structures.roof(easel, easel.mid, 600, 520, 330, 150)
    structures.wall(easel, easel.mid, 500, 990)
    _moon_gate(easel, 250, 770, 168)
    lattice = (520.0, 640.0, 660.0, 800.0)
    structures.lattice(easel, easel.mid, lattice)
    structures.paving(
        easel, 975, blend(light.far, light.plaster, 0.4), blend(light.low, light.plaster, 0.5)
    )
    flora.rock(easel, easel.floor, 700, 1012, 230, 190)
    flora.rock(easel, easel.floor, 20, 1005, 150, 90)
    flora.plum(easel, easel.mid, (690, 985), 112, 420, light.near, light.blossom)
    for x in (-60, 90, 610, 780):
        flora.grass(easel, easel.floor, x, 1014, 46, light.leaf, 12)
    flora.plum(easel, easel.front, (-130, 40), -18, 330, light.near, light.blossom)


def _moon_gate(easel: Easel, x: float, y: float, radius: float) -> None:
    light, canvas = easel.light, easel.mid
    beyond = blend(light.low, light.mist, 0.5)
    canvas.drawCircle(
        x,
        y,
        radius,
        fill(
            beyond,
            1,
            fade(
                (0, y - radius),
                (0, y + radius),
                [
                    (blend(light.top, light.low, 0.5), 1.0),
                    (beyond, 1.0),
                    (blend(light.far, light.low, 0.5), 1.0),
                ],
            ),
        ),
    )
    canvas.save()
    hole = skia.Path()
    hole.addCircle(x, y, radius)
    canvas.clipPath(hole, doAntiAlias=True)
    for _ in range(7):
        flora.bamboo(
            easel,
            canvas,
            x + easel.any(-radius, radius),
            y + radius,
            radius * 2.2,
            blend(light.leaf, light.mist, 0.35),
            0.7,
        )
    canvas.restore()
    canvas.drawCircle(x, y, radius, line(blend(light.tile, light.mist, 0.15), 17))
    canvas.drawCircle(x, y, radius - 9, line(INK, 2, 0.7))
    canvas.drawCircle(x, y, radius + 9, line(INK, 2, 0.7))


def temple(easel: Easel) -> None:
    """A temple's forecourt: red wall, great roof, bronze censer, pines."""
    light, canvas = easel.light, easel.mid
    paint_distance(easel, "peaks", horizon=640, disc=(560, 190))
    red = blend((176, 58, 40), INK, light.shade * 1.6)
    canvas.drawRect(
        skia.Rect(-170, 600, 890, 990),
        fill(
            red,
            1,
            fade(
                (0, 600),
                (0, 990),
                [(blend(red, INK, 0.4), 1.0), (red, 1.0), (blend(red, INK, 0.25), 1.0)],
            ),
        ),
    )
    for x in (20, 190, 530, 700):
        structures.pillar(easel, canvas, x, 600, 985, 34)
    door = skia.Rect(240, 650, 480, 985)
    canvas.drawRect(door, fill(blend(red, INK, 0.66)))
    canvas.drawRect(door, line(light.timber, 10))
    canvas.drawLine(360, 650, 360, 985, line(INK, 4))
    studs = skia.Path()
    for row in range(6):
        pattern.dots(studs, (266, 690 + row * 46), (454, 690 + row * 46), 27, 5)
    canvas.drawPath(studs, fill((214, 164, 70)))
    for left in (50, 560):
        structures.lattice(easel, canvas, (left, 670, left + 110, 820))
    canvas.drawRect(skia.Rect(-170, 586, 890, 616), fill(light.timber))
    fret = skia.Path()
    pattern.meander(fret, (-170, 601), (890, 601), 24)
    canvas.drawPath(fret, fill((222, 176, 84), 0.75))
    structures.roof(easel, canvas, 360, 590, 470, 210, 0.62)
    plaque = skia.Rect(296, 556, 424, 626)
    canvas.drawRect(plaque, fill(INK))
    canvas.drawRect(plaque, line((214, 164, 70), 5))
    glyphs = skia.Path()
    for x in (330, 390):
        for row in range(4):
            glyphs.moveTo(x - 15, 574 + row * 11)
            glyphs.lineTo(x + 15, 572 + row * 11)
        glyphs.moveTo(x, 568)
        glyphs.lineTo(x, 614)
    canvas.drawPath(glyphs, line((226, 180, 84), 3))
    structures.paving(
        easel, 978, blend(light.far, light.plaster, 0.35), blend(light.low, light.plaster, 0.5)
    )
    _censer(easel, 360, 1000)
    for x in (130, 590):
        structures.lantern(easel, canvas, x, 616, 32, "mid")
    flora.pine(easel, easel.front, (-140, 120), 8, 330, light.near)


def _censer(easel: Easel, x: float, y: float) -> None:
    canvas, light = easel.mid, easel.light
    bronze = blend((92, 96, 72), INK, 0.2 + light.shade)
    for side in (-1, 1):
        canvas.drawPath(
            stroke(
                [(x + side * 34, y - 50), (x + side * 42, y - 20), (x + side * 50, y - 6)],
                14,
                11,
                8,
            ),
            fill(bronze),
        )
        canvas.drawPath(
            stroke(
                [(x + side * 52, y - 96), (x + side * 78, y - 120), (x + side * 66, y - 146)],
                8,
                10,
                6,
            ),
            fill(bronze),
        )
    body = smooth_path(
        [(x - 66, y - 108), (x - 50, y - 50), (x, y - 38), (x + 50, y - 50), (x + 66, y - 108)]
    )
    body.close()
    canvas.drawPath(body, fill(bronze))
    canvas.drawOval(skia.Rect(x - 68, y - 120, x + 68, y - 98), fill(blend(bronze, INK, 0.4)))
    for shift in (-16, 0, 14):
        canvas.drawLine(x + shift, y - 108, x + shift * 1.2, y - 176, line((150, 60, 40), 3))
        tip = (x + shift * 1.2, y - 177)
        canvas.drawCircle(*tip, 9, glow(tip, 9, (255, 150, 60), 1.0))
        smoke = [
            tip,
            (x + shift - 20, y - 260),
            (x + shift + 22, y - 340),
            (x + shift - 6, y - 430),
        ]
        canvas.drawPath(stroke(smoke, 2, 12, 1), fill(light.mist, 0.4))


def street(easel: Easel) -> None:
    """A market street: eaves, shop fronts, banners, rows of lanterns."""
    light, canvas = easel.light, easel.mid
    paint_distance(easel, "hills", horizon=600, disc=(372, 246))
    structures.pavilion(easel, easel.back, 372, 900, 130, 210)
    for side in (-1, 1):
        for depth in (2, 1, 0):
            _shop(easel, side, depth)
    for x, y, height in ((150, 470, 190), (590, 430, 230)):
        banner = skia.Rect(x - 30, y, x + 30, y + height)
        tone = blend((188, 52, 38) if x < 360 else (40, 84, 96), INK, light.shade)
        canvas.drawRect(banner, fill(tone))
        canvas.drawRect(banner, line(INK, 2, 0.7))
        cuts = skia.Path()
        for row in range(3):
            pattern.spray(cuts, x, y + 36 + row * (height - 60) / 2.3, 18)
        canvas.drawPath(cuts, fill((246, 226, 178), 0.9))
    structures.paving(
        easel, 978, blend(light.far, light.near, 0.1), blend(light.low, light.far, 0.4)
    )
    rope = smooth_path([(-170, 180), (100, 262), (372, 286), (640, 262), (890, 180)])
    easel.front.drawPath(rope, line(INK, 2.6, 0.9))
    for x, y in ((-40, 226), (130, 266), (300, 284), (470, 284), (640, 262)):
        structures.lantern(easel, easel.front, x, y, 27, "front")


def _shop(easel: Easel, side: int, depth: int) -> None:
    canvas, light = easel.mid, easel.light
    near = 1 - depth * 0.27
    x = 372 + side * (330 - depth * 96) * 1.12
    half, top = 170 * near, 985 - 400 * near
    canvas.drawRect(
        skia.Rect(x - half, top, x + half, 988),
        fill(blend(blend(light.plaster, light.near, 0.25), light.low, depth * 0.24)),
    )
    for share in (-0.9, 0.0, 0.9):
        structures.pillar(easel, canvas, x + half * share, top, 986, 20 * near)
    for share in (-0.45, 0.45):
        structures.lattice(
            easel,
            canvas,
            (
                x + half * (share - 0.36),
                top + 60 * near,
                x + half * (share + 0.36),
                top + 240 * near,
            ),
        )
    canvas.drawRect(
        skia.Rect(x - half, top + 262 * near, x + half, 988), fill(blend(light.timber, INK, 0.3))
    )
    structures.roof(easel, canvas, x, top, half * 1.12, 120 * near, 0.66)
    structures.lantern(easel, canvas, x - side * half * 0.95, top + 6, 24 * near, "mid")


def gate(easel: Easel) -> None:
    """Before a city gate: the tower over its arch, walls to both sides, banners."""
    light, canvas = easel.light, easel.mid
    paint_distance(easel, "peaks", horizon=560, disc=(576, 170))
    brick = blend(light.far, light.plaster, 0.25)
    canvas.drawRect(
        skia.Rect(-170, 600, 890, 990),
        fill(
            brick,
            1,
            fade((0, 600), (0, 990), [(brick, 1.0), (blend(brick, light.near, 0.35), 1.0)]),
        ),
    )
    courses = skia.Path()
    for row in range(16):
        y = 618 + row * 24
        courses.moveTo(-170, y)
        courses.lineTo(890, y)
        for index in range(23):
            x = -170 + index * 48 + (24 if row % 2 else 0)
            courses.moveTo(x, y)
            courses.lineTo(x, y + 24)
    canvas.drawPath(courses, line(light.near, 1.5, 0.4))
    for index in range(16):
        x = -170 + index * 68
        canvas.drawRect(skia.Rect(x, 566, x + 42, 604), fill(brick))
        canvas.drawRect(skia.Rect(x, 566, x + 42, 604), line(light.near, 2, 0.6))
    arch = skia.Path()
    arch.moveTo(244, 990)
    arch.lineTo(244, 790)
    arch.arcTo(skia.Rect(244, 670, 476, 902), 180, 180, False)
    arch.lineTo(476, 990)
    arch.close()
    canvas.drawPath(arch, fill(INK, 0.96))
    canvas.drawPath(arch, line(blend(brick, light.mist, 0.3), 14))
    easel.lamp(360, 900, 150, "mid", 0.5)
    canvas.drawRect(skia.Rect(130, 400, 590, 570), fill(light.timber))
    for x in (150, 240, 330, 390, 480, 570):
        structures.pillar(easel, canvas, x, 400, 570, 16)
    for left in (166, 258, 400, 492):
        structures.lattice(easel, canvas, (left, 430, left + 66, 540))
    structures.roof(easel, canvas, 360, 408, 290, 120, 0.6)
    canvas.drawRect(skia.Rect(220, 250, 500, 300), fill(light.timber))
    structures.roof(easel, canvas, 360, 268, 200, 110, 0.5)
    for x in (40, 680):
        canvas.drawLine(x, 990, x, 480, line(INK, 8))
        tone = blend((186, 48, 36), INK, light.shade)
        flag = smooth_path(
            [(x, 490), (x + 70, 502), (x + 116, 486), (x + 104, 560), (x + 60, 576), (x, 566)]
        )
        flag.close()
        canvas.drawPath(flag, fill(tone))
        canvas.drawPath(flag, line(INK, 2))
    structures.paving(
        easel, 980, blend(light.far, light.near, 0.05), blend(light.low, light.far, 0.35)
    )
    for x in (232, 488):
        structures.lantern(easel, canvas, x, 650, 34, "mid")
