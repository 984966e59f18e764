"""A view of a text in which look-alikes are folded, with the way back to the text as written.

Rules and word lists search the view; what they find is shown to people in their own letters, so
every folded character knows the character it came from.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from moderation.simplified import simplified_table

_CONFUSABLES = Path(__file__).with_name("data") / "confusables.json"
# Drawn as nothing or as a blank, although Unicode counts them as letters, marks or symbols.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5\u180b\u180c\u180d")
_LINE_BREAKS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True)
class Folded:
    """A folded text. ``starts[i]`` is the place in ``original`` that ``text[i]`` came from."""

    original: str
    text: str
    starts: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stands in the original, as start and end.

        Marks and invisible characters between two folded characters belong to the former. Raises
        IndexError for an empty or outside span.
        """
        if not 0 <= start < end <= len(self.text):
            raise IndexError(f"no span {start}-{end} in {len(self.text)} characters")
        following = end
        while following < len(self.starts) and self.starts[following] == self.starts[end - 1]:
            following += 1
        last = self.starts[following] if following < len(self.starts) else len(self.original)
        return self.starts[start], last

    def quote(self, start: int, end: int) -> str:
        """The part of the original that ``text[start:end]`` stands for."""
        first, last = self.span(start, end)
        return self.original[first:last]


def fold(text: str) -> Folded:
    """Lower case, compatibility forms (NFKC), simplified characters, Latin letters for those of
    other scripts that look the same; without accents, invisible and control characters.

    A word of Cyrillic or Greek letters is folded as well: its look-alike counts, not its meaning.
    Line breaks become ``\\n``; digits stay (``leet_letters`` reads them).
    """
    pieces: list[str] = []
    starts: list[int] = []
    if text.isascii():
        lowered = text.lower()
        return Folded(text, lowered, tuple(range(len(lowered))))
    for place, character in enumerate(text):
        folded = _fold_character(character)
        pieces.append(folded)
        starts.extend([place] * len(folded))
    return Folded(text, "".join(pieces), tuple(starts))


def leet_letters(word: str) -> tuple[str, ...]:
    """Readings of a folded word whose digits or signs stand for letters (``sh1t`` → ``shit``).

    At most two, since 1, ! and | are read as i and as l. Empty when nothing stands for a letter,
    and when fewer letters than such signs remain (``4K``, ``2026``, ``A55``).
    """
    table = _confusables().leet
    stand_ins = sum(character in table for character in word)
    letters = sum(character.isalpha() for character in word)
    if not stand_ins or letters < 2 or letters < stand_ins:
        return ()
    first = "".join(table.get(character, character) for character in word)
    second = "".join(
        "l" if character in "1!|" else table.get(character, character) for character in word
    )
    return (first,) if first == second else (first, second)


@dataclass(frozen=True)
class _Confusables:
    letters: dict[str, str]
    leet: dict[str, str]


@cache
def _confusables() -> _Confusables:
    table: dict[str, dict[str, str]] = json.loads(_CONFUSABLES.read_text("utf-8"))
    letters: dict[str, str] = {}
    for latin, others in table["letters"].items():
        letters |= dict.fromkeys(others, latin)
    return _Confusables(letters, table["leet"])


@lru_cache(maxsize=65536)
def _fold_character(character: str) -> str:
    if _LINE_BREAKS.fullmatch(character):
        return "\n"
    letters = _confusables().letters
    if character in letters:
        return letters[character]
    plain = unicodedata.normalize("NFKD", character).lower()
    plain = "".join(letters.get(piece, piece) for piece in plain if not _is_dropped(piece))
    return unicodedata.normalize("NFKC", plain).translate(simplified_table())


def _is_dropped(character: str) -> bool:
    category = unicodedata.category(character)
    if character in _BLANK or category in ("Cf", "Mn", "Me", "Cs", "Co", "Cn"):
        return True
    return category == "Cc" and character not in "\t\n"
