"""The face in profile, drawn anew in each frame from a look and a mouth shape.

Head units: the neck's joint is the origin, the face looks to the right, the chin lies near y 10,
the crown near y -95.
"""

from __future__ import annotations

import skia

from generation.stage.brush import fill, glow, line
from generation.stage.palette import INK, Colour, argb, blend
from generation.stage.puppet.figures import Build
from generation.stage.puppet.looks import TINTS, Lips, Look
from generation.stage.puppet.material import Material
from generation.storyboard import Emotion

JAW_DROP = 8.5
EYE = (27.0, -47.0)


def draw_face(canvas: skia.Canvas, material: Material, build: Build, look: Look, feeling: Emotion,
              lips: Lips, blink: float,
              at: float) -> None:  # fmt: skip
    """Draw skin, eye, brow, mouth and what the feeling leaves on them."""
    jaw = min(1.0, max(lips.open, look.jaw)) * JAW_DROP
    skin = material.shaded(blend(build.skin, TINTS[feeling], look.tint))
    outline = profile(build, jaw, lips.purse)
    canvas.drawPath(outline, line(material.light.rim, 5.4, 0.55))
    lit, shadow = blend(skin, material.through, 0.4), blend(skin, (168, 96, 62), 0.34)
    shader = skia.GradientShader.MakeLinear(
        [(54, -50), (-14, -24)], [argb(lit), argb(skin), argb(shadow)], [0, 0.5, 1]
    )
    canvas.drawPath(outline, fill(skin, 1, shader))
    _cheek(canvas, look, jaw)
    canvas.drawPath(outline, line(INK, 1.9))
    _mouth(canvas, material, build, look, lips, jaw)
    _nostril(canvas)
    if build.wrinkles:
        _wrinkles(canvas)
    _eye(canvas, material, build, look, blink)
    _brow(canvas, material, build, look)
    if look.tears > 0.05:
        _tears(canvas, look.tears, at)
    _ear(canvas, skin)


def profile(build: Build, jaw: float, purse: float) -> skia.Path:
    """Return the outline of the face: brow and nose in one long line, small mouth, soft chin."""
    out, low, chin = purse * 3.4, jaw, build.chin
    path = skia.Path()
    path.moveTo(18, -90)
    path.cubicTo(36, -84, 43.5, -70, 43.4, -56)
    path.cubicTo(43.2, -50, 45.0, -44.0, 48.2, -37.6)
    path.cubicTo(50.6, -33.0, 55.2, -28.6, 56.0, -26.0)
    path.cubicTo(56.6, -23.4, 52.0, -21.8, 47.6, -21.6)
    path.cubicTo(46.2, -20.0, 46.4, -18.4, 48.0 + out * 0.6, -16.6)
    path.cubicTo(51.4 + out, -14.8, 49.8 + out, -12.6, 45.6 + out * 0.7, -12.2)
    if low > 0.7:
        path.lineTo(36.0, -11.6 + low * 0.28)
        path.lineTo(45.0 + out * 0.7 - low * 0.15, -11.6 + low)
    path.cubicTo(
        50.0 + out - low * 0.2,
        -10.6 + low,
        48.6 + out * 0.8 - low * 0.3,
        -6.6 + low,
        44.6 - low * 0.2,
        -5.0 + low,
    )
    path.cubicTo(
        43.6 - low * 0.3,
        -2.2 + low,
        47.0 + chin - low * 0.4,
        0.4 + low,
        45.6 + chin - low * 0.4,
        5.0 + low,
    )
    path.cubicTo(
        43.8 + chin - low * 0.4,
        10.6 + low,
        34 - low * 0.4,
        12.6 + chin + low * 0.9,
        25,
        10.4 + chin + low * 0.7,
    )
    path.cubicTo(13, 7.6 + chin * 0.6 + low * 0.35, 3, -1, -3, -14)
    path.cubicTo(-8, -26, -10, -50, -6, -66)
    path.cubicTo(-2, -82, 8, -92, 18, -90)
    path.close()
    return path


def _cheek(canvas: skia.Canvas, look: Look, jaw: float) -> None:
    if look.blush > 0.02:
        place = (24.0, -25.0 + jaw * 0.2)
        canvas.drawCircle(*place, 19, glow(place, 19, (222, 70, 52), 0.62 * min(1.0, look.blush)))
    lid = (26.0, -52.0)
    canvas.drawCircle(*lid, 17, glow(lid, 17, (214, 90, 70), 0.30))


