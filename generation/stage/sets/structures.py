"""What is built: roofs, halls, pavilions, walls, railings, bridges, graves, gates, lanterns, and
the ground itself.
"""

from __future__ import annotations

import skia

from generation.stage.brush import Point, dry, fade, fill, glow, line, noise, shine, stroke
from generation.stage.camera import HEIGHT, SIDE, WIDTH
from generation.stage.palette import INK, LAMP, Colour, blend
from generation.stage.puppet import pattern
from generation.stage.sets.easel import Easel

LEFT, RIGHT, BOTTOM = -SIDE, WIDTH + SIDE, HEIGHT + 100


def ground(easel: Easel, top: float, near: Colour, far: Colour, rough: float = 8.0) -> None:
    """Lay the ground that the actors stand on, from an uneven upper edge to the foot of the sheet,
    darker below.
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


def roof(
    easel: Easel,
    canvas: skia.Canvas,
    x: float,
    eave: float,
    half: float,
    height: float,
    ridge: float = 0.5,
) -> None:
    """Paint a tiled roof with flying eaves; ``x`` its middle, ``eave`` the height of its edge,
    ``half`` its half width.
    """
    light = easel.light
    top, curl = eave - height, height * 0.3
    shape = skia.Path()
    shape.moveTo(x - half * ridge, top)
    shape.cubicTo(
        x - half * (ridge + 0.10),
        top + height * 0.55,
        x - half * 0.84,
        eave - height * 0.12,
        x - half * 1.1,
        eave - curl,
    )
    shape.cubicTo(
        x - half * 1.0, eave - curl * 0.1, x - half * 0.8, eave + 3, x - half * 0.6, eave + 3
    )
    shape.lineTo(x + half * 0.6, eave + 3)
    shape.cubicTo(
        x + half * 0.8, eave + 3, x + half * 1.0, eave - curl * 0.1, x + half * 1.1, eave - curl
    )
    shape.cubicTo(
        x + half * 0.84,
        eave - height * 0.12,
        x + half * (ridge + 0.10),
        top + height * 0.55,
        x + half * ridge,
        top,
    )
    shape.close()
    pale = blend(light.tile, light.mist, 0.28)
    canvas.drawPath(
        shape,
        fill(
            light.tile,
            1,
            fade(
                (x - half, top),
                (x + half, eave),
                [(pale, 1.0), (light.tile, 1.0), (blend(light.tile, INK, 0.3), 1.0)],
            ),
        ),
    )
    canvas.save()
    canvas.clipPath(shape, doAntiAlias=True)
    tiles = skia.Path()
    count = max(6, round(half / 9))
    for index in range(-count, count + 1):
        t = index / count
        tiles.moveTo(x + half * ridge * t, top)
        tiles.quadTo(
            x + half * (ridge + 0.12) * t, top + height * 0.6, x + half * 1.02 * t, eave + 6
        )
    canvas.drawPath(tiles, line(INK, 2.4, 0.55))
    tiles.offset(1.6, 0)
    canvas.drawPath(tiles, line(light.mist, 0.8, 0.32))
    canvas.restore()
    canvas.drawPath(shape, line(blend(light.tile, INK, 0.6), 2.2, 0.9))
    canvas.drawPath(
        stroke(
            [
                (x - half * ridge - 8, top - 11),
                (x - half * ridge, top - 1),
                (x, top + 1),
                (x + half * ridge, top - 1),
                (x + half * ridge + 8, top - 11),
            ],
            4,
            7,
            4,
        ),
        fill(blend(light.tile, INK, 0.5)),
    )
    for side in (-1, 1):  # the corners fly up
        tip = [
            (x + side * half * 0.86, eave - curl * 0.34),
            (x + side * half * 1.06, eave - curl * 0.86),
            (x + side * half * 1.17, eave - curl * 1.5),
        ]
        canvas.drawPath(stroke(tip, 6, 5, 1.4), fill(blend(light.tile, INK, 0.5)))
    ends = skia.Path()
    pattern.dots(ends, (x - half * 0.72, eave + 3), (x + half * 0.72, eave + 3), 11, 3.0)
    canvas.drawPath(ends, fill(blend(light.tile, INK, 0.25)))


def lattice(easel: Easel, canvas: skia.Canvas, box: tuple[float, float, float, float]) -> None:
    """Paint a paper window behind a wooden lattice; it shines when lamps are lit."""
    light = easel.light
    left, top, right, bottom = box
    paper = blend(
        light.plaster, (255, 208, 122), 0.9 * light.lit if easel.setting.hour != "day" else 0.0
    )
    canvas.drawRect(skia.Rect(*box), fill(paper, 0.97))
    middle = ((left + right) / 2, (top + bottom) / 2)
    if light.lit > 0.5:
        canvas.drawRect(skia.Rect(*box), glow(middle, (bottom - top) * 0.7, (255, 240, 190), 0.85))
    bars = skia.Path()
    wide, high = right - left, bottom - top
    for index in range(1, 4):
        bars.moveTo(left + wide * index / 4, top)
        bars.lineTo(left + wide * index / 4, bottom)
    for share in (0.12, 0.3, 0.42, 0.58, 0.7, 0.88):
        bars.moveTo(left, top + high * share)
        bars.lineTo(right, top + high * share)
    canvas.drawPath(bars, line(light.timber, 2.4, 0.95))
    canvas.drawRect(skia.Rect(*box), line(blend(light.timber, INK, 0.3), 5.5))
    if light.lit > 0.5:
        shine(canvas, middle, (bottom - top) * 1.1, LAMP, 0.35)


def pillar(
    easel: Easel, canvas: skia.Canvas, x: float, top: float, bottom: float, width: float
) -> None:
    """Paint a round wooden pillar on its stone."""
    timber = easel.light.timber
    stops = [
        (blend(timber, INK, 0.35), 1.0),
        (blend(timber, easel.light.mist, 0.22), 1.0),
        (timber, 1.0),
        (blend(timber, INK, 0.5), 1.0),
    ]
    canvas.drawRect(
        skia.Rect(x - width / 2, top, x + width / 2, bottom),
        fill(timber, 1, fade((x - width / 2, 0), (x + width / 2, 0), stops)),
    )
    canvas.drawRect(
        skia.Rect(x - width * 0.8, bottom - width * 0.5, x + width * 0.8, bottom),
        fill(blend(easel.light.far, easel.light.mist, 0.35)),
    )


def railing(
    easel: Easel,
    canvas: skia.Canvas,
    left: float,
    right: float,
    top: float,
    bottom: float,
    step: float = 46,
) -> None:
    """Paint a wooden railing with a pierced pattern."""
    timber = easel.light.timber
    for y, wide in ((top, 8.0), (top + (bottom - top) * 0.3, 4.0), (bottom - 4, 6.0)):
        canvas.drawLine(left, y, right, y, line(timber, wide))
    count = max(1, round((right - left) / step))
    frets = skia.Path()
    for index in range(count + 1):
        x = left + (right - left) * index / count
        canvas.drawLine(x, top - 9, x, bottom, line(blend(timber, INK, 0.2), 6.5))
        canvas.drawCircle(x, top - 11, 5, fill(blend(timber, INK, 0.2)))
        if index < count:
            cell = (right - left) / count
            a, b, c, d = x + cell * 0.22, top + (bottom - top) * 0.42, x + cell * 0.78, bottom - 14
            frets.addRect(skia.Rect(a, b, c, d))
            frets.moveTo(x + 3, (b + d) / 2)
            frets.lineTo(a, (b + d) / 2)
            frets.moveTo(c, (b + d) / 2)
            frets.lineTo(x + cell - 3, (b + d) / 2)
    canvas.drawPath(frets, line(timber, 2.8))


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


def lantern(
    easel: Easel, canvas: skia.Canvas, x: float, top: float, radius: float, sheet: str
) -> None:
    """Hang a red lantern."""
    lit = easel.light.lit
    y = top + radius * 2.4
    canvas.drawLine(x, top, x, y - radius, line(INK, 1.6))
    body = skia.Rect(x - radius * 1.15, y - radius * 0.95, x + radius * 1.15, y + radius * 0.95)
    warm = skia.GradientShader.MakeRadial(
        (x, y),
        radius * 1.2,
        [
            0xFFFFE9B0 if lit > 0.3 else 0xFFE0664A,
            0xFFEE7A34 if lit > 0.3 else 0xFFC8412B,
            0xFFA82A1C,
        ],
        [0, 0.45, 1],
    )
    canvas.drawOval(body, fill((200, 65, 43), 1, warm))
    ribs = skia.Path()
    for share in (0.2, 0.6):
        ribs.addOval(
            skia.Rect(x - radius * share, y - radius * 0.95, x + radius * share, y + radius * 0.95)
        )
    canvas.drawPath(ribs, line((110, 24, 14), 1.1, 0.6))
    for edge in (-0.95, 0.85):
        canvas.drawRect(
            skia.Rect(
                x - radius * 0.5, y + radius * edge - 2, x + radius * 0.5, y + radius * edge + 3
            ),
            fill(INK),
        )
    canvas.drawLine(
        x, y + radius, x, y + radius * 2.1, line((190, 50, 34), max(1.6, radius * 0.16))
    )
    easel.lamp(x, y, radius * 5.5, sheet, 0.95)


def wall(
    easel: Easel,
    canvas: skia.Canvas,
    top: float,
    bottom: float,
    left: float = LEFT,
    right: float = RIGHT,
    tiles: bool = True,
) -> None:
    """Paint a plastered garden wall, weather-stained, tiled along its top."""
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
    """Paint a leaning gravestone with its worn writing."""
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


def beam(easel: Easel, canvas: skia.Canvas, start: Point, end: Point, width: float) -> None:
    """Paint a squared beam."""
    canvas.drawLine(*start, *end, line(blend(easel.light.timber, INK, 0.35), width + 4))
    canvas.drawLine(*start, *end, line(easel.light.timber, width))
