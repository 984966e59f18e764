"""How each figure is built: proportions, skin and hair, and which cut its head, robe and beard
have.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generation.stage.palette import Colour
from generation.storyboard import Figure

Hair = Literal[
    "cloud_bun",
    "twin_buns",
    "scholar_cap",
    "helmet",
    "gauze_hat",
    "white_knot",
    "headband",
    "bald",
    "tufts",
    "loose",
    "fox",
    "ears",
    "horns",
    "casque",
]
Beard = Literal["none", "three_locks", "full", "long_white", "moustache"]
Cut = Literal["gown", "jacket", "robe", "armour", "court", "cassock", "shroud", "smock"]

CREAM: Colour = (250, 232, 200)
BLACK: Colour = (26, 20, 20)
WHITE: Colour = (226, 220, 206)
GREY: Colour = (142, 134, 126)


@dataclass(frozen=True)
class Build:
    """One figure's proportions. ``height`` and ``head`` are ratios to a grown woman's."""

    hair: Hair
    cut: Cut
    beard: Beard = "none"
    height: float = 1.0
    head: float = 1.0
    girth: float = 1.0
    stoop: float = 0.0
    skin: Colour = CREAM
    hair_colour: Colour = BLACK
    brow: float = 1.0  # thickness
    eye: float = 1.0  # size
    fox_eye: float = 0.0  # how far the outer corner is drawn up
    lips: Colour = (196, 30, 34)
    lip_size: float = 1.0
    wrinkles: bool = False
    chin: float = 0.0  # a heavier jaw


BUILDS: dict[Figure, Build] = {
    "lady": Build("cloud_bun", "gown"),
    "maid": Build("twin_buns", "jacket", height=0.94, eye=1.06),
    "scholar": Build("scholar_cap", "robe", height=1.05, girth=1.02, brow=1.35, lips=(186, 74, 62),
                     lip_size=0.85, chin=1.5),
    "general": Build("helmet", "armour", "three_locks", height=1.1, girth=1.22,
                     skin=(226, 150, 104), brow=2.3, eye=1.0,
                     lips=(150, 50, 40), lip_size=0.9, chin=4.0),
    "official": Build("gauze_hat", "court", "three_locks", height=1.06, girth=1.18, brow=1.7,
                      lips=(178, 70, 58), lip_size=0.85, chin=2.5),
    "elder": Build("white_knot", "robe", "long_white", height=0.98, girth=1.06, stoop=6,
                   skin=(244, 216, 182), hair_colour=WHITE,
                   brow=1.9, eye=0.84, lips=(178, 92, 78), lip_size=0.8, wrinkles=True, chin=1.0),
    "crone": Build("headband", "jacket", height=0.86, girth=1.1, stoop=13, skin=(226, 198, 164),
                   hair_colour=GREY,
                   eye=0.82, lips=(150, 66, 60), lip_size=0.75, wrinkles=True, chin=3.5),
    "monk": Build("bald", "cassock", height=1.0, girth=1.12, skin=(240, 206, 166), brow=1.6,
                  eye=0.92, lips=(178, 84, 68),
                  lip_size=0.85, chin=2.5),
    "child": Build("tufts", "smock", height=0.66, head=1.26, girth=0.98, eye=1.16, lip_size=0.9),
    "ghost": Build("loose", "shroud", height=1.02, girth=0.94, skin=(226, 236, 226), brow=0.8,
                   lips=(126, 30, 44), lip_size=0.9),
    "fox": Build("fox", "gown", height=1.02, girth=0.96, skin=(253, 236, 214),
                 hair_colour=(60, 30, 22), brow=0.85, eye=1.06,
                 fox_eye=5.0, lips=(206, 36, 38)),
    "girl": Build("twin_buns", "smock", height=0.68, head=1.24, girth=0.96, eye=1.18, lip_size=0.9),
    "beast": Build("ears", "smock", height=0.74, head=1.22, girth=1.06, skin=(206, 148, 92),
                   hair_colour=(150, 92, 48), brow=0.5, eye=1.14),
    "dragon": Build("horns", "court", "long_white", height=1.1, girth=1.16, skin=(158, 206, 182),
                    hair_colour=(34, 96, 84), brow=1.9, eye=1.08, lips=(150, 50, 40), chin=3.0),
    "robot": Build("casque", "armour", height=1.04, girth=1.14, skin=(166, 178, 186), brow=0.0),
}  # fmt: skip

# A grown woman, in stage units, from the ground up.
HIP, NECK, EYES = 262.0, 376.0, 424.0
UPPER_ARM, FOREARM = 78.0, 66.0
TALL = 1.06  # so large on the stage
