"""Who does what in a Chinese clause, and to whom."""

from __future__ import annotations

from generation.story.facts.lexicon import grammar
from generation.story.facts.people import Mention, Somebody
from generation.story.facts.zh_events.roles import ClauseWords
from generation.story.facts.zh_events.words import BECOMING, DISPOSAL, FOR, PASSIVE

_OTHER_THAN = frozenset(
    ["要", "让", "叫", "请", "使", "令", "给", "对", "向", "跟", "为", "替", "被", "把"]
)
_EMBEDS = grammar("zh", "embeds")


class Participants(ClauseWords):
    """Gives each mention its part: agent, patient, or the same person as another."""

    def _mention(self, mention: Mention, at: int) -> None:
        cleft = mention.pronoun in ("m", "f") and self._is_cleft(mention)
        person = self._person(mention)
        if person is None:
            return
        if cleft:
            self.found[0].agent, self.found[0].patient = None, person
            self.cleft = True
            return
        if self.cleft and mention.free:
            self.found[0].agent, self.cleft = person, False
            self.subject, self.first_subject = person, self.first_subject or person
            return
        if self.predicate and not person.name and len(person.spans) == 1:
            self.predicate = False
            self.reader.cast.people[:] = [p for p in self.reader.cast.people if p is not person]
            return
        relative = self._after_relative(mention, at)
        if not mention.free:
            return
        if self.copula and self._is_equal(mention, person):
            return
        if relative and self.found and self.pending in PASSIVE:
            self.found[-1].agent = self.passive_by = person
            self.pending, self.passive = "", True
            return
        if relative and self.found and self.pending in FOR:
            self.found[-1].agent = self.moved = person
            self.pending = ""
            return
        if self.pending in ("在", "于", "到", "从") and not self._at_place(mention):
            self.pending = ""
        if self._listed(mention) and self.subject is not None and not self.found:
            self.moved = self.moved or person
            return
        if relative and self.found and not self.pending:
            self._head_of_relative(person)
            return
        if self.pending in PASSIVE:
            self.passive_by, self.pending = person, ""
        elif self.pending in DISPOSAL:
            self.moved, self.pending = person, ""
        elif self.pending and not (
            self.pending in ("和", "与", "跟", "同") and self.subject is None
        ):
            if self.pending in ("和", "与", "跟", "同", "给", "对", "向", "替", "为", "陪"):
                self.moved, self.joined = person, self.pending in ("和", "与", "跟", "同")
                last = self.found[-1] if self.found else None
                if last and last.patient is None and self.pending in ("给", "向", "对"):
                    last.patient = person
            self.pending = ""
        elif (
            self.found
            and (self.found[-1].patient is None or self.found[-1].joint)
            and not self.fresh
            and not self._new_subject(mention)
        ):
            self.found[-1].patient, self.found[-1].joint = person, False
            if self.found[-1].verb in self.reader.lex.words_of("pivots") or (
                self.found[-1].verb[:1] in ("求", "请", "让", "逼", "劝")
            ):
                self.subject, self.fresh = person, True
                self.embedded = self.found[-1].verb in _EMBEDS
        else:
            self.subject, self.fresh, self.nobody = person, True, False
            self.subject_end = mention.end
            self.first_subject = self.first_subject or person

    def _is_cleft(self, mention: Mention) -> bool:
        """陪伴他的只有…: what the clause begins with is done by who comes behind."""
        behind = self.reader.text[mention.end : mention.end + 3]
        return (
            len(self.found) == 1
            and self.first_subject is None
            and self.found[0].at == self.clause.span.start
            and behind.startswith(("的是", "的只", "的竟", "的正", "的就", "的却", "的还"))
        )

    def _asked_of_other(self, mention: Mention) -> bool:
        """客户要她…, 同事给他送行: behind such a word stands somebody else than the subject."""
        at = self.at_of(mention) - 2
        return at >= self.clause.first and self.tokens[at].text in _OTHER_THAN

    def _person(self, mention: Mention) -> Somebody | None:
        reader = self.reader
        if mention.person is not None:
            return mention.person
        if mention.pronoun == "they":
            return None
        acting = self.subject or (reader.carried if self.found else None)
        after = self.at_of(mention)
        acts = after < self.clause.last and (
            self.tokens[after].tag == "d" or reader.verb_at(after) is not None
        )
        told = bool(self.found) and self.found[-1].verb in reader.lex.words_of("pivots")
        excluded = acting if self.found and not self.fresh and (told or not acts) else None
        if self._is_cleft(mention):
            excluded = None
        elif acting is not None and excluded is None and self._asked_of_other(mention):
            excluded = acting
        person = reader.people.resolve(mention, self.subject or reader.carried, excluded)
        mention.person = person
        if person is None:
            reader.unresolved.append((mention, self.found))
        return person

    def _is_equal(self, mention: Mention, person: Somebody) -> bool:
        """X 是 Y: the same person. True when the mention is used up by that."""
        assert self.copula is not None
        other, word = self.copula
        text = self.reader.text
        if text.startswith("的", mention.end) or self._position(mention):
            return False
        if other is person or word == "不是":
            self.copula = None
            return True
        if person.group or other.group or mention.plural or mention.pronoun is not None:
            return False
        if person.name and other.name:
            self.copula = None
            return False
        if self.found and self.found[-1].at > mention.start:
            return False
        self.copula = None
        if word in BECOMING and person.name:
            return False
        kept, gone = (person, other) if person.name and not other.name else (other, person)
        self.reader.cast.merge(kept, gone)
        self.reader.people.repoint(gone, kept)
        for event in (*self.reader.events, *self.found):
            event.agent = kept if event.agent is gone else event.agent
            event.patient = kept if event.patient is gone else event.patient
        for name, somebody in self.reader.people.by_name.items():
            if somebody is gone:
                self.reader.people.by_name[name] = kept
        if self.subject is gone:
            self.subject = kept
        if self.reader.carried is gone:
            self.reader.carried = kept
        return True

    def _head_of_relative(self, person: Somebody) -> None:
        """遇见撑伞的女子: who holds the umbrella is who was met."""
        last = self.found[-1]
        if (
            last.passive
            or (
                last.own_subject
                and last.agent is not person
                and last.patient is None
                and len(self.found) > 0
                and (
                    self.first_subject is not None
                    and len([e for e in self.found if e.own_subject]) > 1
                )
            )
            or (
                last.own_subject
                and len(self.found) == 1
                and last.patient is None
                and last.agent is not None
            )
        ):
            last.patient = person
        else:
            last.agent = person
            last.own_subject = True
        main = self.found[-2] if len(self.found) > 1 else None
        if main is not None and main.patient is None:
            main.patient = person
            if main.verb in _EMBEDS:
                self.subject, self.fresh, self.embedded = person, True, True
        elif self.first_subject is None or self.fresh:
            self.subject, self.fresh = person, True
            self.first_subject = self.first_subject or person
