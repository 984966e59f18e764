"""The text that events are read from, and what has been read in it so far."""

from __future__ import annotations

from bisect import bisect_left

from generation.story.facts.en_people import EnglishPeople
from generation.story.facts.english_words import Word
from generation.story.facts.happenings import Happening
from generation.story.facts.lexicon import Lexicon
from generation.story.facts.people import Somebody


class EventsState:
    """Words of a text, its people and the events found in it."""

    def __init__(self, text: str, words: list[Word], lex: Lexicon, people: EnglishPeople) -> None:
        self.text = text
        self.words = words
        self.lex = lex
        self.people = people
        self.events: list[Happening] = []
        self.used: set[int] = set()
        self.carried: Somebody | None = None

    def index_of(self, start: int) -> int:
        """The index of the word that begins at an offset of the text."""
        return bisect_left(self.words, start, key=lambda word: word.start)

    def low(self, at: int) -> str:
        """The word at an index in lower case; empty outside the text."""
        return self.words[at].low if 0 <= at < len(self.words) else ""
