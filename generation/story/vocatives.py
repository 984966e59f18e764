"""Calling the other by name: a line that could be said to anybody becomes one said to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from generation.story import books
from generation.story.books import Exchange, Phrase
from generation.story.types import Outline, ScriptLine

# Operators in which people do not know each other's names yet.
STRANGERS = frozenset({"hook", "setup", "meeting", "aside", "plant", "laugh"})
_MAX_WORDINGS = 24  # a line that can be said in more ways needs no name
_MAX_CHARACTERS = {"zh": 24, "en": 76}
_NOT_BEFORE = re.compile(r"^(?:[…—“]|[好不没是对嗯谁哎哦啊那可但所]|列位|看官)")
_ZH_LAST_MARK = re.compile(r"(?<=[\u4e00-\u9fff])[。？！]$")
_LAST_MARK = re.compile(r"(?<=[a-z])([.?!])$")


def addressed(
    exchange: Exchange, lines: Sequence[tuple[ScriptLine, bool]], outline: Outline
) -> list[tuple[ScriptLine, bool]]:
    """The lines of an exchange, those that could be said to anybody with the other's name in them,
    but never two in a row. Which come first is the seed's.
    """
    language = outline.language
    names = {person.id: person.name for person in outline.people}
    said = [phrase for phrase in exchange if phrase.text[language]]
    if len({phrase.part for phrase in said} - {"N"}) < 2:
        return list(lines)
    able = [
        at
        for at, phrase in enumerate(said)
        if phrase.part != "N"
        and "{" not in phrase.text[language]
        and books.variants(phrase.text[language]) <= _MAX_WORDINGS
        and _callable(lines[at][0].text, language)
    ]
    found = list(lines)
    start = books.spread(able, f"call {said[0].text[language]}", outline.seed) if able else 0
    named: set[int] = set()
    for at in sorted(able, key=lambda at: (at < start, at)):
        other = _other(said[at].part, [phrase.part for phrase in said[:at]], said)
        if {at - 1, at + 1} & named or other not in names:
            continue
        named.add(at)
        line, mark = found[at]
        found[at] = (replace(line, text=_called(line.text, names[other], language)), mark)
    return found


def _other(part: str, before: Sequence[str], said: Sequence[Phrase]) -> str:
    """Whom somebody speaks to: who spoke last, else who answers, else whoever leads."""
    later = [phrase.part for phrase in said]
    for other in (*reversed(before), *later):
        if other not in (part, "N"):
            return other
    return "B" if part == "A" else "A"


def _callable(text: str, language: str) -> bool:
    if len(text) > _MAX_CHARACTERS[language]:
        return False
    if language == "zh":
        return _NOT_BEFORE.match(text) is None or _ZH_LAST_MARK.search(text) is not None
    return _LAST_MARK.search(text) is not None


def _called(text: str, name: str, language: str) -> str:
    """The line with the name before it, or where that is not how one speaks, after it."""
    if language == "en":
        return f"{text[:-1]}, {name}{text[-1]}"
    if _NOT_BEFORE.match(text):
        return f"{text[:-1]}，{name}{text[-1]}"
    return f"{name}，{text}"
