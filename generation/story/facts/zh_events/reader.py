"""What happens in a Chinese text: clause by clause, who does what to whom."""

from __future__ import annotations

from collections.abc import Sequence

from generation.story.facts.happenings import Happening
from generation.story.facts.lexicon import grammar
from generation.story.facts.people import MAX_BACK, Mention, Somebody
from generation.story.facts.types import Span
from generation.story.facts.zh_events.clauses import Clause
from generation.story.facts.zh_events.participants import Participants
from generation.story.facts.zh_events.verbs import VerbFinder
from generation.story.facts.zh_events.words import BECOMING, COMPANY, DISPOSAL, FOR, PASSIVE

_NOT = grammar("zh", "not")
_COPULAS = grammar("zh", "copulas")


class EventReader(VerbFinder):
    """Reads events, and gives the pronouns of ``people`` their persons on the way."""

    def read(self, clauses: Sequence[Clause]) -> None:
        """Fill ``events``."""
        for clause in clauses:
            if self.tokens[clause.first].start in self.people.hidden:
                continue
            _ClauseReader(self, clause).read()
        self._resolve_ahead()

    def _resolve_ahead(self) -> None:
        """他 before anybody was named: the first who fits and comes later, else he is his own."""
        for mention, events in self.unresolved:
            person = mention.person or self._later(mention)
            mention.person = person
            for event in events:
                if event.agent is None and event.at >= mention.end:
                    event.agent = person
                elif event.patient is None and event.at < mention.start:
                    event.patient = person

    def _later(self, mention: Mention) -> Somebody | None:
        wanted = "f" if mention.pronoun == "f" else "m"
        if mention.pronoun not in ("m", "f"):
            return None
        later = [
            other.person
            for other in self.people.mentions[mention.number + 1 : mention.number + MAX_BACK]
            if other.person and not other.person.group
        ]
        for accept in (wanted, None):
            for person in later:
                if person.sex == accept:
                    if accept is None:
                        person.sex, person.sure = "f" if wanted == "f" else "m", False
                    return person
        known = self.people.by_name.get(mention.text)
        if known is None:
            known = self.cast.add(Somebody(mention.text, mention.start))
            known.sex = "f" if wanted == "f" else "m"
            self.people.by_name[mention.text] = known
        known.spans.append(Span(mention.start, mention.end))
        return known


