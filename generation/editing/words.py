"""The words of an edit: tables in ``data/*.toml``, and a text cut into them.

Nothing that is typed is used as a pattern: each stretch is looked up, the longest known word first,
so the time is linear in the length of the text.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "data"
_QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", '"': '"', "'": "'"}
_STOPS = "。！？，；!?,;.…、~～"
_ZH_DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7,
              "八": 8, "九": 9}  # fmt: skip
_TAKES_TEXT = frozenset({"add", "add_line", "change", "say"})  # a colon after one opens its text
_LONGEST = 200  # characters of a text between quotation marks
MAX_EDIT_CHARACTERS = 500


@dataclass(frozen=True)
class Token:
    """A stretch of the text: its kind and meaning, as typed, from ``start`` to ``end``."""

    kind: str
    value: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Table:
    """The known words of both languages; ``english`` by their words, joined by blanks."""

    chinese: Mapping[str, tuple[str, str]]
    english: Mapping[str, tuple[str, str]]
    longest_chinese: int
    longest_english: int  # in words


@cache
def words() -> Table:
    """The tables as they lie in ``data/``. ``ValueError`` for a word with two meanings."""
    chinese, english = _load("zh", " "), _load("en", ",")
    return Table(
        chinese,
        english,
        max(map(len, chinese)),
        max(len(word.split()) for word in english),
    )


@cache
def spoken_value(kind: str, value: str) -> tuple[str, str]:
    """The first word of both tables for a meaning: how people call it."""
    found = []
    for table in (words().chinese, words().english):
        names = [word for word, meaning in table.items() if meaning == (kind, value)]
        found.append(names[0] if names else value)
    return found[0], found[1]


def _load(language: str, separator: str) -> Mapping[str, tuple[str, str]]:
    data = tomllib.loads((_FOLDER / f"{language}.toml").read_text("utf-8"))
    found: dict[str, tuple[str, str]] = {}
    for kind, meanings in data.items():
        for meaning, listed in meanings.items():
            for word in listed.split(separator):
                plain = word.strip()
                if plain in found and found[plain] != (kind, meaning):
                    raise ValueError(
                        f"{language}.toml: {plain!r} is {found[plain]} and {kind, meaning}"
                    )
                if plain:
                    found[plain] = (kind, meaning)
    return found


def cut(text: str, names: Mapping[str, str]) -> list[Token]:
    """The tokens of an edit. ``names`` gives the meaning (a person) of the words of this film.

    What no table knows becomes ``unknown`` tokens; a text between quotation marks, or after a colon
    that follows a verb which takes one, becomes a ``quote``.
    """
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        token = _next(text, at, names, tokens)
        if token.kind == "unknown" and tokens and tokens[-1].kind == "unknown":
            last = tokens[-1]
            if last.end == token.start and _is_cjk(text[at]):
                token = Token("unknown", "", text[last.start : token.end], last.start, token.end)
                tokens.pop()
        tokens.append(token)
        at = token.end
    return [token for token in tokens if token.kind != "blank"]


def _next(text: str, at: int, names: Mapping[str, str], before: list[Token]) -> Token:
    character = text[at]
    if character in _QUOTES and not _is_apostrophe(text, at):
        end = text.find(_QUOTES[character], at + 1, at + _LONGEST + 2)
        if end > at + 1:
            return Token("quote", text[at + 1 : end], text[at : end + 1], at, end + 1)
    if character in ":：":
        rest = text[at + 1 :].strip()
        takes = any(token.kind == "op" and token.value in _TAKES_TEXT for token in before)
        if rest and rest[0] not in _QUOTES and takes:
            return Token("quote", rest, rest, at, len(text))
        return Token("blank", "", character, at, at + 1)
    if character.isspace() or character in _STOPS or character in "‘’“”'\"-—·":
        kind = "stop" if character in _STOPS else "blank"
        return Token(kind, "", character, at, at + 1)
    if character.isdigit() and character.isascii():
        return _figures(text, at)
    if _is_cjk(character):
        return _chinese(text, at, names)
    return _english(text, at, names)


def _is_cjk(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def _is_apostrophe(text: str, at: int) -> bool:
    """Whether a mark stands within or right after a word, as in don't and Qing's."""
    return text[at] in "'’‘" and at > 0 and text[at - 1].isascii() and text[at - 1].isalnum()


def _figures(text: str, at: int) -> Token:
    end = at
    while end < len(text) and (text[end].isdigit() or (text[end] == "." and _digit(text, end + 1))):
        end += 1
    value = text[at:end]
    if text[end : end + 2].lower() in ("st", "nd", "rd", "th"):
        return Token("number", value, text[at : end + 2], at, end + 2)
    if text[end : end + 1].lower() == "s" and not text[end + 1 : end + 2].isalpha():
        return Token("number", value, value, at, end)
    return Token("number", value, value, at, end)


def _digit(text: str, at: int) -> bool:
    return at < len(text) and text[at].isdigit()


def _chinese(text: str, at: int, names: Mapping[str, str]) -> Token:
    table = words()
    longest = max(table.longest_chinese, max(map(len, names), default=0))
    for length in range(min(longest, len(text) - at), 0, -1):
        word = text[at : at + length]
        if word in names:
            return Token("person", names[word], word, at, at + length)
        if word in table.chinese:
            kind, value = table.chinese[word]
            return Token(kind, value, word, at, at + length)
    return _chinese_number(text, at)


def _chinese_number(text: str, at: int) -> Token:
    end, total, last = at, 0, 0
    while end < len(text) and (text[end] in _ZH_DIGITS or text[end] == "十"):
        if text[end] == "十":
            total, last = (last or 1) * 10, 0
        else:
            last = _ZH_DIGITS[text[end]]
        end += 1
    if end > at:
        return Token("number", str(total + last), text[at:end], at, end)
    return Token("unknown", "", text[at], at, at + 1)


def _word_ends(text: str, at: int) -> list[int]:
    """Where the words from ``at`` on end, as many as the longest entry has. 's ends one."""
    ends: list[int] = []
    end = at
    while end < len(text) and len(ends) <= words().longest_english:
        while end < len(text) and _in_word(text, end):
            end += 1
        ends.append(end)
        if end < len(text) and text[end] in " -" and _in_word(text, end + 1):
            end += 1
        elif text[end : end + 2].lower() in ("'s", "’s"):
            break
        else:
            break
    return ends


