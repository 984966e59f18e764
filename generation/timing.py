"""How a script falls into shots: which lines share one, and how long each stands.

The writer fits a script to the asked length with it, and the storyboard is laid out by it, so both
agree to the frame. A shot stands 2 to about 6 seconds; a long line is cut at its punctuation.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from generation.story.types import Person, PersonId, Script, ScriptLine
from generation.voice import Utterance

MIN_SHOT_SECONDS, MAX_SHOT_SECONDS = 2.0, 6.0
LEAD_IN_SECONDS = 0.12  # silence before a shot's first line
MAX_PIECE_CHARACTERS = {"zh": 19, "en": 64}  # characters of one subtitle

Measure = Callable[[Utterance], float]


@runtime_checkable
class PreparingMeasure(Protocol):
    """A measure that would rather hear of many lines at once, before it is asked for each."""

    def __call__(self, utterance: Utterance) -> float: ...

    def prepare(self, utterances: Iterable[Utterance]) -> None:
        """Synthesise these together."""


@dataclass(frozen=True)
class Piece:
    """A stretch of a line that is spoken and written at once. ``pause`` follows it."""

    scene: int
    line: int
    text: str
    utterance: Utterance
    seconds: float
    pause: float


@dataclass(frozen=True)
class PlannedShot:
    """One shot to be: its pieces (none: a silent look at the place) and its length in seconds, not
    yet in frames.
    """

    scene: int
    pieces: tuple[Piece, ...]
    seconds: float


def title_seconds(script: Script) -> float:
    """How long the title card stands; 0 in invented episodes too short for one. A film of the
    maker's words always has theirs.
    """
    theirs = any(line.acts or line.end for scene in script.scenes for line in scene.lines)
    return 2.6 if theirs or script.seconds >= 30 else 0.0


def ending_seconds(script: Script) -> float:
    """How long the ending card stands."""
    return 3.0 if script.seconds >= 30 else 2.0


def split_line(text: str, language: str) -> tuple[str, ...]:
    """A line in stretches short enough for one subtitle, cut at punctuation, else between words."""
    limit = MAX_PIECE_CHARACTERS[language]
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
    """A clause in stretches of at most ``limit`` characters, Chinese ones of about one length, so
    that no mark is left alone.
    """
    if language == "zh" and len(part) > limit:
        limit = math.ceil(len(part) / math.ceil(len(part) / limit))
    while len(part) > limit:
        at = part.rfind(" ", 1, limit) if language == "en" else limit
        at = at if at > 0 else limit
        yield part[:at].strip()
        part = part[at:].strip()
    if part:
        yield part


def utterance_of(
    line: ScriptLine, text: str, language: str, people: Mapping[PersonId, Person]
) -> Utterance:
    """How a stretch of a line is to be spoken. ``ValueError`` when nobody of that id is in the
    cast.
    """
    written = "zh" if language == "zh" else "en"
    if line.person is None:
        return Utterance(text, written, None, line.emotion)  # type: ignore[arg-type]
    if line.person not in people:
        raise ValueError(f"line {text!r}: there is no {line.person} in the cast")
    person = people[line.person]
    return Utterance(text, written, person.figure, line.emotion, person.pitch, person.speed)  # type: ignore[arg-type]


def divide_into_shots(script: Script, measure: Measure) -> tuple[PlannedShot, ...]:
    """The shots of a script, without its cards. ``measure`` gives the spoken seconds of a piece."""
    people = {person.id: person for person in script.people}
    if isinstance(measure, PreparingMeasure):
        measure.prepare(
            utterance_of(line, text, script.language, people)
            for scene in script.scenes
            for line in scene.lines
            for text in split_line(line.text, script.language)
        )
    planned_shots: list[PlannedShot] = []
    for number, scene in enumerate(script.scenes):
        if scene.breath > 0:
            planned_shots.append(PlannedShot(number, (), max(MIN_SHOT_SECONDS, scene.breath)))
        pieces = []
        for index, line in enumerate(scene.lines):
            texts = split_line(line.text, script.language)
            for part, text in enumerate(texts):
                utterance = utterance_of(line, text, script.language, people)
                pause = line.pause if part == len(texts) - 1 else 0.12
                pieces.append(
                    Piece(number, index, text, utterance, measure(utterance), max(0.0, pause))
                )
        planned_shots += _group(number, pieces)
    return tuple(planned_shots)


def episode_seconds(script: Script, measure: Measure) -> float:
    """Seconds of the whole episode, cards and all."""
    return (
        title_seconds(script)
        + ending_seconds(script)
        + sum(planned.seconds for planned in divide_into_shots(script, measure))
    )


def _spoken_seconds(pieces: list[Piece]) -> float:
    return LEAD_IN_SECONDS + sum(piece.seconds + piece.pause for piece in pieces)


def _group(scene: int, pieces: list[Piece]) -> list[PlannedShot]:
    """One shot for each line; a line too short for a shot goes with its neighbour."""
    groups: list[list[Piece]] = []
    for piece in pieces:
        if (
            groups
            and (_spoken_seconds(groups[-1]) < MIN_SHOT_SECONDS)
            and _spoken_seconds([*groups[-1], piece]) <= MAX_SHOT_SECONDS
        ):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    if (
        len(groups) > 1
        and _spoken_seconds(groups[-1]) < MIN_SHOT_SECONDS
        and _spoken_seconds(groups[-2] + groups[-1]) <= MAX_SHOT_SECONDS
    ):
        groups[-2:] = [groups[-2] + groups[-1]]
    return [PlannedShot(scene, tuple(group), _shot_seconds(group)) for group in groups]


def _shot_seconds(pieces: list[Piece]) -> float:
    """How long a shot stands: as long as its words, and of the last pause no more than the longest
    shot leaves room for.
    """
    words = _spoken_seconds(pieces) - pieces[-1].pause
    return max(MIN_SHOT_SECONDS, words, min(MAX_SHOT_SECONDS, words + pieces[-1].pause))
