"""Places out of doors: water, hills, groves and graves. The actors' feet stand at y 1030."""

from __future__ import annotations

import skia

from generation.stage.brush import dry, fade, fill, line, smooth_path, stroke
from generation.stage.palette import INK, blend
from generation.stage.puppet import pattern
from generation.stage.sets import flora, structures
from generation.stage.sets.distance import paint_distance, paint_water
from generation.stage.sets.easel import Easel


def lakeside(easel: Easel) -> None:
    """A bank under willows, still water, hills beyond."""
    light = easel.light
    paint_distance(easel, "hills", horizon=690, disc=(515, 262))
    paint_water(easel, 745, 1370)
    structures.pavilion(easel, easel.mid, 560, 812, 92, 96)
    for _ in range(16):
        flora.lotus(easel, easel.mid, easel.any(-120, 840), easel.any(850, 950), easel.any(20, 44))
    _bank(easel, 962)
    flora.willow(easel, easel.mid, 70, 985, 700)
    flora.willow_strands(
        easel, easel.front, -160, 190, -120, 420, 15, blend(light.leaf, light.near, 0.45)
    )


def _bank(easel: Easel, top: float) -> None:
    light = easel.light
    structures.ground(
        easel, top, blend(light.far, light.near, 0.15), blend(light.low, light.far, 0.45), 9
    )
    for _ in range(4):
        flora.rock(
            easel,
            easel.floor,
            easel.any(-150, 870),
            top + easel.any(8, 24),
            easel.any(60, 150),
            easel.any(26, 56),
        )
    for _ in range(42):
        flora.grass(
            easel,
            easel.floor,
            easel.any(-170, 890),
            top + easel.any(0, 300) ** 1.02,
            easel.any(16, 40),
            light.leaf,
            8,
        )


def bridge(easel: Easel) -> None:
    """The crown of an arched stone bridge over misty water."""
    light = easel.light
    paint_distance(easel, "hills", horizon=680, disc=(540, 250))
    paint_water(easel, 735, 1370)
    structures.pavilion(easel, easel.mid, 96, 806, 84, 92)
    flora.willow(easel, easel.mid, 770, 930, 620, -1)
    pale = blend(light.far, light.plaster, 0.55)
    arch = smooth_path(
        [(-190, 1240), (-60, 1040), (150, 985), (360, 975), (570, 985), (780, 1040), (910, 1240)]
    )
    arch.lineTo(910, 1400)
    arch.lineTo(-190, 1400)
    arch.close()
    easel.floor.drawPath(
        arch,
        fill(
            pale,
            1,
            fade(
                (0, 960),
                (0, 1380),
                [(pale, 1.0), (blend(pale, light.near, 0.35), 1.0), (blend(pale, INK, 0.7), 1.0)],
            ),
        ),
    )
    steps = skia.Path()
    for index in range(9):
        y = 1000 + index * index * 4.4 + index * 9
        steps.moveTo(-190, y + 70)
        steps.quadTo(360, y - 40, 910, y + 70)
    easel.floor.drawPath(steps, line(light.near, 2.2, 0.45))
    easel.floor.drawPath(arch, line(light.near, 3.4, 0.8))
    _parapet(easel)
    flora.willow_strands(
        easel, easel.front, 480, 900, -130, 360, 15, blend(light.leaf, light.near, 0.45)
    )


def _parapet(easel: Easel) -> None:
    canvas, light = easel.mid, easel.light
    pale, dark = blend(light.far, light.plaster, 0.6), blend(light.far, light.near, 0.4)
    panel = smooth_path(
        [(-190, 1000), (0, 902), (180, 868), (360, 858), (540, 868), (720, 902), (910, 1000)]
    )
    panel.lineTo(910, 1120)
    panel.lineTo(-190, 1120)
    panel.close()
    canvas.drawPath(panel, fill(pale, 1, fade((0, 860), (0, 1010), [(pale, 1.0), (dark, 1.0)])))
    canvas.drawPath(panel, line(light.near, 3, 0.75))
    cuts = skia.Path()
    for index in range(-3, 4):
        x = 360 + index * 132
        y = 872 + abs(index) ** 1.8 * 9
        canvas.drawRect(skia.Rect(x - 74, y - 40, x - 56, y + 120), fill(pale))
        canvas.drawRect(skia.Rect(x - 74, y - 40, x - 56, y + 120), line(light.near, 2.2, 0.7))
        canvas.drawOval(
            skia.Rect(x - 79, y - 66, x - 51, y - 36), fill(blend(pale, light.near, 0.2))
        )
        canvas.drawOval(skia.Rect(x - 79, y - 66, x - 51, y - 36), line(light.near, 2.2, 0.7))
        pattern.cloud_scroll(cuts, x + 2, y + 48, 40)
    canvas.drawPath(cuts, fill(light.near, 0.55))


