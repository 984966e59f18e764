"""Small storyboards to draw."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from generation.stage import Stage
from generation.storyboard import (
    Camera,
    Cue,
    Mark,
    Mouth,
    Placement,
    Role,
    Setting,
    Shot,
    Storyboard,
)

ROLES = (Role("lady", "画娘", "lady", "crimson"), Role("scholar", "李生", "scholar", "indigo"))
SHOT = Shot(
    id="one",
    duration=2.0,
    setting=Setting("pavilion", "dusk", "clear"),
    camera=Camera("wide"),
    placements=(Placement("lady", 0.3, 1), Placement("scholar", 0.72, -1)),
)


def board(
    shot: Shot = SHOT,
    *,
    width: int = 180,
    height: int = 320,
    roles: tuple[Role, ...] = ROLES,
    **more: Any,
) -> Storyboard:
    return Storyboard(
        "画皮",
        more.pop("language", "zh"),
        "ink",
        7,
        roles,
        (shot,),
        width=width,
        height=height,
        **more,
    )


def frame(
    typeface: Path, shot: Shot = SHOT, at: float = 1.0, mark: Mark | None = None, **more: Any
) -> np.ndarray:
    """One frame as RGB integers, so that differences can be taken."""
    pixels = Stage(board(shot, **more), typeface=typeface, mark=mark).draw(shot, at, episode_at=at)
    return pixels[..., 2::-1].astype(np.int16)


def speaking(text: str = "", shape: str = "open", **more: Any) -> Shot:
    cue = Cue("lady", text, 0.2, 1.8, mouths=(Mouth(0.2, shape),))  # type: ignore[arg-type]
    return replace(SHOT, cues=(cue,), **more)


def difference(left: np.ndarray, right: np.ndarray) -> float:
    """Mean absolute difference of two frames, in levels of 0..255."""
    return float(np.abs(left - right).mean())
