"""Heads of those who are not people: an animal's ears and muzzle, a dragon's antlers and whiskers,
a robot's casque. In head units, drawn over the face.
"""

from __future__ import annotations

import skia

from generation.stage.brush import fill, line, smooth_path, stroke
from generation.stage.palette import CINNABAR, GOLD, INK, LAMP, blend
from generation.stage.puppet import pattern
from generation.stage.puppet.figures import Build
from generation.stage.puppet.hair.parts import draw_gold, hair_colour
from generation.stage.puppet.material import Material, shape


def ears(canvas: skia.Canvas, material: Material, build: Build) -> None:
    """Round ears, a furry crown, a muzzle with nose and whiskers."""
    fur, dark = (
        material.shaded(build.hair_colour),
        material.shaded(blend(build.hair_colour, INK, 0.5)),
    )
    for x, y, turn in ((-24, -88, -24), (16, -94, 12)):
        canvas.save()
        canvas.translate(x, y)
        canvas.rotate(turn)
        ear = shape((-19, 8), (-22, -24, 0, -34), (22, -24, 19, 8))
        material.dye_part(canvas, ear, fur, dark, (-19, -32, 19, 8), outline=1.8)
        inner = shape((-10, 6), (-11, -14, 0, -21), (11, -14, 10, 6))
        canvas.drawPath(inner, fill(material.shaded((240, 190, 168))))
        canvas.restore()
    crown = shape(
        (34, -86), (38, -78), (30, -74), (26, -64), (18, -72), (12, -56), (6, -40), (2, -24),
        (-10, -6, -26, -8), (-46, -24, -44, -60), (-40, -96, -8, -103), (20, -104, 34, -86),
    )  # fmt: skip
    material.dye_part(canvas, crown, fur, dark, (-46, -104, 38, -6), outline=1.8)
    hairs = skia.Path()
    for index in range(7):
        x = -34 + index * 7
        hairs.addPath(smooth_path([(x, -62 + index * 2), (x + 3, -50 + index), (x + 1, -40)]))
    canvas.drawPath(hairs, line(dark, 1.4, 0.7))
    muzzle = shape(
        (30, -34), (48, -42, 66, -28), (72, -18, 62, -8), (50, 4, 34, 2), (24, -14, 30, -34)
    )
    pale = material.shaded(blend(build.hair_colour, (252, 240, 220), 0.7))
    canvas.drawPath(muzzle, line(material.light.rim, 4.6, 0.5))
    canvas.drawPath(muzzle, fill(pale))
    canvas.drawPath(muzzle, line(INK, 1.8))
    canvas.drawPath(shape((56, -34), (66, -36, 72, -26), (64, -18, 56, -34)), fill(INK))
    canvas.drawPath(smooth_path([(64, -22), (60, -12), (48, -8), (40, -12)]), line(INK, 1.8))
    for y, reach in ((-20, 26), (-15, 30), (-10, 26)):
        canvas.drawLine(46, y, 46 - reach, y - 6 + (y + 20), line(INK, 1.1, 0.8))


