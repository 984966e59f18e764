"""Whether an outline or a script can be made as it stands: people edit both, and language models
write both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from generation.story.planner import MAX_SECONDS, MIN_SECONDS
from generation.story.types import Outline, Person, Script

Code = Literal["empty", "too_long", "too_many", "unknown_person", "twice", "out_of_range"]

MAX_LINES = 300
MAX_LINE_CHARACTERS, MAX_TITLE_CHARACTERS = 160, 80
# What is spoken in about eight minutes: a screenplay takes as long as its lines take.
MAX_SCRIPT_CHARACTERS = {"zh": 2000, "en": 7000}
MAX_SCENES = 90
MAX_TOLD_CHARACTERS = 8000  # of one beat: a whole scene of a screenplay


@dataclass(frozen=True)
class Fault:
    """What cannot be made. ``field`` is where (``title``, ``lines`` …); ``scene`` and ``line``
    count from 0.
    """

    field: str
    code: Code
    scene: int | None = None
    line: int | None = None

    def __str__(self) -> str:
        place = [f"scene {self.scene + 1}"] if self.scene is not None else []
        place += [f"line {self.line + 1}"] if self.line is not None else []
        return f"{', '.join([*place, self.field])}: {self.code.replace('_', ' ')}"


def find_faults(value: Outline | Script) -> list[Fault]:
    """Every fault, in order of place; empty when it can be made."""
    shared = [*_text("title", value.title, MAX_TITLE_CHARACTERS), *_people(value.people)]
    if not MIN_SECONDS <= value.seconds <= MAX_SECONDS:
        shared.append(Fault("seconds", "out_of_range"))
    for choice in value.choices:
        shared += _text("choices", choice.text, MAX_TITLE_CHARACTERS)
    return [*shared, *(_beats(value) if isinstance(value, Outline) else _scenes(value))]


def ensure_valid(value: Outline | Script) -> None:
    """Raise ``ValueError`` that names the first fault."""
    for fault in find_faults(value):
        raise ValueError(str(fault))


def _text(
    field: str, text: str, max_characters: int, scene: int | None = None, line: int | None = None
) -> Iterator[Fault]:
    if not text.strip():
        yield Fault(field, "empty", scene, line)
    elif len(text) > max_characters:
        yield Fault(field, "too_long", scene, line)


def _people(people: tuple[Person, ...]) -> Iterator[Fault]:
    if len({person.id for person in people}) < len(people):
        yield Fault("people", "twice")
    for person in people:
        yield from _text("name", person.name, MAX_TITLE_CHARACTERS)
        if not (0.5 <= person.pitch <= 2 and 0.5 <= person.speed <= 2):
            yield Fault("voice", "out_of_range")


def _beats(outline: Outline) -> Iterator[Fault]:
    if not outline.beats:
        yield Fault("beats", "empty")
    if len(outline.beats) > MAX_SCENES:
        yield Fault("beats", "too_many")
    for number, beat in enumerate(outline.beats):
        if len(beat.summary) > MAX_LINE_CHARACTERS:
            yield Fault("summary", "too_long", number)
        if len(beat.told) > MAX_TOLD_CHARACTERS:
            yield Fault("told", "too_long", number)
        if not 0 <= beat.tension <= 1:
            yield Fault("tension", "out_of_range", number)


def _scenes(script: Script) -> Iterator[Fault]:
    cast = {person.id for person in script.people}
    lines = [line for scene in script.scenes for line in scene.lines]
    if not lines:
        yield Fault("lines", "empty")
    if len(lines) > MAX_LINES or len(script.scenes) > MAX_SCENES:
        yield Fault("lines", "too_many")
    if sum(len(line.text) for line in lines) > MAX_SCRIPT_CHARACTERS[script.language]:
        yield Fault("lines", "too_long")
    for number, scene in enumerate(script.scenes):
        if not 0 <= scene.breath <= 10:
            yield Fault("breath", "out_of_range", number)
        for at, line in enumerate(scene.lines):
            yield from _text("line", line.text, MAX_LINE_CHARACTERS, number, at)
            if line.person is not None and line.person not in cast:
                yield Fault("person", "unknown_person", number, at)
            if any(act.person not in cast or act.to not in {*cast, None} for act in line.acts):
                yield Fault("act", "unknown_person", number, at)
            if not 0 <= line.pause <= 10:
                yield Fault("pause", "out_of_range", number, at)
