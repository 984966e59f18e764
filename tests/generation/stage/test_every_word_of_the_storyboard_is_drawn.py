"""Each value that a storyboard may hold draws, and looks different from its neighbours."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from generation import storyboard as words
from generation.stage.brush import Pixels
from generation.storyboard import Action, Camera, Placement, Role, Setting, Shot

from .boards import SHOT, difference, frame

PAIR: tuple[words.Location, ...] = ("gate", "river")


def all_differ(frames: dict[str, np.ndarray], least: float) -> None:
    for (name, a), (other, b) in itertools.combinations(frames.items(), 2):
        assert difference(a, b) > least, f"{name} looks like {other}"


def alone(figure: words.Figure, **more: object) -> Shot:
    return replace(SHOT, placements=(Placement("person", 0.5, 1, **more),))  # type: ignore[arg-type]


def test_every_place_is_a_different_set(typeface: Path) -> None:
    shots = {
        place: replace(SHOT, setting=Setting(place, "day", "clear"), placements=())
        for place in get_args(words.Location)
    }
    all_differ({place: frame(typeface, shot) for place, shot in shots.items()}, 3.0)


def test_every_hour_and_every_weather_changes_the_set(typeface: Path) -> None:
    frames = {
        hour: frame(typeface, replace(SHOT, setting=Setting("river", hour, "clear")))
        for hour in get_args(words.Hour)
    }
    all_differ(frames, 8.0)
    frames = {
        sky: frame(typeface, replace(SHOT, setting=Setting("river", "night", sky)))
        for sky in get_args(words.Weather)
    }
    all_differ(frames, 0.3)


def test_every_figure_and_every_robe_is_told_apart(typeface: Path) -> None:
    figures = get_args(words.Figure)
    all_differ(
        {
            figure: frame(typeface, alone(figure), roles=(Role("person", "", figure, "crimson"),))
            for figure in figures
        },
        0.4,
    )
    robes = get_args(words.Robe)
    all_differ(
        {
            robe: frame(typeface, alone("lady"), roles=(Role("person", "", "lady", robe),))
            for robe in robes
        },
        0.4,
    )


def test_every_feeling_shows_in_the_face(typeface: Path) -> None:
    roles, camera = (Role("person", "", "lady", "jade"),), Camera("extreme", subject="person")
    shots = {e: replace(alone("lady", emotion=e), camera=camera) for e in get_args(words.Emotion)}
    all_differ(
        {emotion: frame(typeface, shot, roles=roles) for emotion, shot in shots.items()}, 1.0
    )


def test_every_prop_is_in_the_hand(typeface: Path) -> None:
    roles = (Role("person", "", "lady", "jade"),)
    frames = {
        str(prop): frame(typeface, alone("lady", prop=prop), roles=roles)
        for prop in (None, *get_args(words.Prop))
    }
    all_differ(frames, 0.1)


def test_every_verb_moves_the_puppet_except_standing(typeface: Path) -> None:
    still = frame(typeface, SHOT, 1.0)
    for verb in get_args(words.Verb):
        to_x = 0.6 if verb in ("walk", "drift") else None
        acting = frame(
            typeface, replace(SHOT, actions=(Action("lady", verb, 0.2, 1.7, to_x=to_x),)), 1.0
        )
        assert verb == "stand" or difference(acting, still) > 0.25, verb


@pytest.mark.parametrize("framing", get_args(words.Framing))
def test_every_move_of_the_camera_changes_the_picture_over_time(
    typeface: Path, framing: words.Framing
) -> None:
    moved: dict[str, tuple[Pixels, Pixels]] = {}
    for move in get_args(words.CameraMove):
        shot = replace(SHOT, camera=Camera(framing, move, "lady"))
        moved[move] = (frame(typeface, shot, 0.5), frame(typeface, shot, 1.4))
        assert difference(*moved[move]) > 0.2, (
            move
        )  # even a held camera looks at someone who breathes
    assert difference(*moved["push"]) > difference(*moved["hold"])
    assert difference(moved["pan_left"][0], moved["pan_right"][0]) > 1.0


def test_nothing_is_ever_frozen(typeface: Path) -> None:
    assert difference(frame(typeface, SHOT, 1.0), frame(typeface, SHOT, 1.0 + 3 / 24)) > 0.02


def test_a_ghost_lets_the_set_shine_through_and_a_lady_does_not(typeface: Path) -> None:
    body = (slice(215, 235), slice(84, 96))
    through = {}
    for figure in ("lady", "ghost"):
        roles = (Role("person", "", figure, "ivory"),)
        sets = [replace(alone("ghost"), setting=Setting(place, "day", "clear")) for place in PAIR]
        left, right = (frame(typeface, shot, roles=roles)[body] for shot in sets)
        through[figure] = difference(left, right)
    assert through["lady"] == 0
    assert through["ghost"] > 5


def test_a_thing_without_a_prop_is_a_placard_with_its_own_words(typeface: Path) -> None:
    roles = (Role("person", "", "lady", "jade"),)
    bare, phone, key = (
        frame(typeface, alone("lady", placard=name), roles=roles) for name in ("", "手机", "钥匙")
    )
    assert difference(bare, phone) > 0.4
    assert difference(phone, key) > 0.01


def test_a_place_without_a_set_has_its_name_on_a_board(typeface: Path) -> None:
    bare = replace(SHOT, setting=Setting("curtain", "day", "clear"), placements=())
    office, lab = replace(bare, board="写字楼"), replace(bare, board="实验室")
    frames = [frame(typeface, shot) for shot in (bare, office, lab)]
    assert difference(frames[0], frames[1]) > 0.4
    assert difference(frames[1], frames[2]) > 0.01
