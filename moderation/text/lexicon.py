"""Words that are worth showing to a moderator. Evidence only: a hit never decides, because quoting
is not meaning.

The list is data with effective dates (``data/lexicon.json``); an operator edits it or passes a file
of the same form.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from moderation.text.normalise import has_han, normalise, syllable

SHIPPED_LEXICON = Path(__file__).with_name("data") / "lexicon.json"


class LexiconError(ValueError):
    """A lexicon file that cannot be read."""


@dataclass(frozen=True)
class Hit:
    """A word of the lexicon in a text. ``by_sound``: only its sound is there, written in other
    characters.
    """

    word: str
    category: str
    by_sound: bool


@dataclass(frozen=True)
class _Word:
    word: str
    category: str
    effective: date
    until: date | None
    pattern: re.Pattern[str]
    sound: tuple[str, ...]


class Lexicon:
    """Finds words in normalised text: Chinese ones anywhere, and by sound from three characters on;
    others as words.
    """

    def __init__(self, words: Iterable[_Word], version: str) -> None:
        self._words, self.version = tuple(words), version

    @classmethod
    def from_json(cls, text: str) -> Lexicon:
        """Read a lexicon in the shipped one's form. Raises LexiconError."""
        try:
            table: dict[str, Any] = json.loads(text)
            words = [
                _word(word, group["category"], group["effective"], group.get("until"))
                for group in table["groups"]
                for word in group["words"]
            ]
            return cls(words, str(table["version"]))
        except (ValueError, KeyError, TypeError) as error:
            raise LexiconError(f"not a lexicon: {error!r}") from error

    def find(self, text: str, day: date | None = None) -> tuple[Hit, ...]:
        """Hits in a raw text by the words in force on ``day`` (today when None), in the lexicon's
        order.
        """
        day = day or date.today()
        plain = normalise(text)
        syllables = [syllable(character) for character in plain]
        hits = []
        for word in self._words:
            if word.effective > day or (word.until is not None and day > word.until):
                continue
            if word.pattern.search(plain):
                hits.append(Hit(word.word, word.category, by_sound=False))
            elif len(word.sound) >= 3 and _contains_run(syllables, word.sound):
                hits.append(Hit(word.word, word.category, by_sound=True))
        return tuple(hits)


@cache
def shipped_lexicon() -> Lexicon:
    """The small Chinese and English lexicon that comes with the engine."""
    return Lexicon.from_json(SHIPPED_LEXICON.read_text("utf-8"))


def _word(word: str, category: str, effective: str, until: str | None) -> _Word:
    plain = normalise(word)
    if not plain:
        raise ValueError("an empty word")
    chinese = has_han(plain)
    pattern = re.escape(plain) if chinese else rf"(?<![a-z0-9]){re.escape(plain)}(?![a-z0-9])"
    return _Word(
        word=word,
        category=category,
        effective=date.fromisoformat(effective),
        until=date.fromisoformat(until) if until else None,
        pattern=re.compile(pattern),
        sound=tuple(syllable(character) for character in plain) if chinese else (),
    )


def _contains_run(syllables: list[str], sound: tuple[str, ...]) -> bool:
    size = len(sound)
    return any(tuple(syllables[at : at + size]) == sound for at in range(len(syllables) - size + 1))
