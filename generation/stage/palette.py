"""Colours: what an hour does to paper, ink and light, and what the robes are dyed with.

Colours are (red, green, blue), 0..255. The house's own are ink, paper, lamp, cinnabar, jade and
gold.
"""

from __future__ import annotations

from dataclasses import dataclass

import skia

from generation.storyboard import Hour, Robe

Colour = tuple[int, int, int]

INK: Colour = (21, 17, 13)
PAPER: Colour = (243, 233, 210)
LAMP: Colour = (232, 163, 61)
CINNABAR: Colour = (200, 65, 43)
JADE: Colour = (63, 127, 107)
GOLD: Colour = (226, 170, 66)


def argb(colour: Colour, alpha: float = 1.0) -> int:
    """Pack a colour for Skia; ``alpha`` is clipped to 0..1."""
    return int(skia.ColorSetARGB(round(max(0.0, min(1.0, alpha)) * 255), *colour))


def blend(a: Colour, b: Colour, share: float) -> Colour:
    """Mix ``share`` (0 to 1) of ``b`` into ``a``, rounded to whole levels."""
    r, g, bl = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return (r, g, bl)


@dataclass(frozen=True)
class Light:
    """An hour of the day as the set and the puppets feel it."""

    top: Colour  # of the sky
    low: Colour  # of the sky at the ground
    far: Colour  # ink of what is far
    near: Colour  # ink of what is near
    mist: Colour
    through: Colour  # what shines through the cuts of the puppets
    rim: Colour  # along their lit edge
    shade: float  # how much the hide is darkened, 0..1
    disc: Colour  # sun or moon
    disc_alpha: float
    lit: float  # how strongly lanterns and windows shine, 0..1
    plaster: Colour  # walls
    timber: Colour  # pillars and beams
    tile: Colour  # roofs
    leaf: Colour
    blossom: Colour


LIGHTS: dict[Hour, Light] = {
    "day": Light(
        top=(228, 219, 197), low=(246, 239, 222), far=(98, 106, 108), near=(30, 30, 30),
        mist=(248, 242, 228),
        through=(255, 244, 214), rim=(255, 250, 232), shade=0.0, disc=(206, 62, 42),
        disc_alpha=0.92, lit=0.12,
        plaster=(236, 226, 203), timber=(96, 46, 34), tile=(52, 52, 52), leaf=(64, 82, 62),
        blossom=(206, 74, 78),
    ),
    "dawn": Light(
        top=(158, 178, 192), low=(252, 214, 184), far=(122, 112, 130), near=(52, 46, 60),
        mist=(254, 230, 212),
        through=(255, 236, 208), rim=(255, 226, 190), shade=0.06, disc=(240, 140, 92),
        disc_alpha=0.9, lit=0.35,
        plaster=(232, 214, 196), timber=(94, 52, 44), tile=(58, 64, 74), leaf=(74, 96, 88),
        blossom=(226, 120, 120),
    ),
    "dusk": Light(
        top=(146, 66, 24), low=(248, 190, 96), far=(150, 74, 26), near=(56, 24, 12),
        mist=(252, 206, 126),
        through=(255, 222, 140), rim=(255, 214, 128), shade=0.12, disc=(255, 238, 196),
        disc_alpha=0.97, lit=0.8,
        plaster=(214, 142, 68), timber=(84, 34, 16), tile=(52, 26, 16), leaf=(70, 54, 22),
        blossom=(214, 66, 40),
    ),
    "night": Light(
        top=(9, 12, 28), low=(56, 62, 94), far=(40, 47, 78), near=(9, 10, 20), mist=(98, 108, 146),
        through=(255, 206, 128), rim=(255, 192, 110), shade=0.2, disc=(244, 236, 208),
        disc_alpha=0.98, lit=1.0,
        plaster=(66, 68, 92), timber=(52, 26, 26), tile=(20, 22, 36), leaf=(28, 42, 46),
        blossom=(176, 76, 92),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Dye:
    """A robe's colours: cloth, its shadow, the trim, and the small bright things."""

    cloth: Colour
    deep: Colour
    trim: Colour
    accent: Colour
    lining: Colour


DYES: dict[Robe, Dye] = {
    "crimson": Dye((178, 34, 30), (104, 14, 18), (28, 92, 76), (240, 182, 74), (236, 206, 150)),
    "indigo": Dye((40, 74, 132), (17, 34, 74), (136, 62, 34), (236, 190, 92), (206, 214, 214)),
    "jade": Dye((58, 128, 102), (20, 66, 56), (150, 44, 36), (240, 204, 116), (226, 226, 190)),
    "ivory": Dye((232, 218, 188), (166, 144, 110), (64, 98, 110), (188, 60, 46), (250, 240, 220)),
    "ink": Dye((62, 58, 60), (22, 20, 24), (120, 112, 104), (206, 168, 92), (188, 178, 162)),
    "plum": Dye((126, 52, 96), (64, 20, 52), (44, 84, 92), (238, 188, 120), (232, 204, 206)),
    "ochre": Dye((196, 128, 44), (120, 66, 18), (108, 32, 28), (252, 220, 130), (244, 222, 176)),
}
