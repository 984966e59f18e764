"""What never appears in a remark before a person has read it: the list, and what was found.

The list is data with a version (``data/never.toml``, whose head describes the forms). An operator
passes further entries, or another file of the same form.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from moderation.text.folding import Folded, fold
from moderation.text.never_chinese import ChineseMatcher
from moderation.text.never_entries import NeverEntry, NeverHit, NeverListError
from moderation.text.never_latin import LatinMatcher
from moderation.text.pinyin import pinyin_of
from moderation.text.words import WordList, shipped_words

SHIPPED_NEVER_LIST = Path(__file__).with_name("data") / "never.toml"


class NeverList:
    """Finds entries in texts. Making one compiles it; keep it."""

    def __init__(
        self,
        entries: Iterable[NeverEntry],
        version: str,
        classes: Mapping[str, Sequence[str]] | None = None,
        words: WordList | None = None,
    ) -> None:
        """``classes``: what ``@name`` in a pattern stands for. ``words``: the Chinese words that
        tell ordinary language (the shipped ones when None). Raises NeverListError.
        """
        self.entries, self.version = tuple(entries), version
        self.classes = dict(classes or {})
        self._words = words or shipped_words()
        chinese = [entry for entry in self.entries if entry.is_chinese]
        self._chinese = ChineseMatcher(chinese, self.classes, self._words)
        others = [entry for entry in self.entries if not entry.is_chinese]
        self._latin = LatinMatcher([*others, *_in_pinyin(chinese)], self.classes)

    @classmethod
    def from_toml(cls, text: str, words: WordList | None = None) -> NeverList:
        """Read a list in the shipped one's form. Raises NeverListError."""
        try:
            table = tomllib.loads(text)
            entries = [entry for group in table["group"] for entry in _entries_of(group)]
            classes = {
                str(name): [str(member) for member in members]
                for name, members in table.get("classes", {}).items()
            }
            return cls(entries, str(table["version"]), classes, words)
        except NeverListError:
            raise
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise NeverListError(f"not a list of what never appears: {error!r}") from error

    def with_entries(self, entries: Iterable[NeverEntry], version: str) -> NeverList:
        """This list with further entries, as an operator adds them, under a version of its own.

        Raises NeverListError.
        """
        return NeverList((*self.entries, *entries), version, self.classes, self._words)

    def find(self, text: str | Folded, day: date | None = None) -> tuple[NeverHit, ...]:
        """Hits of the entries in force on ``day`` (today when None), by place; the longer first.

        Takes a raw text, or one that ``fold`` has folded.
        """
        folded = fold(text) if isinstance(text, str) else text
        day = day or date.today()
        hits = {
            hit
            for hit in (*self._chinese.find(folded), *self._latin.find(folded))
            if hit.entry.is_in_force(day)
        }
        return tuple(sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.entry.phrase)))


@cache
def shipped_never_list() -> NeverList:
    """The list that comes with the engine, in Chinese and English."""
    return NeverList.from_toml(SHIPPED_NEVER_LIST.read_text("utf-8"))


def _entries_of(group: Mapping[str, Any]) -> list[NeverEntry]:
    entry = NeverEntry(
        phrase="x",
        category=str(group["category"]),
        language=str(group["language"]),
        form=group["form"],
        exceptions=tuple(map(str, group.get("except", ()))),
        quotable=bool(group.get("quotable", False)),
        note=str(group.get("note", "")),
        effective=_day(group.get("effective")),
        until=_day(group.get("until")),
    )
    return [replace(entry, phrase=str(phrase)) for phrase in group["phrases"]]


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _in_pinyin(entries: Iterable[NeverEntry]) -> list[NeverEntry]:
    """The entries that count by sound, in pinyin written together and apart."""
    found = []
    for entry in entries:
        if entry.form == "sound" and (syllables := pinyin_of(entry.phrase)):
            for phrase in ("".join(syllables), " ".join(syllables)):
                found.append(replace(entry, phrase=phrase, form="word", language="any"))
    return found