def _mouth(
    canvas: skia.Canvas, material: Material, build: Build, look: Look, lips: Lips, jaw: float
) -> None:
    red = material.shaded(build.lips)
    out, size = lips.purse * 3.4, build.lip_size
    corner = (
        37.2 - lips.spread * 4.2 + lips.purse * 4.4 - (size - 1) * 7,
        -11.6 - look.corner + jaw * 0.3,
    )
    upper_front, lower_front = (48.6 + out * 0.9, -14.2), (47.4 + out * 0.8 - jaw * 0.2, -9.4 + jaw)
    parting = (45.6 + out * 0.7, -12.0)
    below = (45.0 + out * 0.7 - jaw * 0.15, -11.6 + jaw)
    if jaw > 0.7:
        inside = skia.Path()
        inside.moveTo(*parting)
        inside.quadTo(41, -12.6, *corner)
        inside.quadTo(40, -10.6 + jaw * 0.9, *below)
        inside.close()
        canvas.drawPath(inside, fill((72, 16, 20)))
        if lips.teeth > 0.15:
            teeth = skia.Path()
            teeth.moveTo(parting[0] - 0.6, parting[1])
            teeth.quadTo(42, -12.4, corner[0] + 1.8, corner[1] + 0.2)
            teeth.lineTo(corner[0] + 3.0, corner[1] + 1.6)
            teeth.quadTo(42, -10.2, parting[0] - 1.0, parting[1] + 2.2)
            teeth.close()
            canvas.drawPath(teeth, fill((246, 238, 222), min(1.0, lips.teeth + 0.3)))
    lip = skia.Path()
    lip.moveTo(*corner)
    lip.cubicTo(
        40,
        -13.4 - look.corner * 0.2,
        44 + out * 0.4,
        -17.6 * size - (1 - size) * 12.4,
        *upper_front,
    )
    lip.quadTo(48.6 + out * 0.9, -12.2, *parting)
    lip.quadTo(41.4, -12.0, *corner)
    lip.close()
    lip.moveTo(*corner)
    lip.quadTo(41, -11.0 + jaw * 0.8, *below)
    lip.quadTo(49.4 + out * 0.8 - jaw * 0.2, -10.4 + jaw, *lower_front)
    lip.cubicTo(
        46.6 + out * 0.5,
        -6.4 + jaw + (1 - size) * 2,
        41.0,
        -6.8 + jaw * 0.8 + (1 - size) * 3,
        *corner,
    )
    lip.close()
    canvas.drawPath(lip, fill(red))
    crease = skia.Path()
    crease.moveTo(corner[0] - 1.6, corner[1] - look.corner * 0.18)
    crease.quadTo(corner[0] + 0.6, corner[1] + 0.3, 41.6, -12.0 + jaw * 0.12)
    if jaw <= 0.7:
        crease.lineTo(*parting)
    canvas.drawPath(crease, line((70, 14, 18), 1.15))


def _nostril(canvas: skia.Canvas) -> None:
    wing = skia.Path()
    wing.moveTo(47.4, -30.0)
    wing.cubicTo(44.6, -28.2, 44.2, -23.6, 47.4, -22.0)
    canvas.drawPath(wing, line(INK, 1.0, 0.6))


def _eye(canvas: skia.Canvas, material: Material, build: Build, look: Look, blink: float) -> None:
    x, y = EYE
    size = build.eye
    lid = max(0.02, look.lid * (1 - blink)) * 8.6 * size
    up = build.fox_eye
    inner, outer = (x + 11.0 * size, y + 1.6), (x - 14.0 * size, y - 2.4 - up * 0.8)
    under = max(0.6, (4.2 - look.lower) * size * (1 - blink * 0.55))
    white = skia.Path()
    white.moveTo(*outer)
    white.cubicTo(x - 7 * size, y - lid - 1.4 - up * 0.35, x + 6 * size, y - lid - 0.2, *inner)
    white.cubicTo(x + 5 * size, y + under + 0.6, x - 6 * size, y + under + 1.2 - up * 0.2, *outer)
    white.close()
    canvas.drawPath(
        white, fill(blend((255, 250, 238), material.light.far, material.light.shade * 0.3))
    )
    radius = 5.9 * size * look.iris
    centre = (x + 2.2 * size, y - 1.6 * size + look.gaze)
    if lid > 1.2:
        canvas.save()
        canvas.clipPath(white, doAntiAlias=True)
        canvas.drawCircle(*centre, radius, fill((48, 24, 14)))
        canvas.drawCircle(*centre, radius * 0.58, fill((10, 6, 6)))
        canvas.drawCircle(
            centre[0] + radius * 0.34,
            centre[1] - radius * 0.36,
            radius * 0.3,
            fill((255, 252, 240), 0.95),
        )
        canvas.drawCircle(
            centre[0] - radius * 0.3,
            centre[1] + radius * 0.42,
            radius * 0.16,
            fill((255, 236, 200), 0.6),
        )
        canvas.restore()
    top = skia.Path()  # the upper lid: one stroke that swells and ends in a wing
    top.moveTo(outer[0] - 7.5 * size, outer[1] - 3.2 - up * 0.7)
    top.cubicTo(
        outer[0] - 2,
        outer[1] - 1.0,
        x - 8 * size,
        y - lid - 2.6 - up * 0.3,
        x - 1,
        y - lid * 0.94 - 0.8,
    )
    top.cubicTo(
        x + 6 * size, y - lid * 0.84, x + 9 * size, y - lid * 0.3, inner[0] + 1.6, inner[1] + 0.6
    )
    top.cubicTo(
        x + 7 * size,
        y - lid * 0.46,
        x + 4 * size,
        y - lid * 0.64 + 1.2,
        x - 1,
        y - lid * 0.80 + 1.4,
    )
    top.cubicTo(
        x - 8 * size,
        y - lid * 0.78 + 0.9,
        outer[0] + 2,
        outer[1] + 1.8,
        outer[0] - 7.5 * size,
        outer[1] - 3.2 - up * 0.7,
    )
    top.close()
    canvas.drawPath(top, fill(INK))
    lower = skia.Path()
    lower.moveTo(outer[0] + 1.5, outer[1] + 0.6)
    lower.cubicTo(x - 6 * size, y + under + 1.6, x + 5 * size, y + under + 1.0, inner[0], inner[1])
    canvas.drawPath(lower, line((92, 36, 28), 0.9, 0.75))
    crease = skia.Path()
    crease.moveTo(outer[0] - 1, outer[1] - 3.4 - up * 0.4)
    crease.cubicTo(
        x - 7 * size, y - lid - 5.4, x + 5 * size, y - lid - 4.0, inner[0] - 2.4, inner[1] - 4.2
    )
    canvas.drawPath(crease, line((110, 48, 36), 0.85, 0.6))


