"""Parts of buildings: roofs, windows, pillars, railings, beams, lanterns."""

from __future__ import annotations

import skia

from generation.stage.brush import Point, fade, fill, glow, line, shine, stroke
from generation.stage.palette import INK, LAMP, blend
from generation.stage.puppet import pattern
from generation.stage.sets.easel import Easel


def roof(
    easel: Easel,
    canvas: skia.Canvas,
    x: float,
    eave: float,
    half: float,
    height: float,
    ridge: float = 0.5,
) -> None:
    """Paint a tiled roof with flying eaves: ``x`` its middle, ``eave`` the height of its edge,
    ``half`` its half width, ``ridge`` the half width of its ridge as a share of ``half``.
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
    """Paint a paper window behind a wooden lattice in ``box`` (left, top, right, bottom); it shines
    when lamps are lit.
    """
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
    """Paint a wooden railing with a pierced pattern, a post about every ``step`` units."""
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


def beam(easel: Easel, canvas: skia.Canvas, start: Point, end: Point, width: float) -> None:
    """Paint a squared beam."""
    canvas.drawLine(*start, *end, line(blend(easel.light.timber, INK, 0.35), width + 4))
    canvas.drawLine(*start, *end, line(easel.light.timber, width))


def lantern(
    easel: Easel, canvas: skia.Canvas, x: float, top: float, radius: float, sheet: str
) -> None:
    """Hang a red lantern of ``radius`` from ``top`` and light its lamp on ``sheet``."""
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
