"""The twelve places."""

from __future__ import annotations

from collections.abc import Callable

from generation.stage.sets.distance import paint_distance, paint_water
from generation.stage.sets.easel import Easel
from generation.storyboard import Place


def lakeside(easel: Easel) -> None:
    paint_distance(easel, "hills", horizon=700, disc=(520, 250))
    paint_water(easel, 740, 1370)


PAINTERS: dict[Place, Callable[[Easel], None]] = {"lakeside": lakeside}
