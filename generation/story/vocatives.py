"""Calling the other by name: a line that could be said to anybody becomes one said to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from generation.story import books
from generation.story.books import Exchange
from generation.story.types import Outline, ScriptLine

# Operators in which people do not know each other's names yet.
STRANGERS = frozenset({"hook", "setup", "meeting", "aside", "plant", "laugh"})
_MAX_WORDINGS = 24  # a line that can be said in more ways needs no name
_MAX_CHARACTERS = {"zh": 15, "en": 48}
_NOT_BEFORE = re.compile(r"^(?:[…—“]|[好不没是对嗯谁哎哦啊那可但所]|列位|看官)")
_LAST_MARK = re.compile(r"(?<=[a-z])([.?!])$")


def addressed(
    exchange: Exchange, lines: Sequence[tuple[ScriptLine, bool]], outline: Outline
) -> list[tuple[ScriptLine, bool]]:
    """The lines of an exchange between two, one of them with the other's name in it. Which one is
    the seed's; lines that speak of somebody by name already stay as they are.
    """
    language = outline.language
    names = {person.id: person.name for person in outline.people}
    said = [phrase for phrase in exchange if phrase.text[language]]
    parts = {phrase.part for phrase in said if phrase.part != "N"}
    if len(parts) != 2 or any("{C" in phrase.text[language] for phrase in said):
        return list(lines)
    able = [
        at
        for at, phrase in enumerate(said)
        if phrase.part != "N"
        and "{" not in phrase.text[language]
        and books.variants(phrase.text[language]) <= _MAX_WORDINGS
        and _callable(lines[at][0].text, language)
    ]
    if not able:
        return list(lines)
    found = list(lines)
    at = books.spread(able, f"call {said[0].text[language]}", outline.seed)
    line, mark = found[at]
    other = next(names[part] for part in sorted(parts) if part != said[at].part)
    text = (
        f"{other}，{line.text}" if language == "zh"
        else _LAST_MARK.sub(lambda match: f", {other}{match[0]}", line.text)
    )  # fmt: skip
    found[at] = (replace(line, text=text), mark)
    return found


def _callable(text: str, language: str) -> bool:
    if len(text) > _MAX_CHARACTERS[language]:
        return False
    if language == "zh":
        return _NOT_BEFORE.match(text) is None
    return _LAST_MARK.search(text) is not None
