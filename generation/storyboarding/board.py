"""From a script and its spoken lines to a storyboard: shots, title and end card."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from generation import timing
from generation.story.types import Scene, Script
from generation.storyboard import (
    Camera,
    CameraMove,
    Card,
    Cue,
    Mouth,
    Role,
    Setting,
    Shot,
    Storyboard,
)
from generation.storyboarding import acted, camerawork, staging
from generation.storyboarding.wording import ENDINGS, SEAL, card_summary, shot_summary
from generation.timing import PlannedShot
from generation.voice import SpokenUtterance, Utterance

_MAX_OPENING_SECONDS = 5.0  # of what is seen before the title


@dataclass(frozen=True)
class PictureFormat:
    """The picture's measures.

    At least 256 wide: below that x264's macroblock tree reads past its rows, and equal frames give
    unequal bytes.
    """

    width: int = 720
    height: int = 1280
    fps: int = 24

    def __post_init__(self) -> None:
        if not (
            256 <= self.width <= 2160
            and 256 <= self.height <= 3840
            and self.width % 2 == self.height % 2 == 0
        ):
            raise ValueError(
                f"a picture of {self.width}×{self.height} cannot be made: even sides, 256 to "
                "2160×3840"
            )
        if not 8 <= self.fps <= 60:
            raise ValueError(f"{self.fps} frames a second cannot be made: 8 to 60")


def make_storyboard(
    script: Script, spoken: Callable[[Utterance], SpokenUtterance], picture: PictureFormat
) -> Storyboard:
    """The storyboard of a script. ``spoken`` tells how each piece of a line came out of the voice.

    Raises ``ValueError`` for a script without scenes, or one whose lines are given to nobody in the
    cast.
    """
    if not any(scene.lines or scene.breath for scene in script.scenes):
        raise ValueError("the script has no lines")
    planned_shots = timing.divide_into_shots(script, lambda utterance: spoken(utterance).seconds)
    shots: list[Shot] = []
    title_at = _title_place(script, planned_shots)
    for index, planned in enumerate(planned_shots):
        if index == title_at and timing.title_seconds(script) > 0:
            shots.append(_title(script, script.scenes[planned.scene].setting, picture.fps))
        shots.append(_shot(script, planned, spoken, picture.fps))
    shots.append(_ending(script, script.scenes[-1].setting, picture.fps))
    return Storyboard(
        title=script.title,
        language=script.language,
        style="ink",
        seed=script.seed,
        roles=tuple(
            Role(person.id, person.name, person.figure, person.robe, person.pitch, person.speed)
            for person in script.people
        ),
        shots=tuple(replace(shot, id=f"s{number:02d}") for number, shot in enumerate(shots, 1)),
        width=picture.width,
        height=picture.height,
        fps=picture.fps,
    )


def _title_place(script: Script, planned_shots: tuple[PlannedShot, ...]) -> int:
    """The title comes when the hook is over: before the first shot of the second scene; in a long
    first scene that is no hook, after its first words.
    """
    second = next(
        (index for index, planned in enumerate(planned_shots) if planned.scene > 0),
        len(planned_shots),
    )
    if script.scenes[0].operator == "hook" or not acted.is_acted(script):
        return second
    shown = 0.0
    for index, planned in enumerate(planned_shots[:second]):
        if shown >= _MAX_OPENING_SECONDS:
            return index
        shown += planned.seconds
    return second


def _frames(seconds: float, fps: int) -> float:
    """The nearest whole number of frames, in seconds."""
    return max(1, round(seconds * fps)) / fps


def _shot(
    script: Script, planned: PlannedShot, spoken: Callable[[Utterance], SpokenUtterance], fps: int
) -> Shot:
    scene = script.scenes[planned.scene]
    rng = random.Random(
        f"board {script.seed} {scene.operator} {[piece.text for piece in planned.pieces]}"
    )
    duration = math.ceil(planned.seconds * fps - 0.5) / fps
    cues = _cues(scene, planned, spoken, duration)
    player = acted if acted.is_acted(script) else staging
    present = player.people_present(script, scene, planned)
    camera = (
        acted.choose_camera(rng, scene, planned, present)
        if player is acted
        else camerawork.choose_camera(rng, scene, planned, present)
    )
    placements, actions = player.stage_shot(
        rng=rng,
        script=script,
        scene=scene,
        planned=planned,
        cues=cues,
        present=present,
        duration=duration,
    )
    return Shot(
        id="",
        duration=duration,
        setting=scene.setting,
        camera=camera,
        placements=placements,
        actions=actions,
        cues=tuple(cues),
        summary=shot_summary(script, cues, camera),
        beat=scene.operator,
        tension=scene.tension,
        board=scene.board,
    )


def _cues(
    scene: Scene,
    planned: PlannedShot,
    spoken: Callable[[Utterance], SpokenUtterance],
    duration: float,
) -> list[Cue]:
    """The shot's pieces of lines, one after the other from the lead-in on, in seconds of the
    shot.
    """
    cues: list[Cue] = []
    at = timing.LEAD_IN_SECONDS
    for piece in planned.pieces:
        heard = spoken(piece.utterance)
        line = scene.lines[piece.line]
        mouths = tuple(Mouth(round(at + mouth.start, 3), mouth.shape) for mouth in heard.mouths)
        end = min(duration, at + piece.seconds)
        cues.append(
            Cue(
                line.person,
                piece.text,
                round(at, 3),
                round(end, 3),
                line.emotion,
                mouths if line.person else (),
            )
        )
        at += piece.seconds + piece.pause
    return cues


def _title(script: Script, setting: Setting, fps: int) -> Shot:
    return _card_shot(
        script,
        setting,
        Card(script.title, SEAL, 0.0, _frames(timing.title_seconds(script), fps), "title"),
        move="push",
        tension=0.3,
    )


def _ending(script: Script, setting: Setting, fps: int) -> Shot:
    if setting.place == "curtain":  # the words are pale: before the lit sheet they would be lost
        setting = replace(setting, hour="night")
    text = ENDINGS[script.language, script.finale]
    return _card_shot(
        script,
        setting,
        Card(text, SEAL, 0.0, _frames(timing.ending_seconds(script), fps), "ending"),
        move="pull",
        tension=0.5,
    )


def _card_shot(
    script: Script, setting: Setting, card: Card, *, move: CameraMove, tension: float
) -> Shot:
    """A shot of the empty place under a card that stands from its first frame to its last."""
    return Shot(
        id="",
        duration=card.end,
        setting=setting,
        camera=Camera("wide", move),
        card=card,
        summary=card_summary(script, card),
        beat=card.kind,
        tension=tension,
    )
