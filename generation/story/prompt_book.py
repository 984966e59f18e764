"""Text from a writing room: a tale, a screenplay or an idea among marks of its own.

Marks are blanked out and never cut, so that every place in what is left is that place in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generation.story import books
from generation.story.types import Genre

_HEADING = re.compile(r"^[ \t]*(#{1,6})[ \t]+(?=\S)")
_BULLET = re.compile(r"^[ \t]*(?:[-*•·][ \t]+|\d{1,2}[.、）)][ \t]*)(?=\S)")
_REMARK = re.compile(r"^[ \t]*(?://|<!--|%%|TODO\b|待办[：:])")
_SCENE = re.compile(r"^(?:第.{1,5}[场幕]|INT|EXT|EST|I/E|内景|外景|\d+[-.、 ])", re.IGNORECASE)
_LABEL = re.compile(
    r"^[ \t]*(片名|剧名|标题|题目|类型|题材|一句话|一句话梗概|梗概|简介|故事|主题|"
    r"title|genre|logline|synopsis|story|idea|theme)[ \t]*[：:][ \t]*",
    re.IGNORECASE,
)
_TITLES = frozenset({"片名", "剧名", "标题", "题目", "title"})
_GENRES = frozenset({"类型", "题材", "genre"})


@dataclass(frozen=True)
class PromptBook:
    """What a text says, as long as the text. ``title`` and ``genre`` are those that it names."""

    text: str
    title: str = ""
    genre: Genre | None = None


def read_prompt_book(text: str) -> PromptBook:
    """A text without headings' marks, bullets, labels and remarks to each other (``// …``).

    A text without any such mark comes back as it is; so does Fountain with a title page.
    """
    lines = text.splitlines(keepends=True)
    marked = any(pattern.match(line) for line in lines for pattern in (_HEADING, _REMARK))
    labelled = [match[1].lower() for line in lines if (match := _LABEL.match(line))]
    fountain = bool(lines) and lines[0].lower().startswith("title:") and not marked
    bullets = sum(bool(_BULLET.match(line)) for line in lines)
    if fountain or not (marked or labelled or bullets >= 2):
        return PromptBook(text)
    title, genre = "", None
    found: list[str] = []
    for line in lines:
        kept, name, value = _read_line(line)
        if name in _TITLES or (name == "#" and not title and not _any_said(found)):
            title = title or value
        elif name in _GENRES:
            genre = genre or _genre_of(value)
        elif name == "#":
            pass  # a heading within the book: "Act two" is for its writers
        else:
            found.append(kept)
            continue
        found.append(_blank(line))
    said = "".join(found)
    return PromptBook(said, title[:80], genre) if _any_said(found) else PromptBook(text)


def _any_said(lines: list[str]) -> bool:
    return any(character.isalnum() for line in lines for character in line)


def _read_line(line: str) -> tuple[str, str, str]:
    """A line without its marks, the name of its label (``#`` for a heading) and what it labels."""
    if _REMARK.match(line):
        return _blank(line), "", ""
    heading = _HEADING.match(line)
    if heading:
        words = line[heading.end() :].strip()
        if _SCENE.match(words):
            return _blank(line[: heading.end()]) + line[heading.end() :], "", ""
        return _blank(line), "#", words
    bullet = _BULLET.match(line)
    start = bullet.end() if bullet and not _SCENE.match(line.strip()) else 0
    line = _blank(line[:start]) + line[start:]
    label = _LABEL.match(line)
    if label:
        value = line[label.end() :]
        return _blank(line[: label.end()]) + value, label[1].lower(), value.strip()
    return line, "", ""


def _blank(text: str) -> str:
    return "".join(character if character in "\r\n" else " " for character in text)


def _genre_of(value: str) -> Genre | None:
    said = value.lower()
    for genre in books.GENRES.values():
        names = (*genre.name.values(), *(word for words in genre.words.values() for word in words))
        if any(name.lower() in said for name in names if len(name) > 1):
            return genre.id
    return None
