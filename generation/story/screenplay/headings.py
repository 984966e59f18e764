"""What a scene's heading says: the place by name, its hour and weather."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generation.story.scenery import Scenery, scenery_of
from generation.story.types import Language

_FOUNTAIN_LEAD = re.compile(r"^(?:INT\.?/EXT|EXT\.?/INT|INT|EXT|EST|I/E)[. ]+\s*", re.IGNORECASE)
_ZH_LEAD = re.compile(
    r"^[【\[（(#＃*\s]*(?:第\s*[0-9０-９一二三四五六七八九十百零〇两]+\s*[场場幕]|场景\s*[0-9一二三四五六七八九十]*"
    r"|[Ss]cene\s*\d+|[0-9０-９一二三四五六七八九十]+\s*[-–—－]\s*[0-9０-９一二三四五六七八九十]+"
    r"|[0-9０-９]+\s*[.、．])[\s：:.、．·，,—-]*"
)
_SEPARATORS = re.compile(r"[\s·，,、：:／/．.—–\-|()（）【】\[\]#]+")
_INSIDE = frozenset(["内", "外", "内外", "内景", "外景", "室内", "室外", "INT", "EXT", "景"])
_TIMES = frozenset(
    [
        "日",
        "夜",
        "晨",
        "昏",
        "清晨",
        "黄昏",
        "傍晚",
        "白天",
        "夜晚",
        "深夜",
        "早晨",
        "上午",
        "下午",
        "中午",
        "凌晨",
        "晚",
        "早",
        "黎明",
        "午后",
        "日景",
        "夜景",
        "半夜",
        "正午",
        "晚上",
        "早上",
        "雨夜",
        "雪夜",
        "午夜",
        "日出",
        "日落",
    ]
)
_GLUED = re.compile(r"^(内景|外景|内|外)(?=[^\s]{2,})|(?<=[^\s]{2})(内景|外景)$")
_EN_TIME = re.compile(
    r"\s*[-–—,]\s*(?:(?:EARLY|LATE|NEXT|THE NEXT)\s+)?(?:DAY|NIGHT|DAWN|DUSK|MORNING|EVENING|"
    r"AFTERNOON|NOON|MIDNIGHT|SUNSET|SUNRISE|CONTINUOUS|LATER|MOMENTS LATER|SAME|SAME TIME)\b.*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Heading:
    """A heading in its parts. ``name`` is the place as written, "" when it names none."""

    name: str
    scenery: Scenery


def read_heading(heading: str, language: Language) -> Heading:
    """The place, hour and weather of a heading in any of the notations."""
    rest = _ZH_LEAD.sub("", _FOUNTAIN_LEAD.sub("", heading.strip()))
    rest = _FOUNTAIN_LEAD.sub("", rest)
    name = _EN_TIME.sub("", rest).strip(" .-–—") if rest.isascii() else _chinese_name(rest)
    return Heading(name, scenery_of(name, heading, language))


def _chinese_name(rest: str) -> str:
    parts = []
    for part in _SEPARATORS.split(rest):
        if not part or part in _INSIDE or part in _TIMES:
            continue
        parts.append(_GLUED.sub("", part))
    return " ".join(parts)
