"""Numbers in words and figures, with what they count."""

from __future__ import annotations

from dataclasses import dataclass

from generation.story.facts.types import Era, NumberFact, Span, TimeFact

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "两": 2, "俩": 2, "仨": 3,
}  # fmt: skip
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_UNITS = [
    "个月",
    "小时",
    "分钟",
    "秒钟",
    "刻钟",
    "时辰",
    "公里",
    "光年",
    "世纪",
    "周岁",
    "星期",
    "层楼",
    "年",
    "天",
    "日",
    "月",
    "岁",
    "秒",
    "次",
    "遍",
    "封",
    "把",
    "只",
    "个",
    "位",
    "名",
    "人",
    "里",
    "层",
    "楼",
    "两",
    "文",
    "块",
    "元",
    "斤",
    "米",
    "代",
    "世",
    "场",
    "晚",
    "夜",
    "集",
    "章",
    "座",
    "间",
    "条",
    "张",
    "本",
    "幅",
    "枚",
    "盏",
    "碗",
    "杯",
    "件",
    "颗",
    "朵",
    "棵",
    "匹",
    "头",
    "句",
    "首",
    "道",
    "步",
    "箱",
    "辆",
    "艘",
    "台",
    "部",
    "根",
    "双",
    "对",
    "户",
    "家",
    "口",
    "届",
    "刀",
    "剑",
    "种",
    "样",
    "群",
    "队",
    "支",
    "份",
    "串",
    "滴",
    "扇",
    "尾",
    "周",
    "载",
    "更",
    "度",
    "寸",
    "尺",
    "丈",
    "亩",
    "号",
]
_NOT_COUNTED = {"更", "号", "世", "样", "种", "度"}
_LONGEST_NUMBER = 16


def chinese_value(words: str) -> int | None:
    """三百二十 → 320, 二〇二四 → 2024, 3万 → 30000; None when it is no number."""
    total = section = current = 0
    digits = ""
    for char in words:
        if char.isdigit() and char.isascii():
            digits += char
            current = int(digits)
        elif char in _DIGITS:
            digits += str(_DIGITS[char])
            current = int(digits)
        elif char in _SCALES:
            digits = ""
            scale = _SCALES[char]
            if scale >= 10_000:
                total += (section + current or 1) * scale
                section = 0
            else:
                section += (current or 1) * scale
            current = 0
        else:
            return None
    return total + section + current if words else None


def _year_era(year: int) -> Era:
    if year < 1912:
        return "ancient"
    return "modern" if year <= 2035 else "future"


@dataclass(frozen=True)
class Numbers:
    """Numbers and calendar years."""

    numbers: tuple[NumberFact, ...]
    years: tuple[TimeFact, ...]


def read_chinese_numbers(text: str) -> Numbers:
    """All counted numbers of a folded Chinese text."""
    numbers: list[NumberFact] = []
    years: list[TimeFact] = []
    at = 0
    while at < len(text):
        end = at
        while (
            end < len(text)
            and end - at < _LONGEST_NUMBER
            and (text[end] in _DIGITS or text[end] in _SCALES or ("0" <= text[end] <= "9"))
        ):
            end += 1
        if end == at:
            at += 1
            continue
        value = chinese_value(text[at:end])
        after = end + (1 if text[end : end + 1] in ("多", "余", "几") else 0)
        unit = next((unit for unit in _UNITS if text.startswith(unit, after)), "")
        said = text[at:end]
        before = text[max(0, at - 1) : at]
        year = unit == "年" and len(said) == 4 and not any(char in _SCALES for char in said)
        if value is None or before in ("第", "初", "老", "小", "星"):
            pass
        elif year:
            stop = end + 1
            years.append(TimeFact(text[at:stop], Span(at, stop), era=_year_era(value)))
        elif unit and unit not in _NOT_COUNTED and (value >= 2 or unit in ("年", "岁", "个月")):
            if not (said == "两" and unit in _DIGITS):
                numbers.append(
                    NumberFact(
                        text[at : after + len(unit)], Span(at, after + len(unit)), value, unit
                    )
                )
        elif not unit and value >= 100 and (said[-1] in _SCALES or said[-1].isdigit()):
            numbers.append(NumberFact(said, Span(at, end), value))
        at = end
    return Numbers(tuple(numbers), tuple(years))


_EN_SMALL = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {
    word: 20 + 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    )
}
_EN_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12}
_EN_UNIT = frozenset(
    [
        "year",
        "years",
        "day",
        "days",
        "night",
        "nights",
        "hour",
        "hours",
        "minute",
        "minutes",
        "second",
        "seconds",
        "month",
        "months",
        "week",
        "weeks",
        "century",
        "centuries",
        "decade",
        "decades",
        "time",
        "times",
        "mile",
        "miles",
    ]
)


def english_number(words: list[str]) -> tuple[int, int] | None:
    """The number that the words begin with, and how many of them say it; None when there is none.

    “a hundred” is 100; “a” alone is no number.
    """
    total, current, used = 0, 0, 0
    for word in words[:8]:
        parts = word.split("-")
        counted = len(words) > used + 1 and words[used + 1] in _EN_UNIT
        if word in _EN_SCALES and (current or used or counted):
            scale = _EN_SCALES[word]
            current = (current or 1) * scale
            if scale >= 1000:
                total, current = total + current, 0
        elif all(part in _EN_SMALL for part in parts):
            current += sum(_EN_SMALL[part] for part in parts)
        elif word.replace(",", "").isdigit() and word.isascii() and len(word) < 13:
            current += int(word.replace(",", ""))
        elif (word in ("a", "an") and used == 0 and len(words) > 1 and words[1] in _EN_SCALES) or (
            word == "and"
            and used
            and current >= 100
            and len(words) > used + 1
            and (words[used + 1].split("-")[0] in _EN_SMALL)
        ):
            pass
        else:
            break
        used += 1
    return (total + current, used) if used and (total or current or words[0] == "zero") else None


def is_unit(word: str) -> bool:
    """Whether a word is something that time is counted in."""
    return word in _EN_UNIT


def year_time(said: str, span: Span) -> TimeFact:
    """A calendar year as a time."""
    return TimeFact(said, span, era=_year_era(int(said[:4])))
