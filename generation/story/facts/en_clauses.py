"""What happens in an English text: who does what to whom, clause by clause."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from generation.story.facts.en_people import DETERMINERS, POSSESSIVES, EnglishPeople
from generation.story.facts.english_words import Word, longest, plain_forms
from generation.story.facts.happenings import Happening
from generation.story.facts.lexicon import Lexicon, grammar
from generation.story.facts.people import MAX_BACK, Mention, Somebody
from generation.story.facts.types import Span

_BE = grammar("en", "be")
_AUX = grammar("en", "aux")
_NOT = grammar("en", "not")
_PREPOSITIONS = grammar("en", "prepositions")
_CONJUNCTIONS = grammar("en", "conjunctions")
_MARKS = frozenset(",;:.!?()—–…\n") | {"-"}
_STOPS = frozenset(".!?;\n…")
_SAYING = frozenset(["says", "said", "asks", "asked", "whispers", "whispered", "cries", "cried",
                     "replies", "replied", "answers", "answered", "shouts", "shouted"])  # fmt: skip
_RECIPROCAL = grammar("en", "reciprocal")


class EnglishEvents:
    """Reads the events of one text, sentence by sentence."""

    def __init__(self, text: str, words: list[Word], lex: Lexicon, people: EnglishPeople) -> None:
        self.text = text
        self.words = words
        self.lex = lex
        self.people = people
        self.events: list[Happening] = []
        self.used: set[int] = set()
        self.carried: Somebody | None = None

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
                    _Sentence(self, begin, at).read()
                begin = at if newline else at + 1

    def low(self, at: int) -> str:
        """The word at an index in lower case; empty outside the text."""
        return self.words[at].low if 0 <= at < len(self.words) else ""


class _Sentence:
    def __init__(self, reader: EnglishEvents, begin: int, end: int) -> None:
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

    def _after(self, mention: Mention, at: int) -> int:
        stop = at + 1
        while stop < self.end and self.words[stop].start < mention.end:
            stop += 1
        while stop < self.end and stop in self.people.used and stop not in self.people.at_word:
            stop += 1
        return stop

    # people

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
        before = self.reader.low(at - 1)
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
            and not self.found
        ):
            self.also = person
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
                low in _MARKS
                or low in _CONJUNCTIONS
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

    # verbs

    def _word(self, at: int) -> int:
        low = self.reader.low(at)
        if low in _NOT:
            self.denied = True
        if low in (",", ";", ":", "—", "–", "where") or low in _CONJUNCTIONS or low[0].isdigit():
            self.preposition = ""
        if low in (",", ";", ":", "—", "–") and self.relative:
            self.relative, self.subject = False, self.main
        if low in ("who", "that", "which") and self._relative(at):
            return at + 1
        if low in _BE and self._copula(at):
            return at + 1
        found = longest(self.words, at, self.reader.lex.acts)
        if found and self._is_verb(at, found[1]):
            self._verb(at, *found)
            return found[1]
        if low in _PREPOSITIONS:
            self.preposition = low
        elif low in ("and", "or"):
            pass
        elif (
            low not in DETERMINERS and self.words[at].is_word and low not in _AUX and low not in _BE
        ):
            before = self.reader.low(at - 1)
            noun = (
                any(form in self.reader.lex.things or form in self.reader.lex.places
                    for form in plain_forms(low))
                or before in DETERMINERS or before in POSSESSIVES or before == "'s"
            )  # fmt: skip
            if noun and not self.preposition:
                self.thing = True
            if self.reader.low(at + 1) in _BE | _AUX or low in self.reader.lex.things:
                self.preposition = ""
        return at + 1

    def _relative(self, at: int) -> bool:
        before = self.people.ends.get(at) or self.people.ends.get(at - 1)
        if (
            before is not None
            and before.person is not None
            and self.reader.low(at) in ("who", "that")
        ):
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
        after = at + 1
        while after < self.end and (
            self.reader.low(after)
            in ("really", "actually", "secretly", "now", "the", "a", "an", "not")
            and after not in self.people.at_word
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

    def _is_verb(self, at: int, stop: int) -> bool:
        word, low = self.words[at], self.reader.low(at)
        if low in (
            "like",
            "will",
            "may",
            "can",
            "might",
            "past",
            "lost",
            "named",
            "called",
            "set",
            "left",
        ) and (low not in ("left", "lost") or self.reader.low(at - 1) in ("the", "a", "to", "of")):
            return False
        if any(form in self.reader.lex.words_of("not_events") for form in plain_forms(low)):
            return False
        if low in _SAYING and stop in self.people.at_word:
            return True
        back = at - 1
        while (
            back >= self.begin
            and (
                self.reader.low(back).endswith("ly")
                or self.reader.low(back)
                in (
                    "never",
                    "always",
                    "not",
                    "once",
                    "also",
                    "still",
                    "then",
                    "now",
                    "just",
                    "ever",
                    "no",
                    "longer",
                    "all",
                    "both",
                    "only",
                    "finally",
                    "each",
                )
            )
            and back not in self.people.used
        ):
            back -= 1
        if back < self.begin or self.words[back].text in ("(", "“", '"'):
            return low.endswith(("ing", "ed")) or stop - at > 1
        before = self.reader.low(back)
        inflected = low.endswith(("s", "ed", "ing")) or low not in (plain_forms(low)[-1],)
        base = longest(self.words, at, {low: 1}, 1) is not None and not inflected
        if before == "to":
            return base or not low.endswith(("s", "ed"))
        if before in _AUX:
            return True
        if before in _BE:
            return low.endswith(("ed", "ing", "en")) or inflected
        if before in DETERMINERS or before in POSSESSIVES or before == "'s":
            return False
        if before in _PREPOSITIONS and back not in self.people.used:
            return low.endswith("ing")
        if self.people.ends.get(back + 1) is not None or before in (
            "who",
            "that",
            "which",
            "it",
            "they",
            "we",
            "you",
            "there",
            "everyone",
            "nobody",
            "someone",
        ):
            return True
        if before in (
            "and",
            "or",
            "but",
            ",",
            ";",
            ":",
            "—",
            "–",
            "when",
            "while",
            "if",
            "because",
            "until",
            "so",
            "yet",
            "why",
            "how",
            "what",
        ):
            if before in ("and", "or", ",") and self.indexes and not inflected:
                return not self._inflected(self.indexes[-1])
            return inflected and (
                bool(self.indexes) or self.main is not None or low.endswith(("ing", "ed"))
            )
        if not self.words[back].is_word:
            return inflected
        if back in self.reader.used:
            return (low.endswith("ing") or (base and self.pivot is not None)) or before in (
                "help",
                "helps",
                "let",
                "lets",
                "make",
                "makes",
            )
        if word.capital:
            return False
        # behind a noun that is nobody: "the door opens", "a letter hidden in"
        return inflected and not (
            low.endswith("s")
            and before in self.reader.lex.things
            and not low.endswith("ss")
            and low[:-1] in self.reader.lex.things
        )

    def _inflected(self, index: int) -> bool:
        low = self.reader.low(index)
        return low.endswith(("s", "ed", "ing")) or low != plain_forms(low)[-1]

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
            and (before in _BE or before in ("be", "been", "being"))
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
            if word.low in _SAYING and inverted is not None and self._mention_before(at) is None:
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
        return following in _PREPOSITIONS and self.people.ends.get(at) is None and bool(self.found)

    def _finite_of_thing(self, at: int) -> bool:
        """“the door opens”: nobody does it. Not behind “and”, where the subject goes on."""
        back = self._before(at)
        return (
            self.people.ends.get(at) is None
            and back not in ("and", "or", "but", ",", "who", "that", "to", "then")
            and back not in _AUX
            and self.words[at - 1].is_word
            and not self.words[at].low.endswith("ing")
        )

    # clauses

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
            if low not in _CONJUNCTIONS and self.words[at].text not in _MARKS:
                continue
            begin = at + (self.words[at].text in _MARKS)
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
            if self.words[index].text in _MARKS or self.reader.low(index) in ("and", "or"):
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
