"""English clauses: where a sentence is cut, and what is said in quotation marks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from generation.story.facts.en_events.participants import Participants
from generation.story.facts.en_events.words import CONJUNCTIONS, MARKS
from generation.story.facts.types import Span


class Clauses(Participants):
    """Gives each event of a sentence the words of its clause."""

    def _quotes(self) -> None:
        reader = self.reader
        start, end = self.words[self.begin].start, self.words[self.end - 1].end
        at = start
        while (
            opening := min(
                (p for p in (reader.text.find(q, at, end) for q in '“"') if p >= 0), default=-1
            )
        ) >= 0:
            closing = min(
                (p for p in (reader.text.find(q, opening + 1) for q in '”"') if p > 0), default=-1
            )
            if closing < 0:
                return
            said = reader.text[opening + 1 : closing]
            spoken = [event for event in self.found if event.act == "point"] or self.found[-1:]
            if spoken and len(said.split()) > 1:
                spoken[-1].quoted = spoken[-1].quoted or said
            at = closing + 1
            if at >= end:
                return

    def _finish(self) -> None:
        cuts = self._cuts()
        for event, index in zip(self.found, self.indexes, strict=True):
            piece = bisect_right(cuts, index)
            first, last = cuts[piece - 1], cuts[piece]
            event.span = self._trim(first, last)
            words = [self.reader.low(at) for at in range(first, last)]
            if first > self.begin:
                words.append(self.reader.low(first - 1))
            said = " ".join(words)
            event.turn = any(self._says(said, word) for word in self.reader.lex.words_of("turns"))
            event.outcome = any(
                self._says(said, word) for word in self.reader.lex.words_of("outcomes")
            )
        self.reader.events += self.found
        if self.main is not None:
            self.reader.carried = self.main

    @staticmethod
    def _says(said: str, word: str) -> bool:
        return f" {word} " in f" {said} "

    def _cuts(self) -> list[int]:
        """Where clauses begin: at marks and conjunctions that have a verb on either side."""
        cuts = [self.begin]
        for at in range(self.begin + 1, self.end):
            low = self.reader.low(at)
            if low not in CONJUNCTIONS and self.words[at].text not in MARKS:
                continue
            begin = at + (self.words[at].text in MARKS)
            inside = bisect_left(self.indexes, cuts[-1]) < bisect_left(self.indexes, at)
            ahead = bool(self.indexes) and self.indexes[-1] >= begin
            if inside and ahead and (begin > at or self._verb_soon(at)):
                cuts.append(begin)
        return [*cuts, self.end]

    def _verb_soon(self, at: int) -> bool:
        """Whether a verb comes before the next mark."""
        for index in range(at + 1, min(at + 40, self.end)):
            if index in self.reader.used:
                return True
            if self.words[index].text in MARKS or self.reader.low(index) in ("and", "or"):
                return False
        return False

    def _trim(self, first: int, last: int) -> Span:
        while (
            last > first + 1
            and not self.words[last - 1].is_word
            and self.words[last - 1].text not in '”")'
        ):
            last -= 1
        return Span(self.words[first].start, self.words[last - 1].end)
