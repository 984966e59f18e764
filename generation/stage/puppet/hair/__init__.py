"""Hair and headgear, in head units: what lies behind the face, what lies over it, what dangles."""

from generation.stage.puppet.hair.head import (
    DANGLES,
    MANES,
    Dangle,
    draw_beard,
    draw_behind,
    draw_mane,
    draw_over,
)
from generation.stage.puppet.hair.parts import PEARL

__all__ = [
    "DANGLES",
    "MANES",
    "PEARL",
    "Dangle",
    "draw_beard",
    "draw_behind",
    "draw_mane",
    "draw_over",
]
