"""One clause of an edit as its rules look at it: what kinds of words it has, and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from generation.editing.film import EditedFilm
from generation.editing.scopes import Found
from generation.editing.types import Degree, Scope
from generation.editing.who import people_meant
from generation.editing.words import Token
from generation.story.types import PersonId

# What is too much of the one is asked to be more of the other.
_OPPOSITES = {
    word: opposite
    for pair in (("louder", "quieter"), ("faster", "slower"), ("lengthen", "shorten"),
                 ("closer", "farther"))
    for word, opposite in (pair, pair[::-1])
}  # fmt: skip
_SILENT = frozenset({"filler", "stop", "count"})


@dataclass
class Clause:
    """The words of one clause. ``content`` has every word that says something; a rule takes a
    clause only when it knows what each of them is for.
    """

    text: str
    film: EditedFilm
    tokens: Sequence[Token]
    found: Found
    scope: Scope

    def __post_init__(self) -> None:
        said = [
            replace(token, kind="noun") if (token.kind, token.value) == ("unit", "line") else token
            for token in self.found.rest
            if token.kind not in _SILENT
        ]
        self.content = _turned(said)

    def all(self, kind: str, value: str | None = None) -> list[Token]:
        """The tokens of a kind, of a meaning if one is given."""
        return [
            token for token in self.content
            if token.kind == kind and (value is None or token.value == value)
        ]  # fmt: skip

    def has(self, kind: str, *values: str) -> bool:
        """Whether there is a token of that kind and one of these meanings (any, if none given)."""
        return any(
            token.kind == kind and (not values or token.value in values) for token in self.content
        )

    def only(self, allowed: str) -> bool:
        """Whether every word is of these kinds, given as "kind" or "kind:meaning" with blanks
        between them.
        """
        known = set(allowed.split())
        return all(
            token.kind in known or f"{token.kind}:{token.value}" in known for token in self.content
        )

    def said(self, words: Iterable[str]) -> bool:
        """Whether one of these small words was said."""
        wanted = set(words)
        return any(token.text.casefold() in wanted for token in self.tokens)

    def person_tokens(self) -> list[Token]:
        """The words for people, by name or by what they are."""
        return [token for token in self.content if token.kind in ("person", "figure")]

    def people(self, tokens: Sequence[Token] | None = None) -> tuple[PersonId, ...]:
        """Whom the clause, or some of its words, means. Raises ``Ask``."""
        return people_meant(self.person_tokens() if tokens is None else tokens, self.film)

    def new_value(self, kind: str) -> str | None:
        """The value of ``kind`` that is wanted: the only one, or the second of a change from one to
        another. None when that is not clear.
        """
        tokens = self.all(kind)
        changes = self.all("op", "change")
        if len(tokens) == 2 and changes:
            return tokens[1].value
        if len(tokens) != 1:
            return None
        before_the_change = changes and tokens[0].start < changes[-1].start
        if before_the_change and not changes[-1].text.isascii():
            return None
        return tokens[0].value

    def degree(self) -> Degree:
        """How much: "set" where nothing is said of it."""
        said = {token.value for token in self.all("degree")}
        for degree in ("less", "much", "little", "more"):
            if degree in said:
                return degree
        return "set"

    def amount(self) -> str:
        """How much as the value of a relative change: "little", "much" or ""."""
        said = {token.value for token in self.all("degree")}
        return "much" if "much" in said else "little" if "little" in said else ""


def _turned(tokens: Sequence[Token]) -> list[Token]:
    """The words, with "too loud" as a wish for quieter and "too sad" for less of it; any other
    "too" stays as it is, which no rule takes.
    """
    turned: list[Token] = []
    for token in tokens:
        before = turned[-1] if turned else None
        if before is None or before.kind != "too":
            turned.append(token)
        elif token.kind == "op" and token.value in _OPPOSITES:
            turned[-1] = replace(token, value=_OPPOSITES[token.value])
        elif token.text.casefold() == "long":
            turned[-1] = replace(token, kind="op", value="shorten")
        elif token.kind == "emotion":
            turned[-1] = replace(before, kind="degree", value="less")
            turned.append(token)
        else:
            turned.append(token)
    return turned