def horns(canvas: skia.Canvas, material: Material, build: Build) -> None:
    """Antlers, a scaled brow, a crown and two long whiskers."""
    base, strand = hair_colour(material, build)
    mane = shape(
        (32, -84), (16, -74, 8, -50), (6, -24, -4, 10), (-10, -6), (-16, 14), (-22, -4), (-34, 12),
        (-34, -10), (-48, 0), (-42, -30), (-54, -40), (-42, -56), (-48, -76), (-30, -100, 0, -102),
        (24, -102, 32, -84),
    )  # fmt: skip
    canvas.drawPath(mane, line(material.light.rim, 5, 0.5))
    canvas.drawPath(mane, fill(base))
    canvas.drawPath(mane, line(INK, 1.7))
    strands = skia.Path()
    for x in (-36.0, -26.0, -16.0, -6.0):
        strands.addPath(smooth_path([(x + 10, -86), (x, -50), (x - 2, -10)]))
    canvas.drawPath(strands, line(strand, 1.1, 0.6))
    antler = material.shaded((226, 190, 120))
    for x, lean in ((-14, -26), (14, -6)):
        for way, width in (
            ([(x, -98), (x + lean * 0.6, -128), (x + lean * 1.5, -152)], 8.0),
            ([(x + lean * 0.5, -124), (x + lean * 0.3 + 14, -140)], 6.0),
            ([(x + lean * 0.9, -138), (x + lean * 1.6 - 12, -146)], 5.0),
        ):
            limb = stroke(way, width, width * 0.8, 2)
            canvas.drawPath(limb, line(INK, 2.6))
            canvas.drawPath(limb, fill(antler))
    crown = shape((40, -80), (26, -104, -4, -106), (-34, -104, -42, -82), (-6, -96, 40, -80))
    draw_gold(canvas, material, crown)
    cuts = skia.Path()
    pattern.dots(cuts, (30, -88), (-32, -88), 9, 1.8)
    material.pierce(canvas, cuts)
    scales = skia.Path()
    for x, y in ((14, -38), (8, -30), (16, -28), (10, -20), (18, -18)):
        scales.addArc(skia.Rect(x - 4, y - 4, x + 4, y + 4), 20, 140)
    canvas.drawPath(scales, line(material.shaded((60, 130, 110)), 1.6))
    for lift in (0, 9):
        whisker = smooth_path(
            [(50, -18 + lift * 0.4), (70, -24 + lift), (84, -6 + lift), (78, 26 + lift)]
        )
        canvas.drawPath(whisker, line(INK, 3.2))
        canvas.drawPath(whisker, line(material.shaded(GOLD), 1.8))


def casque(canvas: skia.Canvas, material: Material, build: Build) -> None:
    """A riveted casque with an antenna, a lamp for an eye and a grille for a mouth."""
    steel, deep = material.shaded((158, 172, 180)), material.shaded((70, 84, 96))
    canvas.drawLine(-6, -112, -14, -150, line(INK, 5))
    canvas.drawLine(-6, -112, -14, -150, line(steel, 2.8))
    canvas.drawCircle(-14, -152, 7, fill(INK))
    canvas.drawCircle(-14, -152, 5.4, fill(material.shaded(CINNABAR)))
    dome = shape(
        (46, -52), (50, -90, 24, -108), (-6, -122, -34, -102), (-52, -84, -50, -40),
        (-50, -8, -30, 4), (-8, 8, 2, 2), (-4, -26, 2, -46), (20, -50, 46, -52),
    )  # fmt: skip
    material.dye_part(canvas, dome, steel, deep, (-52, -118, 50, 6), outline=2.2)
    jaw = shape((6, -24), (44, -26, 52, -24), (54, -6, 46, 8), (28, 16, 8, 10), (0, -6, 6, -24))
    material.dye_part(canvas, jaw, blend(steel, INK, 0.15), deep, (0, -26, 54, 16), outline=2.0)
    for x in (20.0, 28.0, 36.0, 44.0):
        canvas.drawLine(x, -18, x - 1, 2, line(INK, 2.6))
        canvas.drawLine(x, -16, x - 1, 0, line(LAMP, 1.1, 0.9))
    canvas.drawPath(shape((4, -60), (48, -64, 50, -58), (52, -38, 48, -34), (4, -32)), fill(INK))
    canvas.drawCircle(30, -47, 10, fill(LAMP, 0.45))
    canvas.drawCircle(30, -47, 6.6, fill((255, 236, 170)))
    rivets = skia.Path()
    for x, y in (
        (-40, -60),
        (-42, -44),
        (-38, -28),
        (-30, -14),
        (-30, -92),
        (-12, -104),
        (8, -106),
    ):
        rivets.addCircle(x, y, 2.2)
    canvas.drawPath(rivets, fill(INK))
    canvas.drawCircle(-22, -46, 11, fill(INK))
    canvas.drawCircle(-22, -46, 9, fill(steel))
    canvas.drawCircle(-22, -46, 4, fill(deep))
