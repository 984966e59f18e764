"""Denials and numbers: “no ghosts”, “three hundred years”."""

from __future__ import annotations

from generation.story.facts.en_scene.state import SceneState
from generation.story.facts.english_words import longest
from generation.story.facts.lexicon import grammar
from generation.story.facts.numbers import english_number, is_unit, year_time
from generation.story.facts.types import NegationFact, NumberFact, Span

_BREAKS = frozenset(".!?;,:\n()—–")
_DENIAL_FILLERS = grammar("en", "denial_fillers")
_NOT_DENIED = grammar("en", "not_denied")
_DENIED_VERBS = grammar("en", "denied_verbs")


class DenialsAndNumbers(SceneState):
    """Reads what must not be in the film, and what is counted."""

    def read_denials(self) -> None:
        """“No romance, no ghosts.”, “without any violence”, “nobody dies”."""
        at = 0
        while at < len(self.words):
            low = self.words[at].low
            opens = at == 0 or self.words[at - 1].text in _BREAKS or self.words[at - 1].low in (
                "and", "but", "with", "please", "is", "are", "there", "contains", "has", "or",
            )  # fmt: skip
            if low in ("no", "without", "avoid", "skip", "not") and (
                opens or low in ("no", "without", "avoid")
            ):
                at = self._denial(at, opens)
            elif (
                low in ("nobody", "none")
                and self.words[at + 1 : at + 2]
                and self.words[at + 1].low in ("dies", "die", "gets", "is")
            ):
                self._deny(at, min(at + 2, len(self.words)), self.words[at + 1].low)
                at += 2
            elif low in ("don't", "do") and self._low(at + 1) in _DENIED_VERBS:
                at = self._denial(at + 1 + (self._low(at + 1) == "not"), True)
            else:
                at += 1

    def _denial(self, at: int, opens: bool) -> int:
        begin = at + 1
        while self._low(begin) in _DENIAL_FILLERS:
            begin += 1
        stop = begin
        while stop < min(at + 16, len(self.words)) and self.words[stop].text not in _BREAKS:
            stop += 1
        # Up to four words to the end of the clause deny; a longer clause tells something.
        word = self.words[at].low
        table = self.lex.words_of("negations.of_films")
        films = longest(self.words, begin, table)
        short = 0 < stop - begin <= 3 and word in ("no", "avoid", "skip", "include") and opens
        if films is None and not short:
            return at + 1
        first = begin
        while first < stop:
            if self.words[first].low in _NOT_DENIED:
                # “no blood and no magic duels”: a denial of its own
                again = self.words[first].low in ("no", "any", "without")
                short = short or (again and self._chunk_end(first + 1, stop) - first <= 4)
                first += 1
                continue
            found = longest(self.words, first, table)
            last = found[1] if found else first + 1
            if not found:
                while last < stop and self.words[last].low not in ("or", "and", "please"):
                    last += 1
            if last <= stop and self.words[first].low not in _NOT_DENIED:
                if found or short:
                    self._deny(
                        at, last, self.text[self.words[first].start : self.words[last - 1].end]
                    )
                else:
                    break
            first = last
        return max(first, at + 1)

    def _chunk_end(self, first: int, stop: int) -> int:
        """Where the words up to the next conjunction end."""
        while first < stop and self.words[first].low not in ("or", "and", "please"):
            first += 1
        return first

    def _deny(self, first: int, last: int, what: str) -> None:
        start = self.text.rfind(what, 0, self.words[last - 1].end)
        self.negations.append(NegationFact(what, Span(start, start + len(what))))
        self.hidden.update(range(first, last))

    def read_numbers(self) -> None:
        """“three hundred years”, “In 2150”, “a boy of nine”."""
        at = 0
        while at < len(self.words):
            found = english_number([word.low for word in self.words[at : at + 8]])
            if found is None or at in self.hidden:
                at += 1
                continue
            value, used = found
            last = at + used
            said = self.words[at].text
            unit = self._low(last)
            if (
                used == 1
                and len(said) == 4
                and said.isdigit()
                and 1000 <= value <= 2999
                and not is_unit(unit)
            ):
                self.times.append(year_time(said, self.span(at, last)))
                self.used.add(at)
            elif is_unit(unit):
                self.numbers.append(
                    NumberFact(
                        self.text[self.words[at].start : self.words[last].end],
                        self.span(at, last + 1),
                        value,
                        unit,
                    )
                )
                self.used.update(range(at, last + 1))
                last += 1
            elif (value >= 2 and self.words[at].is_word) or value >= 2:
                noun = (
                    unit
                    if self._low(last).isalpha()
                    and unit not in ("of", "and", "who", "to", "in", "at")
                    else ""
                )
                self.numbers.append(
                    NumberFact(
                        self.text[self.words[at].start : self.words[last - 1].end],
                        self.span(at, last),
                        value,
                        noun,
                    )
                )
            at = last
        for index, word in enumerate(self.words):
            if word.low in ("twice", "thrice"):
                self.numbers.append(
                    NumberFact(
                        word.text,
                        self.span(index, index + 1),
                        2 if word.low == "twice" else 3,
                        "times",
                    )
                )
        self.numbers.sort(key=lambda number: number.span.start)
