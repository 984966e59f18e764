"""Words for figures, hours, weathers and numbers in both languages. Genres themselves are data:
``books/genres``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from generation.storyboard import Figure, Hour, Prop, Robe, Weather

Gender = Literal["f", "m"]

GENDER: Mapping[Figure, Gender] = {
    "lady": "f", "maid": "f", "crone": "f", "ghost": "f", "fox": "f",
    "scholar": "m", "general": "m", "official": "m", "elder": "m", "monk": "m", "child": "m",
    "girl": "f", "beast": "m", "dragon": "m", "robot": "m",
}  # fmt: skip

ROBES: Mapping[Figure, tuple[Robe, ...]] = {
    "lady": ("crimson", "jade", "plum"), "maid": ("jade", "ochre", "indigo"),
    "scholar": ("indigo", "jade", "ivory"),
    "general": ("ink", "crimson", "indigo"), "official": ("plum", "crimson", "ink"),
    "elder": ("ochre", "ink", "indigo"),
    "crone": ("plum", "ink", "ochre"), "monk": ("ochre", "ink", "ivory"),
    "child": ("crimson", "jade", "ochre"),
    "ghost": ("ivory", "crimson", "plum"), "fox": ("crimson", "ochre", "ivory"),
    "girl": ("crimson", "jade", "ochre"), "beast": ("ochre", "ivory", "ink"),
    "dragon": ("jade", "indigo", "crimson"), "robot": ("ink", "ivory", "indigo"),
}  # fmt: skip


PROPS: Mapping[str, Mapping[Prop, str]] = {
    "zh": {
        "umbrella": "油纸伞", "lantern": "灯笼", "letter": "旧信", "sword": "剑", "jade": "玉佩",
        "fan": "折扇",
        "cup": "酒杯", "mirror": "铜镜", "flute": "竹笛",
    },
    "en": {
        "umbrella": "paper umbrella", "lantern": "lantern", "letter": "letter", "sword": "sword",
        "jade": "jade pendant", "fan": "folding fan", "cup": "wine cup", "mirror": "bronze mirror",
        "flute": "flute",
    },
}  # fmt: skip

HOURS: Mapping[str, Mapping[Hour, str]] = {
    "zh": {"dawn": "天快亮时", "day": "大白天", "dusk": "黄昏时", "night": "夜里"},
    "en": {"dawn": "at dawn", "day": "in broad daylight", "dusk": "at dusk", "night": "at night"},
}

# Weather: "in it, …" and "a day of it".
WEATHERS: Mapping[str, Mapping[Weather, tuple[str, str]]] = {
    "zh": {
        "clear": ("月色里，", "晴天"), "mist": ("大雾里，", "雾天"), "rain": ("雨里，", "雨天"),
        "snow": ("雪地里，", "雪天"), "petals": ("落花里，", "落花天"),
        "wind": ("风里，", "大风天"),
    },
    "en": {
        "clear": ("under a clear sky", ""), "mist": ("in the mist", ""),
        "rain": ("in the rain", ""),
        "snow": ("in the falling snow", ""), "petals": ("among falling petals", ""),
        "wind": ("in the wind", ""),
    },
}  # fmt: skip


_ZH_NUMBERS = "零一两三四五六七八九十"
_EN_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def years_in_words(years: int, language: str) -> str:
    """``years`` as 三年 or "three years"; ``language`` is "zh" or "en"."""
    if language == "zh":
        if years <= 10:
            return f"{_ZH_NUMBERS[years]}年"
        tens, ones = divmod(years, 10)
        lead = "" if tens == 1 else "一二三四五六七八九"[tens - 1]
        return f"{lead}十{'一二三四五六七八九'[ones - 1] if ones else ''}年"
    if years == 1:
        return "one year"
    return f"{_EN_NUMBERS[years]} years" if years <= 10 else f"{years} years"
