"""Who stands where in a shot, what each does there and who holds the prop."""

from __future__ import annotations

import random
from typing import Literal

from generation.story.types import PersonId, Scene, Script, ScriptLine
from generation.storyboard import Action, Cue, Emotion, Placement, Verb
from generation.timing import PlannedShot

# Where people stand, from left to right, by how many they are; one alone, on their own side.
_SPOTS: dict[int, tuple[float, ...]] = {2: (0.29, 0.72), 3: (0.2, 0.54, 0.85)}
_SPOT_ALONE: dict[PersonId, float] = {"A": 0.4}
# What someone feels who hears a line spoken so.
_LISTENER_EMOTION: dict[Emotion, Emotion] = {
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
_FEARLESS_FIGURES = frozenset({"ghost", "fox"})
_PROP_OPERATORS = frozenset({"setup", "gift", "meeting", "oath", "promise"})


def people_present(script: Script, scene: Scene, planned: PlannedShot) -> list[PersonId]:
    """Who is on stage, from left to right and at most three: who speaks or is named here, and who
    this scene is between.
    """
    lines = [scene.lines[piece.line] for piece in planned.pieces]
    speaking = {line.person for line in scene.lines if line.person}
    words = " ".join(line.text for line in lines)
    named = {person.id for person in script.people if person.name in words}
    here = {line.person for line in lines if line.person} | named
    # A talk is between the people who talk in this scene: the one spoken to is seen too.
    if any(line.person for line in lines):
        here |= set(sorted(speaking)[:2])
        if len(here) == 1 and scene.operator not in ("setup", "aside", "haunting", "oath"):
            here.add("B" if "A" in here else "A")
    if not here and planned.pieces:
        here = {"A"}
    return [person.id for person in script.people if person.id in here][:3]


def stage_shot(
    *,
    rng: random.Random,
    script: Script,
    scene: Scene,
    planned: PlannedShot,
    cues: list[Cue],
    present: list[PersonId],
    duration: float,
) -> tuple[tuple[Placement, ...], tuple[Action, ...]]:
    """Where everybody who is present stands at the shot's start, and what each does in it.

    ``cues`` are the shot's, one for each piece of ``planned``; ``duration`` is in seconds. All that
    the script leaves open comes from ``rng``, in one order.
    """
    spots = _spots(present)
    lines = [scene.lines[piece.line] for piece in planned.pieces]
    placements = _placements(script, scene, lines, spots)
    actions = _speakers_and_listeners(
        rng=rng, script=script, lines=lines, cues=cues, spots=spots, duration=duration
    )
    if all(line.person is None for line in lines):
        actions += _walking(rng, scene, present, spots, duration)
    return placements, tuple(actions)


def _spots(present: list[PersonId]) -> dict[PersonId, float]:
    """Where each stands, from 0 at the left edge of the picture to 1 at its right."""
    if len(present) == 1:
        return {present[0]: _SPOT_ALONE.get(present[0], 0.6)}
    return dict(zip(present, _SPOTS.get(len(present), ()), strict=True))


def _placements(
    script: Script, scene: Scene, lines: list[ScriptLine], spots: dict[PersonId, float]
) -> tuple[Placement, ...]:
    """Everybody looks to the middle of the group and feels the shot's first line."""
    emotion: Emotion = lines[0].emotion if lines else "calm"
    speaker = lines[0].person if lines else None
    holder = _prop_holder(script, scene, lines, list(spots))
    middle = sum(spots.values()) / max(1, len(spots))
    placements = []
    for person, spot in spots.items():
        looks_right = spot <= middle and (len(spots) > 1 or person == "A")
        facing: Literal[-1, 1] = 1 if looks_right else -1
        feeling = emotion if person == speaker or speaker is None else _LISTENER_EMOTION[emotion]
        prop = script.prop if person == holder else None
        placements.append(Placement(person, spot, facing, feeling, prop))
    return tuple(placements)


def _speakers_and_listeners(
    *,
    rng: random.Random,
    script: Script,
    lines: list[ScriptLine],
    cues: list[Cue],
    spots: dict[PersonId, float],
    duration: float,
) -> list[Action]:
    """For each cue, what its speaker does and, after the first, how the others take it.

    The script's verb counts once for each person; further lines get a gesture of their emotion.
    """
    first_speaker = lines[0].person if lines else None
    actions: list[Action] = []
    acted: set[PersonId] = set()
    for line, cue in zip(lines, cues, strict=True):
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
        if cue is cues[0]:
            continue
        for other in spots:
            if other not in (line.person, first_speaker):
                emotion = _LISTENER_EMOTION[cue.emotion]
                actions.append(Action(other, "stand", cue.start, cue.end, emotion=emotion))
    return actions


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
    figure = next(role.figure for role in script.people if role.id == person)
    if chosen == "recoil" and figure in _FEARLESS_FIGURES and verb is None:
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
    if scene.operator in _PROP_OPERATORS and any(
        script.prop_name in line.text for line in scene.lines
    ):
        return present[0] if present else None
    return None
