from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import get_args

import numpy as np

from generation.stage.puppet.looks import lips_at
from generation.storyboard import Camera, Cue, Mouth, Setting, Viseme

from .boards import SHOT, difference, frame, speaking

NEAR = {"camera": Camera("extreme", subject="lady"), "setting": Setting("study", "day", "clear")}


def test_each_viseme_gives_another_mouth_and_changes_nothing_but_the_face(typeface: Path) -> None:
    shapes: tuple[Viseme, ...] = get_args(Viseme)
    frames = {shape: frame(typeface, speaking(shape=shape, **NEAR)) for shape in shapes}
    for shape in shapes[1:]:
        changed = np.abs(frames[shape] - frames["rest"]).max(axis=2) > 12
        assert changed.any(), shape
        rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
        assert rows[0] > 120, "the brow and the hair stand still"
        assert rows[-1] < 230, "so does the body"
        assert columns[-1] - columns[0] < 110
    assert difference(frames["open"], frames["round"]) > 0.02


def test_a_mouth_rests_unless_its_own_cue_speaks() -> None:
    cue = Cue("lady", "", 0.5, 1.0, mouths=(Mouth(0.5, "open"),))
    assert lips_at("lady", (cue,), 0.4).open == 0
    assert lips_at("lady", (cue,), 0.8).open == 1
    assert lips_at("lady", (cue,), 1.2).open == 0
    assert lips_at("scholar", (cue,), 0.8).open == 0


def test_a_storytellers_cue_moves_no_mouth(typeface: Path) -> None:
    quiet = replace(SHOT, **NEAR)
    narrated = replace(quiet, cues=(Cue(None, "", 0.2, 1.8, mouths=(Mouth(0.2, "open"),)),))
    assert difference(frame(typeface, quiet), frame(typeface, narrated)) == 0
