"""The text that people are read from, and who has been found in it so far."""

from __future__ import annotations

from collections.abc import Sequence

from generation.story.facts.english_words import Word, given_names
from generation.story.facts.lexicon import Lexicon
from generation.story.facts.people import Cast, Mention, Somebody
from generation.story.facts.types import Span


class PeopleState:
    """Words of a text, and the people and mentions found in them."""

    def __init__(self, text: str, words: Sequence[Word], lex: Lexicon, hidden: set[int]) -> None:
        self.text = text
        self.words = list(words)
        self.lex = lex
        self.hidden = hidden
        self.cast = Cast()
        self.mentions: list[Mention] = []
        self.at_word: dict[int, Mention] = {}
        self.ends: dict[int, Mention] = {}  # index behind a mention → it
        self.by_name: dict[str, Somebody] = {}
        self.by_role: dict[str, list[Somebody]] = {}
        self.used: set[int] = set()
        self.orphans: list[tuple[Somebody, str, Span]] = []  # kin of “their”, the span of its words
        self.theirs = -1  # index behind the last “their”
        self.partner: Somebody | None = None  # the first of the group that is listed
        self.group: tuple[Somebody, int] | None = None  # whose members are listed, and to where
        # kin, the word for it, the index behind “of”, where its words begin
        self.pending_of: tuple[Somebody, str, int, int] | None = None
        self.place_words: list[tuple[int, int]] = []
        self.names = given_names()
        self.inside = {
            word.low for at, word in enumerate(self.words)
            if word.capital and at and self.words[at - 1].is_word and not self.words[at - 1].capital
        }  # fmt: skip

    def _low(self, at: int) -> str:
        return self.words[at].low if 0 <= at < len(self.words) else ""

    def _add_mention(self, first: int, last: int, mention: Mention) -> Mention:
        self._number(mention)
        self.at_word[first] = mention
        self.ends[last] = mention
        self.used.update(range(first, last))
        return mention

    def _number(self, mention: Mention) -> None:
        mention.number = len(self.mentions)
        self.mentions.append(mention)

    def repoint(self, old: Somebody, new: Somebody) -> None:
        """Let all mentions, roles and names of ``old`` mean ``new``, who is the same person."""
        for mention in self.mentions:
            if mention.person is old:
                mention.person = new
        for people in self.by_role.values():
            people[:] = [new if person is old else person for person in people]
        for name, person in self.by_name.items():
            if person is old:
                self.by_name[name] = new
