from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generation.store import Store
from generation.story.planner import make_outline
from generation.story.season import plan_season
from generation.story.types import Outline, Script, ScriptLine, Season
from generation.storyboard import Cue, Mouth, Storyboard
from generation.values import canonical, digest, from_json, to_json


@given(st.text(), st.floats(allow_nan=False, allow_infinity=False))
def test_a_line_goes_to_json_and_back_without_loss(text: str, pause: float) -> None:
    line = ScriptLine("A", text, "fear", "recoil", pause)
    assert from_json(ScriptLine, to_json(line)) == line


def test_an_outline_goes_to_json_and_back_without_loss() -> None:
    outline = make_outline("书生在断桥遇见女鬼", seed=3)
    assert from_json(Outline, to_json(outline)) == outline


def test_a_season_goes_to_json_and_back_without_loss() -> None:
    season = plan_season("A fox returns to the hunter", 4, 2, branch=True)
    assert from_json(Season, to_json(season)) == season


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ({"role_id": None, "text": "a", "start": 0.0}, "'end' is missing"),
        ({"role_id": None, "text": "a", "start": 0.0, "end": "1"}, "Cue.end: float is wanted"),
        ({"role_id": None, "text": "a", "start": float("nan"), "end": 1.0}, "finite"),
        (
            {"role_id": None, "text": "a", "start": 0.0, "end": 1.0, "emotion": "bored"},
            "Cue.emotion",
        ),
        (
            {"role_id": None, "text": "a", "start": 0.0, "end": 1.0, "colour": 1},
            "unknown field 'colour'",
        ),
        (
            {"role_id": None, "text": "a", "start": 0.0, "end": 1.0, "mouths": [{"start": 0.0}]},
            "Cue.mouths[0]",
        ),
        ([], "an object is wanted"),
    ],
)
def test_json_that_does_not_fit_is_refused_by_the_name_of_its_place(
    data: object, place: str
) -> None:
    with pytest.raises(ValueError) as refused:
        from_json(Cue, data)
    assert place in str(refused.value)


def test_a_digest_depends_on_the_value_and_not_on_its_order() -> None:
    assert digest("a", {"x": 1, "y": 2}) == digest("a", {"y": 2, "x": 1})
    assert digest("a", {"x": 1}) != digest("a", {"x": 2})
    assert canonical({"雨": 1.5}) == rb'{"\u96e8":1.5}'


def test_a_failing_maker_leaves_nothing_in_the_store(store: Store) -> None:
    def half(path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError("disk full")

    key = store.key("step", 1, "x")
    with pytest.raises(OSError):
        store.get_or_create(key, ".bin", half)
    assert not store.has(key, ".bin")
    assert list((store.root / "tmp").iterdir()) == []


def test_what_is_there_is_not_made_again(store: Store) -> None:
    key = store.key("step", 1, "x")
    first = store.get_or_create(key, ".bin", lambda path: path.write_bytes(b"one") and None)
    before = first.stat().st_ino
    store.get_or_create(key, ".bin", lambda path: path.write_bytes(b"two") and None)
    assert first.read_bytes() == b"one" and first.stat().st_ino == before


def test_a_new_store_sweeps_what_a_dead_process_left_half_made(store: Store) -> None:
    child = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    dead = store.root / "tmp" / f"{int(child.stdout)}-0-abc.mp4"
    mine = store.root / "tmp" / f"{os.getpid()}-0-abc.mp4"
    dead.write_bytes(b"half")
    mine.write_bytes(b"at work")
    Store(store.root)
    assert not dead.exists() and mine.exists()


def test_every_value_that_a_board_holds_survives_json() -> None:
    assert from_json(Mouth, {"start": 1, "shape": "open"}) == Mouth(1.0, "open")
    with pytest.raises(ValueError):
        from_json(Storyboard, {"title": "x"})
    with pytest.raises(ValueError):
        from_json(Script, {"title": "x"})
