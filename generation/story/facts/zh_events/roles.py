"""What a mention is in its clause, from the words around it."""

from __future__ import annotations

from bisect import bisect_left

from generation.story.facts.happenings import Happening
from generation.story.facts.lexicon import grammar
from generation.story.facts.people import Mention, Somebody
from generation.story.facts.zh_events.clauses import Clause
from generation.story.facts.zh_events.verbs import VerbFinder
from generation.story.facts.zh_events.words import COMPANY, DISPOSAL

_COUNTED = grammar("zh", "things_measures") | frozenset("个位名匹头")
_EMBEDS = grammar("zh", "embeds")
_OF_THINGS = grammar("zh", "of_things")
_POSITION = grammar("zh", "position")


class ClauseWords:
    """One clause while it is read, and what its small words say."""

    def __init__(self, reader: VerbFinder, clause: Clause) -> None:
        self.reader = reader
        self.clause = clause
        self.tokens = reader.tokens
        self.subject: Somebody | None = None
        self.first_subject: Somebody | None = None
        self.pending = ""  # a preposition that waits for its person
        self.passive_by: Somebody | None = None
        self.passive = False
        self.moved: Somebody | None = None  # behind 把 or 给
        self.denied = False
        self.fresh = False  # a subject since the last verb
        self.found: list[Happening] = []
        self.copula: tuple[Somebody, str] | None = None
        self.embedded = False
        self.predicate = False  # 成了网红, said of nobody we know
        self.subject_end = 0
        self.joined = False  # ``moved`` stands behind 和
        self.cleft = False  # 陪伴他的只有: who does it comes behind
        self.nobody = False  # 让戏台坐满: what follows is done by a thing

    def at_of(self, mention: Mention) -> int:
        """The token behind a pronoun."""
        return bisect_left(self.reader.offsets, mention.end)

    def _person_next(self, at: int) -> bool:
        """Whether somebody is mentioned within the next words."""
        return any(
            self.tokens[index].start in self.reader.starts
            for index in range(at, min(at + 4, self.clause.last))
        )

    def _is_verb_use(self, at: int) -> bool:
        """陪 and 给 are verbs too: when nothing but their person follows."""
        word = self.tokens[at].text
        if word not in ("陪", "替", "给"):
            return False
        following, after = None, at
        while following is None and after + 1 < min(at + 5, self.clause.last):
            after += 1
            following = self.reader.starts.get(self.tokens[after].start)
        if following is None:
            return False
        while after < self.clause.last and self.tokens[after].start < following.end:
            after += 1
        if word == "陪" or after >= self.clause.last:
            return True
        return self.tokens[after].tag in ("m", "n") and not self.reader.verb_at(after)

    def _thing_acts(self, at: int, word: str) -> bool:
        """“门再也没有打开”, “楼上响起了脚步声”: no person does it."""
        if self.found or self.first_subject is not None:
            return False
        if word in _OF_THINGS:
            return True
        for back in range(at - 1, self.clause.first - 1, -1):
            token = self.tokens[back]
            if token.text in COMPANY or token.text in DISPOSAL or token.text in ("用", "以"):
                return False
            if back in self.reader.people.used:
                return False
            if self._behind_preposition(back):
                return False
            if (
                token.tag in ("n", "own")
                and token.text not in self.reader.lex.acts
                and (
                    token.text not in self.reader.lex.places
                    and token.text not in self.reader.lex.hours
                    and token.text not in self.reader.lex.words_of("stop")
                )
            ):
                return True
        return False

    def _behind_preposition(self, at: int) -> bool:
        """把 琵琶, 用 手机: a thing that something is done with."""
        back = at - 1
        while back > self.clause.first and (
            self.tokens[back].tag in ("m", "q", "a", "uj", "b", "n", "f")
            or back in self.reader.people.used
        ):
            back -= 1
        word = self.tokens[back].text if back >= self.clause.first else ""
        return word in COMPANY or word in DISPOSAL or word in ("用", "以", "被")

    def _thing_before(self, event: Happening) -> bool:
        """Whether a noun stands before the verb: it, not a person, may be what acts."""
        return (
            any(
                self.tokens[at].tag in ("n", "own", "s", "nr", "ns", "x")
                for at in range(self.clause.first, self.clause.last)
                if self.tokens[at].start < event.at and at not in self.reader.event_tokens
            )
            or event.verb in _OF_THINGS
        )

    def _listed(self, mention: Mention) -> bool:
        """李然、周扬: one more of those who are the subject."""
        return self.reader.text[mention.start - 1 : mention.start] == "、"

    def _new_subject(self, mention: Mention) -> bool:
        """陈默送饭 … 门: never mind; a person after 时 or 后 starts anew."""
        before = self.reader.text[max(self.clause.span.start, mention.start - 2) : mention.start]
        return before.endswith(("时", "后", "前", "那天", "时候", "之后", "以后"))

    def _position(self, mention: Mention) -> bool:
        return any(self.reader.text.startswith(word, mention.end) for word in _POSITION)

    def _at_place(self, mention: Mention) -> bool:
        """在死者胃里: a place that is somebody's."""
        near = self.reader.text[mention.end : mention.end + 3]
        return self._position(mention) or any(char in near for char in "里上中下旁边前后身家")

    def _whole_clause(self, mention: Mention, of: int) -> bool:
        """马骁暗恋广播站的站长: the one verb, with its subject before it, is the clause's own."""
        only = self.found[0] if len(self.found) == 1 else None
        if only is None or not only.own_subject or only.passive or only.agent is None:
            return False
        if of - 1 in self.reader.event_tokens:
            return False
        after = self.at_of(mention)
        return not any(self.reader.verb_at(at) for at in range(after, self.clause.last))

    def _after_relative(self, mention: Mention, at: int) -> bool:
        """Whether 的 ends a clause right before a mention, with small words between at most."""
        back = at - 1
        while (
            back > self.clause.first
            and at - back < 4
            and (
                self.tokens[back].tag in ("a", "b", "m", "n", "q", "z", "s", "own", "t", "nz", "ns")
                and back not in self.reader.event_tokens
            )
        ):
            back -= 1
        if self.tokens[back].text != "的" or back < self.clause.first:
            return False
        if self._whole_clause(mention, back):
            return False
        between = [
            self.tokens[index]
            for index in range(back - 1, self.clause.first - 1, -1)
            if index not in self.reader.event_tokens
        ]
        if (
            self.found
            and self.found[-1].verb in _EMBEDS
            and between
            and between[0].tag in ("a", "b", "d", "z")
            and back - 2 in self.reader.event_tokens
        ):
            return False  # 发现真正的凶手
        for index in range(back - 1, self.clause.first - 1, -1):
            if index in self.reader.event_tokens:
                break
            counted = self.tokens[index].text[-1] in _COUNTED and self.tokens[index].tag == "m"
            if counted and self.found:
                return False  # 养了一只瘸腿的鸽子: described, not who does it
        return self.tokens[back].start not in self.reader.people.owners
