"""Sentences that name somebody (名叫), and words for two people at once (恋人)."""

from __future__ import annotations

from itertools import pairwise

from generation.story.facts.lexicon import RoleWord
from generation.story.facts.people import Mention, Somebody
from generation.story.facts.types import Sex, Span
from generation.story.facts.zh_people.pronouns import Pronouns
from generation.story.facts.zh_people.words import NAMING, canonical


class Relations(Pronouns):
    """Reads who is called what, and who two people are to each other."""

    def _naming(self, at: int) -> int | None:
        """“名叫X”: who bears X is before it, or after it behind 的."""
        if self._word(at) not in NAMING or self._word(at) in self.by_name:
            return None
        begin = at + 1
        quoted = self._word(begin) in ("“", '"', "《")
        begin += quoted
        name, stop = self._plain_name(begin, quoted, sure=self._word(at) != "叫")
        if not name:
            return None
        start, end = self.tokens[begin].start, self.tokens[stop - 1].end
        after = stop + quoted
        if self._word(after) == "的":
            head = self._head_after(after + 1)
            if head is None:
                return None
            first, last, role = head
            person = self._person_named(name, start, end)
            self._same_as_before(at, person)
            word = self._text_between(first, last)
            person.take_role(word, role)
            self._remember_role(word, person)
            span = Span(self.tokens[first].start, self.tokens[last].end)
            person.spans += [Span(start, end), span]
            self.used.update(range(at, last + 1))
            self._add(Mention(start, span.end, name, person))
            return last + 1
        bearer = self._bearer(at)
        if bearer is None:
            if self._word(at) in ("叫", "自称") or not self._starts_clause(at):
                return None
            bearer = self._person_named(name, start, end)
        elif bearer.name and bearer.name != name:
            return None
        self._give_name(bearer, name)
        bearer.spans.append(Span(start, end))
        self.used.update(range(at, stop))
        return after

    def _same_as_before(self, at: int, person: Somebody) -> None:
        """还给主人，一个叫索菲亚的修女: a role without a name right before is the same person."""
        last = self.mentions[-1] if self.mentions else None
        if last is None or last.person is None or last.person.name or last.plural:
            return
        between = self.text[last.end : self.tokens[at].start]
        if between in ("，一个", "，一位", "，一名", "，那个", "——一个", "：一个"):
            gone = last.person
            self.cast.merge(person, gone)
            self.repoint(gone, person)

    def _bearer(self, at: int) -> Somebody | None:
        """Who “… 叫” speaks of: the nearest person before it in the sentence, named or not."""
        for mention in reversed(self.mentions[-3:]):
            between = self.text[mention.end : self.tokens[at].start]
            if len(between) > 8 or any(mark in between for mark in "。！？"):
                return None
            if mention.person is not None and not mention.plural:
                return mention.person
            if mention.pronoun in ("m", "f"):
                return self._latest(mention.pronoun)
        return None

    def _head_after(self, at: int) -> tuple[int, int, RoleWord] | None:
        for stop in range(at, min(at + 3, len(self.tokens))):
            role = self._role(stop)
            if role:
                return at, stop, role
            if self.tokens[stop].tag not in ("a", "b", "n", "z"):
                return None
        return None

    def _pair(self, at: int) -> int | None:
        word = self._word(at)
        if word not in self.lex.pairs:
            return None
        span = Span(self.tokens[at].start, self.tokens[at].end)
        before = self._two_before(at)
        copula = any(
            self._word(back) in ("是", "成为", "成", "竟是", "曾是", "本是", "原是", "互为", "结为")
            for back in range(max(0, at - 4), at)
        )  # fmt: skip
        names = self._two_after(at)
        roles = self.lex.pairs[word]
        if names:
            for (first, last), (_, sex) in zip(names, roles, strict=True):
                self._mention_name(first, last)
                person = self.mentions[-1].person
                if person and sex:
                    person.sex, person.sure = sex, True
            a, b = self.mentions[-2].person, self.mentions[-1].person
            if a and b:
                self.cast.relate(b, word.removeprefix("两"), a, span)
            return names[-1][1] + 1
        if before and (copula or self._touches(at)):
            a, b = before
            self.cast.relate(b, word, a, span)
            for person, (_, sex) in zip(before, roles, strict=True):
                if sex and roles[0][1] == roles[1][1]:
                    person.sex, person.sure = sex, True
            self.used.add(at)
            return at + 1
        if word in self.lex.roles:
            return None
        if known := self._known_pair(roles):
            self.used.add(at)
            self._add(Mention(span.start, span.end, word, known[0], plural=known))
            return at + 1
        people = []
        for role, sex in roles:
            person = Somebody(word, span.start, spans=[span])
            person.take_role(role, self.lex.roles.get(role, RoleWord()))
            person.sex = sex or person.sex
            self._remember_role(role, self.cast.add(person))
            people.append(person)
        self.cast.relate(people[1], roles[1][0], people[0], span)
        self.used.add(at)
        self._add(Mention(span.start, span.end, word, people[0], plural=tuple(people)))
        return at + 1

    def _known_pair(
        self, roles: tuple[tuple[str, Sex | None], tuple[str, Sex | None]]
    ) -> tuple[Somebody, Somebody] | None:
        """父子俩: the two who are father and son already."""
        words = {canonical(role) for role, _ in roles}
        for a, word, b, _ in reversed(self.cast.relations):
            if canonical(word) in words and not (a.group or b.group):
                return b, a
        return None

    def _two_before(self, at: int) -> tuple[Somebody, Somebody] | None:
        for a, b in reversed(list(pairwise(self.mentions[-5:]))):
            between = self.text[b.end : self.tokens[at].start]
            if a.person is None or b.person is None or a.plural or b.plural or len(between) > 14:
                continue
            joint = self.text[a.end : b.start].strip()
            if (
                any(mark in between for mark in "，。！？；")
                or joint[:1] not in ("和", "与", "、", "跟", "同", "及")
                or len(joint) > 5
            ):
                continue
            return a.person, b.person
        return None

    def _two_after(self, at: int) -> list[tuple[int, int]]:
        if (
            self._name_at(at + 1)
            and self._word(at + 2) in ("和", "与", "、")
            and self._name_at(at + 3)
        ):
            return [(at + 1, at + 1), (at + 3, at + 3)]
        return []
