"""The words of the explicit mark as small pictures, rendered once and shipped (``python -m
moderation.labels``).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

INK_HEIGHT = 24  # pixels of the Chinese characters' ink
WORDS = "AI生成"
SHIPPED_TEMPLATES = Path(__file__).with_name("mark_templates.npz")


def render(font: Path, outlined: bool) -> NDArray[np.uint8]:
    """The words cut tightly: shape (INK_HEIGHT, any), drawn large and scaled down.

    White on black, or, ``outlined``, white with a black edge on grey.
    """
    from PIL import Image, ImageDraw, ImageFont

    edge = 12 if outlined else 0
    face = ImageFont.truetype(str(font), 192)
    left, top, right, bottom = (round(side) for side in face.getbbox(WORDS))
    image = Image.new("L", (right - left, bottom - top), 128 if outlined else 0)
    place = (-left, -top)
    ImageDraw.Draw(image).text(place, WORDS, fill=255, font=face, stroke_width=edge, stroke_fill=0)
    width = round(image.width * INK_HEIGHT / image.height)
    return np.asarray(image.resize((width, INK_HEIGHT), Image.Resampling.BOX))


def load_templates() -> list[NDArray[np.uint8]]:
    """The shipped renderings."""
    with np.load(SHIPPED_TEMPLATES, allow_pickle=False) as arrays:
        return [arrays[name] for name in sorted(arrays.files)]
