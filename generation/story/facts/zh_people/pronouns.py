"""Who a pronoun means, and whose somebody is."""

from __future__ import annotations

from generation.story.facts.lexicon import grammar
from generation.story.facts.people import MAX_BACK, Mention, Somebody, choose, recent_people
from generation.story.facts.segmenting import Token
from generation.story.facts.types import Span
from generation.story.facts.zh_people.identity import Identity
from generation.story.facts.zh_people.words import PRONOUNS

_EMBEDDING = ("发现", "得知", "知道", "原来", "看见", "看到", "听说")
_THEN = frozenset(
    f"{word}的" for word in ("现在", "当年", "以前", "曾经", "过去", "如今", "从前", "生前")
)
_WRITER_ASKS = grammar("zh", "writer_asks")


class Pronouns(Identity):
    """Resolves 他, 自己 and 我, and the owners before 的."""

    def _pronoun(self, at: int) -> None:
        token = self.tokens[at]
        if at in self.quoted or (token.text.startswith("我") and self._asks(at)):
            return
        pronoun = PRONOUNS[token.text]
        mention = Mention(token.start, token.end, token.text, None, pronoun)  # type: ignore[arg-type]
        if pronoun == "i":
            mention.person = self._narrator(token)
        elif pronoun == "self":
            mention.person = self._topic(token.start)
            mention.free = False
            self.owners.add(mention.end)
            if mention.person is None:
                return
        self._add(mention)

    def _topic(self, before: int) -> Somebody | None:
        """Who 自己 means: the first who is spoken of in this clause, else in the one before."""
        clause: list[Mention] = []
        for mention in self.mentions[-8:]:
            gap = self.text[clause[-1].end : mention.start] if clause else ""
            if any(mark in gap for mark in "，。！？；"):
                clause = []
            clause.append(mention)
        begin = self.text.rfind("，", max(0, before - 200), before) + 1
        between = self.text[begin : clause[0].start] if clause and clause[0].start >= begin else ""
        if clause and any(verb in between for verb in _EMBEDDING):
            sentence = max(self.text.rfind(mark, max(0, begin - 200), begin) for mark in "。！？")
            earlier = [
                m
                for m in self.mentions[-MAX_BACK:]
                if sentence < m.start < m.end <= begin and m.person
            ]
            if earlier:
                return earlier[0].person
        for mention in clause:
            if self.text[mention.start - 1 : mention.start] in ("把", "被", "给", "对", "将"):
                continue
            person = mention.person or self.resolve(mention)
            if person is not None:
                return person
        sentence = max(self.text.rfind(mark, max(0, begin - 200), begin) for mark in "。！？")
        spoken = [m for m in self.mentions[-8:] if sentence < m.start < begin and m.person]
        return spoken[0].person if spoken else None

    def _asks(self, at: int) -> bool:
        """“我想要一个…”, “给我写”: the writer speaks, nobody of the story."""
        near = self.text[max(0, self.tokens[at].start - 2) : self.tokens[at].end + 4]
        return any(word in near for word in _WRITER_ASKS)

    def _narrator(self, token: Token) -> Somebody:
        if "我" not in self.by_name:
            self.by_name["我"] = self.cast.add(Somebody("我", token.start))
        person = self.by_name["我"]
        person.spans.append(Span(token.start, token.end))
        return person

    def resolve(self, mention: Mention, subject: Somebody | None = None,
                not_this: Somebody | None = None) -> Somebody | None:  # fmt: skip
        """Who a pronoun means; gives the person that sex. None when nobody fits before it."""
        sex = mention.pronoun
        if sex not in ("m", "f", "none"):
            return subject
        if (same := self._same_pronoun(mention)) is not None and same is not not_this:
            return same
        recent = recent_people(self.mentions, mention, subject, not_this)
        return choose(recent, sex, subject if subject is not not_this else None)

    def _same_pronoun(self, mention: Mention) -> Somebody | None:
        """老魏劝她报警，她却…: one pronoun means one person within a sentence."""
        for other in reversed(self.mentions[max(0, mention.number - 6) : mention.number]):
            between = self.text[other.end : mention.start]
            if any(mark in between for mark in "。！？；\n“”"):
                return None
            if other.pronoun == mention.pronoun and other.person is not None:
                return other.person
        return None

    def _latest(self, sex: str) -> Somebody | None:
        for mention in reversed(self.mentions[-MAX_BACK:]):
            person = mention.person
            if person and person.sex in (sex, None):
                return person
        return None

    def _owner(self, at: int) -> tuple[Somebody | None, Span]:
        """Whose: “李砚的母亲”, “他的女儿”, “她女儿”."""
        back = self._before_modifiers(at) - 1
        of = self._word(back) in ("的", "之")
        if of:
            back -= 1
        if back < 0 or not self.mentions:
            return None, Span(0, 0)
        last = self.mentions[-1]
        if last.end != self.tokens[back].end:
            return self._far_owner(at, last) if of else (None, Span(0, 0))
        if not of and last.pronoun is None and not (last.person and last.person.name):
            return None, Span(0, 0)
        kin = any(
            role.kin
            for stop in range(at, min(at + 3, len(self.tokens)))
            if (role := self._role(stop))
        )
        if not kin and not of:
            return None, Span(0, 0)
        span = Span(last.start, self.tokens[at].end)
        if last.person is None:
            last.person = self._owner_meant(last)
        last.free = False
        self.owners.add(last.end)
        return last.person, span

    def _owner_meant(self, last: Mention) -> Somebody | None:
        """Whom 他的 means: the topic, but behind 是 somebody else than what is said to be so."""
        topic = self._topic(last.start)
        if self.text[max(0, last.start - 2) : last.start].endswith("是"):
            return self.resolve(last, None, topic)
        return self.resolve(last, topic)

    def _before_modifiers(self, at: int) -> int:
        """他的瞎眼徒弟: past what describes somebody to the 的 of whose they are, else ``at``."""
        for back in range(at, max(0, at - 3), -1):
            token = self.tokens[back - 1]
            if token.text == "的":
                return back
            plain = token.tag in ("a", "b", "z", "n", "m", "t") and token.text not in self.lex.roles
            if not plain or back - 1 in self.used or not self._touches(back):
                return at
        return at

    def _far_owner(self, at: int, last: Mention) -> tuple[Somebody | None, Span]:
        """自己失散二十年的女儿: whose, with a clause between."""
        between = self.text[last.end : self.tokens[at].start]
        near = last.pronoun in ("m", "f") and between in _THEN
        if near:
            if last.person is None:
                last.person = self._owner_meant(last)
            last.free = False
            self.owners.add(last.end)
            return last.person, Span(last.start, self.tokens[at].end)
        if (
            last.pronoun != "self"
            or len(between) > 12
            or any(mark in between for mark in "，。！？；")
        ):
            return None, Span(0, 0)
        if last.person is None:
            last.person = self._owner_meant(last)
        return last.person, Span(last.start, self.tokens[at].end)
