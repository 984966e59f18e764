"""A film as it is edited: its artefacts, who is in it, and which shots play which scene."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from generation import timing
from generation.story.genres import GENDER
from generation.story.types import Language, Outline, Person, PersonId, Script, ScriptLine
from generation.storyboard import Shot, Storyboard

_LEAD_SHARE = 0.8  # who says and does so much of what the busiest does leads as well


@dataclass(frozen=True)
class EditedFilm:
    """The artefacts of one film. ``script`` and ``outline`` are None where only shots are known."""

    board: Storyboard
    script: Script | None = None
    outline: Outline | None = None

    @property
    def language(self) -> Language:
        """The language that is spoken in it."""
        return self.board.language

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """The cast, in its order."""
        if self.script is not None:
            return self.script.people
        return tuple(
            Person(role.id, role.name, role.figure, role.robe, role.voice_pitch, role.voice_speed)
            for role in self.board.roles
        )

    @cached_property
    def scenes(self) -> tuple[tuple[Shot, ...], ...]:
        """The shots of each scene, cards left out."""
        if self.script is None:
            return (tuple(shot for shot in self.board.shots if shot.card is None),)
        found = shots_by_scene(self.script, self.board)
        return tuple(
            tuple(shot for shot in self.board.shots if found.get(shot.id) == number)
            for number in range(len(self.script.scenes))
        )

    def leads(self) -> tuple[PersonId, ...]:
        """Who leads: who is busiest, and who is nearly as busy."""
        counted = {person.id: 0 for person in self.people}
        for shot in self.board.shots:
            for cue in shot.cues:
                if cue.role_id in counted:
                    counted[cue.role_id] += 1
            for action in shot.actions:
                if action.role_id in counted:
                    counted[action.role_id] += 1
        most = max(counted.values(), default=0)
        if most == 0:
            return tuple(person.id for person in self.people[:1])
        return tuple(who for who, count in counted.items() if count >= most * _LEAD_SHARE)

    def of_sex(self, sex: str) -> tuple[PersonId, ...]:
        """The people of a sex, "f" or "m"."""
        return tuple(person.id for person in self.people if GENDER[person.figure] == sex)

    def name_of(self, person: PersonId | None) -> str:
        """A person's name; "" for the storyteller."""
        return next((known.name for known in self.people if known.id == person), "")


def shots_by_scene(script: Script, board: Storyboard) -> Mapping[str, int]:
    """Which scene (from 0) each shot of a board plays, by its id; cards have none.

    A board lists the pieces of its script's lines in order, and before a scene with a breath one
    silent shot.
    """
    owners: list[int] = []
    silent: list[int] = []
    for number, scene in enumerate(script.scenes):
        silent += [number] if scene.breath > 0 else []
        for line in scene.lines:
            owners += [number] * len(timing.split_line(line.text, script.language))
    found: dict[str, int] = {}
    at, seen = 0, 0
    for shot in board.shots:
        if shot.card is not None:
            continue
        if shot.cues:
            found[shot.id] = owners[min(at, len(owners) - 1)] if owners else 0
            at += len(shot.cues)
        elif seen < len(silent):
            found[shot.id] = silent[seen]
            seen += 1
        elif owners:
            found[shot.id] = owners[min(at, len(owners) - 1)]
    return found


def lines_of(
    script: Script, scenes: Sequence[int], people: Sequence[PersonId] = ()
) -> list[tuple[int, int, ScriptLine]]:
    """The lines of some scenes (from 0) by whom they are spoken: scene, place in it, line."""
    return [
        (number, at, line)
        for number in scenes
        for at, line in enumerate(script.scenes[number].lines)
        if not people or line.person in people
    ]
