"""Shots of a script that says itself what is seen: each act is played while its line is heard."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Literal

from generation.story.acting import thing_in
from generation.story.types import Act, PersonId, Scene, Script, ScriptLine
from generation.storyboard import Action, Camera, Cue, Emotion, Framing, Placement, Verb
from generation.timing import PlannedShot

MAX_PRESENT = 4  # more cannot be told apart in an upright picture
_SPOTS: dict[int, tuple[float, ...]] = {
    1: (0.46,), 2: (0.29, 0.71), 3: (0.19, 0.5, 0.81), 4: (0.13, 0.38, 0.62, 0.87),
}  # fmt: skip
_MOVING: frozenset[Verb] = frozenset({"enter", "exit", "walk", "drift", "vanish", "fall", "kneel",
                                      "bow", "give", "strike"})  # fmt: skip
_MIN_ACT_SECONDS = 1.2
_CLOSE_SHARE = 0.34  # of the shots in which two stand and nothing is done: a face instead


def is_acted(script: Script) -> bool:
    """Whether the script's lines carry acts, or words of the maker: told films and screenplays."""
    return any(line.acts or line.end for scene in script.scenes for line in scene.lines)


def people_present(script: Script, scene: Scene, planned: PlannedShot) -> list[PersonId]:
    """Who is on stage, at most four: who speaks, who acts or is acted on, who is named; in a talk
    the one spoken to; and where nobody is meant, who was meant last.
    """
    lines = [scene.lines[piece.line] for piece in planned.pieces]
    if not lines:
        return _waiting(script, scene)
    here = _meant(script, lines)
    if any(line.person for line in lines) and len(here) < 2:
        here += _spoken_to(scene, planned, here)
    if not here:
        here = _meant_last(script, scene, planned)
    kept = set(list(dict.fromkeys(here))[:MAX_PRESENT])
    return [person.id for person in script.people if person.id in kept]


def choose_camera(
    rng: random.Random, scene: Scene, planned: PlannedShot, present: Sequence[PersonId]
) -> Camera:
    """Near enough for a face where it matters, wide enough for what is done and held."""
    lines = [scene.lines[piece.line] for piece in planned.pieces]
    if not lines or not present:
        return Camera("wide", rng.choice(("pan_left", "pan_right", "push")))
    speakers = [line.person for line in lines if line.person]
    acts = _first_acts(lines, planned)
    agents = [act.person for act in acts if act.verb != "stand" and act.person in present]
    subject = next((who for who in (*speakers, *agents) if who in present), None)
    busy = any(act.verb in _MOVING or act.thing for act in acts)
    framing: Framing
    if len(present) > 2 or len(set(speakers)) > 1:
        return Camera("wide", rng.choice(("hold", "push")), None)
    if any(act.verb == "strike" for act in acts):
        return Camera("medium", "shake", subject)
    if not busy and len(present) > 1 and not speakers and rng.random() < _CLOSE_SHARE:
        face = subject or rng.choice(list(present))
        return Camera("close", rng.choice(("push", "breathe")), face)
    if busy or (len(present) > 1 and not speakers):
        framing = rng.choice(("wide", "medium"))
        return Camera(
            framing if len(present) > 1 else "medium",
            rng.choice(("hold", "push")),
            subject if len(present) == 1 else None,
        )
    if scene.operator in ("hook", "reversal") or scene.tension >= 0.7:
        framing = rng.choice(("close", "medium"))
    else:
        framing = rng.choice(("medium", "medium", "wide", "close") if speakers else
                             ("wide", "medium", "medium"))  # fmt: skip
    if subject is None and framing in ("close", "medium"):
        subject = present[0] if len(present) == 1 else rng.choice(list(present))
    if framing == "wide" or (framing == "medium" and len(present) > 1):
        subject = None  # both are seen whole
    return Camera(framing, rng.choice(("push", "hold", "breathe", "pull")), subject)


def stage_shot(
    *,
    rng: random.Random,
    script: Script,
    scene: Scene,
    planned: PlannedShot,
    cues: Sequence[Cue],
    present: Sequence[PersonId],
    duration: float,
) -> tuple[tuple[Placement, ...], tuple[Action, ...]]:
    """Placements and actions of an acted shot; times in seconds of the shot."""
    lines = [scene.lines[piece.line] for piece in planned.pieces]
    spots = dict(zip(present, _SPOTS.get(len(present), ()), strict=False))
    acts = _first_acts(lines, planned)
    held = _held(script, lines, acts, present)
    placements = tuple(
        _placement(script, person, spots=spots, lines=lines, acts=acts, thing=held.get(person, ""))
        for person in spots
    )
    actions: list[Action] = []
    begun: set[int] = set()
    for line, piece, cue in zip(lines, planned.pieces, cues, strict=True):
        fresh = piece.line not in begun and _is_first_piece(scene, piece.line, piece.text)
        begun.add(piece.line)
        for act in line.acts if fresh else ():
            if act.person in spots:
                actions.append(_action(act, cue, spots, duration))
        acting = {act.person for act in line.acts if fresh}
        if line.person is not None and line.person in spots and line.person not in acting:
            verb = rng.choice(_GESTURES[cue.emotion])
            end = max(cue.end, min(duration, cue.start + 1.0))
            actions.append(Action(line.person, verb, cue.start, end, emotion=cue.emotion))
    return placements, tuple(actions)


_GESTURES: dict[Emotion, tuple[Verb, ...]] = {
    "calm": ("stand", "reach", "stand"), "joy": ("reach", "stand"), "sorrow": ("stand", "weep"),
    "anger": ("point", "reach"), "fear": ("recoil", "stand"), "surprise": ("recoil", "stand"),
    "love": ("reach", "stand"), "resolve": ("stand", "point"),
}  # fmt: skip