def mountain(easel: Easel) -> None:
    """A path on a cliff's edge; peaks in a sea of clouds; an old pine leaning out."""
    light = easel.light
    paint_distance(easel, "crags", horizon=860, disc=(486, 250))
    ledge = [(-190, 1010), (-30, 968), (180, 985), (420, 972), (640, 1000), (910, 985)]
    structures.ground(
        easel, 985, blend(light.far, light.near, 0.25), blend(light.far, light.mist, 0.3), 14
    )
    dry(easel.floor, [(x, y + 16) for x, y in ledge], 30, light.near, 0.6, easel.rng, 16)
    for x, w, h in ((-60, 260, 150), (800, 280, 210), (640, 110, 60)):
        flora.rock(easel, easel.floor, x, 1016, w, h)
    for _ in range(18):
        flora.grass(
            easel,
            easel.floor,
            easel.any(-170, 890),
            1000 + easel.any(0, 260),
            easel.any(14, 30),
            light.leaf,
            7,
        )
    flora.pine(easel, easel.mid, (-70, 960), 62, 600, light.near)
    flora.pine(easel, easel.front, (850, -60), 196, 330, blend(light.near, light.leaf, 0.2))


def forest(easel: Easel) -> None:
    """A bamboo grove in mist, a path through it."""
    light = easel.light
    paint_distance(easel, "hills", horizon=640, disc=(430, 280))
    for index in range(34):
        depth = index / 33
        tone = blend(blend(light.leaf, light.mist, 0.75 - 0.5 * depth), light.near, 0.1 * depth)
        flora.bamboo(
            easel,
            easel.back if depth < 0.35 else easel.mid,
            easel.any(-160, 880),
            1080,
            easel.any(780, 1120),
            tone,
            0.45 + 0.4 * depth,
        )
    structures.ground(
        easel, 970, blend(light.leaf, light.near, 0.45), blend(light.leaf, light.mist, 0.3), 8
    )
    path = smooth_path(
        [
            (300, 972),
            (250, 1050),
            (120, 1180),
            (-60, 1380),
            (760, 1380),
            (600, 1180),
            (480, 1050),
            (430, 972),
        ]
    )
    path.close()
    pale = blend(light.low, light.far, 0.3)
    easel.floor.drawPath(
        path,
        fill(
            pale,
            1,
            fade(
                (0, 970),
                (0, 1380),
                [(pale, 0.6), (blend(pale, light.near, 0.3), 0.55), (blend(pale, INK, 0.6), 0.6)],
            ),
        ),
    )
    for _ in range(30):
        flora.grass(
            easel,
            easel.floor,
            easel.any(-170, 890),
            985 + easel.any(0, 120),
            easel.any(20, 46),
            light.leaf,
            9,
        )
    for x in (-120, 850):
        flora.rock(easel, easel.floor, x, 1030, 210, 120)
    for x in (-90, 800):
        flora.bamboo(easel, easel.front, x, 1400, 1560, blend(light.leaf, light.near, 0.6), 0.95)


