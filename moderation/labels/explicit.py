"""The explicit label: words that a viewer sees on the first frames.

This module says what the words are, how large, where and how long. Whoever draws the frames draws
them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from moderation.labels.rules import Corner, LabelRules, Language, rules_in_force


@dataclass(frozen=True)
class ExplicitMark:
    """Words in a corner of the picture.

    ``start`` and ``end`` are seconds; ``height_px`` is the height of the *ink* of the Chinese
    characters (not of the em box: the rule does not say which it means, so the stricter reading is
    kept); ``margin_px`` is the distance of the ink from both edges of its corner.
    """

    text: str
    start: float
    end: float
    height_px: int
    corner: Corner
    margin_px: int


def explicit_mark(
    width: int,
    height: int,
    language: Language = "zh",
    *,
    seconds: float | None = None,
    rules: LabelRules | None = None,
) -> ExplicitMark:
    """The mark for a picture of ``width`` × ``height`` px, shown from frame 0.

    ``seconds`` (``mark_seconds`` of the rules when None) may be longer, never shorter than the rule
    asks. The words on the picture are the lawful Chinese ones in every language: at the lawful
    height no others fit beside them on a phone, and the page says it in the viewer's own language
    next to the player. Raises ValueError for an impossible size or time.
    """
    rules = rules or rules_in_force()
    if width < 1 or height < 1:
        raise ValueError(f"a picture of {width}×{height} px holds no mark")
    seconds = rules.mark_seconds if seconds is None else seconds
    if not math.isfinite(seconds) or seconds < rules.min_seconds:
        raise ValueError(f"the mark must stand at least {rules.min_seconds:g} s, not {seconds:g} s")
    side = min(width, height)
    return ExplicitMark(
        text=rules.mark_text[language],
        start=0.0,
        end=seconds,
        height_px=math.ceil(side * rules.mark_height_ratio),
        corner=rules.mark_corner,
        margin_px=round(side * rules.mark_margin_ratio),
    )


def is_lawful_mark_text(text: str, rules: LabelRules | None = None) -> bool:
    """Whether a text says both that it is AI and that it is generated or synthesised, in the rule's
    own words.
    """
    rules = rules or rules_in_force()
    return any(word in text for word in rules.ai_words) and any(
        word in text for word in rules.made_words
    )


def check_explicit_mark(
    mark: ExplicitMark, width: int, height: int, rules: LabelRules | None = None
) -> tuple[str, ...]:
    """What is unlawful about a mark on a picture of ``width`` × ``height`` px: codes, none when it
    is lawful.

    Codes: ``words`` (AI or 生成/合成 missing), ``late`` (not on the starting frame), ``short`` (too
    brief),
    ``small`` (too low), ``outside`` (not within the picture).
    """
    rules = rules or rules_in_force()
    side = min(width, height)
    problems = []
    if not is_lawful_mark_text(mark.text, rules):
        problems.append("words")
    if not mark.start <= 0:
        problems.append("late")
    if not mark.end - max(mark.start, 0.0) >= rules.min_seconds:
        problems.append("short")
    if mark.height_px < side * rules.min_height_ratio:
        problems.append("small")
    if mark.margin_px < 0 or mark.margin_px + mark.height_px > height:
        problems.append("outside")
    return tuple(problems)
