"""What grows: pine, willow, plum, bamboo, grass, reeds, lotus, and the rocks between.

Places and sizes are in stage units, x to the right and y down; angles in degrees, 0 to the right
and 90 up. ``easel.rng`` decides what is left open.
"""

from __future__ import annotations

import math

import skia

from generation.stage.brush import Point, curve, dry, fade, fill, line, stroke
from generation.stage.palette import Colour, blend
from generation.stage.puppet.pattern import blossom, leaf
from generation.stage.sets.easel import Easel


def bough(
    easel: Easel, canvas: skia.Canvas, way: list[Point], thick: float, thin: float, colour: Colour
) -> list[Point]:
    """Paint a branch of bark: a full stroke, dry bristles on its lit side, knots. Returns its
    middle line.
    """
    canvas.drawPath(
        stroke(way, thick, (thick + thin) / 2, thin, 0.35, easel.rng), fill(colour, 0.93)
    )
    if thick > 8:
        dry(canvas, way, thick * 0.8, easel.light.mist, 0.30, easel.rng, 6)
        dry(
            canvas,
            [(x + thick * 0.2, y) for x, y in way],
            thick * 0.5,
            easel.light.near,
            0.5,
            easel.rng,
            4,
        )
    return curve(way)


def _wild(
    easel: Easel, start: Point, angle: float, length: float, bend: float, steps: int = 4
) -> list[Point]:
    """Return a way that starts at an angle (degrees, 0 to the right, 90 up) and wanders as twigs
    do.
    """
    way, (x, y) = [start], start
    for _ in range(steps):
        angle += easel.any(-bend, bend)
        x += math.cos(math.radians(angle)) * length / steps
        y -= math.sin(math.radians(angle)) * length / steps
        way.append((x, y))
    return way


def needles(
    easel: Easel, canvas: skia.Canvas, x: float, y: float, size: float, colour: Colour
) -> None:
    """Paint a tuft of pine: needles fanned out like an open wheel, the lower ones short."""
    for shade, alpha in ((blend(colour, easel.light.mist, 0.3), 0.45), (colour, 0.8)):
        fan = skia.Path()
        for index in range(30):
            angle = math.radians(-14 + 208 * index / 29 + easel.any(-5, 5))
            reach = size * easel.any(0.72, 1.05) * (0.72 + 0.28 * math.sin(max(0.0, angle)))
            root = easel.any(0, 0.22)
            fan.moveTo(x + math.cos(angle) * reach * root, y - math.sin(angle) * reach * root * 0.7)
            fan.lineTo(x + math.cos(angle) * reach, y - math.sin(angle) * reach * 0.72)
        canvas.drawPath(fan, line(shade, 1.25, alpha))
        x, y = x + easel.any(-3, 3), y - easel.any(1, 4)


def pine(
    easel: Easel, canvas: skia.Canvas, root: Point, angle: float, size: float, colour: Colour
) -> None:
    """Paint an old pine that leans out from ``root``."""
    way = _wild(easel, root, angle, size, 30, 5)
    trunk = bough(easel, canvas, way, size * 0.085, size * 0.03, colour)
    for index in range(9):
        at = trunk[int(len(trunk) * (0.28 + 0.72 * index / 9))]
        side = 1 if index % 2 else -1
        twig = bough(
            easel,
            canvas,
            _wild(easel, at, angle + side * easel.any(34, 78), size * easel.any(0.22, 0.42), 26),
            size * 0.026,
            2,
            colour,
        )
        for share in (0.4, 0.62, 0.82, 1.0):
            tx, ty = twig[min(len(twig) - 1, int(len(twig) * share))]
            needles(
                easel,
                canvas,
                tx + easel.any(-12, 12),
                ty + easel.any(-10, 4),
                size * easel.any(0.085, 0.13),
                colour,
            )


def plum(
    easel: Easel,
    canvas: skia.Canvas,
    root: Point,
    angle: float,
    size: float,
    colour: Colour,
    bloom: Colour,
) -> None:
    """Paint a plum branch: angular wood and a few blossoms, more buds than flowers."""
    _plum_branch(easel, canvas, root, angle, size, size * 0.055, colour, bloom, 0)


def _plum_branch(easel: Easel, canvas: skia.Canvas, root: Point, angle: float, size: float,
                 thick: float, colour: Colour,
                 bloom: Colour, level: int) -> None:  # fmt: skip
    way = bough(
        easel, canvas, _wild(easel, root, angle, size, 34, 4), thick, max(1.4, thick * 0.35), colour
    )
    if level < 3:
        for index in range(3 if level < 2 else 2):
            at = way[int(len(way) * (0.3 + 0.3 * index))]
            side = 1 if (index + level) % 2 else -1
            _plum_branch(
                easel,
                canvas,
                at,
                angle + side * easel.any(28, 62),
                size * easel.any(0.42, 0.62),
                thick * 0.5,
                colour,
                bloom,
                level + 1,
            )
    if level == 0:
        return
    for _ in range(3 if level < 3 else 4):
        x, y = way[int(easel.any(0.2, 0.99) * len(way))]
        radius = easel.any(5, 10)
        flower = skia.Path()
        x, y = x + easel.any(-5, 5), y + easel.any(-5, 5)
        if easel.any(0, 1) < 0.62:
            blossom(flower, x, y, radius, 5, easel.any(0, 72))
            canvas.drawPath(flower, line(blend(bloom, easel.light.near, 0.4), 1.0, 0.5))
            canvas.drawPath(flower, fill(blend(bloom, easel.light.mist, easel.any(0, 0.4)), 0.92))
            canvas.drawCircle(x, y, radius * 0.16, fill((250, 214, 120)))
        else:
            canvas.drawCircle(x, y, radius * 0.34, fill(bloom, 0.9))


