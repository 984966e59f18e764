"""A screenplay as it was written: scenes of elements, each with its place in the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from generation.story.types import Language, Notation

Reason = Literal["transition", "camera", "no_set", "page", "comment", "cast", "feeling", "together"]


@dataclass(frozen=True)
class Line:
    """A line of the text without the blanks at its ends: ``start`` is where its first character
    stands.
    """

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where its last character ends."""
        return self.start + len(self.text)


@dataclass(frozen=True)
class Element:
    """What is heard or seen. ``name`` is who speaks a dialogue, as written; "" the storyteller.

    ``start`` and ``end`` say where ``text`` stands. ``feelings`` are the parentheticals before it.
    """

    kind: Literal["dialogue", "action"]
    text: str
    start: int
    end: int
    name: str = ""
    feelings: tuple[str, ...] = ()


@dataclass(frozen=True)
class SceneText:
    """One scene: its heading as written, "" when there is none, and what is in it. ``start`` and
    ``end`` are its own place, heading included.
    """

    heading: str
    start: int
    end: int
    elements: tuple[Element, ...]


@dataclass(frozen=True)
class Note:
    """Words that are not heard in the film, or not drawn, and why."""

    text: str
    reason: Reason
    start: int
    end: int


@dataclass(frozen=True)
class Screenplay:
    """A whole screenplay. ``about`` is what it says of its people, by name."""

    title: str
    notation: Notation
    language: Language
    scenes: tuple[SceneText, ...]
    notes: tuple[Note, ...] = ()
    about: tuple[tuple[str, str], ...] = ()

    @property
    def dialogue(self) -> tuple[Element, ...]:
        """Every spoken line in order."""
        return tuple(
            element
            for scene in self.scenes
            for element in scene.elements
            if element.kind == "dialogue"
        )


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a text with their places; an empty line is kept as one."""
    found = []
    at = 0
    for raw in text.split("\n"):
        stripped = raw.strip(" \t\r\u3000\ufeff\u200b")
        offset = raw.find(stripped) if stripped else 0
        found.append(Line(stripped, at + offset))
        at += len(raw) + 1
    return tuple(found)


def names_of(screenplay: Sequence[SceneText]) -> tuple[str, ...]:
    """Who speaks, by first appearance, the storyteller left out."""
    return tuple(
        dict.fromkeys(
            element.name for scene in screenplay for element in scene.elements if element.name
        )
    )
