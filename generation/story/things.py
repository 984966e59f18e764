"""Things that a text puts into somebody's hand: those with a drawn prop, the others by name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generation.story.facts.english_words import plain_forms
from generation.story.facts.lexicon import lexicon
from generation.story.types import Language, Thing
from generation.storyboard import Prop

_MEASURES = "把张封只块枚部本束盒杯瓶支根条台份朵颗袋包双串盏幅面副袭罐碗盘顶卷"
_ZH_HELD = re.compile(
    rf"(?:[一这那两三几半]|手里的|手中的|捡到|拿出|掏出|递过)(?:[{_MEASURES}])([\u4e00-\u9fff]{{1,5}})"
)
_ZH_NOUN_ENDS = r"[的了在向给走进来去就是和与从被把对上下里中站坐放到不没又也递交送拿扔丢说，。]"
_EN_HELD = re.compile(
    r"\b(?:holds?|holding|takes?|carries|carrying|hands?|gives?|with|finds?|found|picks? up|pulls?"
    r" out|opens?|drops?|grabs?|puts? down|lifts?)\s+(?:\w+\s+)?(?:a|an|the|his|her|their|my)\s+"
    r"([a-z]+(?:\s[a-z]+)?)\b"
)
_EN_NOT_THINGS = frozenset(
    ["door", "hand", "hands", "head", "eyes", "moment", "look", "step", "breath", "seat", "way"]
)
_MAX_THINGS = 8


def things_in(text: str, language: Language, names: Sequence[str] = ()) -> tuple[Thing, ...]:
    """The things that ``text`` names, in order, at most eight; ``names`` are people, not things."""
    found: dict[str, Prop | None] = {}
    if language == "zh":
        for match in _ZH_HELD.finditer(text):
            noun = re.split(_ZH_NOUN_ENDS, match.group(1))[0]
            if noun and noun not in names:
                found.setdefault(noun, None)
        _add_props(text, language, found)
    else:
        for match in _EN_HELD.finditer(text):
            words = [word for word in match.group(1).split() if word not in _EN_NOT_THINGS]
            if words and words[0] == match.group(1).split()[0]:
                found.setdefault(words[0], None)
        _add_props(text, language, found)
    return tuple(Thing(name, prop) for name, prop in found.items() if len(name) > 0)[:_MAX_THINGS]


def prop_of(name: str, language: Language) -> Prop | None:
    """The drawn prop for a thing's name, when there is one that fits it."""
    table = lexicon(language).things
    if language == "zh":
        return table.get(name)
    return next((prop for form in plain_forms(name.lower()) if (prop := table.get(form))), None)


def _add_props(text: str, language: Language, found: dict[str, Prop | None]) -> None:
    """The longest word of each drawn prop that is in ``text``."""
    plain = language == "zh"
    longest: dict[Prop, str] = {}
    for word, prop in lexicon(language).things.items():
        if prop is None or (plain and len(word) < 2) or len(word) <= len(longest.get(prop, "")):
            continue
        if word in text if plain else re.search(rf"\b{word}\b", text, re.IGNORECASE):
            longest[prop] = word
    found.update({word: prop for prop, word in longest.items()})