def _in_word(text: str, at: int) -> bool:
    if at >= len(text):
        return False
    character = text[at]
    if character in "'’":
        after = text[at + 1 : at + 2]
        is_possessive = after.lower() == "s" and not text[at + 2 : at + 3].isalpha()
        return after.isalpha() and at > 0 and text[at - 1].isalpha() and not is_possessive
    return character.isalpha() and not _is_cjk(character)


def _english(text: str, at: int, names: Mapping[str, str]) -> Token:
    table = words().english
    ends = _word_ends(text, at)
    if ends[0] == at:
        return Token("blank", "", text[at], at, at + 1)
    for end in reversed(ends):
        typed = text[at:end]
        if typed in names or typed.casefold() in names:
            value = names.get(typed) or names[typed.casefold()]
            return Token("person", value, typed, at, end)
        plain = typed.casefold().replace("’", "'")
        for form in (plain, plain.replace("-", " "), *_lemmas(plain)):
            if form in table:
                kind, value = table[form]
                return Token(kind, value, typed, at, end)
    return Token("unknown", "", text[at : ends[0]], at, ends[0])


def _lemmas(word: str) -> list[str]:
    """Plainer forms of a word or of a phrase's first: kneels, kneeling, stopped, walks away."""
    first, blank, rest = word.partition(" ")
    if blank:
        return [f"{form} {rest}" for form in _lemmas(first)]
    if len(word) < 4:
        return []
    found = []
    if word.endswith("s") and not word.endswith("ss"):
        found.append(word[:-1])
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            found += [stem, stem + "e"]
            if stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return found
