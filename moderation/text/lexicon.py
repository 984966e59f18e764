"""Words that are worth showing to a moderator. Evidence only: a hit never decides, because quoting
is not meaning.

The list is data with effective dates (``data/lexicon.json``); an operator edits it or passes a file
of the same form.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from moderation.text.normalise import has_han, normalise, syllable
from moderation.text.words import is_disguise, shipped_words

_MIN_SOUND = 3  # characters from which the sound of a word alone can tell it
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
    plain: str
    sound: tuple[str, ...]
    heard: str


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
        return self.find_in(normalise(text), day)

    def find_in(self, plain: str, day: date | None = None) -> tuple[Hit, ...]:
        """As ``find``, in a text that ``normalise`` has normalised.

        Words that sound alike count where the text does not read as ordinary language: not 一起去试
        for 一起去死 in 我们一起去试试吧.
        """
        day = day or date.today()
        syllables = [syllable(character) for character in plain] if has_han(plain) else []
        heard = f" {' '.join(syllables)} "
        hits = []
        for word in self._words:
            if word.effective > day or (word.until is not None and day > word.until):
                continue
            if _stands_in(word.plain, plain):
                hits.append(Hit(word.word, word.category, by_sound=False))
            elif (
                len(word.sound) >= _MIN_SOUND
                and word.heard in heard
                and _is_disguised(plain, syllables, word)
            ):
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
    sound = tuple(syllable(character) for character in plain) if has_han(plain) else ()
    return _Word(
        word=word,
        plain=plain,
        category=category,
        effective=date.fromisoformat(effective),
        until=date.fromisoformat(until) if until else None,
        sound=sound,
        heard=f" {' '.join(sound)} ",
    )


def _stands_in(word: str, plain: str) -> bool:
    """Whether a word is in a text: a Chinese one anywhere, another one where no Latin letter or
    digit touches it. In linear time, whatever an operator puts into the list.
    """
    if has_han(word):
        return word in plain
    at = plain.find(word)
    while at >= 0:
        end = at + len(word)
        touched = plain[at - 1 : at] if at else ""
        if not _is_latin(touched) and not _is_latin(plain[end : end + 1]):
            return True
        at = plain.find(word, at + 1)
    return False


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum() and character == character.lower()


def _is_disguised(plain: str, syllables: list[str], word: _Word) -> bool:
    words = shipped_words()
    tokens = words.read(plain)
    size = len(word.sound)
    for start in range(len(syllables) - size + 1):
        if tuple(syllables[start : start + size]) != word.sound:
            continue
        unlike = {
            start + at for at, character in enumerate(word.plain) if plain[start + at] != character
        }
        if is_disguise(words, plain, tokens, (start, start + size), unlike):
            return True
    return False
