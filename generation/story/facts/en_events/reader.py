"""What happens in an English text: who does what to whom, clause by clause."""

from __future__ import annotations

from generation.story.facts.en_events.clauses import Clauses
from generation.story.facts.en_events.state import EventsState
from generation.story.facts.en_events.words import AUX, BE, CONJUNCTIONS, PREPOSITIONS, SAYING
from generation.story.facts.en_people import DETERMINERS, POSSESSIVES
from generation.story.facts.english_words import longest, plain_forms
from generation.story.facts.happenings import Happening
from generation.story.facts.lexicon import grammar
from generation.story.facts.types import Span

_NOT = grammar("en", "not")
_STOPS = frozenset(".!?;\n…")
_RECIPROCAL = grammar("en", "reciprocal")


class EnglishEvents(EventsState):
    """Reads the events of one text, sentence by sentence."""

    def read(self) -> None:
        """Fill ``events``."""
        begin = 0
        for at in range(len(self.words) + 1):
            ends = at == len(self.words) or self.words[at].text in _STOPS
            newline = (
                0 < at < len(self.words)
                and "\n\n" in self.text[self.words[at - 1].end : self.words[at].start]
            )
            if ends or newline:
                if at > begin:
                    _SentenceReader(self, begin, at).read()
                begin = at if newline else at + 1


class _SentenceReader(Clauses):
    """One sentence, from left to right."""

    def read(self) -> None:
        at = self.begin
        quoted = False
        while at < self.end:
            low = self.words[at].low
            if low in ("“", "”", '"'):
                quoted = not quoted if low == '"' else low == "“"
                at += 1
                continue
            if quoted or at in self.people.hidden:
                at += 1
                continue
            mention = self.people.at_word.get(at)
            if mention is not None:
                self._mention(mention, at)
                at = self._after(mention, at)
                continue
            if at in self.people.used:
                at += 1
                continue
            at = self._word(at)
        self._quotes()
        self._finish()

    def _word(self, at: int) -> int:
        low = self.reader.low(at)
        if low in _NOT:
            self.denied = True
        if low in (",", ";", ":", "—", "–", "where") or low in CONJUNCTIONS or low[0].isdigit():
            self.preposition = ""
        if low in (",", ";", ":", "—", "–") and self.relative:
            self.relative, self.subject = False, self.resumed
        if low in ("who", "that", "which") and self._relative(at):
            return at + 1
        if low in BE and self._copula(at):
            return at + 1
        found = longest(self.words, at, self.reader.lex.acts)
        if found and self._is_verb(at, found[1]):
            self._verb(at, *found)
            return found[1]
        if low in PREPOSITIONS:
            self.preposition = low
        elif low in ("and", "or"):
            pass
        elif low not in DETERMINERS and self.words[at].is_word and low not in AUX and low not in BE:
            before = self.reader.low(at - 1)
            noun = (
                any(form in self.reader.lex.things or form in self.reader.lex.places
                    for form in plain_forms(low))
                or before in DETERMINERS or before in POSSESSIVES or before == "'s"
            )  # fmt: skip
            if noun and not self.preposition:
                self.thing = True
            if self.reader.low(at + 1) in BE | AUX or low in self.reader.lex.things:
                self.preposition = ""
        return at + 1

    def _verb(self, at: int, entry: str, stop: int) -> None:
        word = self.words[at]
        said = self.reader.text[word.start : self.words[stop - 1].end]
        act = None if self.denied else self.reader.lex.acts[entry]
        event = Happening(Span(word.start, self.words[stop - 1].end), word.start, said, act)
        event.denied = self.denied
        before = self._before(at)
        participle = not word.low.endswith("ing") and word.low != entry.split(maxsplit=1)[0]
        passive = (
            participle
            and not word.low.endswith("s")
            and (before in BE or before in ("be", "been", "being"))
        )
        reduced = participle and self.thing and not passive and self._reduced(at)
        if passive:
            event.passive, event.patient = True, self.subject or self.reader.carried
            self.by = event
        elif reduced or (self.thing and self._finite_of_thing(at)):
            event.agent = None
            event.passive = reduced
            self.by = event if reduced else None
        else:
            event.agent = self.subject or self.main or self._carried(at)
            inverted = self.people.at_word.get(stop)
            if word.low in SAYING and inverted is not None and self._mention_before(at) is None:
                event.agent = inverted.person or event.agent
            watched = word.low.endswith("ing") and self._mention_before(at) is not None
            if self.pivot is not None and (before == "to" or watched):
                event.agent = self.pivot
            elif self._mention_before(at) is None and before not in ("who", "that", "which", "to"):
                event.agent = event.agent or self.pivot
            if entry in _RECIPROCAL and self.also is not None:
                event.patient = self.also
        if event.agent is not None and self.main is None:
            self.main = event.agent
        self.found.append(event)
        self.indexes.append(at)
        self.reader.used.update(range(at, stop))
        self.denied, self.thing, self.preposition = False, False, ""
        if before != "to":
            self.pivot = None
