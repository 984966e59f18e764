"""English verbs: which words say that something happens."""

from __future__ import annotations

from generation.story.facts.en_events.state import EventsState
from generation.story.facts.en_events.words import AUX, BE, PREPOSITIONS, SAYING
from generation.story.facts.en_people import DETERMINERS, POSSESSIVES
from generation.story.facts.english_words import longest, plain_forms
from generation.story.facts.happenings import Happening
from generation.story.facts.lexicon import grammar
from generation.story.facts.people import Mention, Somebody

_RARELY_VERBS = grammar("en", "rarely_verbs")
_ADVERBS = grammar("en", "verb_adverbs")
_SUBJECTS = grammar("en", "subject_words")
_OPENERS = grammar("en", "clause_openers") | frozenset(",;:—–")


class SentenceVerbs:
    """One sentence while it is read, and which of its words are verbs."""

    def __init__(self, reader: EventsState, begin: int, end: int) -> None:
        self.reader, self.begin, self.end = reader, begin, end
        self.words, self.people = reader.words, reader.people
        self.main: Somebody | None = None  # subject of the sentence
        self.subject: Somebody | None = None
        self.last_mention: Mention | None = None
        self.also: Somebody | None = None  # B of “A and B meet”
        self.preposition = ""
        self.by: Happening | None = None  # a passive that waits for its agent
        self.found: list[Happening] = []
        self.indexes: list[int] = []
        self.denied = False
        self.thing = False  # a noun that is nobody stands before the verb
        self.pivot: Somebody | None = None
        self.relative = False
        self.resumed: Somebody | None = None  # who acts again behind a relative clause

    def _after(self, mention: Mention, at: int) -> int:
        stop = at + 1
        while stop < self.end and self.words[stop].start < mention.end:
            stop += 1
        while stop < self.end and stop in self.people.used and stop not in self.people.at_word:
            stop += 1
        return stop

    def _finite_next(self, at: int) -> bool:
        """Whether a verb with an ending follows: who stands before it does it."""
        low = self.reader.low(at)
        found = longest(self.words, at, self.reader.lex.acts)
        if (
            found is None
            or at >= self.end
            or (not low.endswith(("s", "ed")) and low in plain_forms(low)[-1:])
        ):
            return False
        return not low.endswith("ing") and self._is_verb(at, found[1])

    def _is_verb(self, at: int, stop: int) -> bool:
        """Whether an entry of the verbs is one here, by its form and by what stands before it."""
        low = self.reader.low(at)
        if self._never_verb(at):
            return False
        if low in SAYING and stop in self.people.at_word:
            return True
        back = self._before_adverbs(at)
        if back < self.begin or self.words[back].text in ("(", "“", '"'):
            return low.endswith(("ing", "ed")) or stop - at > 1
        before = self.reader.low(back)
        if (ruled := self._ruled_by(before, at, back)) is not None:
            return ruled
        if self.people.ends.get(back + 1) is not None or before in _SUBJECTS:
            return True
        if before in _OPENERS:
            return self._opens_clause(before, at)
        return self._behind_noun(back, at)

    def _never_verb(self, at: int) -> bool:
        """“like”, “may”; “left” and “lost” only behind the, a, to and of."""
        low = self.reader.low(at)
        if low in _RARELY_VERBS and (
            low not in ("left", "lost") or self.reader.low(at - 1) in ("the", "a", "to", "of")
        ):
            return True
        return any(form in self.reader.lex.words_of("not_events") for form in plain_forms(low))

    def _before_adverbs(self, at: int) -> int:
        """The word that decides what a verb is: the one before it and its adverbs."""
        back = at - 1
        while (
            back >= self.begin
            and (self.reader.low(back).endswith("ly") or self.reader.low(back) in _ADVERBS)
            and back not in self.people.used
        ):
            back -= 1
        return back

    def _ruled_by(self, before: str, at: int, back: int) -> bool | None:
        """What a small word lets follow: “to find”, “has found”, no verb behind “the”.

        None when the word before, at index ``back``, rules nothing.
        """
        low = self.reader.low(at)
        if before == "to":
            return not self._inflected(at) or not low.endswith(("s", "ed"))
        if before in AUX:
            return True
        if before in BE:
            return low.endswith(("ed", "ing", "en")) or self._inflected(at)
        if before in DETERMINERS or before in POSSESSIVES or before == "'s":
            return False
        if before in PREPOSITIONS and back not in self.people.used:
            return low.endswith("ing")
        return None

    def _opens_clause(self, before: str, at: int) -> bool:
        """Behind a mark or a conjunction: in the form of the verb before, or with an ending."""
        inflected = self._inflected(at)
        if before == "," and not self.indexes and self.also is not None:
            return True  # “Imani and Leo, secretly write”
        if before in ("and", "or", ",") and self.indexes and not inflected:
            return not self._inflected(self.indexes[-1])
        return inflected and (
            bool(self.indexes)
            or self.main is not None
            or self.reader.low(at).endswith(("ing", "ed"))
        )

    def _behind_noun(self, back: int, at: int) -> bool:
        """Behind a verb, or a noun that is nobody: “the door opens”, “a letter hidden in”."""
        low, before, inflected = self.reader.low(at), self.reader.low(back), self._inflected(at)
        if not self.words[back].is_word:
            return inflected
        if back in self.reader.used:
            return (
                low.endswith("ing")
                or (not inflected and self.pivot is not None)
                or before in ("help", "helps", "let", "lets", "make", "makes")
            )
        if self.words[at].capital:
            return False
        return inflected and not (
            low.endswith("s")
            and before in self.reader.lex.things
            and not low.endswith("ss")
            and low[:-1] in self.reader.lex.things
        )

    def _inflected(self, index: int) -> bool:
        low = self.reader.low(index)
        return low.endswith(("s", "ed", "ing")) or low != plain_forms(low)[-1]

    def _before(self, at: int) -> str:
        back = at - 1
        while back > self.begin and (
            self.reader.low(back).endswith("ly")
            or self.reader.low(back) in ("never", "not", "always", "also", "still")
        ):
            back -= 1
        return self.reader.low(back)

    def _mention_before(self, at: int) -> Mention | None:
        return self.people.ends.get(at)

    def _reduced(self, at: int) -> bool:
        """“a letter hidden in a clock”: a participle behind its noun, with no verb's subject."""
        following = self.reader.low(at + 1)
        return following in PREPOSITIONS and self.people.ends.get(at) is None and bool(self.found)

    def _finite_of_thing(self, at: int) -> bool:
        """“the door opens”: nobody does it. Not behind “and”, where the subject goes on."""
        back = self._before(at)
        return (
            self.people.ends.get(at) is None
            and back not in ("and", "or", "but", ",", "who", "that", "to", "then")
            and back not in AUX
            and self.words[at - 1].is_word
            and not self.words[at].low.endswith("ing")
        )
