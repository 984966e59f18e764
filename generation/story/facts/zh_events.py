"""What happens in a Chinese text: clause by clause, who does what to whom."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from generation.story.facts.lexicon import Lexicon, grammar
from generation.story.facts.people import MAX_BACK, Cast, Mention, Somebody
from generation.story.facts.segmenting import Token
from generation.story.facts.types import Span
from generation.story.facts.zh_people import PeopleReader
from generation.storyboard import Verb

_BREAKS = frozenset("，。！？；：…—\n,.!?;:~～|/")
_STOPS = frozenset("。！？\n!?…")
_COMPLEMENTS = grammar("zh", "complements")
_PASSIVE = frozenset(["被", "遭", "遭到", "受到", "让人", "受"])
_DISPOSAL = frozenset(["把", "将"])
_COMPANY = grammar("zh", "company")
_NOT = grammar("zh", "not")
_COPULAS = grammar("zh", "copulas")
_BECOMING = grammar("zh", "becoming")
_NOUN_ENDS = grammar("zh", "noun_ends")
_EMBEDS = grammar("zh", "embeds")
_LIGHT = grammar("zh", "light")
_GROWING = frozenset("进出到给走掉回碎断破满遍倒翻住")
_FOR = frozenset(["为", "给", "对", "向", "替", "跟", "与", "和", "同"])
_OF_THINGS = grammar("zh", "of_things")
_POSITION = grammar("zh", "position")


@dataclass(eq=False)
class Happening:
    """An event so far."""

    span: Span
    at: int  # offset of the verb
    verb: str
    act: Verb | None = None
    agent: Somebody | None = None
    patient: Somebody | None = None
    own_subject: bool = False
    open: bool = False  # nobody was spoken of before: who comes next does it
    passive: bool = False
    denied: bool = False
    turn: bool = False
    outcome: bool = False
    quoted: str = ""


@dataclass
class Clause:
    """Tokens ``first`` up to ``last`` (excluded) of one clause."""

    first: int
    last: int
    span: Span
    quotes: list[Span] = field(default_factory=list)
    ends_sentence: bool = False


def split_clauses(text: str, tokens: Sequence[Token]) -> list[Clause]:
    """Clauses at the marks of the text; a quotation stays within its own."""
    clauses: list[Clause] = []
    quotes: list[Span] = []
    first, at = 0, 0
    closing = [len(tokens)] * (len(tokens) + 1)
    for back in range(len(tokens) - 1, -1, -1):
        closing[back] = back if tokens[back].text == "”" else closing[back + 1]

    def close(last: int, stop: bool) -> None:
        if last > first:
            span = Span(tokens[first].start, tokens[last - 1].end)
            clauses.append(Clause(first, last, span, list(quotes), stop))

    while at < len(tokens):
        token = tokens[at]
        if token.text == "“":
            end = closing[at]
            if end < len(tokens):
                if end - at > 1:
                    quotes.append(Span(token.end, tokens[end].start))
                at = end + 1
                if tokens[end - 1].text in _STOPS:
                    close(at, True)
                    first, quotes = at, []
                continue
        newline = at > 0 and "\n" in text[tokens[at - 1].end : token.start]
        if newline:
            close(at, True)
            first, quotes = at, []
        if token.text in _BREAKS:
            following = tokens[at + 1].text if at + 1 < len(tokens) else ""
            if not (token.text in ("：", ":", "，") and following == "“"):
                close(at, token.text in _STOPS)
                first, quotes = at + 1, []
        at += 1
    close(len(tokens), True)
    return clauses


class EventReader:
    """Reads events, and gives the pronouns of ``people`` their persons on the way."""

    def __init__(
        self, text: str, tokens: Sequence[Token], lex: Lexicon, people: PeopleReader
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.lex = lex
        self.people = people
        self.cast: Cast = people.cast
        self.events: list[Happening] = []
        self.starts = {mention.start: mention for mention in people.mentions}
        self.unresolved: list[tuple[Mention, list[Happening]]] = []
        self.carried: Somebody | None = None
        self.event_tokens: set[int] = set()
        self.acted: set[int] = set()
        self.offsets = [token.start for token in tokens]
        self.waiting: list[Happening] = []
        self.acting: set[int] = set()
        self.nominal: set[int] = set()
        self.people_starts = {tokens[at].start for at in people.used}

    def read(self, clauses: Sequence[Clause]) -> None:
        """Fill ``events``."""
        for clause in clauses:
            if self.tokens[clause.first].start in self.people.hidden:
                continue
            _ClauseReader(self, clause).read()
        self._look_ahead()

    def _look_ahead(self) -> None:
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

    def verb_at(self, at: int) -> tuple[str, int] | None:
        """The verb that begins at a token and the token after it; None when there is none."""
        token = self.tokens[at]
        if at in self.people.used or token.tag in ("mark", "name", "nick", "title"):
            return None
        word, lex = token.text, self.lex
        known = word in lex.acts
        if word in _LIGHT and not self._has_object(at):
            return None
        grows = (
            len(word) == 1
            and token.tag == "v"
            and at + 1 < len(self.tokens)
            and (
                self.tokens[at + 1].text in _GROWING
                and self.tokens[at + 1].start == token.end
                and word not in lex.words_of("not_events")
            )
        )
        if (
            not known
            and not grows
            and (token.tag not in ("v", "vi", "vg", "vd", "i", "l", "vn") or len(word) == 1)
        ):
            return None
        if word in _LIGHT:
            pass
        elif len(word) == 1 and token.tag in ("d", "c", "p", "u", "r", "m", "f", "q"):
            following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
            if following is None or not (
                following.text in ("给", "着", "了", "到") or following.start in self.starts
            ):
                return None
        if (
            word in lex.eras
            or (word in lex.moods and not known)
            or (known and token.tag == "n" and self._object_of_verb(at))
        ):
            return None
        stop = at + 1
        while (
            stop < len(self.tokens)
            and stop not in self.people.used
            and (self.tokens[stop].start == self.tokens[stop - 1].end)
        ):
            complement = self.tokens[stop].text
            if word + complement in lex.acts or (
                complement in (_COMPLEMENTS if len(word) == 1 else "到给")
                and token.tag not in ("i", "l")
            ):
                word += complement
                stop += 1
            else:
                break
        if word in lex.words_of("not_events") or (
            not known and word not in lex.acts and token.text in lex.words_of("not_events")
        ):
            return None
        if token.tag in ("i", "l", "vn") and not known and (token.tag == "vn" or len(word) < 4):
            return None
        other = word in lex.roles or word in lex.places or word in lex.things or word in lex.hours
        if other and not (known and token.tag[:1] == "v"):
            return None
        return None if self._nominal(at, stop) else (word, stop)

    def _has_object(self, at: int) -> bool:
        """打了一个喷嚏, 下大雪: verbs that say nothing alone."""
        following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        return (
            following is not None
            and following.start == self.tokens[at].end
            and (
                following.tag[:1] in ("n", "m", "o", "a")
                or following.tag in ("ul", "uz", "own", "x", "nick")
                or following.text in ("着", "了", "出", "过", "满", "不")
            )
        )

    def _object_of_verb(self, at: int) -> bool:
        """执行关机命令: nouns right behind a verb, though they may be verbs elsewhere."""
        if at == 0 or self.tokens[at - 1].end != self.tokens[at].start:
            return False
        if at - 1 in self.nominal:
            self.nominal.add(at)
            return True
        if at - 1 not in self.event_tokens:
            return False
        stop = at + 1
        while (
            stop < len(self.tokens)
            and self.tokens[stop].tag in ("n", "own")
            and (stop not in self.people.used and stop - at < 4)
        ):
            stop += 1
        if stop < len(self.tokens) and self.tokens[stop].tag not in ("mark", "uj", "c"):
            return False
        self.nominal.update(range(at, stop))
        return True

    def _nominal(self, at: int, stop: int) -> bool:
        """的追杀, 失踪案: a verb that is used as a noun."""
        following = self.tokens[stop] if stop < len(self.tokens) else None
        touching = following is not None and following.start == self.tokens[stop - 1].end
        if touching and following is not None and following.text in _NOUN_ENDS:
            return True
        if (
            at > 0
            and self.tokens[at - 1].text == "的"
            and (
                following is None
                or following.tag == "mark"
                or following.text in ("的", "和", "与", "是", "里", "中")
            )
        ):
            return self.tokens[at].tag != "v" or len(self.tokens[at].text) > 1
        return False


class _ClauseReader:
    """One clause, from left to right."""

    def __init__(self, reader: EventReader, clause: Clause) -> None:
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
        self.nobody = False  # 让戏台坐满: what follows is done by a thing
        self.quoted_verb: Happening | None = None

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
        guise = self.tokens[at - 1].text in ("认", "当", "看", "叫", "养", "错认") if at else False
        if (
            word in _BECOMING
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
            word in _BECOMING and (self.subject or self.reader.carried) is None
        )
        if word in _PASSIVE and at + 1 < self.clause.last:
            self.pending, self.passive = word, True
            return at + 1
        if word in _DISPOSAL or (word in _COMPANY and not self._is_verb_use(at)):
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
        agent = self.subject or (
            None if self.nobody or self._thing_acts(at, word) else reader.carried
        )
        if self.pending in _FOR and stop < len(self.tokens) and self.tokens[stop].text == "的":
            event.agent = None
            self.found.append(event)
            reader.event_tokens.update(range(at, stop))
            return
        inner = (
            self.passive
            and self.pending in _PASSIVE
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
        self.found.append(event)
        reader.event_tokens.update(range(at, stop))
        self.pending, self.passive, self.passive_by, self.moved = "", False, None, None
        self.denied, self.fresh = False, False

    def _thing_acts(self, at: int, word: str) -> bool:
        """“门再也没有打开”, “楼上响起了脚步声”: no person does it."""
        if self.found or self.first_subject is not None:
            return False
        if word in _OF_THINGS:
            return True
        for back in range(at - 1, self.clause.first - 1, -1):
            token = self.tokens[back]
            if token.text in _COMPANY or token.text in _DISPOSAL or token.text in ("用", "以"):
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
        return word in _COMPANY or word in _DISPOSAL or word in ("用", "以", "被")

    def _mention(self, mention: Mention, at: int) -> None:
        person = self._person(mention)
        if person is None:
            return
        if self.predicate and not person.name and len(person.spans) == 1:
            self.predicate = False
            self.reader.cast.people[:] = [p for p in self.reader.cast.people if p is not person]
            return
        relative = self._after_relative(mention, at)
        if not mention.free and self._modifies(mention):
            return
        if self.copula and self._is_equal(mention, person):
            return
        if relative and self.found and self.pending in _PASSIVE:
            self.found[-1].agent = self.passive_by = person
            self.pending, self.passive = "", True
            return
        if relative and self.found and self.pending in _FOR:
            self.found[-1].agent = self.moved = person
            self.pending = ""
            return
        if self.pending in ("在", "于", "到", "从") and not self._at_place(mention):
            self.pending = ""
        if self._listed(mention) and self.subject is not None and not self.found:
            self.moved = self.moved or person
            return
        if relative and self.found and not self.pending:
            self._relative(person)
            return
        if self.pending in _PASSIVE:
            self.passive_by, self.pending = person, ""
        elif self.pending in _DISPOSAL:
            self.moved, self.pending = person, ""
        elif self.pending and not (
            self.pending in ("和", "与", "跟", "同") and self.subject is None
        ):
            if self.pending in ("和", "与", "跟", "同", "给", "对", "向", "替", "为", "陪"):
                self.moved = person
                last = self.found[-1] if self.found else None
                if last and last.patient is None and self.pending in ("给", "向", "对"):
                    last.patient = person
            self.pending = ""
        elif (
            self.found
            and self.found[-1].patient is None
            and not self.fresh
            and not self._new_subject(mention)
        ):
            self.found[-1].patient = person
            if self.found[-1].verb in self.reader.lex.words_of("pivots") or (
                self.found[-1].verb[:1] in ("求", "请", "让", "逼", "劝")
            ):
                self.subject, self.fresh = person, True
                self.embedded = self.found[-1].verb in _EMBEDS
        else:
            self.subject, self.fresh, self.nobody = person, True, False
            self.subject_end = mention.end
            self.first_subject = self.first_subject or person

    def _listed(self, mention: Mention) -> bool:
        """李然、周扬: one more of those who are the subject."""
        return self.reader.text[mention.start - 1 : mention.start] == "、"

    def _new_subject(self, mention: Mention) -> bool:
        """陈默送饭 … 门: never mind; a person after 时 or 后 starts anew."""
        before = self.reader.text[max(self.clause.span.start, mention.start - 2) : mention.start]
        return before.endswith(("时", "后", "前", "那天", "时候", "之后", "以后"))

    def _person(self, mention: Mention) -> Somebody | None:
        reader = self.reader
        if mention.person is not None:
            if mention.pronoun is None:
                reader.acted.add(id(mention.person))
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
        person = reader.people.resolve(mention, self.subject or reader.carried, excluded)
        mention.person = person
        if person is None:
            reader.unresolved.append((mention, self.found))
        return person

    def at_of(self, mention: Mention) -> int:
        """The token behind a pronoun."""
        return bisect_left(self.reader.offsets, mention.end)

    def _modifies(self, mention: Mention) -> bool:
        """“李砚的母亲”: what follows 的 is what is meant."""
        return True

    def _position(self, mention: Mention) -> bool:
        return any(self.reader.text.startswith(word, mention.end) for word in _POSITION)

    def _at_place(self, mention: Mention) -> bool:
        """在死者胃里: a place that is somebody's."""
        near = self.reader.text[mention.end : mention.end + 3]
        return self._position(mention) or any(char in near for char in "里上中下旁边前后身家")

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
        if word in _BECOMING and person.name:
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
        return self.tokens[back].start not in self.reader.people.owners

    def _relative(self, person: Somebody) -> None:
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
        elif self.first_subject is None or self.fresh:
            self.subject, self.fresh = person, True
            self.first_subject = self.first_subject or person

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