def willow_strands(easel: Easel, canvas: skia.Canvas, left: float, right: float, top: float,
                   length: float, count: int,
                   colour: Colour) -> None:  # fmt: skip
    """Paint hanging willow: long strands, slender leaves in pairs."""
    for _ in range(count):
        x, y, fall = easel.any(left, right), top + easel.any(-40, 30), length * easel.any(0.35, 1.0)
        sway = easel.any(-46, 30)
        way = curve(
            [
                (x, y),
                (x + sway * 0.2, y + fall * 0.4),
                (x + sway * 0.6, y + fall * 0.75),
                (x + sway, y + fall),
            ],
            9,
        )
        tone = blend(colour, easel.light.mist, easel.any(0, 0.3))
        strand, leaves = skia.Path(), skia.Path()
        strand.moveTo(*way[0])
        for index, (px, py) in enumerate(way[1:]):
            strand.lineTo(px, py)
            if index > 3:
                for side in (-1, 1):
                    tip = (px + side * easel.any(5, 10), py + easel.any(12, 22))
                    leaf(leaves, (px, py), tip, 2.6)
        canvas.drawPath(strand, line(tone, 1.1, 0.7))
        canvas.drawPath(leaves, fill(tone, 0.8))


def willow(
    easel: Easel, canvas: skia.Canvas, x: float, ground: float, size: float, lean: float = 1.0
) -> None:
    """Paint a willow: a split old trunk and its curtain."""
    light = easel.light
    crown = (x + lean * size * 0.16, ground - size)
    trunk = [
        (x, ground),
        (x - lean * size * 0.05, ground - size * 0.35),
        (x + lean * size * 0.05, ground - size * 0.7),
        crown,
    ]
    bough(easel, canvas, trunk, size * 0.1, size * 0.035, light.near)
    for index in range(5):
        reach = lean * size * (-0.30 + 0.19 * index)
        tip = (crown[0] + reach, crown[1] - size * easel.any(0.02, 0.14))
        bough(
            easel,
            canvas,
            [crown, (crown[0] + reach * 0.5, crown[1] - size * 0.12), tip],
            size * 0.03,
            2,
            light.near,
        )
    willow_strands(
        easel,
        canvas,
        crown[0] - size * 0.36,
        crown[0] + size * 0.5,
        crown[1] - size * 0.06,
        size * 0.66,
        30,
        light.leaf,
    )


def bamboo(
    easel: Easel,
    canvas: skia.Canvas,
    x: float,
    ground: float,
    height: float,
    colour: Colour,
    alpha: float,
) -> None:
    """Paint one stalk of bamboo, joint by joint, with its leaves."""
    joints, lean, width = 9, easel.any(-30, 30), easel.any(7, 13)
    step = height / joints
    for index in range(joints):
        y0, y1 = ground - step * index, ground - step * (index + 1) + 3
        x0, x1 = x + lean * index / joints, x + lean * (index + 1) / joints
        canvas.drawPath(
            stroke(
                [(x0, y0), ((x0 + x1) / 2, (y0 + y1) / 2), (x1, y1)],
                width,
                width * 0.82,
                width * 0.95,
            ),
            fill(colour, alpha),
        )
        canvas.drawLine(
            x1 - width * 0.6,
            y1 - 1,
            x1 + width * 0.6,
            y1 - 2,
            line(easel.light.near, 1.8, alpha * 0.8),
        )
        if index > 2 and easel.any(0, 1) < 0.8:
            side = -1 if easel.any(0, 1) < 0.5 else 1
            twig = (x1 + side * easel.any(20, 60), y1 - easel.any(10, 40))
            canvas.drawLine(x1, y1, *twig, line(colour, 1.6, alpha))
            for _ in range(5):
                tip = (twig[0] + side * easel.any(-6, 46), twig[1] + easel.any(14, 54))
                bend = ((twig[0] + tip[0]) / 2 + side * 5, (twig[1] + tip[1]) / 2 - 5)
                canvas.drawPath(
                    stroke([twig, bend, tip], 1, 8.5, 0.3),
                    fill(blend(colour, easel.light.near, easel.any(0, 0.4)), alpha),
                )


