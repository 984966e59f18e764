"""Undo what is done to a text so that a reader still understands it and a machine does not.

Full-width and other compatibility forms (NFKC), traditional characters, zero-width and control
characters, stacked accents, emoji that stand for a character, signs put between characters, and
characters repeated without end.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from pypinyin.pinyin_dict import pinyin_dict

from moderation.simplified import simplified_table

_DATA = Path(__file__).with_name("data")
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
# One or two marks between Han characters that carry no meaning there: 傻*瓜, 傻 瓜, 傻.瓜
_BETWEEN = re.compile(r"(?<=[\u3400-\u9fff])[\s*_\-.·•~|/\\^#=+`'\"]{1,3}(?=[\u3400-\u9fff])")
_REPEATED = re.compile(r"(.)\1{2,}")
_SPACES = re.compile(r"\s+")
_DROPPED_CATEGORIES = {"Cf", "Cc", "Co", "Cn", "Cs", "Mn", "Me", "Sk", "So"}
_ALLOWED_CONTROLS = "\t\n\r"


def normalise(text: str) -> str:
    """The text as a reader would say it: simplified, lower case, no tricks. Doing it twice changes
    nothing more.
    """
    text = unicodedata.normalize("NFKC", text).lower()
    for emoji, meaning in emoji_meanings():
        if emoji in text:
            text = text.replace(emoji, meaning)
    text = unicodedata.normalize("NFKD", text) if _has_marks(text) else text
    text = "".join(
        character
        for character in text
        if character in _ALLOWED_CONTROLS
        or unicodedata.category(character) not in _DROPPED_CATEGORIES
    )
    text = unicodedata.normalize("NFKC", text).translate(simplified_table())
    text = _SPACES.sub(" ", text).strip()
    text = _BETWEEN.sub("", text)
    return _REPEATED.sub(r"\1\1", text)


@lru_cache(maxsize=65536)
def syllable(character: str) -> str:
    """The first reading of a Han character without its tone; any other character as it is.

    Without tone, and with the pairs merged that many speakers merge (zh/z, ch/c, sh/s, -ng/-n, n/l
    at the start), so that words which sound alike look alike.
    """
    reading = pinyin_dict.get(ord(character))
    if not reading:
        return character
    plain = unicodedata.normalize("NFD", reading.split(",")[0])
    plain = "".join(letter for letter in plain if letter.isascii() and letter.isalpha())
    plain = re.sub(r"^([zcs])h", r"\1", plain)
    plain = re.sub(r"^n(?=.)", "l", plain)
    return re.sub(r"ng$", "n", plain)


def has_han(text: str) -> bool:
    """Whether a text holds a Chinese character at all."""
    return HAN.search(text) is not None


def _has_marks(text: str) -> bool:
    return any(unicodedata.category(character) == "Mn" for character in text)


@cache
def emoji_meanings() -> tuple[tuple[str, str], ...]:
    """Emoji that stand for characters, and these; the longer emoji first."""
    table: dict[str, str] = json.loads((_DATA / "emoji.json").read_text("utf-8"))["meant"]
    return tuple(sorted(table.items(), key=lambda pair: -len(pair[0])))
