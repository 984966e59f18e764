"""Pinyin as people type it: Chinese words in Latin letters, without tones."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from pypinyin.pinyin_dict import pinyin_dict


def pinyin_of(word: str) -> tuple[str, ...]:
    """The first reading of each character, without tones; empty unless all have one."""
    found = tuple(_plain(pinyin_dict.get(ord(character), "")) for character in word)
    return found if all(found) else ()


def merged(reading: str) -> str:
    """A toneless syllable with the pairs merged that many speakers merge (zh/z, ch/c, sh/s,
    -ng/-n, n/l at the start), as ``normalise.syllable`` gives it.
    """
    reading = re.sub(r"^([zcs])h", r"\1", reading)
    reading = re.sub(r"^n(?=.)", "l", reading)
    return re.sub(r"ng$", "n", reading)


@lru_cache(maxsize=4096)
def split_syllables(letters: str) -> tuple[str, ...]:
    """Latin letters as pinyin syllables, the longest first (``nima`` → ``ni``, ``ma``); empty when
    they are none.
    """
    if not letters:
        return ()
    for size in range(min(6, len(letters)), 0, -1):
        if letters[:size] in _syllables():
            if size == len(letters):
                return (letters,)
            rest = split_syllables(letters[size:])
            if rest:
                return (letters[:size], *rest)
    return ()


@cache
def _syllables() -> frozenset[str]:
    """The syllables of common characters (U+4E00–U+9FA5, first reading)."""
    found = {_plain(pinyin_dict.get(code, "")) for code in range(0x4E00, 0x9FA6)}
    return frozenset(reading for reading in found if len(reading) > 1 or reading in ("a", "e", "o"))


def _plain(readings: str) -> str:
    first = unicodedata.normalize("NFD", readings.split(",", maxsplit=1)[0])
    return "".join(letter for letter in first if letter.isascii() and letter.isalpha())
