"""Finds entries of the never list that are written character by character.

A text is looked at without what stands between its characters, and what is found counts only where
the likeliest reading of the whole takes it for a word (``moderation.text.words``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from moderation.text.chinese_view import ChineseView, GapKind, Unit, chinese_views, has_ideograph
from moderation.text.folding import Folded, fold
from moderation.text.never_entries import How, NeverEntry, NeverHit
from moderation.text.never_patterns import PatternIndex, compile_pattern
from moderation.text.normalise import syllable
from moderation.text.pinyin import pinyin_of
from moderation.text.quotations import Quotations
from moderation.text.words import Token, WordList, is_disguise

# −ln of the probability that a word of the list is given among all words: that of a word met some
# 3,000 times in the 60 million of jieba's corpus; each character beyond two costs more. Chosen by
# hand, so that ordinary words across its edge win.
_COST, _COST_MORE = 9.9, 1.5
_MIN_SOUND = 3  # characters from which sound alone can tell a word

Span = tuple[int, int]


class ChineseMatcher:
    """Finds the entries that it is made of."""

    def __init__(
        self,
        entries: Iterable[NeverEntry],
        classes: Mapping[str, Sequence[str]],
        words: WordList,
    ) -> None:
        self._words = words
        self._exact: dict[str, list[tuple[str, NeverEntry]]] = defaultdict(list)
        self._whole: dict[str, NeverEntry] = {}
        self._sounds: dict[tuple[str, ...], list[tuple[str, NeverEntry]]] = defaultdict(list)
        self._by_sound: list[tuple[str, NeverEntry]] = []
        self._patterns = PatternIndex()
        self._exceptions: dict[tuple[str, ...], tuple[str, ...]] = {}
        for entry in entries:
            self._add(entry, classes)

    def _add(self, entry: NeverEntry, classes: Mapping[str, Sequence[str]]) -> None:
        if entry.exceptions not in self._exceptions:
            self._exceptions[entry.exceptions] = tuple(map(_compact, entry.exceptions))
        if entry.form == "pattern":
            self._patterns.add(compile_pattern(entry, classes))
            return
        phrase = _compact(entry.phrase)
        if entry.form == "whole":
            self._whole[phrase] = entry
            return
        self._exact[phrase[:2]].append((phrase, entry))
        if entry.form == "sound" and len(phrase) >= _MIN_SOUND:
            sound = tuple(map(syllable, phrase))
            self._sounds[sound[:_MIN_SOUND]].append((phrase, entry))
            self._by_sound.append((phrase, entry))

    def find(self, folded: Folded) -> Iterator[NeverHit]:
        """Hits in a folded text, in no order; one may come twice."""
        quotations = Quotations(folded.text)
        for view in chinese_views(folded.text):
            whole = self._whole.get(view.text)
            if whole is not None:
                yield _hit(whole, folded, view, (0, len(view.text)), "written")
            reading = _Reading(view, self._words)
            for entry, span, how in (
                *self._written(reading),
                *self._sounding(reading),
                *self._mixed(reading),
                *self._patterned(reading),
            ):
                inside = view.places[span[0]], view.places[span[1] - 1] + 1
                if not (entry.quotable and quotations.covers(*inside)):
                    yield _hit(entry, folded, view, span, how)

    def _is_excepted(self, entry: NeverEntry, text: str, span: Span, partly: bool = False) -> bool:
        """Whether an exception covers the span; ``partly``: or a part of it."""
        start, end = span
        for exception in self._exceptions[entry.exceptions]:
            place = text.find(exception)
            while place >= 0:
                if (
                    place < end and start < place + len(exception)
                    if partly
                    else place <= start and end <= place + len(exception)
                ):
                    return True
                place = text.find(exception, place + 1)
        return False

    def _written(self, reading: _Reading) -> list[tuple[NeverEntry, Span, How]]:
        text, view = reading.view.text, reading.view
        found: list[tuple[NeverEntry, Span, How]] = []
        for start in range(len(text)):
            for key in (text[start : start + 2], text[start]):
                for phrase, entry in self._exact.get(key, ()):
                    if not text.startswith(phrase, start):
                        continue
                    span = start, start + len(phrase)
                    if view.holds_together(*span) and not self._is_excepted(entry, text, span):
                        found.append((entry, span, view.how(*span)))
        if not found:
            return []
        costs = {span: _COST + _COST_MORE * (span[1] - span[0] - 2) for _, span, _ in found}
        read = {(token.start, token.end) for token in reading.with_words(costs)}
        return [
            (entry, span, how)
            for entry, span, how in found
            if any(start <= span[0] and span[1] <= end for start, end in read & costs.keys())
            and not reading.is_crossed(span[0], costs)
        ]

    def _sounding(self, reading: _Reading) -> Iterator[tuple[NeverEntry, Span, How]]:
        units = reading.view.units
        sounds = [unit.sound for unit in units]
        for at in range(len(units) - _MIN_SOUND + 1):
            for phrase, entry in self._sounds.get(tuple(sounds[at : at + _MIN_SOUND]), ()):
                window = units[at : at + len(phrase)]
                if [unit.sound for unit in window] != [syllable(c) for c in phrase]:
                    continue
                span = window[0].start, window[-1].end
                unlike = {
                    place
                    for unit, c in zip(window, phrase, strict=True)
                    if unit.text != c
                    for place in range(unit.start, unit.end)
                }
                if (
                    unlike
                    and reading.view.holds_together(*span)
                    and not self._is_excepted(entry, reading.view.text, span)
                    and reading.is_disguise(span, unlike)
                ):
                    yield entry, span, "sound"

    def _mixed(self, reading: _Reading) -> Iterator[tuple[NeverEntry, Span, How]]:
        """Words written partly in pinyin or its first letters (操ni妈, 操n妈)."""
        view = reading.view
        if not view.has_latin or not any(map(has_ideograph, view.text)):
            return
        for phrase, entry in self._by_sound:
            for at in range(len(view.units) - len(phrase) + 1):
                window = view.units[at : at + len(phrase)]
                if not all(_reads(unit, c) for unit, c in zip(window, phrase, strict=True)):
                    continue
                span = window[0].start, window[-1].end
                if {unit.text == c for unit, c in zip(window, phrase, strict=True)} == {
                    True,
                    False,
                } and view.holds_together(*span):
                    yield entry, span, "sound"

    def _patterned(self, reading: _Reading) -> Iterator[tuple[NeverEntry, Span, How]]:
        text, places = reading.view.sentences
        present = set(text)
        for pattern in self._patterns.candidates(present):
            for match in pattern.regex.finditer(text):
                literal = [
                    (places[match.start(group)], places[match.end(group) - 1] + 1)
                    for group in range(1, pattern.regex.groups + 1)
                    if match.start(group) >= 0 and match.end(group) > match.start(group)
                ]
                if not literal:
                    continue
                span = min(start for start, _ in literal), max(end for _, end in literal)
                if reading.keeps_words(literal) and not self._is_excepted(
                    pattern.entry, reading.view.text, span, partly=True
                ):
                    yield pattern.entry, span, "pattern"
                    break


class _Reading:
    """A view, and how it reads as ordinary language; worked out when asked."""

    def __init__(self, view: ChineseView, words: WordList) -> None:
        self.view, self._words = view, words

    @cached_property
    def _breaks(self) -> list[bool]:
        return [gap >= GapKind.SPACE for gap in self.view.gaps]

    @cached_property
    def _tokens(self) -> list[Token]:
        return self._words.read(self.view.text, self._breaks)

    def with_words(self, costs: Mapping[Span, float]) -> list[Token]:
        """The likeliest reading when the spans are words too."""
        return self._words.read(self.view.text, self._breaks, costs)

    def is_crossed(self, place: int, words: Mapping[Span, float]) -> bool:
        """Whether an ordinary word, other than those of ``words``, goes over a place."""
        return any(
            token.start < place < token.end and (token.start, token.end) not in words
            for token in self._tokens
        )

    def keeps_words(self, spans: Sequence[Span]) -> bool:
        """Whether no ordinary word is cut at the edge of a span, but for one that lies within
        the spans together.
        """
        covered = {place for start, end in spans for place in range(start, end)}
        edges = {edge for span in spans for edge in span}
        return not any(
            token.length > 1
            and any(token.start < edge < token.end for edge in edges)
            and not covered.issuperset(range(token.start, token.end))
            for token in self._tokens
        )

    def is_disguise(self, span: Span, unlike: set[int]) -> bool:
        """Whether a span that only sounds like a word reads as nothing ordinary."""
        return is_disguise(self._words, self.view.text, self._tokens, span, unlike)


def _reads(unit: Unit, character: str) -> bool:
    """Whether a unit is the character, its pinyin, or the first letter of that."""
    if unit.text == character:
        return True
    if not unit.text.isascii():
        return False
    return unit.sound == syllable(character) or unit.text == pinyin_of(character)[0][0]


def _compact(phrase: str) -> str:
    return "".join(filter(str.isalnum, fold(phrase).text))


def _hit(entry: NeverEntry, folded: Folded, view: ChineseView, span: Span, how: How) -> NeverHit:
    start, end = folded.span(view.places[span[0]], view.places[span[1] - 1] + 1)
    return NeverHit(entry, start, end, how)