def _meant(script: Script, lines: Sequence[ScriptLine]) -> list[PersonId]:
    ids = {person.id for person in script.people}
    found: list[PersonId] = [line.person for line in lines if line.person]
    for line in lines:
        for act in line.acts:
            found += [act.person, *([act.to] if act.to else [])]
        found += [person.id for person in script.people if person.name and person.name in line.text]
    return [person for person in dict.fromkeys(found) if person in ids]


def _waiting(script: Script, scene: Scene) -> list[PersonId]:
    """Who stands in a silent look at a scene: those of its first line, unless they come in."""
    if not scene.lines:
        return _meant_before(script, script.scenes.index(scene), ())[:MAX_PRESENT]
    first = scene.lines[:1]
    coming = {act.person for line in first for act in line.acts if act.verb in ("enter", "drift")}
    here = [person for person in _meant(script, first) if person not in coming][:MAX_PRESENT]
    return [person.id for person in script.people if person.id in here]


def _spoken_to(scene: Scene, planned: PlannedShot, here: Sequence[PersonId]) -> list[PersonId]:
    """Who spoke last before this shot, else who speaks next, of the same scene."""
    at = planned.pieces[0].line
    before = [line.person for line in reversed(scene.lines[:at])]
    after = [line.person for line in scene.lines[at:]]
    return [who for who in (*before, *after) if who and who not in here][:1]


def _meant_last(script: Script, scene: Scene, planned: PlannedShot) -> list[PersonId]:
    told = scene.lines[: planned.pieces[0].line]
    return _meant_before(script, script.scenes.index(scene), told)


def _meant_before(script: Script, at: int, told: Sequence[ScriptLine]) -> list[PersonId]:
    """Whom the line before means: in this scene, of which ``told`` was told, else in those before
    scene ``at``.
    """
    lines = [*(line for past in script.scenes[:at] for line in past.lines), *told]
    for line in reversed(lines):
        meant = _meant(script, [line])
        if meant:
            return meant[:2]
    return []


def _first_acts(lines: Sequence[ScriptLine], planned: PlannedShot) -> list[Act]:
    seen: dict[int, ScriptLine] = {}
    for line, piece in zip(lines, planned.pieces, strict=True):
        seen.setdefault(piece.line, line)
    return [act for line in seen.values() for act in line.acts]


def _is_first_piece(scene: Scene, line: int, text: str) -> bool:
    return scene.lines[line].text.startswith(text)


def _held(
    script: Script,
    lines: Sequence[ScriptLine],
    acts: Sequence[Act],
    present: Sequence[PersonId],
) -> dict[PersonId, str]:
    """What each holds: by the acts, else the thing that the words name, in the hand of who acts."""
    held: dict[PersonId, str] = {}
    seen = {person.sign for person in script.people if person.sign and person.id in present}
    for act in acts:
        if act.thing and act.person in present and act.thing not in {*held.values(), *seen}:
            held.setdefault(act.person, act.thing)
    if not held and present and script.things:
        named = thing_in(" ".join(line.text for line in lines), script.things)
        if named and named not in seen:
            agent = next((act.person for act in acts if act.person in present), None)
            speaker = next((line.person for line in lines if line.person in present), None)
            held[agent or speaker or present[0]] = named
    for person in script.people:
        if person.sign and person.id in present:
            held.setdefault(person.id, person.sign)
    return held


def _placement(
    script: Script,
    person: PersonId,
    *,
    spots: dict[PersonId, float],
    lines: Sequence[ScriptLine],
    acts: Sequence[Act],
    thing: str,
) -> Placement:
    spot = spots[person]
    other = next((act.to for act in acts if act.person == person and act.to in spots), None)
    speaker = next((line.person for line in lines if line.person), None)
    look = other or (speaker if speaker != person and speaker in spots else None)
    middle = sum(spots.values()) / len(spots)
    target = spots[look] if look is not None else middle
    facing: Literal[-1, 1] = 1 if target > spot or (target == spot and spot <= 0.5) else -1
    emotion: Emotion = lines[0].emotion if lines and person in (speaker, None) else "calm"
    if speaker is None and any(act.person == person for act in acts):
        emotion = lines[0].emotion
    prop = next((known.prop for known in script.things if known.name == thing), None)
    return Placement(person, spot, facing, emotion, prop, "" if prop or not thing else thing)


def _action(act: Act, cue: Cue, spots: dict[PersonId, float], duration: float) -> Action:
    end = min(duration, max(cue.end, cue.start + _MIN_ACT_SECONDS))
    emotion = cue.emotion if cue.emotion != "calm" else None
    spot = spots[act.person]
    if act.verb == "enter":
        return Action(act.person, "enter", 0.0, min(duration, 1.8), to_x=spot, emotion=emotion)
    if act.verb == "drift":
        return Action(act.person, "drift", 0.0, end, to_x=spot, emotion=emotion)
    if act.verb == "walk":
        towards = spots.get(act.to or "", spot + (0.14 if spot < 0.6 else -0.14))
        goal = min(0.9, max(0.1, spot + (towards - spot) * 0.55))
        return Action(act.person, "walk", cue.start, end, to_x=goal, emotion=emotion)
    if act.verb == "exit":
        return Action(act.person, "exit", min(cue.start + 0.5, end - 0.8), end, emotion=emotion)
    return Action(act.person, act.verb, cue.start, end, emotion=emotion)
