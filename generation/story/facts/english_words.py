"""English words: where they stand, and the plain forms that the tables are kept in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from generation.story.facts.lexicon import Lexicon, grammar, irregular_forms

# A fixed pattern: nothing that a person typed becomes part of it.
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|\d[\d,]*(?:st|nd|rd|th|s)?|[^\w\s]|_")


@lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    """Irregular form → plain form, from ``data/grammar.en.toml``."""
    return {form: base for base, forms in irregular_forms().items() for form in forms.split()}


@dataclass(frozen=True)
class Word:
    """A word or a mark of the text."""

    start: int
    end: int
    text: str
    low: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()

    @property
    def is_word(self) -> bool:
        """Whether it is letters."""
        return self.text[:1].isalpha()


def split_words(text: str) -> list[Word]:
    """Words and marks; a possessive 's is a word of its own."""
    words: list[Word] = []
    for match in _WORD.finditer(text):
        said, start = match[0], match.start()
        low = said.lower()
        for tail in ("'s", "s'"):
            if low.endswith(tail) and len(low) > 2 and low not in _CONTRACTIONS:
                cut = len(said) - len(tail) + (tail == "s'")
                words.append(Word(start, start + cut, said[:cut], low[:cut]))
                said, start, low = said[cut:], start + cut, "'s"
                break
        words.append(Word(start, match.end(), said, low))
    return words


_CONTRACTIONS = grammar("en", "contractions")


@lru_cache(maxsize=20_000)
def plain_forms(low: str) -> tuple[str, ...]:
    """The word, then its plain forms: carries → carry, planned → plan, hiding → hide."""
    return tuple(dict.fromkeys(_forms(low)))


def _forms(low: str) -> Iterator[str]:
    yield low
    if low in (irregular := _irregular()):
        yield irregular[low]
    for ending, instead in (
        ("ies", "y"), ("ves", "fe"), ("ves", "f"), ("es", ""), ("es", "e"), ("s", ""), ("ied", "y"),
        ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"),
    ):  # fmt: skip
        if low.endswith(ending) and len(low) - len(ending) >= 2 and not low.endswith("ss"):
            stem = low[: -len(ending)] + instead
            yield stem
            if ending in ("ed", "ing") and len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]


@lru_cache(maxsize=1)
def given_names() -> dict[str, str]:
    """Name in lower case → ``f`` or ``m``."""
    lines = files("generation.story.facts").joinpath("data/names.en.txt").read_text("utf-8")
    found = {}
    for line in lines.splitlines():
        sex, _, names = line.partition(" ")
        if sex in ("f", "m"):
            found.update(dict.fromkeys(names.lower().split(), sex))
    return found


def longest(
    words: list[Word], at: int, table: Collection[str], most: int = 3
) -> tuple[str, int] | None:
    """The longest entry of a table that begins at a word, its last word in any form, and where it
    ends.
    """
    if at >= len(words):
        return None
    phrases = _phrases_of(table)
    firsts = plain_forms(words[at].low)
    if most > 1 and any(first in phrases for first in firsts):
        for size in range(min(most, len(words) - at), 1, -1):
            part = words[at : at + size]
            if any(not word.text[:1].isalnum() for word in part):
                continue
            middle = [word.low for word in part[1:-1]]
            for first in firsts:
                for last in plain_forms(part[-1].low):
                    if (entry := " ".join((first, *middle, last))) in table:
                        return entry, at + size
    found = next((form for form in firsts if form in table), None)
    return (found, at + 1) if found is not None else None


_PHRASES: dict[int, tuple[object, frozenset[str]]] = {}  # by identity of a table that stays


def _phrases_of(table: Collection[str]) -> frozenset[str]:
    """The first words of a table's entries of several words."""
    known = _PHRASES.get(id(table))
    if known is None or known[0] is not table:
        firsts = frozenset(entry.split(" ", 1)[0] for entry in table if " " in entry)
        _PHRASES[id(table)] = known = (table, firsts)
    return known[1]


def is_known(low: str, lex: Lexicon) -> bool:
    """Whether any plain form of a word is in our tables."""
    return any(form in lex.words or form in _STOP for form in plain_forms(low))


_STOP = grammar("en", "stop")