class _ClauseReader(Participants):
    """One clause, from left to right."""

    def read(self) -> None:
        at = self.clause.first
        while at < self.clause.last:
            mention = self.reader.starts.get(self.tokens[at].start)
            if mention is not None:
                self._mention(mention, at)
                while at < self.clause.last and self.tokens[at].start < mention.end:
                    at += 1
                continue
            at = self._token(at)
        self._close()

    def _token(self, at: int) -> int:
        token = self.tokens[at]
        word = token.text
        if word in _NOT and word != "拒绝":
            self.denied = True
        if word in _COPULAS:
            if (self.subject is not None and not self.fresh and not self.found) or (
                self.fresh and self.subject is not None
            ):
                self.copula = (self.subject, word)
            return at + 1
        if at in self.reader.people.quoted and at not in self.reader.people.used:
            return at + 1
        made = self.tokens[at - 1] if at else None
        guise = made is not None and (
            made.text in ("认", "当", "看", "叫", "养", "错认")
            or (
                word in ("成", "成了")
                and (made.tag == "v" or made.text in self.reader.lex.acts)
                and made.text not in ("变", "化", "长", "修")
            )
        )
        if (
            word in BECOMING
            and not guise
            and (who := self.subject or self.reader.carried) is not None
        ):
            self.copula = (who, word)
        if (
            word in ("让", "使", "令")
            and at + 1 < self.clause.last
            and not self._person_next(at + 1)
        ):
            self.subject, self.fresh, self.nobody = None, True, True
            return at + 1
        self.predicate = self.predicate or (
            word in BECOMING and (self.subject or self.reader.carried) is None
        )
        if word in PASSIVE and at + 1 < self.clause.last:
            self.pending, self.passive = word, True
            return at + 1
        if word in DISPOSAL and at and self.tokens[at - 1].text == "的":
            return at + 1  # 最后的把桩师傅
        if word in DISPOSAL or (word in COMPANY and not self._is_verb_use(at)):
            self.pending = word
            return at + 1
        if found := self.reader.verb_at(at):
            self._verb(at, *found)
            return found[1]
        if word not in ("的", "一", "一个", "了") and token.tag not in (
            "m",
            "a",
            "b",
            "r",
            "q",
            "x",
            "uj",
            "d",
        ):
            self.pending = "" if token.tag[:1] in ("f", "s") else self.pending
        return at + 1

    def _verb(self, at: int, word: str, stop: int) -> None:
        reader = self.reader
        act = reader.lex.acts.get(word) or reader.lex.acts.get(self.tokens[at].text)
        if act is None and len(word) > 1:
            act = reader.lex.acts.get(word[:2]) or reader.lex.acts.get(word[0])
        event = Happening(
            self.clause.span, self.tokens[at].start, word, None if self.denied else act
        )
        event.denied = self.denied
        gap = reader.text[self.subject_end : self.tokens[at].start]
        event.own_subject = self.fresh and not any(mark in gap for mark in "和与、的一")
        event.open = (
            self.subject is None
            and reader.carried is None
            and not (reader.unresolved and reader.unresolved[-1][1] is self.found)
        )
        inner_agent = self._right_before(at) if self._ends_in_of(stop) else None
        agent = (
            inner_agent
            or self.subject
            or (None if self.nobody or self._thing_acts(at, word) else reader.carried)
        )
        if self.pending in FOR and stop < len(self.tokens) and self.tokens[stop].text == "的":
            event.agent = None
            self.found.append(event)
            reader.event_tokens.update(range(at, stop))
            return
        inner = (
            self.passive
            and self.pending in PASSIVE
            and self.passive_by is None
            and (stop < len(self.tokens) and self.tokens[stop].text == "的")
        )
        if inner:
            self.found.append(event)
            reader.event_tokens.update(range(at, stop))
            return
        if self.passive:
            event.agent, event.patient, event.passive = self.passive_by, agent, True
        else:
            event.agent, event.patient = agent, self.moved
            event.joint = self.moved is not None and self.joined
            before = self.found[-1] if self.found else None
            if before is not None and before.passive and not self.fresh and before.agent:
                event.agent = before.agent  # 被毛毛当成种子埋在树下
        self.found.append(event)
        reader.event_tokens.update(range(at, stop))
        self.pending, self.passive, self.passive_by, self.moved = "", False, None, None
        self.denied, self.fresh = False, False

    def _ends_in_of(self, stop: int) -> bool:
        return stop < self.clause.last and self.tokens[stop].text == "的"

    def _right_before(self, at: int) -> Somebody | None:
        """父亲遇害的时间: who stands between a verb and the one that describes something."""
        last = self.found[-1] if self.found else None
        if last is None or last.patient is None or self.fresh or last.passive:
            return None
        spans = last.patient.spans
        if not any(span.end == self.tokens[at].start for span in spans):
            return None
        for stop in range(at + 1, min(at + 6, self.clause.last)):
            if self.tokens[stop].start in self.reader.starts:
                return None  # 遇见父亲死去的女儿: somebody is described
        agent, last.patient = last.patient, None
        return agent

    def _close(self) -> None:
        reader = self.reader
        words = [self.tokens[at].text for at in range(self.clause.first, self.clause.last)]
        turn = any(word in reader.lex.words_of("turns") for word in words)
        outcome = any(
            word in reader.lex.words_of("outcomes")
            and not (word == "最后" and after[:1] in ("一", "的"))
            for word, after in zip(words, (*words[1:], ""), strict=True)
        )
        self._quotes()
        for event in self.found:
            event.turn, event.outcome = turn, outcome
        if self.first_subject is not None:
            for event in reader.waiting:
                event.agent = event.agent or self.first_subject
            reader.waiting = []
        reader.events += self.found
        reader.waiting += [e for e in self.found if e.open and e.agent is None and not e.passive
                           and not self._thing_before(e)]  # fmt: skip
        if self.embedded and self.subject is not None:
            reader.carried = self.subject
        elif self.first_subject is not None:
            reader.carried = self.first_subject

    def _quotes(self) -> None:
        reader = self.reader
        for quote in self.clause.quotes:
            said = reader.text[quote.start : quote.end]
            if quote.start in reader.people_starts:
                continue
            spoken = [e for e in self.found if e.act == "point" or e.verb[-1:] in "说道问喊叫答"]
            if not spoken:
                marked = any(mark in said for mark in "，。！？,.!?")
                if not marked and len(said) < 8:
                    continue
                at = self.clause.span.start
                spoken = [
                    Happening(self.clause.span, at, "说", "point", self.subject or reader.carried)
                ]
                self.found += spoken
            spoken[-1].quoted = spoken[-1].quoted or said
