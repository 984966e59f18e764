"""Who does what in an English sentence, and to whom."""

from __future__ import annotations

from generation.story.facts.en_events.verbs import SentenceVerbs
from generation.story.facts.en_events.words import CONJUNCTIONS, MARKS, PREPOSITIONS
from generation.story.facts.en_people import DETERMINERS, POSSESSIVES
from generation.story.facts.en_people.words import ADJECTIVES
from generation.story.facts.english_words import plain_forms
from generation.story.facts.happenings import Happening
from generation.story.facts.people import MAX_BACK, Mention, Somebody
from generation.story.facts.types import Span

_BEFORE_PREDICATES = frozenset(
    [
        "really",
        "actually",
        "secretly",
        "now",
        "the",
        "a",
        "an",
        "not",
        "last",
        "only",
        "first",
        "final",
    ]
)


class Participants(SentenceVerbs):
    """Gives each mention its part: agent, patient, or the same person as another."""

    def _mention(self, mention: Mention, at: int) -> None:
        person = self._who(mention)
        if person is None:
            return
        previous, preposition = self.last_mention, self.preposition
        self.last_mention, self.preposition = mention, ""
        if not mention.free:
            return
        pending = self.people.pending_of
        if pending and pending[2] <= at <= pending[2] + 1:
            self.people.cast.relate(pending[0], pending[1], person, Span(pending[3], mention.end))
        if self._preposition_ends(previous, at):
            preposition = ""
        if preposition in ("before", "after", "until", "as", "since", "than") and (
            self._finite_next(self._after(mention, at))
        ):
            preposition = ""  # “before the mob hangs him”
        begin = at
        while self.reader.low(begin - 1) == "'s":  # the cook's boy: what stands before the cook
            owner = self.people.ends.get(begin - 1)
            if owner is None:
                break
            begin = self.reader.index_of(owner.start)
        before = self.reader.low(begin - 1)
        if before in ("little", "old", "young", "big"):
            before = self.reader.low(at - 2)
        if self._apposed(mention, previous, person):
            return
        if preposition == "by" and self.by is not None:
            self.by.agent, self.by = person, None
            return
        last = self.found[-1] if self.found else None
        if (
            before == "and"
            and previous is not None
            and previous.person is not None
            and self._nothing_since(previous)
        ):
            self.also = person
            return
        following = self.reader.low(self._after(mention, at))
        if before == "," and following in (",", "and") and not self.found and (
            previous is not None and previous.end + 1 == self.words[begin - 1].start + 1
            and self.subject is not None
        ):  # fmt: skip
            self.also = person  # “Nell, Oscar and Bea inherit”
            return
        if preposition and preposition not in ("that",):
            if (
                last
                and last.patient is None
                and preposition in ("to", "for", "with", "against", "from", "at", "of")
                and (last.agent is not person and not last.passive)
            ):
                last.patient = person
            if not last and self.main is None and preposition in ("like", "as"):
                self.subject = person
            return
        if last and self._finite_next(self._after(mention, at)):
            self.subject, self.thing = person, False
            self.main = self.main or person
            return
        if (
            last
            and last.patient is None
            and self._right_behind(at)
            and not last.passive
            and last.agent is not person
        ):
            last.patient = person
            self.pivot = person if self._is_pivot(last) else None
            return
        self.subject, self.thing = person, False
        self.main = self.main or person

    def _nothing_since(self, previous: Mention) -> bool:
        """Whether no verb stands between the last two people, and the first of them is subject."""
        if not self.found:
            return True
        since = self.words[self.indexes[-1]].start < previous.start
        return since and self.subject is previous.person and previous.free

    def _preposition_ends(self, previous: Mention | None, at: int) -> bool:
        """“Behind the counter Priya finds”: the preposition has its noun before the name."""
        word, before = self.words[at], self.words[at - 1] if at else None
        if before is None or not word.capital or not before.is_word or before.capital:
            return False
        low = before.low
        small = low in PREPOSITIONS or low in DETERMINERS or low in ADJECTIVES or low in POSSESSIVES
        nobody = previous is None or self.people.ends.get(at) is not previous
        return not small and nobody and low not in ("and", "or", "'s") and at >= 2

    def _apposed(self, mention: Mention, previous: Mention | None, person: Somebody) -> bool:
        return (
            previous is not None and previous.person is person and mention.start - previous.end <= 2
        )

    def _right_behind(self, at: int) -> bool:
        """Whether a mention follows its verb with nothing but small words between."""
        back = at - 1
        while back > self.indexes[-1] and back not in self.reader.used:
            low = self.reader.low(back)
            if (
                low in MARKS
                or low in CONJUNCTIONS
                or low in ("that", "who", "how", "why", "what", "whether", "whose")
            ):
                return False
            back -= 1
        return True

    def _is_pivot(self, event: Happening) -> bool:
        return any(
            form in self.reader.lex.words_of("pivots")
            for form in plain_forms(event.verb.split()[0].lower())
        )

    def _who(self, mention: Mention) -> Somebody | None:
        if mention.person is None:
            excluded = None
            if self.found and mention.text.lower() in ("him", "her", "them", "it"):
                excluded = self.subject
            mention.person = self.people.resolve(
                mention, self.subject or self.main or self.reader.carried, excluded
            )
            if mention.person is None and mention.pronoun in ("m", "f"):
                mention.person = self._later(mention)
        return mention.person

    def _later(self, mention: Mention) -> Somebody:
        wanted = mention.pronoun
        for other in self.people.mentions[mention.number + 1 : mention.number + MAX_BACK]:
            if other.person and other.person.sex == wanted:
                return other.person
        word = "he" if wanted == "m" else "she"
        person = self.people.by_name.get(word) or self.people.cast.add(
            Somebody(word, mention.start)
        )
        person.sex = "m" if wanted == "m" else "f"
        self.people.by_name[word] = person
        person.spans.append(Span(mention.start, mention.end))
        return person

    def _relative(self, at: int) -> bool:
        before = self.people.ends.get(at) or self.people.ends.get(at - 1)
        if (
            before is not None
            and before.person is not None
            and self.reader.low(at) in ("who", "that")
        ):
            self.resumed = before.person if self.subject is before.person else self.main
            self.subject, self.relative, self.thing, self.preposition = (
                before.person,
                True,
                False,
                "",
            )
            return True
        self.thing, self.preposition = False, ""
        return False

    def _copula(self, at: int) -> bool:
        """“Mira is a baker”: more about the same person."""
        last = self.people.ends.get(at)
        if self.reader.low(at) == "be" and self.reader.low(at - 2) == "out":
            last = self.last_mention
        inner = self.people.ends.get(at - 1)
        if last is None and inner is not None and at - 1 in self.reader.used:
            # “the girl Walter adores is Imani”: who is adored is
            last = self.people.ends.get(self.reader.index_of(inner.start))
        after = at + 1
        while after < self.end and (
            self.reader.low(after) in _BEFORE_PREDICATES and after not in self.people.at_word
        ):
            after += 1
        mention = self.people.at_word.get(after)
        if (
            last is None
            or mention is None
            or mention.pronoun
            or last.person is None
            or mention.person is None
        ):
            return False
        if not mention.free or self.reader.low(at + 1) == "not":
            return False
        a, b = last.person, mention.person
        counted = mention.text.lower().endswith(("people", "ones", "members", "persons"))
        if b.group and counted and not b.name and len(b.spans) == 1 and not a.group:
            self.people.cast.people = [p for p in self.people.cast.people if p is not b]
            return True  # “are the last two people”
        if a is b or (a.name and b.name) or a.group != b.group:
            return False
        following = self.reader.low(self._after(mention, after))
        if following == "'s":
            return False
        kept, gone = (b, a) if b.name and not a.name else (a, b)
        self.people.cast.merge(kept, gone)
        self.people.repoint(gone, kept)
        for event in (*self.reader.events, *self.found):
            event.agent = kept if event.agent is gone else event.agent
            event.patient = kept if event.patient is gone else event.patient
        for name in ("main", "subject", "also"):
            if getattr(self, name) is gone:
                setattr(self, name, kept)
        return True

    def _carried(self, at: int) -> Somebody | None:
        """Behind an opening participle the one who comes next; else who was spoken of last."""
        opening = at - self.begin <= 1 and self.reader.low(at).endswith(("ing", "ed"))
        for index in range(at + 1, min(at + 30, self.end) if opening else 0):
            mention = self.people.at_word.get(index)
            if (
                mention is not None
                and mention.person
                and mention.free
                and self.reader.low(index - 1) == ","
            ):
                return mention.person
        return self.reader.carried