def _brow(canvas: skia.Canvas, material: Material, build: Build, look: Look) -> None:
    thick = 1.5 * build.brow
    inner, outer = (40.4, -57.0 - look.brow_in), (8.0, -61.5 - look.brow_out)
    arch = -68.0 - look.brow_arch - (look.brow_in + look.brow_out) * 0.38
    brow = skia.Path()
    brow.moveTo(inner[0] + 0.8, inner[1] + thick * 0.5)
    brow.cubicTo(33, arch + 3.2 - look.brow_in * 0.35, 22, arch + 0.4, *outer)
    brow.cubicTo(
        21,
        arch + 0.8 + thick * 1.7,
        32,
        arch + 4 + thick * 1.9 - look.brow_in * 0.35,
        inner[0] + 0.8,
        inner[1] + thick * 0.5,
    )
    brow.close()
    colour = material.shaded(build.hair_colour) if sum(build.hair_colour) > 330 else INK
    if sum(colour) > 330:
        canvas.drawPath(brow, line(INK, 1.4, 0.75))
    canvas.drawPath(brow, fill(colour))


def _wrinkles(canvas: skia.Canvas) -> None:
    lines = skia.Path()
    for start, bend, end in (
        ((43, -23), (36, -19), (34, -8)), ((12, -40), (6, -38), (2, -34)),
        ((13, -44), (6, -44), (1, -42)),
        ((40, -68), (31, -71), (20, -70)), ((40, -73), (31, -76), (20, -75)),
        ((34, -38), (26, -36), (19, -38)),
    ):  # fmt: skip
        lines.moveTo(*start)
        lines.quadTo(*bend, *end)
    canvas.drawPath(lines, line((120, 66, 46), 0.9, 0.65))


def _tears(canvas: skia.Canvas, amount: float, at: float) -> None:
    canvas.drawLine(15, -42.4, 35, -42.6, line((214, 236, 246), 1.6, 0.8 * min(1, amount)))
    for index in range(2):
        run = (at * 0.55 + index * 0.53) % 1.0
        x, y = 27.5 + index * 6 + run * 1.5, -40 + run * 30
        fading = (1 - run**3) * min(1.0, amount * 1.3)
        canvas.drawLine(27.5 + index * 6, -41, x, y - 2, line((206, 230, 244), 1.0, 0.5 * fading))
        drop = skia.Path()
        drop.moveTo(x, y - 5)
        drop.cubicTo(x + 2.6, y - 0.6, x + 2.2, y + 2.2, x, y + 2.2)
        drop.cubicTo(x - 2.2, y + 2.2, x - 2.6, y - 0.6, x, y - 5)
        canvas.drawPath(drop, fill((196, 226, 244), 0.92 * fading))
        canvas.drawCircle(x - 0.5, y + 0.1, 0.7, fill((255, 255, 255), fading))


def _ear(canvas: skia.Canvas, skin: Colour) -> None:
    ear = skia.Path()
    ear.moveTo(-1, -44)
    ear.cubicTo(-10, -49, -14, -38, -9, -31)
    ear.cubicTo(-7, -26, -3, -22, 1, -26)
    ear.cubicTo(3, -32, 3, -40, -1, -44)
    ear.close()
    canvas.drawPath(ear, fill(blend(skin, (196, 110, 80), 0.2)))
    canvas.drawPath(ear, line(INK, 1.4))
    curl = skia.Path()
    curl.moveTo(-3, -40)
    curl.cubicTo(-8, -41, -9, -35, -5, -31)
    canvas.drawPath(curl, line(INK, 0.9, 0.6))
