"""What a painter of sets works on: four sheets of different depth, the hour's light, and dice."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import skia

from generation.stage.brush import Pixels
from generation.stage.camera import HEIGHT, OVER, SIDE, UNDER, WIDTH
from generation.stage.palette import LIGHTS, Light
from generation.storyboard import Setting

# Depth of the sheets: how far each follows the camera (1 moves with the actors).
DEPTHS = {"back": 0.22, "mid": 0.6, "floor": 1.0, "front": 1.25}


@dataclass(frozen=True)
class Lamp:
    """A light that flickers, drawn anew in each frame. Place and radius in stage units on the sheet
    ``depth``.
    """

    x: float
    y: float
    radius: float
    depth: float
    strength: float = 1.0


class Sheet:
    """One transparent sheet, larger than the frame; its canvas is in stage units."""

    def __init__(self, scale: float) -> None:
        self.scale = scale
        width, height = round((WIDTH + 2 * SIDE) * scale), round((HEIGHT + OVER + UNDER) * scale)
        self.pixels: Pixels = np.zeros((height, width, 4), np.uint8)
        info = skia.ImageInfo.Make(width, height, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
        self._surface = skia.Surface.MakeRasterDirect(info, self.pixels)
        self.canvas = self._surface.getCanvas()
        self.canvas.scale(scale, scale)
        self.canvas.translate(SIDE, OVER)


@dataclass
class Easel:
    """All that one set is painted with. ``rng`` decides what the story leaves open."""

    setting: Setting
    rng: np.random.Generator
    scale: float
    light: Light = field(init=False)
    sheets: dict[str, Sheet] = field(init=False)
    lamps: list[Lamp] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.light = LIGHTS[self.setting.hour]
        self.sheets = {name: Sheet(self.scale) for name in DEPTHS}

    @property
    def back(self) -> skia.Canvas:
        """The farthest sheet: sky, far hills."""
        return self.sheets["back"].canvas

    @property
    def mid(self) -> skia.Canvas:
        """Buildings and trees behind the actors."""
        return self.sheets["mid"].canvas

    @property
    def floor(self) -> skia.Canvas:
        """The ground that the actors stand on."""
        return self.sheets["floor"].canvas

    @property
    def front(self) -> skia.Canvas:
        """What hangs or grows between the actors and the camera."""
        return self.sheets["front"].canvas

    def lamp(self, x: float, y: float, radius: float, sheet: str, strength: float = 1.0) -> None:
        """Light a lamp on a sheet; it shines as much as the hour asks."""
        power = strength * self.light.lit
        if power > 0.15:
            self.lamps.append(Lamp(x, y, radius, DEPTHS[sheet], power))

    def any(self, low: float, high: float) -> float:
        """Throw the dice for a number between ``low`` and ``high``."""
        return float(low + (high - low) * self.rng.random())