def graveyard(easel: Easel) -> None:
    """Old graves under a bare tree, mist between the stones."""
    light = easel.light
    paint_distance(easel, "hills", horizon=760, disc=(505, 268))
    structures.ground(
        easel, 968, blend(light.far, light.near, 0.5), blend(light.far, light.mist, 0.15), 16
    )
    for _ in range(7):
        scale = easel.any(0.45, 0.7)
        structures.grave(
            easel,
            easel.mid,
            easel.any(-130, 850),
            985 - easel.any(0, 26),
            84 * scale,
            150 * scale,
            easel.any(-9, 9),
        )
    for x, lean in ((30, -6), (690, 7), (835, -3)):
        mound = smooth_path(
            [(x - 120, 1004), (x - 60, 950), (x, 932), (x + 60, 950), (x + 120, 1004)]
        )
        mound.close()
        easel.floor.drawPath(mound, fill(blend(light.far, light.near, 0.45)))
        dry(
            easel.floor,
            [(x - 110, 1000), (x, 940), (x + 110, 1000)],
            16,
            light.near,
            0.6,
            easel.rng,
            9,
        )
        structures.grave(easel, easel.floor, x, 1010, 92, 176, lean)
    for _ in range(40):
        flora.grass(
            easel,
            easel.floor,
            easel.any(-170, 890),
            985 + easel.any(0, 260),
            easel.any(18, 44),
            blend(light.leaf, light.timber, 0.5),
            8,
        )
    _bare_tree(easel, 120, 985, 620, 84)
    _bare_tree(easel, -150, 60, 420, -14, front=True)
    for _ in range(9):  # paper money
        px, py = easel.any(-60, 780), easel.any(1010, 1240)
        easel.floor.drawCircle(px, py, 7, fill((240, 232, 206), 0.8))
        easel.floor.drawRect(skia.Rect(px - 2, py - 2, px + 2, py + 2), fill(light.near))


def _bare_tree(
    easel: Easel, x: float, y: float, size: float, angle: float, front: bool = False
) -> None:
    canvas = easel.front if front else easel.mid
    flora.plum(
        easel,
        canvas,
        (x, y),
        angle,
        size,
        easel.light.near,
        blend(easel.light.near, easel.light.far, 0.4),
    )


def river(easel: Easel) -> None:
    """On a boat's deck, midstream between gorges."""
    light = easel.light
    paint_distance(easel, "crags", horizon=760, disc=(440, 240))
    paint_water(easel, 770, 1370)
    for x in (-110.0, 60.0, 700.0, 840.0):
        flora.reeds(easel, easel.mid, x, 935, 150, 9)
    wood, dark = blend(light.timber, light.mist, 0.12), blend(light.timber, INK, 0.55)
    hull = skia.Path()
    hull.moveTo(-120, 968)
    hull.cubicTo(40, 1030, 180, 1022, 360, 1022)
    hull.cubicTo(540, 1022, 700, 1030, 850, 958)
    hull.cubicTo(800, 1090, 690, 1150, 590, 1158)
    hull.lineTo(130, 1158)
    hull.cubicTo(40, 1150, -60, 1090, -120, 968)
    hull.close()
    easel.floor.drawPath(
        hull,
        fill(wood, 1, fade((0, 1000), (0, 1160), [(wood, 1.0), (light.timber, 1.0), (dark, 1.0)])),
    )
    boards = skia.Path()
    for index in range(1, 5):
        boards.moveTo(-100 + index * 26, 990 + index * 30)
        boards.cubicTo(
            80, 1046 + index * 24, 640, 1046 + index * 24, 830 - index * 26, 986 + index * 30
        )
    easel.floor.drawPath(boards, line(light.near, 2.4, 0.6))
    easel.floor.drawPath(hull, line(INK, 4, 0.85))
    for _ in range(30):
        x, y, span = easel.any(-160, 880), easel.any(1165, 1360), easel.any(50, 200)
        easel.floor.drawPath(
            stroke([(x, y), (x + span / 2, y + 5), (x + span, y)], 0.5, easel.any(2, 4), 0.5),
            fill(light.far, 0.55),
        )
    easel.mid.drawLine(-20, 1010, -20, 420, line(INK, 9))
    easel.mid.drawLine(-20, 1010, -20, 420, line(light.timber, 5))
    structures.lantern(easel, easel.mid, 8, 455, 30, "mid")
    easel.mid.drawLine(-20, 452, 12, 452, line(INK, 5))
