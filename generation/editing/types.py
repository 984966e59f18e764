"""A patch: what a person wants changed in a film, as frozen values that go to JSON and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generation.story.types import PersonId

Unit = Literal["film", "scene", "shot"]
Part = Literal["all", "start", "end"]
Attribute = Literal[
    "expression", "tone", "speech", "robe", "figure", "name", "act", "prop", "thing",
    "place", "hour", "weather", "framing", "move", "seconds", "music", "title",
    "line", "line_added", "line_deleted", "words",
    "scene_deleted", "scenes_swapped", "scene_moved", "shot_deleted",
]  # fmt: skip
Degree = Literal["set", "little", "more", "much", "less", "off"]


@dataclass(frozen=True)
class Scope:
    """Where a change holds. ``numbers`` count scenes or shots from 1, from the end with -1; none:
    the whole film. ``part`` is the start or the end of that stretch.
    """

    unit: Unit = "film"
    numbers: tuple[int, ...] = ()
    part: Part = "all"


@dataclass(frozen=True)
class Change:
    """One change. ``people`` are ids of the cast, ``value`` a word of the storyboard, a number or
    the maker's own text; ``old`` is what it takes the place of (``words``, ``thing``) and ``to``
    whom an act is done to. ``line`` counts the lines of the scope (of ``people``, if any) from 1,
    from the end with -1; 0: all of them.

    ``degree``: ``set`` takes ``value`` as it is, ``little``, ``more`` and ``much`` go towards it,
    ``less`` away from it, ``off`` takes it away. For ``seconds`` without a value and for ``music``
    ``less`` is shorter or quieter, and ``value`` may say by how much ("little", "much").
    """

    attribute: Attribute
    scope: Scope = Scope()
    people: tuple[PersonId, ...] = ()
    degree: Degree = "set"
    value: str = ""
    old: str = ""
    to: PersonId | None = None
    line: int = 0


@dataclass(frozen=True)
class Patch:
    """Changes that are made together, in order."""

    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Text:
    """A sentence for people, in both languages."""

    zh: str
    en: str


@dataclass(frozen=True)
class Reading:
    """What was understood of an edit.

    ``kind``: ``patch``; ``question`` when several things may be meant or a name is nobody's
    (``options`` are the answers); ``not_drawn`` for what the stage has not (``options`` are the
    nearest that it has); ``not_understood`` (``words`` are the words at fault).
    """

    kind: Literal["patch", "question", "not_drawn", "not_understood"]
    patch: Patch | None = None
    message: Text = Text("", "")
    words: tuple[str, ...] = ()
    options: tuple[str, ...] = ()


class CannotApply(ValueError):
    """A patch that does not fit the film. ``text`` says why and what would."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def nothing_changes() -> CannotApply:
    """What is said when a film is as asked already."""
    return CannotApply(Text("本来就是这样，什么也没有改。", "It is so already; nothing changed."))
