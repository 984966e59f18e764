"""Words that say what somebody is: their trade, kin or kind of being."""

from __future__ import annotations

from generation.story.facts.lexicon import RoleWord, grammar
from generation.story.facts.segmenting import Token
from generation.story.facts.types import Sex
from generation.story.facts.zh_people.state import PeopleState

_PERSON_ENDS = grammar("zh", "person_ends")
_NOT_PERSON = grammar("zh", "not_person")
_ANIMATE = grammar("zh", "animate")
_NATURE = grammar("zh", "nature")
_FEELING = grammar("zh", "feeling")
_ABSTRACT = grammar("zh", "abstract")
_GUISES = grammar("zh", "guises")
_LACKS = grammar("zh", "lacks")


_KIN_OF: dict[str, Sex | None] = {
    "女": "f", "子": "m", "妻": "f", "妹": "f", "弟": "m", "兄": "m", "姐": "f", "母": "f",
    "父": "m", "徒": None, "友": None, "孙": None, "夫": "m",
}  # fmt: skip


class RoleWords(PeopleState):
    """Tells which tokens are words for somebody, and which only look so."""

    def _role(self, at: int) -> RoleWord | None:
        if not 0 <= at < len(self.tokens):
            return None
        token = self.tokens[at]
        if token.text in _KIN_OF and at and self.tokens[at - 1].text == "之":
            return RoleWord(_KIN_OF[token.text], kin=True)
        called = self.by_name.get(token.text)
        if called is not None and called.name == token.text and called.being == "human":
            return None
        found = self.lex.roles.get(token.text) or self._inferred(token)
        if found and token.text in self.lex.acts and token.tag.startswith("v"):
            return None
        if found and found.being != "human" and len(token.text) == 1:
            # 马 alone, 鱼 alone: somebody only when it acts; 鬼 and 神 as parts of phrases are not.
            return found if token.tag in ("n", "nr", "x", "m", "ns", "nz", "zg", "g") else None
        return found

    def _inferred(self, token: Token) -> RoleWord | None:
        """A noun that ends as words for people do: 调律师, 放映员."""
        word = token.text
        if word[-1] == "家" and word[:-1] in self.lex.roles:
            return None  # 邻居家
        if len(word) < 2 or word[-1] not in _PERSON_ENDS or word in _NOT_PERSON:
            return None
        if token.tag not in ("n", "nz", "nr", "x") or word in self.lex.words:
            return None
        if len(word) == 2 and (word[-1] in "人生长手家星士工民友" or token.tag == "nr"):
            return None
        return RoleWord("f" if word[0] == "女" or word[-1] in "妇婆妃姬婢嫂" else None)

    def _living_end(self, at: int) -> int:
        """Where a cloud or a pencil ends that thinks and speaks, as in tales; 0 when none does."""
        before = self.tokens[at - 1] if at else None
        opens = before is None or before.tag in ("mark", "c", "m", "uj", "q")
        if at in self.used or self.tokens[at].tag == "mark":
            return 0
        stop = at + (self._word(at) in ("小", "老", "大"))
        first = stop
        while (
            stop < len(self.tokens)
            and stop - first < 3
            and self._is_plain_noun(stop)
            and (stop == at or self._touches(stop))
        ):
            stop += 1
        if stop == first:
            return 0
        word = self.text[self.tokens[at].start : self.tokens[stop - 1].end]
        if word in self.by_role:
            return stop
        follows = stop
        while follows < len(self.tokens) and self.tokens[follows].tag == "d":
            follows += 1
        plain = self.text[self.tokens[first].start : self.tokens[stop - 1].end]
        if {word, plain} & _NATURE:
            return stop if self._word(follows) in _ANIMATE else 0
        known = word in self.lex.hours or plain in _ABSTRACT or plain[-1:] in tuple("声话事天们")
        return stop if opens and not known and self._word(follows) in _FEELING else 0

    def _is_plain_noun(self, at: int) -> bool:
        token, lex = self.tokens[at], self.lex
        if token.text in _NATURE:
            return True
        known = token.text in lex.places or token.text in lex.eras or token.text in lex.acts
        ends = lex.words_of("place_ends.ends")
        return (
            token.tag in ("n", "nz", "x")
            and not known
            and token.text[-1] not in ends
            and (at not in self.used and token.text not in _ABSTRACT)
        )

    def _place_part(self, stop: int) -> bool:
        """将军府, 医生办公室: a place that has the role in its name."""
        return self._touches(stop) and self._word(stop) in (self.lex.words_of("place_ends.ends"))

    def _is_clothing(self, at: int, stop: int) -> bool:
        """穿上修女的衣服: somebody else's clothes."""
        clothes = self._word(stop) == "的" and self._word(stop + 1)[-1:] in tuple(
            "服衣袍裙装帽鞋袄甲"
        )
        return clothes and any(self._word(at - back)[:1] in tuple("穿换戴披") for back in (1, 2, 3))

    def _is_nobody(self, at: int) -> bool:
        """没有朋友, 被当成总裁: a role that nobody has, or that somebody only seems to have."""
        back = at - 1
        while back > max(0, at - 6) and self.tokens[back].tag != "mark" and back not in self.used:
            word = self._word(back)
            made = (
                word in ("成", "成了", "作")
                and back
                and self.tokens[back - 1].tag[:1] in ("v", "n")
            )
            if made and self._word(back - 1) not in ("变", "化", "长", "修", "炼", "当"):
                return True  # 画成恶鬼
            if word in _GUISES or self._word(back - 1) + word in _GUISES:
                return True
            if word in _LACKS:
                return at - back <= 2
            back -= 1
        return False
