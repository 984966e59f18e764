"""How a script falls into shots: which lines share one, and how long each stands.

The writer fits a script to the asked length with it, and the storyboard is laid out by it, so both
agree to the frame. A shot stands 2 to about 6 seconds; a long line is cut at its punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from generation.story.types import Line, Person, PersonId, Script
from generation.voice import Speech

SHORTEST_SHOT, LONGEST_SHOT = 2.0, 6.0
LEAD_IN = 0.12  # silence before a shot's first line
LONGEST_PIECE = {"zh": 19, "en": 64}  # characters of one subtitle

Measure = Callable[[Speech], float]


@dataclass(frozen=True)
class Piece:
    """A stretch of a line that is spoken and written at once. ``pause`` follows it."""

    scene: int
    line: int
    text: str
    speech: Speech
    seconds: float
    pause: float


@dataclass(frozen=True)
class Slot:
    """One shot to be: its pieces (none: a silent look at the place) and its length in seconds, not
    yet in frames.
    """

    scene: int
    pieces: tuple[Piece, ...]
    seconds: float


def title_seconds(script: Script) -> float:
    """How long the title card stands; 0 in episodes too short for one."""
    return 2.6 if script.seconds >= 30 else 0.0


def ending_seconds(script: Script) -> float:
    """How long the ending card stands."""
    return 3.0 if script.seconds >= 30 else 2.0


def split(text: str, language: str) -> tuple[str, ...]:
    """A line in stretches short enough for one subtitle, cut at punctuation, else between words."""
    limit = LONGEST_PIECE[language]
    if len(text) <= limit:
        return (text,)
    parts = [
        part
        for part in re.split(r"(?<=[，。！？；：…—,.!?;:])(?![，。！？；：…—,.!?;:”’\"'])\s*", text)
        if part.strip()
    ]
    pieces: list[str] = []
    for part in parts:
        for chunk in _chunks(part.strip(), limit, language):
            joined = pieces[-1] + (" " if language == "en" else "") + chunk if pieces else ""
            if pieces and len(joined) <= limit:
                pieces[-1] = joined
            else:
                pieces.append(chunk)
    return tuple(pieces) or (text,)


def _chunks(part: str, limit: int, language: str) -> Iterator[str]:
    while len(part) > limit:
        at = part.rfind(" ", 1, limit) if language == "en" else limit
        at = at if at > 0 else limit
        yield part[:at].strip()
        part = part[at:].strip()
    if part:
        yield part


def speech_of(line: Line, text: str, language: str, people: Mapping[PersonId, Person]) -> Speech:
    """How a stretch of a line is to be spoken. ``ValueError`` when nobody of that id is in the
    cast.
    """
    written = "zh" if language == "zh" else "en"
    if line.person is None:
        return Speech(text, written, None, line.emotion)  # type: ignore[arg-type]
    if line.person not in people:
        raise ValueError(f"line {text!r}: there is no {line.person} in the cast")
    person = people[line.person]
    return Speech(text, written, person.figure, line.emotion, person.pitch, person.speed)  # type: ignore[arg-type]


def lay_out(script: Script, measure: Measure) -> tuple[Slot, ...]:
    """The shots of a script, without its cards. ``measure`` gives the spoken seconds of a piece."""
    people = {person.id: person for person in script.people}
    slots: list[Slot] = []
    for number, scene in enumerate(script.scenes):
        if scene.breath > 0:
            slots.append(Slot(number, (), max(SHORTEST_SHOT, scene.breath)))
        pieces = []
        for index, line in enumerate(scene.lines):
            texts = split(line.text, script.language)
            for part, text in enumerate(texts):
                speech = speech_of(line, text, script.language, people)
                pause = line.pause if part == len(texts) - 1 else 0.12
                pieces.append(Piece(number, index, text, speech, measure(speech), max(0.0, pause)))
        slots += _group(number, pieces)
    return tuple(slots)


def total(script: Script, measure: Measure) -> float:
    """Seconds of the whole episode, cards and all."""
    return (
        title_seconds(script)
        + ending_seconds(script)
        + sum(slot.seconds for slot in lay_out(script, measure))
    )


def _length(pieces: list[Piece]) -> float:
    return LEAD_IN + sum(piece.seconds + piece.pause for piece in pieces)


def _group(scene: int, pieces: list[Piece]) -> list[Slot]:
    """One shot for each line; a line too short for a shot goes with its neighbour."""
    groups: list[list[Piece]] = []
    for piece in pieces:
        if (
            groups
            and (_length(groups[-1]) < SHORTEST_SHOT)
            and _length([*groups[-1], piece]) <= LONGEST_SHOT
        ):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    if (
        len(groups) > 1
        and _length(groups[-1]) < SHORTEST_SHOT
        and _length(groups[-2] + groups[-1]) <= LONGEST_SHOT
    ):
        groups[-2:] = [groups[-2] + groups[-1]]
    return [Slot(scene, tuple(group), _standing(group)) for group in groups]


def _standing(pieces: list[Piece]) -> float:
    """How long a shot stands: as long as its words, and of the last pause no more than the longest
    shot leaves room for.
    """
    words = _length(pieces) - pieces[-1].pause
    return max(SHORTEST_SHOT, words, min(LONGEST_SHOT, words + pieces[-1].pause))
