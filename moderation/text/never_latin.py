"""Finds entries of the never list that are written in words with spaces between: English, pinyin,
other languages.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from moderation.text.folding import Folded, fold
from moderation.text.latin_view import LatinView, latin_views, run_lengths, squeeze
from moderation.text.never_entries import How, NeverEntry, NeverHit
from moderation.text.never_patterns import PatternIndex, compile_pattern
from moderation.text.quotations import Quotations

Span = tuple[int, int]
# A word this short is taken as it is: with letters repeated, too much looks like it.
_MIN_REPEATED = 3
_MIN_MASKED = 4  # letters of a word that may be recognised behind asterisks
_MAX_JOINED = 4  # words that pinyin may be torn into


class LatinMatcher:
    """Finds the entries that it is made of."""

    def __init__(self, entries: Iterable[NeverEntry], classes: Mapping[str, Sequence[str]]) -> None:
        self._whole: dict[str, NeverEntry] = {}
        self._words: dict[str, list[tuple[str, NeverEntry]]] = defaultdict(list)
        self._stems: dict[str, list[tuple[str, NeverEntry]]] = defaultdict(list)
        self._phrases: dict[str, list[tuple[tuple[str, ...], NeverEntry]]] = defaultdict(list)
        self._torn: dict[str, NeverEntry] = {}
        self._masked: dict[str, list[tuple[str, NeverEntry]]] = defaultdict(list)
        self._patterns = PatternIndex()
        self._exceptions: dict[tuple[str, ...], list[re.Pattern[str]]] = {}
        for entry in entries:
            self._add(entry, classes)

    def _add(self, entry: NeverEntry, classes: Mapping[str, Sequence[str]]) -> None:
        if entry.exceptions not in self._exceptions:
            # An exception begins with a word, and ends with one unless it is for a stem.
            end = "" if entry.form == "stem" else r"(?![a-z0-9])"
            self._exceptions[entry.exceptions] = [
                re.compile(rf"(?<![a-z0-9]){re.escape(fold(phrase).text)}{end}")
                for phrase in entry.exceptions
            ]
        phrase = fold(entry.phrase).text
        if entry.form == "pattern":
            self._patterns.add(compile_pattern(entry, classes))
        elif entry.form == "whole":
            self._whole[phrase] = entry
        elif " " in phrase:
            words = tuple(phrase.split())
            self._phrases[words[0]].append((words, entry))
        else:
            table = self._stems if entry.form == "stem" else self._words
            table[squeeze(phrase)].append((phrase, entry))
            if entry.language == "zh" or (entry.language == "any" and len(phrase) > 5):
                self._torn[phrase] = entry
            if len(phrase) >= _MIN_MASKED:
                self._masked[phrase[0]].append((phrase, entry))

    def find(self, folded: Folded) -> Iterator[NeverHit]:
        """Hits in a folded text, in no order; one may come twice."""
        views = list(latin_views(folded.text))
        if not views:
            return
        quotations = Quotations(folded.text)
        entry = self._whole.get(views[0].sentence.strip())
        if entry is not None and not views[0].beside_ideographs:
            yield _hit(entry, folded, (views[0].starts[0], views[0].ends[-1]), "written")
        for view in views:
            how: How = "disguised" if view.altered else "written"
            for entry, span in (*self._single(view), *self._several(view)):
                if self._may_count(entry, folded, quotations, span):
                    yield _hit(entry, folded, span, how)
            for entry, span in self._patterned(view):
                if self._may_count(entry, folded, quotations, span):
                    yield _hit(entry, folded, span, "pattern")
        for word, span in views[0].masked_words:
            for entry in self._behind_mask(word):
                yield _hit(entry, folded, span, "disguised")

    def _may_count(
        self, entry: NeverEntry, folded: Folded, quotations: Quotations, span: Span
    ) -> bool:
        if entry.quotable and quotations.covers(*span):
            return False
        start, end = span
        for exception in self._exceptions[entry.exceptions]:
            for found in exception.finditer(folded.text):
                # A pattern is wide: an exception inside or over its edge counts as well.
                overlaps = found.start() < end and start < found.end()
                covers = found.start() <= start and end <= found.end()
                if covers or (entry.form == "pattern" and overlaps):
                    return False
        return True

    def _single(self, view: LatinView) -> Iterator[tuple[NeverEntry, Span]]:
        for index, word in enumerate(view.words):
            span = view.starts[index], view.ends[index]
            squeezed = squeeze(word)
            for phrase, entry in self._words.get(squeezed, ()):
                if _is_word(word, phrase):
                    yield entry, span
            for size in range(_MIN_REPEATED, len(squeezed) + 1):
                for phrase, entry in self._stems.get(squeezed[:size], ()):
                    if _begins_with(word, phrase):
                        yield entry, span

    def _several(self, view: LatinView) -> Iterator[tuple[NeverEntry, Span]]:
        words = view.words
        for index, word in enumerate(words):
            for phrase, entry in self._phrases.get(word, ()):
                if words[index : index + len(phrase)] == phrase:
                    yield entry, (view.starts[index], view.ends[index + len(phrase) - 1])
            joined = word
            for last in range(index + 1, min(index + _MAX_JOINED, len(words))):
                joined += words[last]
                entry_ = self._torn.get(joined)
                if entry_ is not None:
                    yield entry_, (view.starts[index], view.ends[last])

    def _patterned(self, view: LatinView) -> Iterator[tuple[NeverEntry, Span]]:
        present = set(view.words)
        for pattern in self._patterns.candidates(present):
            match = pattern.regex.search(view.sentence)
            if match is not None:
                first = view.sentence.count(" ", 0, match.start())
                last = view.sentence.count(" ", 0, match.end()) - 1
                spans = view.word_spans
                yield pattern.entry, (spans[first][0], spans[max(first, last)][1])

    def _behind_mask(self, word: str) -> Iterator[NeverEntry]:
        """Entries that a word with signs for letters can be: as long (a stem: or shorter, with a
        sign within it), with the same first letter, and every letter that is shown in its place.
        """
        for phrase, entry in self._masked.get(word[0], ()):
            size = len(phrase)
            fits = len(word) == size or (entry.form == "stem" and "*" in word[:size])
            if (
                fits
                and len(word) >= size
                and all(
                    shown in ("*", letter)
                    for shown, letter in zip(word[:size], phrase, strict=True)
                )
            ):
                yield entry


def _is_word(word: str, phrase: str) -> bool:
    if len(phrase) < _MIN_REPEATED:
        return word == phrase
    return all(
        there >= asked for there, asked in zip(run_lengths(word), run_lengths(phrase), strict=True)
    )


def _begins_with(word: str, stem: str) -> bool:
    return all(
        there >= asked for there, asked in zip(run_lengths(word), run_lengths(stem), strict=False)
    )


def _hit(entry: NeverEntry, folded: Folded, span: Span, how: How) -> NeverHit:
    start, end = folded.span(*span)
    return NeverHit(entry, start, end, how)
