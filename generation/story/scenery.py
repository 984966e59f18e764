"""Which set stands for the words of a place, which hour and weather they name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from generation.story.facts.english_words import longest, split_words
from generation.story.facts.lexicon import lexicon
from generation.story.types import Language
from generation.storyboard import Hour, Location, Weather

# More hours than an idea names: the abbreviations of screenplays.
_HOURS: Mapping[str, Mapping[Hour, str]] = {
    "zh": {"dawn": "晨 早 清早", "dusk": "昏 晚霞", "night": "夜 晚 凌晨", "day": "日 昼 午"},
    "en": {"dawn": "dawn morning sunrise", "dusk": "dusk evening sunset", "night": "night midnight",
           "day": "day noon afternoon"},
}  # fmt: skip
# Old China has these; what is of another era than the sets gets the bare curtain and a board.
_MODERN = re.compile(
    r"地铁|超市|公司|办公|医院|学校|教室|机场|公寓|电梯|飞船|飞机|空间站|火星|月球|基地|实验室|"
    r"商场|咖啡|酒吧|餐厅|便利店|车站|火车|高铁|银行|警察局|派出所|法院|停车|工厂|网吧|电影院|"
    r"健身|写字楼|宿舍|操场|图书馆|博物馆|酒店|客厅|厨房|阳台|天台|楼道|直播|小区|工地|实验|"
    r"天文台|观测|电视台|出版社|宇宙|星球|太空|轨道|数据|机房|奶茶|加油站|高速|出租|汽车|公交|地下室|浴室|幼儿园|食堂|"
    r"大学|中学|小学|高中|养老院|急诊|病房|手术|录音棚|电台|灯塔|海边|沙滩|海底|沙漠|雪原|"
    r"observatory|subway|office|hospital|school|airport|apartment|elevator|spaceship|station|lab|cafe|café|"
    r"coffee|bar\b|restaurant|store|supermarket|kitchen|bedroom|living room|car\b|bus|train|"
    r"classroom|hotel|bank|police|court\b|factory|mars|moon base|planet|orbit|space|rooftop|"
    r"basement|garage|lighthouse|beach|desert|diner|mall|gym|museum|studio|highway|bathroom",
    re.IGNORECASE,
)


_MODERN_THINGS = re.compile(
    r"手机|电话|微信|短信|电脑|网络|视频|直播|机器人|人工智能|AI|程序|快递|外卖|相机|照片|电视|录音|"
    r"总裁|警察|律师|刑警|记者|主播|网红|司机|护士|高考|上班|下班|加班|房租|合同|"
    r"phone|email|internet|computer|robot|android|camera|photo|television|radio|app\b|software|"
    r"astronaut|detective|lawyer|nurse|police|taxi|drone|video|text message|laptop",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Scenery:
    """A set for a place in words. ``board`` is its name, where the set cannot say it; hour and
    weather are None when the words name none.
    """

    place: Location
    board: str
    hour: Hour | None = None
    weather: Weather | None = None


def scenery_of(name: str, words: str, language: Language) -> Scenery:
    """The set for the place called ``name``; hour and weather are looked for in ``words``.

    A place that has no set, or is of another era than the sets, gets the bare curtain with its name
    on a board.
    """
    place = known_place(name, language)
    return Scenery(
        place or "curtain",
        "" if place is not None or not name.strip() else name.strip(),
        hour_in(words, language),
        weather_in(words, language),
    )


def known_place(name: str, language: Language) -> Location | None:
    """The set that is drawn for a place's name, None when there is none of it."""
    if _MODERN.search(name):
        return None
    return cast(Location | None, _first(name, language, lexicon(language).places))


def is_modern(text: str) -> bool:
    """Whether the text plays in another era than the drawn sets: it names a modern place or what
    only such an era has.
    """
    return bool(_MODERN.search(text) or _MODERN_THINGS.search(text))


def hour_in(words: str, language: Language) -> Hour | None:
    """The hour that the words name, by the words of ideas and those of scene headings."""
    found = _first(words, language, lexicon(language).hours)
    if found is None:
        for hour, names in _HOURS[language].items():
            for name in names.split():
                pattern = rf"\b{name}\b" if language == "en" else rf"{name}(?:$|[\s，。,、）)/·])"
                if re.search(pattern, words, re.IGNORECASE):
                    return hour
    return cast(Hour | None, found)


def weather_in(words: str, language: Language) -> Weather | None:
    """The weather that the words name."""
    return cast(Weather | None, _first(words, language, lexicon(language).weathers))


def _first(words: str, language: Language, table: Mapping[str, str | None]) -> str | None:
    """The meaning of the longest entry of a table in ``words``."""
    if language == "zh":
        found = [entry for entry in table if entry in words]
    else:
        parts = split_words(words)
        hits = (longest(parts, at, table) for at in range(len(parts)))
        found = [hit[0] for hit in hits if hit is not None]
    return table[max(found, key=len)] if found else None
