"""What kind of material a maker gives: an idea to be told, prose to be narrated, a screenplay to be
filmed as it stands, a few words to invent from.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Literal, get_args

from generation.story.facts.reading import MAX_TEXT_CHARACTERS, check_text, language_of
from generation.story.prompt_book import read_prompt_book
from generation.story.types import Language

Kind = Literal["idea", "prose", "screenplay", "words"]
KINDS: tuple[Kind, ...] = get_args(Kind)

__all__ = ["KINDS", "MAX_TEXT_CHARACTERS", "Kind", "Material", "detect_kind", "make_material"]

_PROSE_CHARACTERS, _PROSE_WORDS = 360, 170  # longer than this, it is a tale
_TALE_CHARACTERS, _TALE_WORDS = 160, 80  # with paragraphs or speech, from here on
_HEADINGS = (
    "INT.",
    "EXT.",
    "EST.",
    "INT ",
    "EXT ",
    "INT/EXT",
    "I/E",
    "内景",
    "外景",
    "场景：",
    "场景:",
)
_FOUNTAIN_KEYS = ("title:", "credit:", "author:", "draft date:", "fade in:")
_MAX_CUE = 14  # characters of a name before its colon
_NO_CUE = frozenset(
    [
        "题目",
        "标题",
        "类型",
        "题材",
        "风格",
        "时长",
        "主题",
        "梗概",
        "简介",
        "故事",
        "要求",
        "时间",
        "地点",
        "人物",
        "主角",
        "备注",
        "结局",
        "背景",
        "设定",
        "注意",
        "提示",
        "title",
        "genre",
        "style",
        "logline",
        "theme",
        "tone",
        "setting",
        "characters",
        "note",
        "notes",
        "idea",
        "synopsis",
    ]
)


@dataclass(frozen=True)
class Material:
    """A maker's text and how it is to be taken. ``language`` is the text's own."""

    kind: Kind
    text: str
    language: Language


def make_material(text: str, kind: Kind | None = None) -> Material:
    """``text`` as material. ``kind`` None: told by ``detect_kind``.

    Raises ``UnsuitableIdea`` (``too_long``, ``no_words``).
    """
    check_text(text)
    return Material(kind or detect_kind(text), text, language_of(text))


def detect_kind(text: str) -> Kind:
    """The kind that the form of ``text`` speaks for, without the marks of a writing room; a maker
    may say another. Never "words": that nothing is told in a text shows in its facts only.
    """
    text = read_prompt_book(text).text
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if _is_screenplay(lines):
        return "screenplay"
    chinese = language_of(text) == "zh"
    size = sum(not char.isspace() for char in text) if chinese else len(text.split())
    if size > (_PROSE_CHARACTERS if chinese else _PROSE_WORDS):
        return "prose"
    told = len(lines) >= 3 or sum(text.count(mark) for mark in '“「『"') >= 3
    tale = size > (_TALE_CHARACTERS if chinese else _TALE_WORDS)
    return "prose" if tale and told else "idea"


def _is_screenplay(lines: list[str]) -> bool:
    headings = sum(map(_is_heading, lines))
    acts = sum(line[0] in "△▲" for line in lines)
    cues = sum(map(_is_cue, lines))
    fountain = sum(
        _is_fountain_cue(line) and not _is_heading(following)
        for line, following in itertools.pairwise(lines)
    )
    if headings and (headings + acts + cues + fountain >= 2 or len(lines) >= 2):
        return True
    if lines and lines[0].lower().startswith(_FOUNTAIN_KEYS) and fountain:
        return True
    if acts and acts + cues >= 2:
        return True
    return (cues >= 2 and cues * 2 >= len(lines)) or (fountain >= 2 and fountain * 3 >= len(lines))


def _is_heading(line: str) -> bool:
    if line.upper().startswith(_HEADINGS):
        return True
    if line[0] == "第" and any(line.find(mark, 1, 7) > 0 for mark in "场幕"):
        return True
    short = line.lstrip("0123456789-.、 ")
    return (
        len(line) <= 24
        and short != line
        and any(word in short for word in ("内", "外"))
        and any(word in short for word in ("日", "夜", "晨", "昏", "傍晚"))
    )


def _is_cue(line: str) -> bool:
    """“人物：台词”, “Mira: Wait.”, with a feeling in brackets after the name."""
    at = min((at for at in (line.find("："), line.find(":")) if at > 0), default=-1)
    if at < 0 or not line[at + 1 :].strip() or line[at + 1 : at + 3] == "//":
        return False
    name = line[:at]
    for opening in "（(":
        name = name.split(opening)[0]
    name = name.strip(" *-•　")
    if not name or len(name) > _MAX_CUE or name.lower() in _NO_CUE or name[0].isdigit():
        return False
    return not any(mark in name for mark in '，。！？,.!?“”"') and len(name.split()) <= 3


def _is_fountain_cue(line: str) -> bool:
    name = line.split("(", maxsplit=1)[0].strip(" ^@")
    return (
        1 < len(name) <= 30 and name.isupper() and name.isascii() and len(name.split()) <= 4
        and name[-1] not in ".!?:,"
    )  # fmt: skip