def grass(
    easel: Easel,
    canvas: skia.Canvas,
    x: float,
    y: float,
    size: float,
    colour: Colour,
    blades: int = 9,
    alpha: float = 0.85,
) -> None:
    """Paint a tuft of grass or orchid leaves."""
    for _ in range(blades):
        reach, rise = size * easel.any(-0.8, 0.8), size * easel.any(0.5, 1.1)
        way = [
            (x + easel.any(-4, 4), y),
            (x + reach * 0.3, y - rise * 0.65),
            (x + reach, y - rise * easel.any(0.75, 1.0)),
        ]
        canvas.drawPath(
            stroke(way, 2.0, 2.6, 0.3),
            fill(blend(colour, easel.light.near, easel.any(0, 0.5)), alpha),
        )


def reeds(easel: Easel, canvas: skia.Canvas, x: float, y: float, size: float, count: int) -> None:
    """Paint reeds with their plumes."""
    light = easel.light
    for _ in range(count):
        root, rise, lean = x + easel.any(-60, 60), size * easel.any(0.6, 1.1), easel.any(-30, 50)
        way = [(root, y), (root + lean * 0.3, y - rise * 0.6), (root + lean, y - rise)]
        canvas.drawPath(stroke(way, 2.6, 2, 0.8), fill(blend(light.leaf, light.near, 0.3), 0.85))
        plume = [way[-1], (way[-1][0] + 9, way[-1][1] - 14), (way[-1][0] + 20, way[-1][1] - 18)]
        canvas.drawPath(
            stroke(plume, 2, 8, 1, 0.8, easel.rng), fill(blend(light.timber, light.mist, 0.35), 0.7)
        )
    grass(easel, canvas, x, y, size * 0.5, light.leaf, 8)


def lotus(easel: Easel, canvas: skia.Canvas, x: float, y: float, size: float) -> None:
    """Paint a lotus leaf lying on the water, or standing with a bud."""
    light = easel.light
    leaf = skia.Rect(x - size, y - size * 0.27, x + size, y + size * 0.27)
    canvas.drawOval(leaf, fill(blend(light.leaf, light.far, easel.any(0, 0.4)), 0.82))
    veins = skia.Path()
    for index in range(9):
        angle = index / 9 * math.tau
        veins.moveTo(x, y)
        veins.lineTo(x + math.cos(angle) * size * 0.88, y + math.sin(angle) * size * 0.23)
    canvas.drawPath(veins, line(light.near, 1.0, 0.45))
    if easel.any(0, 1) < 0.45:
        top = y - size * easel.any(0.9, 1.6)
        canvas.drawLine(x + 6, y, x + 10, top, line(light.leaf, 2.2, 0.9))
        for turn in (-34, 34, -16, 16, 0):
            canvas.save()
            canvas.translate(x + 10, top + 6)
            canvas.rotate(turn)
            petal = stroke([(0, 0), (0, -size * 0.25), (0, -size * 0.5)], 2, size * 0.24, 0.5)
            canvas.drawPath(petal, line(blend(light.blossom, light.near, 0.5), 0.9, 0.6))
            canvas.drawPath(
                petal, fill(blend(light.blossom, light.mist, 0.55 if turn else 0.35), 0.95)
            )
            canvas.restore()


def rock(
    easel: Easel, canvas: skia.Canvas, x: float, y: float, width: float, height: float
) -> None:
    """Paint a rock: a pale wash, a dark broken outline, axe-cut strokes on its shaded side, moss
    dots.
    """
    light = easel.light
    outline = [(x - width / 2, y)]
    for index in range(1, 7):
        t = index / 7
        outline.append(
            (
                x - width / 2 + width * t + easel.any(-6, 6),
                y - height * math.sin(t * math.pi) ** 0.6 * easel.any(0.75, 1.05),
            )
        )
    outline.append((x + width / 2, y))
    path = skia.Path()
    path.moveTo(*outline[0])
    for point in outline[1:]:
        path.lineTo(*point)
    path.close()
    pale, dark = blend(light.far, light.mist, 0.5), blend(light.far, light.near, 0.75)
    canvas.drawPath(
        path,
        fill(
            pale,
            1,
            fade(
                (x - width / 2, y - height),
                (x + width / 2, y),
                [(pale, 1.0), (blend(pale, dark, 0.45), 1.0), (dark, 1.0)],
            ),
        ),
    )
    canvas.drawPath(stroke(outline, 2, 5, 2, 0.9, easel.rng), fill(light.near, 0.85))
    canvas.save()
    canvas.clipPath(path, doAntiAlias=True)
    for _ in range(12):
        sx, sy = x + easel.any(-0.1, 0.5) * width, y - easel.any(0, 0.8) * height
        dry(
            canvas,
            [(sx, sy), (sx + 10, sy + height * 0.12), (sx + 14, sy + height * 0.28)],
            9,
            light.near,
            0.55,
            easel.rng,
            4,
        )
    canvas.restore()
    for _ in range(9):
        canvas.drawCircle(
            x + easel.any(-0.42, 0.42) * width,
            y - height * easel.any(0.6, 1.0),
            easel.any(1.2, 3.2),
            fill(light.near, 0.75),
        )
