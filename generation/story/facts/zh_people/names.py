"""Chinese names: which tokens are one, and how far it goes."""

from __future__ import annotations

from generation.story.facts.lexicon import RoleWord, grammar
from generation.story.facts.segmenting import Token, dictionary
from generation.story.facts.zh_people.roles import RoleWords
from generation.story.facts.zh_people.words import NAMING, PRONOUNS

_MEASURES = grammar("zh", "measures")
_NEVER_GIVEN = grammar("zh", "never_given_tags")
_PETS = frozenset("豆丁果团球圆糖毛皮点宝贝朵粒仔壮胖虎妞蛋旦嘟咪糕饼")  # of pet names
_RARE = -12.2  # log probability of a word that is met five times in a million


class Names(RoleWords):
    """Finds names by surname, by the statistics of given names, and by their surroundings."""

    def _name_at(self, at: int) -> str:
        if not 0 <= at < len(self.tokens) or self.tokens[at].start in self.hidden:
            return ""
        token = self.tokens[at]
        word = token.text
        if word in self.by_name or word in self.tables.famous:
            return word
        if self._measured(at) or self._is_household(word):
            return ""
        if token.tag == "name" and len(word) == 2 and word[0] == word[1]:
            return word if self._role(at - 1) and self._touches(at) else ""
        if token.tag == "name" and len(word) == 2 and word[1] in "门派家府宅国朝军村镇":
            return ""
        if token.tag in ("name", "nick", "title"):
            return word if word not in self.lex.words else ""
        if token.tag == "nr" and word not in self.lex.words and self._reliable(word):
            return word
        if len(word) == 2 and word[0] in "老小阿" and word[1] in self.tables.plain:
            return word if word not in self.lex.words else ""
        if token.tag == "latin" and word[0].isupper() and len(word) > 1 and self._latin(at):
            return word
        return ""

    def _doubled(self, at: int) -> bool:
        """六岁的 果 果 把…: a pet name where somebody is expected to stand."""
        word = self._word(at)
        if len(word) != 1 or self._word(at + 1) != word or not self._touches(at + 1):
            return False
        opens = at == 0 or self.tokens[at - 1].tag == "mark" or self._word(at - 2).endswith("岁")
        after = self.tokens[at + 2] if at + 2 < len(self.tokens) else None
        return (
            opens
            and word in self.tables.given
            and self.tokens[at].tag in ("n", "ng", "g", "nr", "x")
            and after is not None
            and (after.tag[:1] in ("v", "p", "d", "c") or after.text in self.lex.acts)
        )

    def _is_household(self, word: str) -> bool:
        """张家, 李府: where a family lives."""
        return len(word) == 2 and word[1] in "家府宅" and word[0] in self.tables.surnames

    def _measured(self, at: int) -> bool:
        """一 封信: what stands behind a numeral is counted, not called."""
        before = self.tokens[at - 1] if at else None
        return (
            before is not None
            and self._touches(at)
            and before.tag in ("m", "number")
            and (self.tokens[at].text[0] in _MEASURES and before.text[-1] not in _MEASURES)
        )

    def _reliable(self, word: str) -> bool:
        """Whether what the dictionary takes for a name is one: 卫星 and 高兴 are not."""
        sounds = all(char in self.tables.sound for char in word)
        if len(word) >= 3 and sounds:
            return True
        given = word[2:] if word[:2] in self.tables.compound else word[1:]
        return (
            len(word) in (2, 3, 4)
            and (word[0] in self.tables.plain or word[:2] in self.tables.compound)
            and bool(given)
            and all(char in self.tables.given for char in given)
        )

    def _latin(self, at: int) -> bool:
        word = self.tokens[at].text
        if word.isupper() and len(word) > 1:
            return False
        after, before = self._word(at + 1), self._word(at - 1)
        tag = self.tokens[at + 1].tag if at + 1 < len(self.tokens) else ""
        return (
            before in self.lex.roles
            or before in NAMING
            or tag.startswith(("v", "p", "d"))
            or after in ("和", "与", "的", "，", "、", "。", "在", "跟")
        )

    def _plain_name(self, at: int, quoted: bool, sure: bool) -> tuple[str, int]:
        """The name that begins at a token, and the token after it."""
        if found := self._name_at(at):
            return found, at + 1
        stop, size = at, 0
        while stop < len(self.tokens) and size < 5:
            token = self.tokens[stop]
            if token.tag == "mark" or token.text in (
                "的",
                "和",
                "与",
                "在",
                "是",
                "了",
                "也",
                "、",
            ):
                break
            if stop > at and not quoted and token.tag.startswith(("v", "p", "d", "c", "r", "uj")):
                break
            if token.text in PRONOUNS or (not sure and self._role(stop) and stop == at):
                return "", at
            if not quoted and not sure and stop == at and token.tag in ("v", "f", "u", "uz", "ul"):
                return "", at
            size += len(token.text)
            stop += 1
        name = self.text[self.tokens[at].start : self.tokens[stop - 1].end] if stop > at else ""
        return (name, stop) if 1 < len(name) <= 6 or (quoted and name) else ("", at)

    def _unmarked_name(self, stop: int) -> tuple[str, int]:
        """A name without a surname behind a role: 书生云裳, 小兔子朵朵, 机器人小七.

        Returns the name and the token after it; an empty name and ``stop`` when there is none.
        """
        if stop >= len(self.tokens):
            return "", stop
        if full := self._split_name(stop):
            return full
        if nickname := self._long_nickname(stop):
            return nickname
        word, after = self._joined_characters(stop)
        if not 2 <= len(word) <= 3 or word in self.lex.words:
            return "", stop
        follows = self.tokens[after] if after < len(self.tokens) else None
        if self._is_number_name(word, follows):
            return word, after
        double = word[0] == word[-1] and len(word) == 2
        nick = word[0] in "小阿老大胖" and len(word) == 2
        first = self.tokens[stop]
        if after - stop == 2:  # 采 薇: together they are no word
            first = Token(first.start, self.tokens[after - 1].end, word, "x")
        if not self._sounds_given(first, word, double, nick):
            return "", stop
        if follows is not None and follows.text == "的" and not (double or nick):
            return "", stop
        return (word, after) if self._follows_a_name(follows) else ("", stop)

    def _long_nickname(self, stop: int) -> tuple[str, int] | None:
        """看守人 老 胡子: what somebody is called by their looks."""
        word, after = self._word(stop), stop + 1
        if word in ("老", "小", "大") and self._touches(after) and len(self._word(after)) == 2:
            if self.tokens[after].tag not in ("n", "nr") or self._role(after):
                return None
            word, after = word + self._word(after), after + 1
        follows = self.tokens[after] if after < len(self.tokens) else None
        known = word in self.lex.words or word in self.lex.things
        if len(word) != 3 or word[0] not in "老小大" or known or self._touches(stop) is False:
            return None
        verb = follows is None or follows.tag[:1] in ("v", "d", "p", "c") or follows.tag == "mark"
        return (word, after) if verb else None

    def _joined_characters(self, stop: int) -> tuple[str, int]:
        """A word, with the next character when both are one and go together: 小 七, 朵 朵."""
        word, after = self._word(stop), stop + 1
        if len(word) != 1 or not self._touches(after) or len(self._word(after)) != 1:
            return word, after
        both = word + self._word(after)
        together = word in "小阿老大胖" or both[0] == both[1]
        if together or all(char in self.tables.given or char in _PETS for char in both):
            return both, after + 1
        return word, after

    def _is_number_name(self, word: str, follows: Token | None) -> bool:
        """克隆人零七逃出: two numerals in front of what somebody does."""
        return (
            len(word) == 2
            and set(word) <= set("零一二三四五六七八九十百千")
            and follows is not None
            and (follows.tag[:1] in ("v", "p", "d") or follows.text in self.lex.acts)
        )

    def _sounds_given(self, token: Token, word: str, double: bool, nick: bool) -> bool:
        """Whether a word may be a given name by its tag and characters."""
        if token.tag in _NEVER_GIVEN and not (nick or double):
            return False
        rare = token.tag == "n" and word in dictionary() and dictionary()[word][0] < _RARE
        rare = rare and word[-1] not in self.lex.words_of("thing_ends.ends")
        given = [char in self.tables.given or char in _PETS for char in word]
        foreign = (rare or token.tag in ("nr", "nz", "x")) and any(given)
        if not (double or nick or foreign or all(given)):
            return False
        after = self.text[token.end : token.end + 1]
        calls = bool(after) and after in "想要说是和与，有在"  # 小蜗牛慢慢想…, but 慢慢爬
        return not (double and token.tag in ("d", "z", "v") and not calls)

    def _follows_a_name(self, follows: Token | None) -> bool:
        """Whether what stands behind a word lets it be a name: a verb, a mark, the end."""
        return (
            follows is None
            or follows.tag[:1] in ("v", "d", "p", "c", "u")
            or follows.tag in ("mark", "r", "a", "own")
            or follows.text in self.lex.acts
            or follows.text in ("一起", "一同", "一块", "一道")
            or (len(follows.text) == 2 and follows.text[0] == follows.text[1])  # 天天
        )

    def _split_name(self, stop: int) -> tuple[str, int] | None:
        """A surname and what is left of a name that the words fell apart on: 田 可, 陆 时砚."""
        first, second = self.tokens[stop], stop + 1
        surnames = self.tables.plain
        if self._role(stop - 1) and self._touches(stop):
            rest = self._word(second)
            tag = self.tokens[second].tag if rest else ""
            single = len(first.text) == 1 == len(rest)
            plain = single and tag in ("n", "ng", "v", "a", "g", "x", "nr", "vg")
            plain = plain or tag in ("title", "name")  # 女捕头 冷 秋娘
            if rest and (plain or all(char in self.tables.given for char in rest)):
                surnames = self.tables.surnames  # 皇贵妃 卫 琳琅
        if first.text not in surnames or not self._touches(second):
            return None
        if second >= len(self.tokens) or self.tokens[second].tag in ("mark", "uj", "ul", "p", "c"):
            return None
        given = self.tokens[second].text
        if len(given) > 2 or (len(given) == 2 and self.tokens[second].tag in ("v", "d", "r")):
            return None
        after = second + 1
        follows = self.tokens[after] if after < len(self.tokens) else None
        if follows is None or follows.tag[:1] in ("v", "d", "p", "c", "u") or follows.tag in (
            "mark", "own", "r", "a"
        ):  # fmt: skip
            return first.text + given, after
        return None

    def _animal_name(self, role: RoleWord, stop: int) -> str:
        """徒弟小马, 修复师白鹿: somebody who is called as a beast is."""
        word = self._word(stop)
        beast = self.lex.roles.get(word)
        if role.being != "human" or beast is None or beast.being not in ("animal", "fox"):
            return ""
        nick = word[0] in "小老阿" and word[1:] in self.tables.plain
        nick = nick or word[0] in "小阿"
        if len(word) != 2 or (role.kin and not nick) or self._name_at(stop + 1):
            return ""
        return word

    def _closes_soon(self, at: int) -> bool:
        return any(self._word(stop) == "”" for stop in range(at + 2, at + 5)) and not any(
            self.tokens[stop].tag == "mark" and self._word(stop) != "”"
            for stop in range(at + 1, min(at + 4, len(self.tokens)))
        )

    def _names_place(self, at: int) -> bool:
        """陈塘 关, 沈家 村: a place that is called so."""
        ends = self.lex.words_of("place_ends.ends")
        if (
            not self._touches(at + 1)
            or self._word(at + 1) not in ends
            or self._word(at) in self.by_name
        ):
            return False
        return self._word(at + 2) not in ("上", "了", "着", "掉", "好", "住", "过", "门")
