"""Painting a set once and keeping it: the sheets of a setting as images, ready to slide."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import skia
from PIL import Image, ImageFilter

from generation.stage.brush import LINEAR, Pixels, wet
from generation.stage.camera import OVER, SIDE, View
from generation.stage.motion import dice
from generation.stage.sets.easel import DEPTHS, Easel, Lamp
from generation.stage.sets.places import PAINTERS
from generation.storyboard import Setting

# How much each sheet grains and pools when it dries; what is near is wetter.
SOFTNESS = {"back": 0.6, "mid": 1.2, "floor": 2.0, "front": 3.0}  # stage units, for close framings
DRYING = {"mid": (0.26, 0.4), "floor": (0.10, 0.3), "front": (0.2, 0.3)}


@dataclass(frozen=True)
class Layer:
    """One sheet, cut down to what is painted on it. ``x``, ``y``: its corner in stage units."""

    image: Any
    soft: Any  # the same, out of focus, for when the camera is near the actors
    x: float
    y: float
    scale: float  # pixels per unit
    depth: float

    def draw(self, canvas: skia.Canvas, view: View, near: bool) -> None:
        """Draw the sheet as ``view`` sees it, out of focus when ``near``; ``canvas`` is in frame
        units.
        """
        zoom, dx, dy = view.at_depth(self.depth)
        canvas.save()
        canvas.translate(dx + self.x * zoom, dy + self.y * zoom)
        canvas.scale(zoom / self.scale, zoom / self.scale)
        canvas.drawImage(self.soft if near else self.image, 0, 0, LINEAR)
        canvas.restore()


@dataclass(frozen=True)
class Baked:
    """A painted set: sheets behind the actors, sheets before them, and the lamps that flicker."""

    behind: tuple[Layer, ...]
    before: tuple[Layer, ...]
    lamps: tuple[Lamp, ...]


@lru_cache(maxsize=6)
def bake(setting: Setting, seed: int, scale: float) -> Baked:
    """Paint ``setting`` at ``scale`` pixels per stage unit. Equal arguments give equal pixels in
    every process.
    """
    easel = Easel(setting, dice(seed, setting.place, setting.hour, setting.weather, "set"), scale)
    PAINTERS[setting.place](easel)
    layers: dict[str, Layer] = {}
    for name, sheet in easel.sheets.items():
        if name in DRYING:
            grain, pool = DRYING[name]
            wet(sheet.pixels, easel.rng, scale, grain=grain, pool=pool)
        layer = _cut(sheet.pixels, scale, name)
        if layer is not None:
            layers[name] = layer
    behind = tuple(layers[name] for name in ("back", "mid", "floor") if name in layers)
    before = (layers["front"],) if "front" in layers else ()
    return Baked(behind, before, tuple(easel.lamps))


def _cut(pixels: Pixels, scale: float, name: str) -> Layer | None:
    rows, columns = (
        np.flatnonzero(pixels[..., 3].any(axis=1)),
        np.flatnonzero(pixels[..., 3].any(axis=0)),
    )
    if rows.size == 0:
        return None
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    part = np.ascontiguousarray(pixels[top:bottom, left:right])
    kind = skia.kOpaque_AlphaType if name == "back" else skia.kPremul_AlphaType
    info = skia.ImageInfo.Make(part.shape[1], part.shape[0], skia.kBGRA_8888_ColorType, kind)
    image = skia.Image.MakeRasterCopy(skia.Pixmap(info, part, part.shape[1] * 4))
    soft = _unfocused(part, SOFTNESS[name] * scale)
    return Layer(
        image, skia.Image.MakeRasterCopy(skia.Pixmap(info, soft, part.shape[1] * 4)),
        left / scale - SIDE, top / scale - OVER, scale, DEPTHS[name],
    )  # fmt: skip


def _unfocused(pixels: Pixels, radius: float) -> Pixels:
    picture = Image.fromarray(pixels, "RGBA")  # premultiplied, so it may be blurred as it is
    return np.ascontiguousarray(
        np.asarray(picture.filter(ImageFilter.BoxBlur(radius)).filter(ImageFilter.BoxBlur(radius)))
    )
