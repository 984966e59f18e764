"""Cleaning of what people type: every text that others may read comes through here.

``clean_text`` is for texts of several lines, ``clean_line`` for one line.
"""

from __future__ import annotations

import re
import unicodedata

from .localized import LocalizedText
from .problems import Problem

# Characters that are seen as nothing although Unicode calls some of them letters or symbols.
_INVISIBLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0\U0001d159]")
_SPACES = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r" ?\n[ \n]*\n ?")
# Control characters, those that format or turn the direction of what follows, private ones, and
# halves of characters.
_UNWANTED = frozenset({"Cc", "Cf", "Co", "Cs"})
# They join or part letters in some scripts and make one picture of several.
_JOINERS = frozenset("\u200c\u200d")
# A letter with more combining marks than this is drawn over its neighbours' lines.
MAX_COMBINING_MARKS = 3


def clean_text(text: str) -> str:
    """Plain words: composed (NFC), no control, formatting, private or invisible characters, no
    towers of accents, spaces run together, at most one empty line in a row. A text that shows
    nothing is "".
    """
    text = re.sub("\r\n|[\r\u2028\u2029\x85]", "\n", unicodedata.normalize("NFC", text))
    text = _drop_unwanted(_INVISIBLE.sub("", text))
    text = _EMPTY_LINES.sub("\n\n", _SPACES.sub(" ", text)).strip()
    text = re.sub(r" ?\n ?", "\n", text)
    return text if _shows_something(text) else ""


def clean_line(text: str) -> str:
    """The same in one line: line breaks become spaces."""
    return " ".join(clean_text(text).split())


def cleaned_line(field: str, text: str, *, max_length: int, required: bool = True) -> str:
    """A line that somebody wrote into ``field``, cleaned.

    Raises Problem ``text_needed`` when nothing is left to see of it (unless it is not ``required``
    and nothing was sent), ``text_too_long`` above ``max_length`` characters (code points).
    """
    return _checked(field, text, clean_line(text), max_length, required)


def cleaned_text(field: str, text: str, *, max_length: int, required: bool = True) -> str:
    """The same for a text of several lines."""
    return _checked(field, text, clean_text(text), max_length, required)


def _checked(field: str, sent: str, cleaned: str, max_length: int, required: bool) -> str:
    if not cleaned and (required or sent.strip()):
        raise text_problem(
            "text_needed",
            field,
            LocalizedText(
                "这里看不到任何字，请写点什么", "Nothing can be seen here; write something"
            ),
        )
    if len(cleaned) > max_length:
        raise text_problem(
            "text_too_long",
            field,
            LocalizedText(f"最多 {max_length} 个字", f"At most {max_length} characters"),
        )
    return cleaned


def text_problem(code: str, field: str, title: LocalizedText) -> Problem:
    """What is wrong with the text of one field."""
    return Problem(code, title, errors=[{"field": field, "message": title.localized()}])


def _shows_something(text: str) -> bool:
    return any(unicodedata.category(character)[0] not in "CMZ" for character in text)


def _drop_unwanted(text: str) -> str:
    """Without unwanted characters, and combining marks past the most per letter."""
    wanted: list[str] = []
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        if character in _JOINERS:
            if wanted and _may_be_joined(wanted[-1]):
                wanted.append(character)
            continue
        if category in _UNWANTED and character not in "\n\t":
            continue
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks <= MAX_COMBINING_MARKS:
            wanted.append(character)
    return "".join(wanted)


def _may_be_joined(character: str) -> bool:
    """Whether a joiner after this character does anything: in pictures, and in scripts without
    upper case before the Han ones. Elsewhere it would hide between letters.
    """
    category = unicodedata.category(character)
    return category in ("So", "Sk", "Mn", "Mc") or (category == "Lo" and character < "\u2e80")
