"""From a script and its spoken lines to a storyboard: who stands where, what the camera does, when
each word falls.

A shot's look depends on its own lines and on the seed, never on its neighbours' timing, so that an
edit of one line changes one shot.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from generation import timing
from generation.story.types import PersonId, Scene, Script, ScriptLine
from generation.storyboard import (
    Action,
    Camera,
    CameraMove,
    Card,
    Cue,
    Emotion,
    Framing,
    Mouth,
    Placement,
    Role,
    Setting,
    Shot,
    Storyboard,
    Verb,
)
from generation.timing import PlannedShot
from generation.voice import SpokenUtterance, Utterance

VERSION = 1

SEAL = "话本"
_ENDINGS = {
    ("zh", False): "且听下回分解", ("zh", True): "全剧终", ("en", False): "To be continued",
    ("en", True): "The End",
}  # fmt: skip
_STAGED: dict[int, tuple[float, ...]] = {1: (0.46,), 2: (0.29, 0.72), 3: (0.2, 0.54, 0.85)}
# What someone feels who hears a line spoken so.
_HEARD: dict[Emotion, Emotion] = {
    "calm": "calm", "joy": "calm", "sorrow": "sorrow", "anger": "fear", "fear": "fear",
    "surprise": "surprise",
    "love": "love", "resolve": "surprise",
}  # fmt: skip
_GESTURES: dict[Emotion, tuple[Verb, ...]] = {
    "calm": ("stand", "reach", "stand"), "joy": ("reach", "stand"),
    "sorrow": ("stand", "weep", "stand"),
    "anger": ("point", "reach"), "fear": ("recoil", "stand"), "surprise": ("recoil", "stand"),
    "love": ("reach", "stand"), "resolve": ("stand", "point"),
}  # fmt: skip
_UNREAL = frozenset({"ghost", "fox"})
_HOLDS_PROP = frozenset({"setup", "gift", "meeting", "oath", "promise"})

_WORDS = {
    "zh": {
        "wide": "远", "medium": "中", "close": "近", "extreme": "特", "hold": "定", "push": "推",
        "pull": "拉",
        "pan_left": "移", "pan_right": "移", "rise": "升", "shake": "震", "breathe": "呼吸",
        "narrator": "旁白",
        "empty": "空镜", "title": "片名", "ending": "尾板", "colon": "：", "dot": " · ",
    },
    "en": {
        "wide": "wide", "medium": "medium", "close": "close", "extreme": "extreme", "hold": "hold",
        "push": "push in",
        "pull": "pull out", "pan_left": "pan", "pan_right": "pan", "rise": "rise", "shake": "shake",
        "breathe": "breathing", "narrator": "storyteller", "empty": "the place alone",
        "title": "title",
        "ending": "end card", "colon": ": ", "dot": " · ",
    },
}  # fmt: skip


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
    title_at = _title_place(planned_shots)
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


def _title_place(planned_shots: tuple[PlannedShot, ...]) -> int:
    """The title comes when the hook is over: before the first shot of the second scene."""
    return next(
        (index for index, planned in enumerate(planned_shots) if planned.scene > 0),
        len(planned_shots),
    )


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
    cues, at = [], timing.LEAD_IN_SECONDS
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
    present = _present(script, scene, planned)
    camera = _camera(rng, scene, planned, present)
    placements, actions = _staging(
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
        summary=_summary(script, cues, camera),
        beat=scene.operator,
        tension=scene.tension,
    )


def _present(script: Script, scene: Scene, planned: PlannedShot) -> list[PersonId]:
    """Who is on stage: who speaks or is named here, and who this scene is between. From left to
    right.
    """
    lines = [scene.lines[piece.line] for piece in planned.pieces]
    speaking = {line.person for line in scene.lines if line.person}
    said = " ".join(line.text for line in lines)
    named = {person.id for person in script.people if person.name in said}
    here = {line.person for line in lines if line.person} | named
    # A talk is between the people who talk in this scene: the one spoken to is seen too.
    if any(line.person for line in lines):
        here |= set(sorted(speaking)[:2])
        if len(here) == 1 and scene.operator not in ("setup", "aside", "haunting", "oath"):
            here.add("B" if "A" in here else "A")
    if not here and planned.pieces:
        here = {"A"}
    return [person.id for person in script.people if person.id in here][:3]


def _camera(
    rng: random.Random, scene: Scene, planned: PlannedShot, present: list[PersonId]
) -> Camera:
    if not planned.pieces:
        return Camera("wide", rng.choice(("pan_left", "pan_right", "push", "rise")))
    lines = [scene.lines[piece.line] for piece in planned.pieces]
    speakers = [line.person for line in lines if line.person]
    subject: PersonId | None = (
        speakers[0] if speakers else (rng.choice(present) if present else None)
    )
    struck = any(line.verb == "strike" for line in lines)
    framing: Framing
    move: CameraMove
    if struck and len(set(speakers)) < 2:
        return Camera("medium", "shake", subject)
    if scene.operator == "hook":
        return Camera(
            rng.choice(("close", "extreme") if speakers else ("close", "medium")), "push", subject
        )
    if scene.operator == "reversal":
        framing = rng.choice(("close", "extreme", "close"))
        return Camera(framing, rng.choice(("push", "push", "breathe")), subject)
    if scene.operator == "cliffhanger":
        return Camera(
            rng.choice(("extreme", "close")) if speakers else "medium",
            rng.choice(("push", "pull")),
            subject,
        )
    if not speakers:
        framing = rng.choice(("wide", "wide", "medium"))
        return Camera(
            framing,
            rng.choice(("push", "pan_left", "pan_right", "rise")),
            None if framing == "wide" else subject,
        )
    if len(set(speakers)) > 1:
        return Camera(
            "wide" if len(present) > 2 else rng.choice(("wide", "medium")),
            rng.choice(("push", "hold")),
            None,
        )
    if any(
        line.verb in ("enter", "exit", "bow", "kneel", "fall", "drift", "give") for line in lines
    ):
        return Camera(rng.choice(("wide", "medium")), rng.choice(("hold", "push")), subject)
    framing = rng.choice(
        ("medium", "close", "close")
        if scene.tension >= 0.45
        else ("medium", "medium", "wide", "close")
    )
    move = rng.choice(
        ("shake", "push") if lines[0].emotion == "anger" else ("breathe", "push", "hold", "pull")
    )
    return Camera(framing, move, subject)


def _staging(
    *,
    rng: random.Random,
    script: Script,
    scene: Scene,
    planned: PlannedShot,
    cues: list[Cue],
    present: list[PersonId],
    duration: float,
) -> tuple[tuple[Placement, ...], tuple[Action, ...]]:
    spots = dict(zip(present, _STAGED.get(len(present), (0.5,)), strict=False))
    if len(present) == 1:
        spots[present[0]] = {"A": 0.4, "B": 0.6, "C": 0.6}[present[0]]
    lines = [scene.lines[piece.line] for piece in planned.pieces]
    first: Emotion = lines[0].emotion if lines else "calm"
    speaker = lines[0].person if lines else None
    holder = _prop_holder(script, scene, lines, present)
    middle = sum(spots.values()) / max(1, len(spots))
    placements = []
    for person in present:
        facing: Literal[-1, 1] = (
            1 if spots[person] <= middle and (len(spots) > 1 or person == "A") else -1
        )
        feeling = first if person == speaker or speaker is None else _HEARD[first]
        placements.append(
            Placement(
                person, spots[person], facing, feeling, script.prop if person == holder else None
            )
        )
    actions: list[Action] = []
    acted: set[str] = set()
    for piece, cue in zip(planned.pieces, cues, strict=True):
        line = scene.lines[piece.line]
        if line.person is None or line.person not in spots:
            continue
        verb = line.verb if line.verb and line.person not in acted else None
        actions.append(
            _action(
                rng=rng,
                script=script,
                person=line.person,
                verb=verb,
                cue=cue,
                spots=spots,
                duration=duration,
            )
        )
        acted.add(line.person)
        for other in present:
            if other not in (line.person, speaker) and cue is not cues[0]:
                actions.append(
                    Action(other, "stand", cue.start, cue.end, emotion=_HEARD[cue.emotion])
                )
    if not lines or all(line.person is None for line in lines):
        actions += _walking(rng, scene, present, spots, duration)
    return tuple(placements), tuple(actions)


def _action(
    *,
    rng: random.Random,
    script: Script,
    person: PersonId,
    verb: Verb | None,
    cue: Cue,
    spots: dict[PersonId, float],
    duration: float,
) -> Action:
    chosen = verb if verb is not None else rng.choice(_GESTURES[cue.emotion])
    figure = next(someone.figure for someone in script.people if someone.id == person)
    if chosen == "recoil" and figure in _UNREAL and verb is None:
        chosen = "stand"
    if chosen in ("enter", "drift"):
        # Come in within the first second and a half, then speak on.
        return Action(
            person, chosen, 0.0, min(duration, 1.5), to_x=spots[person], emotion=cue.emotion
        )
    if chosen == "walk":
        return Action(person, chosen, cue.start, cue.end, to_x=spots[person], emotion=cue.emotion)
    return Action(
        person, chosen, cue.start, max(cue.end, min(duration, cue.start + 1.0)), emotion=cue.emotion
    )


def _walking(
    rng: random.Random,
    scene: Scene,
    present: list[PersonId],
    spots: dict[PersonId, float],
    duration: float,
) -> list[Action]:
    """While the storyteller speaks, the lead comes in or goes on, and nobody stands like a post."""
    if not present or scene.operator not in ("setup", "haunting", "resolution", "parting"):
        return []
    person = present[0]
    if scene.operator == "haunting":
        return [Action(person, "turn", duration * 0.45, duration * 0.8, emotion="fear")]
    if rng.random() < 0.5:
        return [Action(person, "enter", 0.0, min(duration, 2.6), to_x=spots[person])]
    return [Action(person, "walk", 0.2, duration, to_x=min(0.9, spots[person] + 0.14))]


def _prop_holder(
    script: Script, scene: Scene, lines: list[ScriptLine], present: list[PersonId]
) -> PersonId | None:
    """Who holds the thing in this shot: the one who speaks of it, or the lead where the scene is
    about it.
    """
    if script.prop is None or not script.prop_name:
        return None
    for line in lines:
        if script.prop_name in line.text:
            if line.person in present:
                return line.person
            return present[0] if present else None
    if scene.operator in _HOLDS_PROP and any(script.prop_name in line.text for line in scene.lines):
        return present[0] if present else None
    return None


def _title(script: Script, setting: Setting, fps: int) -> Shot:
    duration = _frames(timing.title_seconds(script), fps)
    words = _WORDS[script.language]
    return Shot(
        id="",
        duration=duration,
        setting=setting,
        camera=Camera("wide", "push"),
        card=Card(script.title, SEAL, 0.0, duration, "title"),
        summary=f"{words['title']}{words['colon']}{script.title}",
        beat="title",
        tension=0.3,
    )


def _ending(script: Script, setting: Setting, fps: int) -> Shot:
    duration = _frames(timing.ending_seconds(script), fps)
    words = _WORDS[script.language]
    text = _ENDINGS[script.language, script.finale]
    return Shot(
        id="",
        duration=duration,
        setting=setting,
        camera=Camera("wide", "pull"),
        card=Card(text, SEAL, 0.0, duration, "ending"),
        summary=f"{words['ending']}{words['colon']}{text}",
        beat="ending",
        tension=0.5,
    )


def _summary(script: Script, cues: list[Cue], camera: Camera) -> str:
    words = _WORDS[script.language]
    look = words["dot"].join((words[camera.framing], words[camera.move]))
    if not cues:
        return f"{look}{words['dot']}{words['empty']}"
    names = {person.id: person.name for person in script.people}
    cue = cues[0]
    who = names[cue.role_id] if cue.role_id in names else words["narrator"]
    return f"{look}{words['dot']}{who}{words['colon']}{cue.text}"
