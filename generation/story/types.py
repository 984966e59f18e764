"""What a story is before it is drawn: outline, script and season, as frozen values that go to JSON
and back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generation.storyboard import Emotion, Figure, Prop, Robe, Setting, Verb

Language = Literal["zh", "en"]
Genre = str  # the name of a file in ``books/genres``
Operator = str  # one of ``books/operators.toml``, or "telling"
PersonId = str  # "A", "B", "C" … by first appearance; A leads
Material = Literal["invented", "told", "screenplay"]
Notation = Literal["", "fountain", "chinese", "plain"]  # how a screenplay is written


class UnsuitableIdea(ValueError):
    """The idea cannot be planned from. ``code``: ``too_long``, or ``no_words`` when there is not a
    single one.
    """

    def __init__(self, code: Literal["too_long", "no_words"], message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class IdeaWord:
    """A word of the idea that was understood: what kind of thing it is, and which one."""

    word: str
    kind: str
    meaning: str


@dataclass(frozen=True)
class IdeaReading:
    """What the engine made of the idea, word by word."""

    understood: tuple[IdeaWord, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Person:
    """One of the cast. A leads, B is the other, C the third.

    ``called`` is the name that the maker's text gives them; where ``name`` is another, because
    somebody changed it, that is said instead. ``sign`` is written on a placard in their hand when
    it is free: what they are, where no puppet says it.
    """

    id: PersonId
    name: str
    figure: Figure
    robe: Robe
    pitch: float = 1.0
    speed: float = 1.0
    called: str = ""
    sign: str = ""


@dataclass(frozen=True)
class Premise:
    """What the offline writer builds on: the secret that comes out first, the one that turns it
    over, the things.
    """

    first: str
    twist: str
    prop: Prop
    prop_name: str
    place_name: str
    years: int
    without: tuple[str, ...] = ()  # words that must not be heard
    key: str = ""  # of the idea: seeds of one key take different words


@dataclass(frozen=True)
class Act:
    """What a puppet does while a line is heard. ``to`` is the person it is done to; ``thing`` what
    is shown in the hand: the drawn prop of that name, else a placard with the name.
    """

    person: PersonId
    verb: Verb
    to: PersonId | None = None
    thing: str = ""


@dataclass(frozen=True)
class Thing:
    """A thing of the story by its name in the text. ``prop`` None: it is shown as a placard."""

    name: str
    prop: Prop | None = None


@dataclass(frozen=True)
class Beat:
    """One step of the plot. ``tension`` 0–1; ``summary`` is one line for the reader.

    ``told`` is what is said in it: words of the maker's text, which stand at ``start`` to ``end``
    there (both 0: the engine wrote them), or a whole scene of a screenplay with its heading.
    ``speaker`` says what stands in quotation marks; ``acts`` is what is seen meanwhile. ``board``
    is the place's name where no set can say it.
    """

    operator: Operator
    setting: Setting
    tension: float
    summary: str = ""
    told: str = ""
    start: int = 0
    end: int = 0
    speaker: PersonId | None = None
    emotion: Emotion = "calm"
    acts: tuple[Act, ...] = ()
    board: str = ""


@dataclass(frozen=True)
class Choice:
    """What viewers may decide at the end. ``consequence`` opens the episode that it leads to."""

    text: str
    consequence: str = ""
    leads_to: str = ""


@dataclass(frozen=True)
class Outline:
    """The plan of one episode.

    ``material`` is what it is made of. "invented": the engine's own plot (``premise`` None: a
    language model's, which must write the script too). "told": the maker's sentences, one or more
    in each beat. "screenplay": the maker's scenes in ``notation``, one in each beat.
    """

    title: str
    language: Language
    genre: Genre
    seed: int
    seconds: float
    engine: str
    logline: str
    people: tuple[Person, ...]
    beats: tuple[Beat, ...]
    question: str
    premise: Premise | None = None
    choices: tuple[Choice, ...] = ()
    reading: IdeaReading = IdeaReading()
    recap: str = ""
    episode: int = 1
    finale: bool = False
    material: Material = "invented"
    notation: Notation = ""
    things: tuple[Thing, ...] = ()
    remark: str = ""  # what its maker should know of it: that it is shorter than asked


@dataclass(frozen=True)
class ScriptLine:
    """One spoken line. ``person`` None is the storyteller; ``pause`` is the silence after it, in
    seconds. ``acts`` is what is seen meanwhile, whoever speaks.

    ``start`` and ``end`` are the characters of the maker's text that the line says as they stand;
    both 0 for a line that the engine wrote.
    """

    person: PersonId | None
    text: str
    emotion: Emotion = "calm"
    verb: Verb | None = None
    pause: float = 0.5
    acts: tuple[Act, ...] = ()
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Scene:
    """Lines under one beat. ``breath`` is a silent look at the place before the first of them, in
    seconds.
    """

    operator: Operator
    setting: Setting
    tension: float
    lines: tuple[ScriptLine, ...]
    breath: float = 0.0
    board: str = ""  # the place's name on a board, where the set cannot say it


@dataclass(frozen=True)
class Script:
    """One episode in words, timed so that it fills ``seconds`` when it is spoken."""

    title: str
    language: Language
    seed: int
    seconds: float
    engine: str
    people: tuple[Person, ...]
    scenes: tuple[Scene, ...]
    question: str = ""
    choices: tuple[Choice, ...] = ()
    prop: Prop | None = None
    prop_name: str = ""
    things: tuple[Thing, ...] = ()
    finale: bool = False


@dataclass(frozen=True)
class SeasonEpisode:
    """An episode of a season: its id in the story graph, and its outline, whose choices name the
    ids they lead to.

    Without choices the story goes on to ``leads_to``; an empty one is an end.
    """

    id: str
    outline: Outline
    leads_to: str = ""


@dataclass(frozen=True)
class Season:
    """Episodes with one cast and one question that runs through them."""

    title: str
    throughline: str
    episodes: tuple[SeasonEpisode, ...]
