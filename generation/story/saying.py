"""Which exchanges may be heard in a film: not what the idea denies or the genre leaves unsaid, not
what the picture would contradict.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from generation.story import books
from generation.story.books import Exchange, Secret
from generation.story.types import Genre, Language
from generation.storyboard import Setting

# What a line speaks of, and the weathers or hours in which the picture agrees.
_SEEN: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {
    "zh": (
        ("雨(?!伞)", frozenset({"rain"})), ("雪", frozenset({"snow"})), ("雾", frozenset({"mist"})),
        ("落花|花瓣", frozenset({"petals"})), ("刮风|大风", frozenset({"wind"})),
        ("月光|月亮|星星", frozenset({"night", "dusk"})),
        ("太阳|日头|大白天", frozenset({"day", "dawn"})),
    ),
    "en": (
        (r"\brain", frozenset({"rain"})), (r"\bsnow(?!ball)", frozenset({"snow"})),
        (r"\b(?:fog|mist)", frozenset({"mist"})), (r"\b(?:blossom|petal)", frozenset({"petals"})),
        (r"\b(?:moonlight|moonlit|stars)\b", frozenset({"night", "dusk"})),
        (r"\b(?:sunlight|noon)\b", frozenset({"day", "dawn"})),
    ),
}  # fmt: skip


def words_kept_out(genre: Genre, without: Iterable[str], language: Language) -> frozenset[str]:
    """The words that a film of a genre does not say, with what the idea denies."""
    return frozenset(books.GENRES[genre].unsaid[language]) | books.denied_words(without)


def is_usable(secret: Secret, language: Language, unsaid: frozenset[str]) -> bool:
    """Whether a secret can be told without the words of ``unsaid``."""
    shown = [text[language] for text in (*secret.titles, *secret.options, *secret.nexts)]
    shown += [text[language] for text in (secret.logline, secret.question) if text]
    if _says(" ".join(shown), unsaid):
        return False
    return all(exchanges_of(secret, name, language, unsaid) for name in secret.exchanges)


def exchanges_of(
    secret: Secret, section: str, language: Language, unsaid: frozenset[str]
) -> Sequence[Exchange]:
    """The exchanges of a secret's section that hold none of the words of ``unsaid``."""
    return [it for it in secret.exchanges[section] if may_be_said(it, language, unsaid)]


def may_be_said(exchange: Exchange, language: Language, unsaid: frozenset[str]) -> bool:
    """Whether an exchange holds none of the words of ``unsaid``."""
    return not _says(" ".join(phrase.text[language] for phrase in exchange), unsaid)


def agrees(exchange: Exchange, language: Language, setting: Setting) -> bool:
    """Whether nothing is said of weather and hour that the picture contradicts."""
    said = " ".join(phrase.text[language] for phrase in exchange)
    return all(
        setting.weather in seen or setting.hour in seen
        for pattern, seen in _SEEN[language]
        if re.search(pattern, said, re.IGNORECASE)
    )


def _says(text: str, unsaid: frozenset[str]) -> bool:
    pattern = _pattern(unsaid)
    return pattern is not None and bool(pattern.search(text))


@lru_cache(maxsize=64)
def _pattern(unsaid: frozenset[str]) -> re.Pattern[str] | None:
    """English words by their beginning, Chinese ones anywhere. The words are the books' own."""
    parts = [rf"\b{re.escape(it)}" if it.isascii() else re.escape(it) for it in sorted(unsaid)]
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None
