"""Ways to look at a folded text character by character, without what stands in between."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache, cached_property
from pathlib import Path

from moderation.text.never_entries import How
from moderation.text.normalise import HAN, emoji_meanings, syllable
from moderation.text.pinyin import merged, split_syllables

_SPLIT_CHARACTERS = Path(__file__).with_name("data") / "split_characters.json"
_SENTENCE_MARKS = frozenset(",.。!?;:、\n\u2026")
_LETTERS = re.compile(r"[a-z]+")
_REPEATED = 3  # times a character stands in a row from which it counts once


class GapKind(IntEnum):
    """What stood between a character and the one before."""

    NONE = 0
    SIGN = 1  # emoji, brackets, hyphens: nothing that language needs there
    SPACE = 2
    SENTENCE = 3  # punctuation that ends a clause, or a new line


@dataclass(frozen=True)
class Unit:
    """A character, or the Latin letters that stand for one: ``text[start:end]`` of the view."""

    text: str
    start: int
    end: int
    sound: str


@dataclass(frozen=True)
class ChineseView:
    """Letters and digits of a folded text. ``places``: where each stands in it; ``gaps``: what
    stood before each. ``altered``: characters were replaced by what they stand for.
    """

    text: str
    places: tuple[int, ...]
    gaps: tuple[GapKind, ...]
    altered: bool = False

    @property
    def has_latin(self) -> bool:
        """Whether Latin letters stand in the text."""
        return _LETTERS.search(self.text) is not None

    @cached_property
    def units(self) -> list[Unit]:
        """Characters with their sounds; runs of Latin letters as pinyin syllables."""
        found: list[Unit] = []
        place = 0
        while place < len(self.text):
            letters = _LETTERS.match(self.text, place)
            syllables = split_syllables(letters[0]) if letters else ()
            if not syllables:
                character = self.text[place]
                found.append(Unit(character, place, place + 1, syllable(character)))
                place += 1
            for pinyin in syllables:
                found.append(Unit(pinyin, place, place + len(pinyin), merged(pinyin)))
                place += len(pinyin)
        return found

    @cached_property
    def sentences(self) -> tuple[str, tuple[int, ...]]:
        """The text with ``\\n`` where a clause ended, and the place in the view of each character
        of that (of ``\\n``: of the one after).
        """
        pieces: list[str] = []
        places: list[int] = []
        for place, (character, gap) in enumerate(zip(self.text, self.gaps, strict=True)):
            if gap == GapKind.SENTENCE and place:
                pieces.append("\n")
                places.append(place)
            pieces.append(character)
            places.append(place)
        return "".join(pieces), tuple(places)

    def holds_together(self, start: int, end: int) -> bool:
        """Whether ``text[start:end]`` can be one word: where clauses or words were put apart
        inside it, it begins or ends a piece (傻、逼 does, in 真傻，逼他 it does not); and it cuts
        no Latin word.
        """
        if self._cuts_latin(start) or self._cuts_latin(end):
            return False
        if max(self.gaps[start + 1 : end], default=GapKind.NONE) < GapKind.SPACE:
            return True
        return (
            start == 0
            or self.gaps[start] >= GapKind.SPACE
            or end == len(self.text)
            or self.gaps[end] >= GapKind.SPACE
        )

    def how(self, start: int, end: int) -> How:
        """Whether ``text[start:end]`` was written so, or disguised."""
        if self.altered or max(self.gaps[start + 1 : end], default=GapKind.NONE):
            return "disguised"
        return "written"

    def _cuts_latin(self, place: int) -> bool:
        if not 0 < place < len(self.text) or self.gaps[place]:
            return False
        return all(_is_latin(letter) for letter in self.text[place - 1 : place + 1])


def chinese_views(text: str) -> Iterator[ChineseView]:
    """The views of a folded text that holds ideographs: as it is; with emoji that stand for
    characters; without repetition; with split characters joined. Only those that differ.
    """
    if text.isascii():
        if compact := _view(text, {}):
            yield replace(compact, altered=False)
        return
    emoji = {sign: meant for sign, meant in emoji_meanings() if sign in text}
    for view in (_view(text, {}), _view(text, emoji) if emoji else None):
        if view is None:
            continue
        yield view
        for other in (_once(view), _joined(view)):
            if other is not None:
                yield other


def _view(text: str, emoji: dict[str, str]) -> ChineseView | None:
    characters: list[str] = []
    places: list[int] = []
    gaps: list[GapKind] = []
    gap = GapKind.NONE
    for place, character in enumerate(text):
        meant = emoji.get(character)
        if meant is not None:
            character = meant  # noqa: PLW2901 what the sign is read as
        elif not character.isalnum():
            kind = GapKind.SIGN
            if character in _SENTENCE_MARKS:
                kind = GapKind.SENTENCE
            elif character.isspace():
                kind = GapKind.SPACE
            gap = max(gap, kind)
            continue
        for folded in character:
            characters.append(folded)
            places.append(place)
            gaps.append(gap)
            gap = GapKind.NONE
    if not characters:
        return None
    return ChineseView("".join(characters), tuple(places), tuple(gaps), altered=bool(emoji))


def _once(view: ChineseView) -> ChineseView | None:
    """The view with each character once that stands three times or more in a row."""
    kept: list[int] = []
    for run in re.finditer(r"(.)\1*", view.text):
        size = run.end() - run.start()
        kept.extend(range(run.start(), run.start() + (1 if size >= _REPEATED else size)))
    if len(kept) == len(view.text):
        return None
    return ChineseView(
        "".join(view.text[place] for place in kept),
        tuple(view.places[place] for place in kept),
        tuple(view.gaps[place] for place in kept),
        altered=True,
    )


def _joined(view: ChineseView) -> ChineseView | None:
    """The view with characters that were split into two written as one (女马 → 妈)."""
    table = _split_characters()
    characters: list[str] = []
    kept: list[int] = []
    place = 0
    while place < len(view.text):
        whole = table.get(view.text[place : place + 2])
        characters.append(whole or view.text[place])
        kept.append(place)
        place += 2 if whole else 1
    if len(kept) == len(view.text):
        return None
    return ChineseView(
        "".join(characters),
        tuple(view.places[place] for place in kept),
        tuple(view.gaps[place] for place in kept),
        altered=True,
    )


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


@cache
def _split_characters() -> dict[str, str]:
    table: dict[str, str] = json.loads(_SPLIT_CHARACTERS.read_text("utf-8"))["whole"]
    return table


def has_ideograph(character: str) -> bool:
    """Whether a character is a Chinese one."""
    return HAN.match(character) is not None
