"""A view of a text in which look-alikes are folded, with the way back to the text as written.

Rules and word lists search the view; what they find is shown to people in their own letters, so
every folded character knows the character it came from. Also here: what a public text may hold at
all, as forms ask before they keep a name or a remark.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from moderation.text.normalise import simplified_table

_CONFUSABLES = Path(__file__).with_name("data") / "confusables.json"
# Letters that some writing systems need although nothing is drawn for them: the joiners of emoji,
# Persian and Indic scripts. Everything else of the category Cf is invisible or turns the direction.
_JOINERS = "\u200c\u200d"
_VARIATION_SELECTORS = ("\ufe0e", "\ufe0f")
# Drawn as nothing or as a blank, although Unicode counts them as letters, marks or symbols.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5\u180b\u180c\u180d")
_LINE_BREAKS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_MARKS = ("Mn", "Me")


class PublicTextError(ValueError):
    """A text that cannot be shown in public. ``code`` is ``invisible`` or ``empty``."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


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


def clean_public_text(
    text: str,
    *,
    single_line: bool = False,
    max_marks: int = 2,
    max_blank_lines: int = 1,
    reject_invisible: bool = False,
) -> str:
    """A text as it may be shown in public, in canonical composed form (NFC).

    Removed: control characters, characters that turn the direction of writing, invisible and blank
    ones (joiners stay between characters that they join), private and unassigned code points, and
    combining marks beyond ``max_marks`` on one character. Line breaks of every kind become ``\\n``,
    with at most ``max_blank_lines`` empty lines together; with ``single_line`` they become a space.
    Spaces at both ends go, and so does an empty text: PublicTextError ``empty``. With
    ``reject_invisible`` a text with direction or invisible characters raises PublicTextError
    ``invisible`` instead of losing them.
    """
    text = unicodedata.normalize("NFC", text)
    text = _LINE_BREAKS.sub(" " if single_line else "\n", text)
    kept: list[str] = []
    marks = 0
    for place, character in enumerate(text):
        if unicodedata.category(character) in _MARKS and character not in _VARIATION_SELECTORS:
            marks += 1
            if marks > max_marks or not kept or kept[-1].isspace():
                continue
        else:
            marks = 0 if character not in _JOINERS else marks
        if _is_hidden(text, place):
            if reject_invisible:
                raise PublicTextError(
                    "invisible", f"the text holds U+{ord(character):04X}, which cannot be seen"
                )
            continue
        kept.append(character)
    clean = "".join(kept)
    if single_line:
        clean = re.sub(r"\s+", " ", clean)
    else:
        clean = re.sub(r"[^\S\n]+\n", "\n", clean)
        clean = re.sub(rf"\n{{{max_blank_lines + 2},}}", "\n" * (max_blank_lines + 1), clean)
    clean = clean.strip()
    if not any(unicodedata.category(character)[0] not in "MCZ" for character in clean):
        raise PublicTextError("empty", "nothing that can be seen is left of the text")
    return clean


def skeleton(text: str) -> str:
    """What two names that look the same have in common: folded, leet read as letters, only letters
    and digits. For comparing names, never for showing.
    """
    table = _confusables().leet
    folded = fold(text).text
    return "".join(
        table.get(character, character)
        for character in folded
        if character.isalnum() or character in table
    ).replace("l", "i")


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


def _is_hidden(text: str, place: int) -> bool:
    character = text[place]
    if character in _JOINERS:
        return not _joins(text, place)
    if character in _VARIATION_SELECTORS:
        return place == 0 or text[place - 1].isspace() or text[place - 1] in _VARIATION_SELECTORS
    category = unicodedata.category(character)
    if character in _BLANK or category in ("Cf", "Co", "Cn", "Cs"):
        return not _is_flag_tag(text, place)
    return category == "Cc" and character != "\n"


def _joins(text: str, place: int) -> bool:
    """Whether a joiner stands between two characters of a script, or two emoji, that it joins."""
    around: Sequence[str] = (text[place - 1 : place], text[place + 1 : place + 2])
    if not all(around):
        return False
    kinds = {_script_kind(character) for character in around}
    return kinds in ({"emoji"}, {"joining"})


def _script_kind(character: str) -> str:
    if unicodedata.category(character) in ("So", "Sk") or character in _VARIATION_SELECTORS:
        return "emoji"
    if "\u0600" <= character <= "\u08ff" or "\u0900" <= character <= "\u0dff":
        return "joining"
    return "other"


def _is_flag_tag(text: str, place: int) -> bool:
    """Whether a tag character belongs to an emoji flag (England, Scotland, Wales)."""
    if not "\U000e0020" <= text[place] <= "\U000e007f":
        return False
    while place and "\U000e0020" <= text[place] <= "\U000e007f":
        place -= 1
    return text[place] == "\U0001f3f4"
