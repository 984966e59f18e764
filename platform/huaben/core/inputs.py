"""What may come in from outside at all: text that can be stored, and JSON of bounded depth.

Every door reads through here: bodies (``parsers``), addresses and cookies (``middleware``), page
cursors, and the frames of sockets (``frames``).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator

from .localized import LocalizedText
from .types import JsonValue

# The deepest body that the house itself asks for is an outline, seven deep.
MAX_DEPTH = 32
# What PostgreSQL's largest integer column holds.
MAX_INTEGER = 2**63 - 1
_MAX_INTEGER_DIGITS = 19
_MAX_PLACE_LENGTH = 200
# PostgreSQL stores no NUL, and half of a surrogate pair is no character.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"(\s*:)?|[\[\]{}]', re.DOTALL)

NOT_JSON = LocalizedText("不是有效的 JSON", "is not valid JSON")
TOO_DEEP = LocalizedText(
    f"嵌套太深，最多 {MAX_DEPTH} 层", f"is nested too deep; {MAX_DEPTH} levels are the most"
)
BAD_NUMBER = LocalizedText("数字超出范围", "is a number out of range")
BAD_TEXT = LocalizedText(
    "含有无法保存的字符（NUL 或半个代理对）",
    "holds a character that cannot be stored (NUL, or half of a surrogate pair)",
)
NOT_UTF8 = LocalizedText("不是 UTF-8", "is not UTF-8")


class UnreadableInput(ValueError):
    """Something that no door lets in.

    ``place`` is where it stands, as ``choices[1].text``; "" for the whole. ``words`` say what is
    wrong with it.
    """

    def __init__(self, place: str, words: LocalizedText) -> None:
        super().__init__(f"{place or 'the whole'}: {words.en}")
        self.place, self.words = place, words


def is_storable(text: str) -> bool:
    """Whether a text holds neither NUL nor half of a surrogate pair."""
    return _UNSTORABLE.search(text) is None


def load_json(data: bytes | str) -> JsonValue:
    """The value of a JSON text.

    Raises UnreadableInput for what is not JSON in UTF-8, is nested deeper than MAX_DEPTH, or holds
    a text that cannot be stored, an integer past ±MAX_INTEGER or a number that is not finite.
    """
    try:
        text = data.decode() if isinstance(data, bytes) else data
    except UnicodeDecodeError as exc:
        raise UnreadableInput("", NOT_UTF8) from exc
    _check_depth(text)
    try:
        value = json.loads(text, parse_int=_read_integer)
    except (ValueError, RecursionError) as exc:
        raise UnreadableInput("", NOT_JSON) from exc
    for place, words in _faults(value):
        raise UnreadableInput(place, words)
    return value


def _check_depth(text: str) -> None:
    """Before parsing: the parser itself calls itself once for each level."""
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return
    depth, key = 0, ""
    for token in _STRING_OR_BRACKET.finditer(text):
        mark = token[0]
        if mark in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise UnreadableInput(key, TOO_DEEP)
        elif mark in "]}":
            depth -= 1
        elif depth == 1 and token[1] is not None:
            key = _shown(mark.removesuffix(token[1])[1:-1])


def _read_integer(digits: str) -> int | float:
    """Infinity stands for a number of too many digits, so that its place can be told."""
    return int(digits) if len(digits.lstrip("-")) <= _MAX_INTEGER_DIGITS else math.inf


def _faults(value: JsonValue) -> Iterator[tuple[str, LocalizedText]]:
    waiting: list[tuple[str, JsonValue]] = [("", value)]
    while waiting:
        place, part = waiting.pop()
        if isinstance(part, str):
            if not is_storable(part):
                yield place, BAD_TEXT
        elif isinstance(part, dict):
            for name in part:
                if not is_storable(name):
                    yield _within(place, _shown(name)), BAD_TEXT
            waiting += [
                (_within(place, name), inner) for name, inner in reversed(list(part.items()))
            ]
        elif isinstance(part, list):
            waiting += [
                (f"{place}[{index}]", inner) for index, inner in reversed(list(enumerate(part)))
            ]
        elif isinstance(part, float):
            if not math.isfinite(part):
                yield place, BAD_NUMBER
        elif isinstance(part, int) and abs(part) > MAX_INTEGER:
            yield place, BAD_NUMBER


def _within(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _shown(name: str) -> str:
    """A name as an answer may hold it."""
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", name)[:_MAX_PLACE_LENGTH]
