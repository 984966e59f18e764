"""Bodies: skirts, trunks, arms and hands of each cut of robe, recorded once per puppet.

Each part's joint is its origin; y grows downward; the puppet looks to the right.
"""

from __future__ import annotations

from dataclasses import dataclass

import skia

from generation.stage.puppet.body.belt import draw_apron
from generation.stage.puppet.body.skirt import draw_skirt
from generation.stage.puppet.body.trunk import draw_collar, draw_trunk
from generation.stage.puppet.figures import Build
from generation.stage.puppet.limbs import draw_drape, draw_foot, draw_fore, draw_hand, draw_upper
from generation.stage.puppet.material import Material, record

__all__ = ["Body", "make_body"]


@dataclass(frozen=True)
class Body:
    """The recorded parts of one puppet."""

    skirt: skia.Picture
    apron: skia.Picture  # swings before the skirt
    trunk: skia.Picture
    collar: skia.Picture  # lies over the back arm's shoulder and the trunk
    upper: skia.Picture
    fore: skia.Picture
    drape: skia.Picture | None  # the sleeve that hangs from the forearm
    hand: skia.Picture
    foot: skia.Picture


def make_body(material: Material, build: Build) -> Body:
    """Cut, dye and pierce the parts for one figure, in the units of ``figures``."""
    wide = {
        "gown": 1.0,
        "court": 1.15,
        "robe": 1.1,
        "shroud": 1.2,
        "cassock": 1.0,
        "jacket": 0.7,
        "smock": 0.55,
        "armour": 0.0,
    }
    sleeve = wide[build.cut]
    return Body(
        skirt=record(lambda canvas: draw_skirt(canvas, material, build)),
        apron=record(lambda canvas: draw_apron(canvas, material, build)),
        trunk=record(lambda canvas: draw_trunk(canvas, material, build)),
        collar=record(lambda canvas: draw_collar(canvas, material, build)),
        upper=record(lambda canvas: draw_upper(canvas, material, build)),
        fore=record(lambda canvas: draw_fore(canvas, material, build, sleeve)),
        drape=record(lambda canvas: draw_drape(canvas, material, build, sleeve))
        if sleeve
        else None,
        hand=record(lambda canvas: draw_hand(canvas, material, build)),
        foot=record(lambda canvas: draw_foot(canvas, material, build)),
    )
