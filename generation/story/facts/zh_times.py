"""Times and tones that a Chinese word says."""

from __future__ import annotations

from generation.story.facts.lexicon import Lexicon
from generation.story.facts.segmenting import Token
from generation.story.facts.types import Span, TimeFact, ToneFact

_ASKED = (
    "故事",
    "剧",
    "片",
    "风格",
    "结局",
    "基调",
    "氛围",
    "题材",
    "类型",
    "语气",
    "色彩",
    "一点",
    "一些",
    "风",
    "调子",
)
_CLEAR = ("武侠", "悬疑", "科幻", "喜剧", "言情", "玄幻", "仙侠", "奇幻", "童话")


def time_of(token: Token, lex: Lexicon) -> TimeFact | None:
    """The time of day, weather, season or era of a word; None when it says none."""
    word = token.text
    hour, weather, era = lex.hours.get(word), lex.weathers.get(word), lex.eras.get(word)
    unknown = hour is None and weather is None and len(word) > 1
    if unknown and word[-1] == "夜" and token.tag in ("t", "n", "x"):
        hour = "night"
    temporal = token.tag == "t" and len(word) > 1 and word[-1] in "春夏秋冬夜晨晚昏节朝代"
    if hour or weather or era or word in lex.seasons or temporal:
        return TimeFact(word, Span(token.start, token.end), hour, weather, era)
    return None


def tone_of(token: Token, said: str, lex: Lexicon) -> ToneFact | None:
    """The mood or genre that a word of the clause ``said`` asks for; None when it asks for none."""
    word = token.text
    genre = lex.genres.get(word)
    meaning = genre if genre is not None else lex.moods.get(word)
    if meaning is None:
        return None
    clear = word.endswith(("剧", "片", "故事", "题材")) or word in _CLEAR
    if clear or any(mark in said for mark in _ASKED) or len(said) <= len(word) + 2:
        span = Span(token.start, token.end)
        return ToneFact("genre" if genre is not None else "mood", word, meaning, span)
    return None
