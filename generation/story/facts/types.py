"""Facts of a maker's text, as frozen values that go to JSON and back.

Every fact names the characters of the text that say it, so that a page can show it in place and a
check can say whether the film kept it. Offsets count characters of ``Facts.text``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generation.story.types import Language
from generation.storyboard import Hour, Location, Prop, Verb, Weather

Sex = Literal["f", "m", "none"]  # "none": a machine or a being of no sex
Age = Literal["child", "young", "adult", "old"]
Being = Literal["human", "ghost", "fox", "spirit", "immortal", "dragon", "animal", "robot", "ai"]
Era = Literal["ancient", "modern", "future"]


@dataclass(frozen=True)
class Span:
    """Characters ``start`` up to ``end`` (excluded) of the text."""

    start: int
    end: int


@dataclass(frozen=True)
class PersonFact:
    """Somebody of the text. ``called`` is how the text calls them for the first time: the name, or
    the role when there is no name.

    ``sex`` and ``age`` are None when the text does not say; ``sex_sure`` is False when the sex
    follows from the statistics of names alone, and the page asks.
    """

    id: str  # "A", "B" … by first appearance
    called: str
    name: str = ""
    role: str = ""  # as the text says it: 书生, "clockmaker"
    sex: Sex | None = None
    sex_sure: bool = True
    age: Age | None = None
    being: Being = "human"
    spans: tuple[Span, ...] = ()  # each mention, pronouns left out
    group: bool = False  # several as one: "the villagers"
    roles: tuple[str, ...] = ()  # all that the text calls them besides the name, ``role`` first


@dataclass(frozen=True)
class RelationFact:
    """What one person is to another: ``a`` is the ``word`` of ``b`` (恋人, 师父, "daughter")."""

    a: str
    b: str
    word: str
    span: Span


@dataclass(frozen=True)
class PlaceFact:
    """A place. ``location`` is the set that can be drawn for it; None: shown by its name on a
    board.
    """

    text: str
    span: Span
    location: Location | None = None


@dataclass(frozen=True)
class TimeFact:
    """A time of day, a weather, a season, a year or an era, whichever the words say."""

    text: str
    span: Span
    hour: Hour | None = None
    weather: Weather | None = None
    era: Era | None = None


@dataclass(frozen=True)
class ThingFact:
    """A thing. ``prop`` is what can be drawn for it; None: shown as a placard in a hand."""

    text: str
    span: Span
    prop: Prop | None = None


@dataclass(frozen=True)
class EventFact:
    """Something that happens, in the text's order. ``span`` is its clause; ``verb`` its word.

    ``act`` is what a puppet can do for it. ``denied``: the text says that it does not happen
    (不肯演奏, "never opens"). ``turn`` marks the clause that turns the story (却, 竟,
    原来, "but"); ``outcome`` what comes of it. ``quoted`` is speech in quotation marks within it.
    """

    id: str  # "e1", "e2" …
    span: Span
    verb: str
    agent: str | None = None
    patient: str | None = None
    act: Verb | None = None
    turn: bool = False
    outcome: bool = False
    quoted: str = ""
    denied: bool = False


@dataclass(frozen=True)
class NegationFact:
    """What must not be in the film: ``what`` is the word denied ("爱情线", "ghost")."""

    what: str
    span: Span


@dataclass(frozen=True)
class NumberFact:
    """A number that lines must agree with: ``value`` of ``unit`` (300, "年")."""

    text: str
    span: Span
    value: int
    unit: str = ""


@dataclass(frozen=True)
class ToneFact:
    """A mood or a genre that the text asks for."""

    kind: Literal["mood", "genre"]
    text: str
    meaning: str
    span: Span


@dataclass(frozen=True)
class Facts:
    """All that was read in a text. ``unknown`` are the words that were not understood."""

    text: str
    language: Language
    people: tuple[PersonFact, ...] = ()
    relations: tuple[RelationFact, ...] = ()
    places: tuple[PlaceFact, ...] = ()
    times: tuple[TimeFact, ...] = ()
    things: tuple[ThingFact, ...] = ()
    events: tuple[EventFact, ...] = ()
    negations: tuple[NegationFact, ...] = ()
    numbers: tuple[NumberFact, ...] = ()
    tones: tuple[ToneFact, ...] = ()
    unknown: tuple[Span, ...] = ()

    def said(self, span: Span) -> str:
        """The words of a span."""
        return self.text[span.start : span.end]
