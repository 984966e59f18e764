"""Cleaning of what people type."""

from __future__ import annotations

import re
import unicodedata

# Characters that are seen as nothing, or that turn the direction of what follows.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb]"
)
_SPACES = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r" ?\n[ \n]*\n ?")
# A letter with more combining marks than this is drawn over its neighbours' lines.
MAX_COMBINING_MARKS = 3


def clean_text(text: str) -> str:
    """Plain words: no control, private or invisible characters, no towers of accents, spaces run
    together, at most one empty line in a row. A text that shows nothing is "".
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _drop_unwanted(_INVISIBLE.sub("", text))
    text = _EMPTY_LINES.sub("\n\n", _SPACES.sub(" ", text)).strip()
    text = re.sub(r" ?\n ?", "\n", text)
    visible = any(unicodedata.category(character)[0] not in "CMZ" for character in text)
    return text if visible else ""


def _drop_unwanted(text: str) -> str:
    """Without control and private characters, and combining marks past the most per letter."""
    wanted: list[str] = []
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        if category in ("Cc", "Co", "Cs") and character not in "\n\t":
            continue
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks <= MAX_COMBINING_MARKS:
            wanted.append(character)
    return "".join(wanted)
