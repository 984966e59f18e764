"""The text that people are read from, and who has been found in it so far."""

from __future__ import annotations

from collections.abc import Sequence

from generation.story.facts.lexicon import Lexicon, grammar
from generation.story.facts.people import Cast, Mention, Somebody
from generation.story.facts.segmenting import Token, name_tables
from generation.story.facts.zh_people.words import canonical

_DETERMINERS = grammar("zh", "determiners")


def quoted_tokens(tokens: Sequence[Token]) -> set[int]:
    """Tokens of closed quotations: what is said there happens to nobody."""
    found: set[int] = set()
    opened = -1
    for at, token in enumerate(tokens):
        if token.text == "“":
            opened = at
        elif token.text == "”" and opened >= 0:
            found.update(range(opened + 1, at))
            opened = -1
    return found


class PeopleState:
    """Tokens of a text, and the people and mentions found in them."""

    def __init__(self, text: str, tokens: Sequence[Token], lex: Lexicon, hidden: set[int]) -> None:
        self.text = text
        self.tokens = tokens
        self.lex = lex
        self.hidden = hidden  # offsets that are denied: nobody is there
        self.tables = name_tables()
        self.cast = Cast()
        self.mentions: list[Mention] = []
        self.by_name: dict[str, Somebody] = {}
        self.by_role: dict[str, list[Somebody]] = {}
        self.spelt: dict[str, list[str]] = {}  # first character → names
        self.used: set[int] = set()  # tokens that stand for people
        self.quoted = quoted_tokens(tokens)
        self.owners: set[int] = set()  # where mentions end that only say whose

    def _add(self, mention: Mention) -> None:
        mention.number = len(self.mentions)
        self.mentions.append(mention)

    def _word(self, at: int) -> str:
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def _touches(self, at: int) -> bool:
        """Whether a token follows the one before without a gap."""
        return 0 < at < len(self.tokens) and self.tokens[at - 1].end == self.tokens[at].start

    def _text_between(self, first: int, last: int) -> str:
        return self.text[self.tokens[first].start : self.tokens[last].end]

    def _starts_clause(self, at: int) -> bool:
        return at == 0 or self.tokens[at - 1].tag == "mark"

    def _opens(self, at: int) -> bool:
        before = self.tokens[at - 1] if at else None
        return (
            before is None or before.tag in ("mark", "c") or before.text in ("的", "和", "与", "被")
        )

    def _indefinite(self, at: int) -> bool:
        before = self.tokens[at - 1] if at > 0 else None
        return (
            before is not None
            and before.tag == "m"
            and before.text not in _DETERMINERS
            and (before.text[0] in "一两几")
        )

    def _remember_role(self, word: str, person: Somebody) -> None:
        for key in {word, canonical(word)}:
            if person not in self.by_role.setdefault(key, []):
                self.by_role[key].append(person)

    def repoint(self, old: Somebody, new: Somebody) -> None:
        """Let all mentions and roles of ``old`` mean ``new``, who is the same person."""
        for mention in self.mentions:
            if mention.person is old:
                mention.person = new
        for people in self.by_role.values():
            people[:] = [new if person is old else person for person in people]
