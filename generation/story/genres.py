"""What each genre takes for granted: who, where, when, and what to call things in both
languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from generation.story.types import Genre
from generation.storyboard import Figure, Hour, Location, Prop, Robe, Weather

Gender = Literal["f", "m"]


@dataclass(frozen=True)
class GenreDefaults:
    """The defaults of a genre; the seed chooses among them when the idea does not."""

    figures: tuple[tuple[Figure, Figure, Figure], ...]  # A, B, C
    places: tuple[Location, ...]
    hours: tuple[Hour, ...]
    weathers: tuple[Weather, ...]
    props: tuple[Prop, ...]


GENRE_DEFAULTS: Mapping[Genre, GenreDefaults] = {
    "ghost": GenreDefaults(
        (("scholar", "ghost", "monk"), ("scholar", "lady", "crone"), ("scholar", "ghost", "elder")),
        ("lakeside", "bridge", "pavilion", "graveyard", "temple", "forest"), ("night", "dusk"),
        ("rain", "mist", "clear"), ("umbrella", "lantern", "mirror", "jade"),
    ),
    "romance": GenreDefaults(
        (("scholar", "lady", "maid"), ("lady", "scholar", "maid"), ("general", "lady", "official")),
        ("lakeside", "pavilion", "bridge", "courtyard"), ("dusk", "day", "dawn"),
        ("petals", "clear", "rain"), ("fan", "letter", "umbrella", "flute"),
    ),
    "revenge": GenreDefaults(
        (("lady", "general", "official"), ("general", "maid", "official"),
         ("scholar", "elder", "official")),
        ("gate", "courtyard", "mountain", "forest", "bridge"), ("night", "dusk"),
        ("snow", "wind", "rain"), ("sword", "jade", "letter"),
    ),
    "palace": GenreDefaults(
        (("lady", "maid", "official"), ("lady", "maid", "crone")),
        ("courtyard", "gate", "pavilion", "study"), ("night", "dusk", "dawn"),
        ("snow", "clear", "rain"), ("cup", "jade", "letter", "mirror"),
    ),
    "wuxia": GenreDefaults(
        (("general", "scholar", "monk"), ("lady", "general", "elder"), ("general", "lady", "monk")),
        ("mountain", "forest", "bridge", "temple", "street"), ("dusk", "dawn", "night"),
        ("wind", "snow", "mist", "rain"), ("sword", "cup", "flute"),
    ),
    "mystery": GenreDefaults(
        (("official", "scholar", "elder"), ("lady", "scholar", "official"),
         ("official", "maid", "crone")),
        ("study", "temple", "courtyard", "gate", "street"), ("night", "dusk", "dawn"),
        ("rain", "mist", "wind"), ("letter", "mirror", "jade", "cup"),
    ),
    "family": GenreDefaults(
        (("scholar", "elder", "crone"), ("lady", "crone", "maid"), ("scholar", "crone", "elder")),
        ("gate", "courtyard", "street", "river", "bridge"), ("dusk", "dawn", "day"),
        ("snow", "rain", "clear"), ("jade", "letter", "cup", "lantern"),
    ),
    "comedy": GenreDefaults(
        (("scholar", "monk", "elder"), ("lady", "scholar", "crone"), ("scholar", "lady", "elder")),
        ("street", "courtyard", "gate", "temple"), ("day", "dawn"),
        ("clear", "petals", "wind"), ("fan", "cup", "jade"),
    ),
    "fable": GenreDefaults(
        (("scholar", "fox", "crone"), ("child", "fox", "elder"), ("lady", "fox", "elder")),
        ("forest", "mountain", "river", "temple", "lakeside"), ("night", "dusk", "dawn"),
        ("snow", "mist", "petals"), ("lantern", "mirror", "flute"),
    ),
}  # fmt: skip

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

NAMES: Mapping[str, Mapping[Figure, tuple[str, ...]]] = {
    "zh": {
        "lady": ("沈月", "青棠", "晚晴", "苏娘", "婉如", "云裳"),
        "maid": ("小莲", "春杏", "阿阮", "秋雁"),
        "scholar": ("李生", "陆昭", "沈砚", "裴生", "温书"),
        "general": ("顾长风", "秦川", "霍铮", "萧野"),
        "official": ("严大人", "赵崇", "魏相", "高望"), "elder": ("福伯", "老秦", "陈伯", "周老"),
        "crone": ("孟婆婆", "阿婆", "吴妈", "花婆"), "monk": ("了空", "一苇", "玄真", "苦竹"),
        "child": ("豆子", "阿宝", "小满"), "ghost": ("素衣", "画娘", "阿水", "白露"),
        "fox": ("阿紫", "红绡", "雪狸"), "girl": ("小满", "囡囡", "豆豆"),
        "beast": ("阿黄", "小灰"), "dragon": ("敖广", "小白龙"), "robot": ("铁生", "零号"),
    },
    "en": {
        "lady": ("Lan", "Mei", "Ruo", "Yun", "Wan"), "maid": ("Lotus", "Apricot", "Sparrow"),
        "scholar": ("Lin", "Shen", "Bo", "Wen"), "general": ("Feng", "Han", "Kang", "Lei"),
        "official": ("Lord Yan", "Minister Gao", "Lord Wei"),
        "elder": ("Old Fang", "Uncle Chen", "Old Tao"),
        "crone": ("Granny Meng", "Auntie Wu", "Old Hua"),
        "monk": ("Brother Kong", "Abbot Reed", "Master Moss"),
        "child": ("Bean", "Bao", "Little Man"), "ghost": ("Su", "Dew", "White Lin"),
        "fox": ("Vesper", "Tan", "Snow"), "girl": ("Lily", "Little Mei"),
        "beast": ("Patch", "Grey"), "dragon": ("Ao", "Long"), "robot": ("Bolt", "Zero"),
    },
}  # fmt: skip

CALLS: Mapping[str, Mapping[Figure, str]] = {
    "zh": {
        "lady": "姑娘", "maid": "姑娘", "scholar": "公子", "general": "将军", "official": "大人",
        "elder": "老人家",
        "crone": "婆婆", "monk": "师父", "child": "小友", "ghost": "姑娘", "fox": "姑娘",
        "girl": "小姑娘", "beast": "小家伙", "dragon": "龙君", "robot": "铁人",
    },
    "en": {
        "lady": "my lady", "maid": "miss", "scholar": "sir", "general": "General",
        "official": "my lord",
        "elder": "old sir", "crone": "Granny", "monk": "Master", "child": "little one",
        "ghost": "miss", "fox": "miss", "girl": "little one", "beast": "little one",
        "dragon": "my lord", "robot": "machine",
    },
}  # fmt: skip

# A location: its name, and "at it".
PLACES: Mapping[str, Mapping[Location, tuple[str, str]]] = {
    "zh": {
        "lakeside": ("湖边", "湖边"), "pavilion": ("水榭", "水榭里"),
        "courtyard": ("后院", "后院里"),
        "study": ("书房", "书房里"), "bridge": ("断桥", "断桥上"), "mountain": ("山上", "山上"),
        "temple": ("破庙", "破庙里"), "forest": ("林子", "林子里"), "street": ("长街", "长街上"),
        "graveyard": ("坟地", "坟地里"), "river": ("渡口", "渡口"), "gate": ("城门", "城门下"),
        "curtain": ("台上", "台上"),
    },
    "en": {
        "lakeside": ("the lake", "by the lake"), "pavilion": ("the pavilion", "in the pavilion"),
        "courtyard": ("the courtyard", "in the courtyard"), "study": ("the study", "in the study"),
        "bridge": ("the broken bridge", "on the broken bridge"),
        "mountain": ("the mountain", "on the mountain"),
        "temple": ("the old temple", "in the old temple"),
        "forest": ("the forest", "in the forest"),
        "street": ("the street", "in the street"),
        "graveyard": ("the graveyard", "in the graveyard"),
        "river": ("the ferry landing", "at the ferry landing"), "gate": ("the gate", "at the gate"),
        "curtain": ("the stage", "on the stage"),
    },
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

# 件 fits everything in the phrase books; these are what a storyteller would count each thing in.
MEASURES: Mapping[Prop, str] = {
    "umbrella": "把", "lantern": "盏", "letter": "封", "sword": "把", "jade": "块", "fan": "把",
    "cup": "只",
    "mirror": "面", "flute": "支",
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
