"""Chinese verbs: which tokens say that something happens."""

from __future__ import annotations

from collections.abc import Sequence

from generation.story.facts.happenings import Happening
from generation.story.facts.lexicon import Lexicon, grammar
from generation.story.facts.people import Cast, Mention, Somebody
from generation.story.facts.segmenting import Token
from generation.story.facts.zh_people import PeopleReader

_COMPLEMENTS = grammar("zh", "complements")
_NOUN_ENDS = grammar("zh", "noun_ends")
_LIGHT = grammar("zh", "light")
_MEASURES = grammar("zh", "things_measures")
_PREFIX = grammar("zh", "prefix")
_SIDES = frozenset(["上", "下"])
_GOING_ON = frozenset(["了", "着", "在", "过"])
_COMPLETING = frozenset("进出到给走掉回碎断破满遍倒翻住")


class VerbFinder:
    """The text, its people and its events so far, and which tokens are verbs."""

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
        self.offsets = [token.start for token in tokens]
        self.waiting: list[Happening] = []
        self.acting: set[int] = set()
        self.nominal: set[int] = set()
        self.people_starts = {tokens[at].start for at in people.used}

    def verb_at(self, at: int) -> tuple[str, int] | None:
        """The verb that begins at a token and the token after it; None when there is none."""
        token = self.tokens[at]
        if at in self.people.used or token.tag in ("mark", "name", "nick", "title"):
            return None
        word, lex = token.text, self.lex
        if word[0] == "才" and word[1:] in lex.acts:
            return word[1:], at + 1
        known = word in lex.acts
        if not self._may_be_verb(at) or self._is_side(at) or self._describes(at):
            return None
        word, stop = self._with_complements(at)
        if word in lex.words_of("not_events") or (
            not known and word not in lex.acts and token.text in lex.words_of("not_events")
        ):
            return None
        if token.tag in ("i", "l") and token.end in self.starts:
            return None  # 天下第一剑客
        if token.tag in ("i", "l", "vn") and not known and (token.tag == "vn" or len(word) < 4):
            return None
        other = word in lex.roles or word in lex.places or word in lex.things or word in lex.hours
        if known and len(word) == 1 and self._counts_next(at):
            return word, stop  # 画一幅图
        if other and not (known and token.tag[:1] == "v"):
            return None
        return None if self._nominal(at, stop) else (word, stop)

    def _may_be_verb(self, at: int) -> bool:
        """Whether a token is a verb by its tag and by what stands beside it."""
        token, lex = self.tokens[at], self.lex
        word = token.text
        known = word in lex.acts
        if word in _LIGHT and not self._has_object(at):
            return False
        if (
            not known
            and not self._is_completed(at)
            and (token.tag not in ("v", "vi", "vg", "vd", "i", "l", "vn") or len(word) == 1)
        ):
            return False
        small = len(word) == 1 and token.tag in ("d", "c", "p", "u", "r", "m", "f", "q")
        if small and word not in _LIGHT:
            following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
            if following is None or not (
                following.text in ("给", "着", "了", "到") or following.start in self.starts
            ):
                return False
        return not (
            word in lex.eras
            or (word in lex.moods and not known)
            or (known and token.tag == "n" and self._object_of_verb(at))
        )

    def _counts_next(self, at: int) -> bool:
        """Whether a numeral with its measure word stands right behind."""
        if not at + 1 < len(self.tokens) or self.tokens[at].end != self.tokens[at + 1].start:
            return False
        text = self.tokens[at + 1].text
        return len(text) == 2 and text[0] in "一两三几" and text[1] in _MEASURES

    def _is_side(self, at: int) -> bool:
        """在喜床下, 在墙上: where something is, nothing that is done."""
        if self.tokens[at].text not in _SIDES or at == 0 or self.tokens[at - 1].tag[:1] != "n":
            return False
        return any(
            self.tokens[back].text in ("在", "到", "从", "往")
            for back in range(max(0, at - 4), at - 1)
        )

    def _describes(self, at: int) -> bool:
        """退休公交司机老耿: a verb in front of somebody that says what they are like."""
        if self.tokens[at].text not in _PREFIX:
            return False
        for stop in range(at + 1, min(at + 4, len(self.tokens))):
            if self.tokens[stop].start in self.starts:
                return True
            if self.tokens[stop].tag not in ("n", "b", "a", "nz", "x"):
                return False
        return False

    def _is_completed(self, at: int) -> bool:
        """走进, 摔碎: a verb of one character that the next one completes."""
        token = self.tokens[at]
        following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        suffered = at > 0 and self.tokens[at - 1].text == "被"
        return (
            len(token.text) == 1
            and token.tag == "v"
            and following is not None
            and (following.text in _COMPLETING or following.text in _GOING_ON or suffered)
            and following.start == token.end
            and token.text not in self.lex.words_of("not_events")
        )

    def _with_complements(self, at: int) -> tuple[str, int]:
        """A verb with what completes it (看 见, 送 给), and the token behind."""
        token = self.tokens[at]
        word, stop = token.text, at + 1
        while (
            stop < len(self.tokens)
            and stop not in self.people.used
            and (self.tokens[stop].start == self.tokens[stop - 1].end)
        ):
            complement = self.tokens[stop].text
            if word + complement in self.lex.acts or (
                complement in (_COMPLEMENTS if len(word) == 1 else "到给")
                and token.tag not in ("i", "l")
            ):
                word += complement
                stop += 1
            else:
                break
        return word, stop

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
