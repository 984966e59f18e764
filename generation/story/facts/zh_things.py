"""Places, times, things and tones of a Chinese text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from generation.story.facts.lexicon import Lexicon, grammar
from generation.story.facts.segmenting import Token, name_tables
from generation.story.facts.types import PlaceFact, Span, ThingFact, TimeFact, ToneFact
from generation.story.facts.zh_events import Clause
from generation.story.facts.zh_times import time_of, tone_of

_TO_PLACES = grammar("zh", "to_places")
_SIDES = grammar("zh", "sides")
_MEASURES = grammar("zh", "things_measures")
_WAYS = frozenset("到给去来回在往向上下进出过")
_ABSTRACT = grammar("zh", "abstract")
_BODY = grammar("zh", "body")
_HANDLING = frozenset(
    "拿捧抱举戴穿捡偷买卖送修刻绣缝织煮烤做造磨烧摘种挖丢埋吃喝画藏递寄撕砸掀揭剪割拆推拖扔抢捞擦洗晒挂贴插拔敲弹尝咬炸蒸炖酿端倒撒抹搭补点"
)
_STOREYS = frozenset(["楼", "层", "号楼", "号房", "室"])
_BESIDE = frozenset(["下", "上", "里", "旁", "边", "后", "底下", "旁边", "下面", "后面", "中"])


@dataclass
class Found:
    """Places, times, things and tones, and the tokens that say them."""

    places: list[PlaceFact] = field(default_factory=list)
    times: list[TimeFact] = field(default_factory=list)
    things: list[ThingFact] = field(default_factory=list)
    tones: list[ToneFact] = field(default_factory=list)
    used: set[int] = field(default_factory=set)


class SceneReader:
    """Reads what is around the people."""

    def __init__(
        self, text: str, tokens: Sequence[Token], lex: Lexicon, taken: set[int], hidden: set[int]
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.lex = lex
        self.taken = taken
        self.hidden = hidden
        self.found = Found()

    def read(self, clauses: Sequence[Clause], verbs: set[int]) -> Found:
        """Everything of all clauses; ``verbs`` are tokens that are verbs of events."""
        for clause in clauses:
            if clause.span.start in self.hidden:
                continue
            at = clause.first
            while at < clause.last:
                at = self._read_token(at, clause, verbs)
        self.found.places = _once(self.found.places)
        self.found.things = _once(self.found.things)
        return self.found

    def _read_token(self, at: int, clause: Clause, verbs: set[int]) -> int:
        token = self.tokens[at]
        if at in self.taken or token.tag == "mark" or token.start in self.hidden:
            return at + 1
        word = token.text
        if (when := time_of(token, self.lex)) is not None:
            self.found.times.append(when)
        said = self.text[clause.span.start : clause.span.end]
        if (tone := tone_of(token, said, self.lex)) is not None:
            self.found.tones.append(tone)
        following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        headed = following is not None and self._measured(at, verbs) and (
            len(following.text) == 1 and self._heads(following, at, True)
        )  # fmt: skip
        if not headed and (stop := self._place(at, clause, verbs)):
            self.found.used.update(range(at, stop))
            return stop
        if at not in verbs and (stop := self._thing(at, verbs)):
            self.found.used.update(range(at, stop))
            return stop
        if word in self.lex.hours or word in self.lex.weathers or word in self.lex.eras:
            self.found.used.add(at)
        return at + 1

    # places

    def _place(self, at: int, clause: Clause, verbs: set[int]) -> int:
        token, word = self.tokens[at], self.tokens[at].text
        span = Span(token.start, token.end)
        if at in verbs:
            return 0
        after_to = at > 0 and self.tokens[at - 1].text in _TO_PLACES
        if (
            after_to
            or at == clause.first
            or self.tokens[at - 1].text in ("的", "座", "家", "间", "一座", "一家", "一间")
        ):
            stop = self._compound_place(at, clause, verbs)
            if stop > at + 1:
                whole = Span(token.start, self.tokens[stop - 1].end)
                self._add_place(self.text[whole.start : whole.end], whole)
                return stop
        if len(word) == 2 and word[1] in "家府宅" and word[0] in name_tables().surnames and (
            token.tag in ("nr", "name", "x")
        ):  # fmt: skip
            self._add_place(word, span)
            return at + 1
        if word in self.lex.places and not self._inside(at):
            self._add_place(word, span)
            return at + 1
        if token.tag == "s" and len(word) > 1 and word not in _BODY and word not in self.lex.words:
            self._add_place(word, span)
            return at + 1
        if token.tag in ("ns", "nt") and len(word) > 1 and word not in self.lex.words:
            self._add_place(word, span)
            return at + 1
        following = self.tokens[at + 1] if at + 1 < clause.last else None
        if token.tag in ("m", "number") and following is not None and following.text in _STOREYS:
            self._add_place(word + following.text, Span(token.start, following.end))
            return at + 2
        moved = at - 1 in verbs and self.tokens[at - 1].text[-1] in "进到入回在出"
        after_to = after_to or moved or self._after_done_at(at)
        stop = self._beside(at, clause, verbs) if after_to or at == clause.first else 0
        if stop and (after_to or stop == clause.last):
            beside = Span(token.start, self.tokens[stop - 1].end)
            self.found.places.append(PlaceFact(self.text[beside.start : beside.end], beside))
            return at + 1
        base = word[:-1] if word[-1] in _SIDES and len(word) > 2 else word
        if base in self.lex.places:
            self._add_place(base, Span(token.start, token.start + len(base)))
            return at + 1
        if token.tag in ("n", "nz", "s", "nr", "ns", "x", "name") and self._ends_like_place(base):
            self._add_place(base, Span(token.start, token.start + len(base)))
            return at + 1
        return 0

    def _after_done_at(self, at: int) -> bool:
        """埋在了 …: 在 with 了 behind it."""
        return at > 1 and self.tokens[at - 1].text == "了" and self.tokens[at - 2].text == "在"

    def _beside(self, at: int, clause: Clause, verbs: set[int]) -> int:
        """在 橡树 下, 在 喜 床 下: a thing's side is a place. Where it ends; 0 when it is none."""
        for stop in range(at, min(at + 4, clause.last)):
            token = self.tokens[stop]
            if stop > at and token.text in _BESIDE:
                last = self.tokens[stop - 1].text
                known = last in _ABSTRACT or last in _BODY or last in self.lex.hours
                return 0 if known or last in self.lex.places else stop + 1
            if stop in self.taken or stop in verbs:
                return 0
            if token.tag not in ("n", "own", "nz", "x", "ng", "nr", "g", "zg", "b", "a"):
                return 0
        return 0

    def _inside(self, at: int) -> bool:
        """A one-character place that is part of a longer word: 山 of 山 歌."""
        token = self.tokens[at]
        if len(token.text) > 1:
            return False
        following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        before = self.tokens[at - 1] if at > 0 else None
        glued = (
            before is not None
            and before.end == token.start
            and before.tag in ("n", "nr", "x", "zg", "a")
        )
        return glued or (
            following is not None
            and following.start == token.end
            and following.tag in ("n", "x", "zg", "nr")
            and following.text not in _SIDES
        )

    def _compound_place(self, at: int, clause: Clause, verbs: set[int]) -> int:
        """“火星 基地”, “凝 碧 池边”: several words that end as places do."""
        stop = at
        first = self.tokens[at]
        if first.text in self.lex.words_of("stop") or first.text in self.lex.acts:
            return at
        for index in range(at, min(at + 4, clause.last)):
            token = self.tokens[index]
            if index in self.taken or token.tag in (
                "mark",
                "uj",
                "p",
                "c",
                "r",
                "ul",
                "uz",
                "m",
                "d",
            ):
                break
            if index in verbs and index > at and len(token.text) > 1:
                break
            base = token.text
            while len(base) > 1 and base[-1] in _SIDES and base not in self.lex.places:
                base = base[:-1]
            if base in self.lex.places or (
                base in self.lex.words_of("place_ends.ends") and index > at
            ):
                if len(base) == 1 and index == at:
                    break
                stop = index + 1
            if token.tag in ("s", "f"):
                break
        return stop

    def _ends_like_place(self, word: str) -> bool:
        ends = self.lex.words_of("place_ends.ends")
        return (
            len(word) > 1
            and (word[-1] in ends or word[-2:] in ends)
            and word not in self.lex.words_of("place_ends.not")
            and word not in self.lex.words
        )

    def _add_place(self, word: str, span: Span) -> None:
        while len(word) > 2 and word[-1] in _SIDES and word not in self.lex.places:
            word = word[:-1]
        span = Span(span.start, span.start + len(word))
        location = self.lex.places.get(word)
        if location is None and word not in self.lex.places:
            for size in range(len(word) - 1, 0, -1):
                if word[-size:] in self.lex.places:
                    location = self.lex.places[word[-size:]]
                    break
        self.found.places.append(PlaceFact(self.text[span.start : span.end], span, location))

    # things

    def _thing(self, at: int, verbs: set[int]) -> int:
        token, word = self.tokens[at], self.tokens[at].text
        before = self.tokens[at - 1] if at > 0 else None
        following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        measured = self._measured(at, verbs)
        if word in self.lex.things:
            if len(word) == 1 and not self._stands_alone(at, verbs):
                return 0
            return self._add_thing(token, at)
        if (
            word in _ABSTRACT
            or word in self.lex.words
            or token.tag not in ("n", "nz", "nr", "x", "j", "zg")
        ):
            return 0
        if len(word) > 1 and following is not None and self._heads(following, at, measured):
            span = Span(token.start, following.end)
            said = self.text[span.start : span.end]
            self.found.things.append(ThingFact(said, span, self._prop(said)))
            return at + 2
        if len(word) > 1 and word not in self.lex.words_of("thing_ends.not"):
            ends = self.lex.words_of("thing_ends.ends")
            if word[-1] in ends or word[-2:] in ends:
                return self._add_thing(token, at)
            if measured and (following is None or following.text != "的"):
                return self._add_thing(token, at)
            done = before is not None and before.text in ("了", "着", "起") and at - 2 in verbs
            if done and token.tag == "n" and self.tokens[at - 2].text[:1] in _HANDLING:
                return self._add_thing(token, at)
            if before is not None and before.text in ("把", "将") and token.tag == "n":
                return self._add_thing(token, at)
            if at - 1 in verbs and before is not None and before.text[:1] in _HANDLING:
                return self._add_thing(token, at)
        if len(word) == 1 and measured and token.tag == "n" and self._stands_alone(at, verbs):
            return self._add_thing(token, at)
        if len(word) == 1 and token.tag in ("n", "ng", "nr") and (stop := self._glued(at, verbs)):
            span = Span(token.start, self.tokens[stop - 1].end)
            said = self.text[span.start : span.end]
            self.found.things.append(ThingFact(said, span, self._prop(said)))
            return stop
        if (
            len(word) == 1
            and following is not None
            and following.start == token.end
            and (
                following.text in self.lex.words_of("thing_ends.ends")
                and following.tag in ("n", "x", "zg", "ng")
            )
        ):
            span = Span(token.start, following.end)
            self.found.things.append(
                ThingFact(self.text[span.start : span.end], span, self._prop(following.text))
            )
            return at + 2
        return 0

    def _heads(self, following: Token, at: int, measured: bool) -> bool:
        """地狱 图, 草莓 牛奶: a noun in front of the thing that it describes."""
        word, last = self.tokens[at], following.text
        if following.start != word.end or at + 1 in self.taken or following.tag[:1] != "n":
            return False
        if len(last) == 1:
            known = self.text[word.start : following.end] in self.lex.words_of("thing_ends.not")
            return last in self.lex.words_of("thing_ends.ends") and not known
        return measured and last not in _ABSTRACT and last not in self.lex.places

    def _measured(self, at: int, verbs: set[int]) -> bool:
        """一盆番茄, 一盆快要枯死的番茄: what is counted as things are."""
        back = at - 1
        described = back > 0 and self.tokens[back].text == "的"
        while back >= 0 and self.tokens[back].tag != "mark" and at - back < 7:
            token = self.tokens[back]
            numeral = token.tag == "m" or token.text[0] in "一两三几"
            counted = numeral and token.text[-1] in _MEASURES and len(token.text) > 1
            if counted or (token.text in _MEASURES and token.tag in ("q", "m")):
                return True
            if not described or back in self.taken:
                return False
            back -= 1
        return False

    def _glued(self, at: int, verbs: set[int]) -> int:
        """棉 耳 罩, 影 人: a compound behind a verb or a numeral that no dictionary has."""
        before = self.tokens[at - 1] if at else None
        counted = before is not None and before.tag == "m" and before.text[-1] in _MEASURES
        handled = before is not None and (
            (at - 1 in verbs and before.text[:1] in _HANDLING) or before.text == "用"
        )
        rare = at + 1 < len(self.tokens) and self.tokens[at + 1].tag in ("ng", "zg")
        if not (counted or handled or (rare and before is not None and before.text == "的")):
            return 0
        stop = at + 1
        while stop < len(self.tokens) and stop - at < 3:
            token = self.tokens[stop]
            glued = token.start == self.tokens[stop - 1].end and len(token.text) == 1
            glued = glued and token.text not in _WAYS  # 送餐 到 医院
            if not glued or token.tag in ("mark", "uj", "ul", "p", "c", "d", "uz", "f", "r"):
                break
            stop += 1
        return stop if stop - at > 1 else 0

    def _stands_alone(self, at: int, verbs: set[int]) -> bool:
        token = self.tokens[at]
        following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        before = self.tokens[at - 1] if at > 0 else None
        if (
            following is not None
            and following.start == token.end
            and following.tag in ("n", "x", "nr", "zg", "v", "a")
            and (at + 1 not in verbs)
            and not (following.tag == "v" and len(following.text) > 1)
        ):
            return False
        return before is not None and (
            before.tag[:1] in ("m", "q", "v", "u", "p", "b", "c")
            or before.tag == "a"
            or before.text in "一了着的把"
            or at - 1 in verbs
        )

    def _prop(self, word: str):  # type: ignore[no-untyped-def]
        for size in range(len(word), 0, -1):
            if word[-size:] in self.lex.things:
                return self.lex.things[word[-size:]]
        return None

    def _add_thing(self, token: Token, at: int) -> int:
        self.found.things.append(
            ThingFact(token.text, Span(token.start, token.end), self._prop(token.text))
        )
        return at + 1


_Named = TypeVar("_Named", PlaceFact, ThingFact)


def _once(facts: list[_Named]) -> list[_Named]:
    """Each word for the first time only."""
    seen: dict[str, _Named] = {}
    for fact in facts:
        seen.setdefault(fact.text, fact)
    return list(seen.values())
