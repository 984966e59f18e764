"""What stands around the people of an English text, as far as it is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from generation.story.facts.english_words import Word
from generation.story.facts.lexicon import Lexicon
from generation.story.facts.types import (
    NegationFact,
    NumberFact,
    PlaceFact,
    Span,
    ThingFact,
    TimeFact,
    ToneFact,
)


@dataclass
class SceneState:
    """Words of a text and what is said in them; ``hidden`` are words of denials."""

    text: str
    words: list[Word]
    lex: Lexicon
    places: list[PlaceFact] = field(default_factory=list)
    times: list[TimeFact] = field(default_factory=list)
    things: list[ThingFact] = field(default_factory=list)
    tones: list[ToneFact] = field(default_factory=list)
    numbers: list[NumberFact] = field(default_factory=list)
    negations: list[NegationFact] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    used: set[int] = field(default_factory=set)

    def span(self, first: int, last: int) -> Span:
        """From word ``first`` up to ``last`` (excluded)."""
        return Span(self.words[first].start, self.words[last - 1].end)

    def _low(self, at: int) -> str:
        return self.words[at].low if at < len(self.words) else ""

    def _said(self, first: int, last: int) -> str:
        return self.text[self.words[first].start : self.words[last - 1].end]
