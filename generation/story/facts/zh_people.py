"""Who is in a Chinese text: names, roles, kin, pairs, and who each pronoun means."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from generation.story.facts.lexicon import Lexicon, RoleWord, grammar
from generation.story.facts.people import MAX_BACK, Cast, Mention, Somebody, recent_people
from generation.story.facts.segmenting import NameTables, Token, dictionary, name_tables
from generation.story.facts.types import Age, Sex, Span

_NAMING = grammar("zh", "naming")
_PREFIX = grammar("zh", "prefix")
_DETERMINERS = grammar("zh", "determiners")
_SYNONYMS = {
    word: words.split("=")[1]
    for words in grammar("zh", "synonyms")
    for word in words.split("=")[0].split("|")
}
_COMMON_SURNAMES = frozenset(
    "王李张刘陈杨赵周吴徐孙朱胡郭罗郑谢宋唐许韩冯邓曹彭曾肖董潘袁蔡蒋余杜苏魏吕丁沈姚卢姜崔谭陆"
)
_EMBEDDING = ("发现", "得知", "知道", "原来", "看见", "看到", "听说")
_MEASURES = grammar("zh", "measures")
_RARE = -12.2  # log probability of a word that is met five times in a million
_MANY = 300  # of names: a text that has more is matched by whole names only
_PRONOUNS: dict[str, str] = {
    "他": "m", "她": "f", "它": "none", "他们": "they", "她们": "they", "它们": "they",
    "自己": "self", "其": "self", "我": "i", "我们": "i", "牠": "none", "祂": "none",
}  # fmt: skip
_PERSON_ENDS = grammar("zh", "person_ends")
_NOT_PERSON = grammar("zh", "not_person")
_ANIMATE = grammar("zh", "animate")
_NATURE = grammar("zh", "nature")
_FEELING = grammar("zh", "feeling")
_ABSTRACT = grammar("zh", "abstract")
_GUISES = grammar("zh", "guises")
_LACKS = grammar("zh", "lacks")
_FAMILY_ENDS = (
    "母亲",
    "父亲",
    "妈妈",
    "爸爸",
    "妻子",
    "丈夫",
    "儿子",
    "女儿",
    "弟弟",
    "妹妹",
    "哥哥",
    "姐姐",
    "爷爷",
    "奶奶",
    "孙女",
    "孙子",
    "徒弟",
)


def quoted_tokens(tokens: Sequence[Token]) -> set[int]:
    """Tokens of closed quotations: what is said there happens to nobody."""
    found: set[int] = set()
    opened = -1
    for at, token in enumerate(tokens):
        if token.text == "“":
            opened = at
        elif token.text == "”" and opened >= 0:
            found.update(range(opened + 1, at))
            opened = -1
    return found


def canonical(word: str) -> str:
    """One word for those that mean the same person: 妈妈 is 母亲."""
    return _SYNONYMS.get(word, word)


def sex_of_given(name: str, tables: NameTables | None = None) -> Sex | None:
    """What the statistics of given names say; None when they say nothing."""
    tables = tables or name_tables()
    if name in tables.famous:
        return "f" if tables.famous[name] == "f" else "m"
    size = 2 if name[:2] in tables.compound and len(name) > 2 else 1
    given = name[size:] if len(name) > 1 and name[0] in tables.surnames | set("阿小老") else name
    score = sum((char in tables.female) - (char in tables.male) for char in given)
    return "f" if score > 0 else "m" if score < 0 else None


class PeopleReader:
    """Reads the people of one text from its tokens."""

    def __init__(self, text: str, tokens: Sequence[Token], lex: Lexicon, hidden: set[int]) -> None:
        self.text = text
        self.tokens = tokens
        self.lex = lex
        self.hidden = hidden  # offsets that are denied: nobody is there
        self.tables = name_tables()
        self.cast = Cast()
        self.mentions: list[Mention] = []
        self.by_name: dict[str, Somebody] = {}
        self.by_role: dict[str, list[Somebody]] = {}
        self.spelt: dict[str, list[str]] = {}  # first character → names
        self.used: set[int] = set()  # tokens that stand for people
        self.quoted = quoted_tokens(tokens)
        self.owners: set[int] = set()  # where mentions end that only say whose

    def read(self) -> None:
        """Find everybody; fills ``cast`` and ``mentions``."""
        at = 0
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.start in self.hidden or at in self.used:
                at += 1
                continue
            if token.text in _PRONOUNS:
                self._pronoun(at)
                at += 1
            elif (
                (named := self._naming(at)) is not None
                or (named := self._pair(at)) is not None
                or (named := self._group(at)) is not None
            ):
                at = named
            else:
                at += 1

    def _add(self, mention: Mention) -> None:
        mention.number = len(self.mentions)
        self.mentions.append(mention)

    # words

    def _word(self, at: int) -> str:
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def _touches(self, at: int) -> bool:
        """Whether a token follows the one before without a gap."""
        return 0 < at < len(self.tokens) and self.tokens[at - 1].end == self.tokens[at].start

    def _role(self, at: int) -> RoleWord | None:
        if not 0 <= at < len(self.tokens):
            return None
        token = self.tokens[at]
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
        if len(word) < 2 or word[-1] not in _PERSON_ENDS or word in _NOT_PERSON:
            return None
        if token.tag not in ("n", "nz", "nr", "x") or word in self.lex.words:
            return None
        if len(word) == 2 and (word[-1] in "人生长手家星士工民友" or token.tag == "nr"):
            return None
        return RoleWord("f" if word[0] == "女" or word[-1] in "妇婆妃姬婢嫂" else None)

    def _lives(self, at: int) -> int:
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
            and self._noun(stop)
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

    def _noun(self, at: int) -> bool:
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

    def _name_at(self, at: int) -> str:
        if not 0 <= at < len(self.tokens) or self.tokens[at].start in self.hidden:
            return ""
        token = self.tokens[at]
        word = token.text
        if word in self.by_name or word in self.tables.famous:
            return word
        if self._measured(at):
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
            or before in _NAMING
            or tag.startswith(("v", "p", "d"))
            or after in ("和", "与", "的", "，", "、", "。", "在", "跟")
        )

    # naming

    def _naming(self, at: int) -> int | None:
        """“名叫X”: who bears X is before it, or after it behind 的."""
        if self._word(at) not in _NAMING or self._word(at) in self.by_name:
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
            word = self._said(first, last)
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

    def _starts_clause(self, at: int) -> bool:
        return at == 0 or self.tokens[at - 1].tag == "mark"

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
            if token.text in _PRONOUNS or (not sure and self._role(stop) and stop == at):
                return "", at
            if not quoted and not sure and stop == at and token.tag in ("v", "f", "u", "uz", "ul"):
                return "", at
            size += len(token.text)
            stop += 1
        name = self.text[self.tokens[at].start : self.tokens[stop - 1].end] if stop > at else ""
        return (name, stop) if 1 < len(name) <= 6 or (quoted and name) else ("", at)

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

    def _latest(self, sex: str) -> Somebody | None:
        for mention in reversed(self.mentions[-MAX_BACK:]):
            person = mention.person
            if person and person.sex in (sex, None):
                return person
        return None

    def _head_after(self, at: int) -> tuple[int, int, RoleWord] | None:
        for stop in range(at, min(at + 3, len(self.tokens))):
            role = self._role(stop)
            if role:
                return at, stop, role
            if self.tokens[stop].tag not in ("a", "b", "n", "z"):
                return None
        return None

    def _said(self, first: int, last: int) -> str:
        return self.text[self.tokens[first].start : self.tokens[last].end]

    # pairs

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
        people = []
        for role, sex in roles:
            known = self.lex.roles.get(role, RoleWord())
            person = Somebody(word, span.start, spans=[span])
            person.take_role(role, known)
            person.sex = sex or person.sex
            self._remember_role(role, self.cast.add(person))
            people.append(person)
        self.cast.relate(people[1], roles[1][0], people[0], span)
        self.used.add(at)
        self._add(Mention(span.start, span.end, word, people[0], plural=tuple(people)))
        return at + 1

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

    # one person: prefix role role name

    def _broken(self, at: int) -> int | None:
        """A name that is known by now, though it is no word: 老K."""
        token = self.tokens[at]
        for name in self.spelt.get(token.text[:1], ()):
            if len(name) > len(token.text) and self.text.startswith(name, token.start):
                end, stop = token.start + len(name), at
                while stop < len(self.tokens) and self.tokens[stop].start < end:
                    stop += 1
                if self.tokens[stop - 1].end == end:
                    return self._mention_name(at, stop - 1)
        return None

    def _group(self, at: int) -> int | None:
        """A run of role words and a name that stand for the same person."""
        if (known := self._broken(at)) is not None:
            return known
        stop = at
        while stop - at < 3 and self._word(stop) in _PREFIX and self._touches(stop + 1):
            if (
                self._role(stop)
                and not self._role(stop + 1)
                and self._word(stop + 1) not in _PREFIX
            ):
                break
            stop += 1
        roles: list[tuple[int, RoleWord]] = []
        while (role := self._role(stop)) is not None and (not roles or self._touches(stop)):
            word = self._word(stop)
            if roles and (role.kin and canonical(word) in _FAMILY_ENDS):
                break
            if roles and roles[-1][1].being == "human" != role.being and not roles[-1][1].kin:
                break
            if self.tokens[stop].start in self.hidden:
                break
            roles.append((stop, role))
            stop += 1
        if not roles and (alive := self._lives(at)):
            return self._enter_group(at, [(alive - 1, RoleWord(being="spirit"))], alive)
        if not roles:
            return self._name_first(at)
        if self._place_part(stop):
            return None
        named = stop < len(self.tokens) and self._touches(stop) and self._name_at(stop)
        kin = roles[-1][1].kin and self._word(at - 1) == "的"
        addressed = self._word(at - 1) in _PRONOUNS and self._word(at - 2) in (
            "叫",
            "喊",
            "称",
            "唤",
        )
        if addressed or self._dressed(at, stop) or self._compound(roles[-1][1], stop):
            return stop
        if not named and not kin and self._none(at):
            self.used.update(range(at, stop))
            return stop
        return self._enter_group(at, roles, stop)

    def _place_part(self, stop: int) -> bool:
        """将军府, 医生办公室: a place that has the role in its name."""
        return self._touches(stop) and self._word(stop) in (self.lex.words_of("place_ends.ends"))

    def _dressed(self, at: int, stop: int) -> bool:
        """穿上修女的衣服: somebody else's clothes."""
        clothes = self._word(stop) == "的" and self._word(stop + 1)[-1:] in tuple(
            "服衣袍裙装帽鞋袄甲"
        )
        return clothes and any(self._word(at - back)[:1] in tuple("穿换戴披") for back in (1, 2, 3))

    def _compound(self, role: RoleWord, stop: int) -> bool:
        """蝴蝶花纹, 狐狸面具: a beast that only says what a thing is like."""
        if role.being in ("human", "robot", "ai") or not self._touches(stop):
            return False
        token = self.tokens[stop]
        if len(self._word(stop - 1)) == 1 and len(token.text) == 1 and token.tag in ("v", "a", "g"):
            return True  # 鱼干
        if token.tag not in ("n", "own") or token.text in self.lex.acts:
            return False
        named = self._name_at(stop) or self._unmarked_name(stop)[0]
        return not named and token.text not in self.lex.roles

    def _none(self, at: int) -> bool:
        """没有朋友, 被当成总裁: a role that nobody has, or that somebody only seems to have."""
        back = at - 1
        while back > max(0, at - 6) and self.tokens[back].tag != "mark" and back not in self.used:
            word = self._word(back)
            if word in _GUISES or self._word(back - 1) + word in _GUISES:
                return True
            if word in _LACKS:
                return at - back <= 2
            back -= 1
        return False

    def _enter_group(self, at: int, roles: list[tuple[int, RoleWord]], stop: int) -> int:
        start = self.tokens[at].start
        said = self.text[start : self.tokens[stop - 1].end]
        name, name_end = "", stop
        quoted = self._word(stop) in ("“", "《") and roles[-1][1].being != "human"
        if quoted or (quoted := self._word(stop) == "“" and self._closes_soon(stop)):
            name, after = self._plain_name(stop + 1, True, sure=True)
            name_end = min(after + 1, len(self.tokens)) if name else stop
        elif self._touches(stop) and not roles[-1][1].group:
            name = self._name_at(stop) or self._beast_name(roles[-1][1], stop)
            name_end = stop + 1 if name else stop
            if not name:
                name, name_end = self._unmarked_name(stop)
        owner, owner_span = self._owner(at)
        person = self._known_role(at, said, roles, owner) if not name else None
        if name:
            person = self._person_named(name, start, self.tokens[name_end - 1].end)
            earlier = self._known_role(at, said, roles, owner)
            if earlier and not earlier.name and not self._indefinite(at):
                self.cast.merge(person, earlier)
                self._repoint(earlier, person)
        elif person is None:
            person = self.cast.add(Somebody(said, start))
        for number, (index, role) in enumerate(roles):
            word = said if number == len(roles) - 1 else self._word(index)
            person.take_role(word, role)
        self._prefixes(person, at, roles[0][0])
        self._remember_role(said, person)
        self._remember_role(self._word(roles[-1][0]), person)
        end = self.tokens[name_end - 1].end
        person.spans.append(Span(start, end))
        if person.kin == "" and roles[-1][1].kin:
            person.kin = self._word(roles[-1][0])
        if owner is not None:
            person.of = owner
            self.cast.relate(person, self._word(roles[-1][0]), owner, owner_span)
        self.used.update(range(at, name_end))
        self._add(Mention(start, end, self.text[start:end], person))
        return name_end

    def _beast_name(self, role: RoleWord, stop: int) -> str:
        """徒弟小马, 修复师白鹿: somebody who is called as a beast is."""
        word = self._word(stop)
        beast = self.lex.roles.get(word)
        if role.being != "human" or beast is None or beast.being not in ("animal", "fox"):
            return ""
        nick = word[0] in "小老阿" and word[1:] in self.tables.plain
        if len(word) != 2 or (role.kin and not nick) or self._name_at(stop + 1):
            return ""
        return word

    def _closes_soon(self, at: int) -> bool:
        return any(self._word(stop) == "”" for stop in range(at + 2, at + 5)) and not any(
            self.tokens[stop].tag == "mark" and self._word(stop) != "”"
            for stop in range(at + 1, min(at + 4, len(self.tokens)))
        )

    def _prefixes(self, person: Somebody, at: int, head: int) -> None:
        for index in range(at, head):
            word = self._word(index)
            sex: Sex | None = "f" if word == "女" else "m" if word == "男" else None
            if sex:
                person.sex, person.sure = sex, True
            age: Age | None = (
                "old" if word in ("老", "年迈", "退休") else
                "young" if word in ("少年", "青年", "年轻", "实习") else None
            )  # fmt: skip
            if age and person.age != "child":
                person.age = age

    def _unmarked_name(self, stop: int) -> tuple[str, int]:
        """A name without a surname behind a role: 书生云裳, 小兔子朵朵, 机器人小七."""
        if stop >= len(self.tokens):
            return "", stop
        if full := self._split_name(stop):
            return full
        token = self.tokens[stop]
        word = token.text
        after = stop + 1
        if (
            len(word) == 1
            and word in "小阿老大"
            and self._touches(after)
            and len(self._word(after)) == 1
        ):
            word += self._word(after)
            after += 1
        elif len(word) == 1 and self._touches(after) and len(self._word(after)) == 1:
            twice = word == self._word(after)
            if twice or all(char in self.tables.given for char in word + self._word(after)):
                word += self._word(after)
                after += 1
        if not 2 <= len(word) <= 3 or word in self.lex.words:
            return "", stop
        follows = self.tokens[after] if after < len(self.tokens) else None
        if (
            len(word) == 2
            and set(word) <= set("零一二三四五六七八九十百千")
            and follows is not None
            and (follows.tag[:1] in ("v", "p", "d") or follows.text in self.lex.acts)
        ):
            return word, after
        double = word[0] == word[-1] and len(word) == 2
        nick = word[0] in "小阿老大" and len(word) == 2
        if token.tag in (
            "d",
            "v",
            "p",
            "c",
            "r",
            "t",
            "f",
            "s",
            "uj",
            "ns",
            "i",
            "l",
            "vn",
            "zg",
        ) and not (nick or double):
            return "", stop
        rare = token.tag == "n" and word in dictionary() and dictionary()[word][0] < _RARE
        rare = rare and word[-1] not in self.lex.words_of("thing_ends.ends")
        foreign = (rare or token.tag in ("nr", "nz", "x")) and any(
            c in self.tables.given for c in word
        )
        if not (double or nick or foreign or all(c in self.tables.given for c in word)):
            return "", stop
        if double and token.tag in ("d", "z", "v"):
            return "", stop
        fits = (
            follows is None
            or follows.tag[:1] in ("v", "d", "p", "c", "u")
            or follows.tag in ("mark", "r", "a", "own")
            or follows.text in self.lex.acts
        )
        if follows is not None and follows.text == "的" and not (double or nick):
            fits = False
        return (word, after) if fits else ("", stop)

    def _split_name(self, stop: int) -> tuple[str, int] | None:
        """A surname and what is left of a name that the words fell apart on: 田 可, 陆 时砚."""
        first, second = self.tokens[stop], stop + 1
        if first.text not in self.tables.plain or not self._touches(second):
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

    def _name_first(self, at: int) -> int | None:
        """A name, perhaps with a role behind it: 阿雪姑娘."""
        name = self._name_at(at)
        if not name and self._word(at) in _COMMON_SURNAMES and self._opens(at):
            split = self._split_name(at)
            given = self._word(at + 1)
            other = given in self.lex.roles or given in self.lex.things or given in self.lex.places
            if split and len(given) == 1 and not other:
                return self._mention_name(at, at + 1)
        if not name:
            return None
        if self._names_place(at):
            return None
        last = at
        while self._touches(last + 1) and self._word(last + 1) == "·" and self._touches(last + 2):
            last += 2
        return self._mention_name(at, last)

    def _opens(self, at: int) -> bool:
        before = self.tokens[at - 1] if at else None
        return (
            before is None or before.tag in ("mark", "c") or before.text in ("的", "和", "与", "被")
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

    def _mention_name(self, first: int, last: int) -> int:
        start, end = self.tokens[first].start, self.tokens[last].end
        person = self._person_named(self.text[start:end], start, end)
        after = last + 1
        role = self._role(after) if self._touches(after) else None
        family = canonical(self._word(after)) in _FAMILY_ENDS
        plain = role is not None and not family and role.being == "human" and not role.group
        if role and plain and not self._place_part(after + 1):
            person.take_role(self._word(after), role)
            self._remember_role(self._word(after), person)
            end = self.tokens[after].end
            after += 1
        person.spans.append(Span(start, end))
        self.used.update(range(first, after))
        self._add(Mention(start, end, self.text[start:end], person))
        return after

    # who it is

    def _person_named(self, name: str, start: int, end: int) -> Somebody:
        if name in self.by_name:
            return self.by_name[name]
        for known, person in self.by_name.items() if len(self.by_name) < _MANY else ():
            short = name.removeprefix("阿").removeprefix("小") if len(name) == 2 else name
            if len(known) > len(name) >= 2 and (known.endswith(name) or known.endswith(short)):
                self.by_name[name] = person
                return person
            title = name[1:] in self.lex.roles and name[0] == known[0]
            if (
                title
                and len(known) in (2, 3)
                and self.lex.roles[name[1:]].sex in (person.sex, None)
            ):
                self.by_name[name] = person
                return person
        person = self.cast.add(Somebody(name, start))
        self._give_name(person, name)
        return person

    def _give_name(self, person: Somebody, name: str) -> None:
        person.name = name
        self.by_name[name] = person
        if name[0] in "风树雪雨月" and name[1:] in ("爷爷", "奶奶", "婆婆", "公公", "姐姐", "娘娘"):
            person.being = "spirit"
        names = self.spelt.setdefault(name[0], [])
        if name not in names and len(names) < 50:
            names.append(name)
        if (role := self.lex.roles.get(name[1:])) and len(name) > 2:
            person.take_role("", role)
            self._remember_role(name[1:], person)
        if person.sex is None and person.being not in ("robot", "ai") and not person.group:
            person.sex, person.sure = sex_of_given(name, self.tables), False
            if name in self.tables.famous:
                person.sure = True

    def _indefinite(self, at: int) -> bool:
        before = self.tokens[at - 1] if at > 0 else None
        return (
            before is not None
            and before.tag == "m"
            and before.text not in _DETERMINERS
            and (before.text[0] in "一两几")
        )

    def _known_role(
        self, at: int, said: str, roles: list[tuple[int, RoleWord]], owner: Somebody | None
    ) -> Somebody | None:
        head = self._word(roles[-1][0])
        found = [
            person
            for word in (said, head, canonical(head))
            for person in self.by_role.get(word, [])
        ]
        if not found and len(head) > 1 and len(self.by_role) < _MANY:
            found = [
                person
                for word, known in self.by_role.items()
                if word.endswith(head)
                for person in known
            ]
        if owner is not None:
            mine = next((p for p in found if p.of is owner or (p.of is None and p.kin)), None)
            return mine or self.cast.answering(owner, canonical(head), self.lex.complements)
        if found and not (self._indefinite(at) and self._word(at - 1)[0] == "一"):
            return found[-1]
        return None

    def _remember_role(self, word: str, person: Somebody) -> None:
        for key in {word, canonical(word)}:
            if person not in self.by_role.setdefault(key, []):
                self.by_role[key].append(person)

    def _repoint(self, old: Somebody, new: Somebody) -> None:
        for mention in self.mentions:
            if mention.person is old:
                mention.person = new
        for people in self.by_role.values():
            people[:] = [new if person is old else person for person in people]

    def _owner(self, at: int) -> tuple[Somebody | None, Span]:
        """Whose: “李砚的母亲”, “他的女儿”, “她女儿”."""
        back = at - 1
        of = self._word(back) == "的"
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
            last.person = self.resolve(last, self._topic(last.start))
        last.free = False
        self.owners.add(last.end)
        return last.person, span

    def _far_owner(self, at: int, last: Mention) -> tuple[Somebody | None, Span]:
        """自己失散二十年的女儿: whose, with a clause between."""
        between = self.text[last.end : self.tokens[at].start]
        if (
            last.pronoun != "self"
            or len(between) > 12
            or any(mark in between for mark in "，。！？；")
        ):
            return None, Span(0, 0)
        if last.person is None:
            last.person = self.resolve(last, self._topic(last.start))
        return last.person, Span(last.start, self.tokens[at].end)

    # pronouns

    def _pronoun(self, at: int) -> None:
        token = self.tokens[at]
        if at in self.quoted or (token.text.startswith("我") and self._asks(at)):
            return
        pronoun = _PRONOUNS[token.text]
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
        return any(
            word in near
            for word in (
                "我想要",
                "我要一",
                "我想写",
                "我想拍",
                "给我",
                "帮我",
                "我需要一",
                "我的故事",
                "我的想法",
            )
        )

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
        recent = recent_people(self.mentions, mention, subject, not_this)
        return choose(recent, sex, subject if subject is not not_this else None)


def _fits_pronoun(person: Somebody, wanted: Sex, subject: Somebody | None, rank: int) -> bool:
    """Whether 他 may be this person, by falling likelihood: ``rank`` 0 to 4."""
    human = person.being == "human"
    sure = person.sex == wanted and person.sure
    return (
        person is subject and (person.sex is None or sure) and human,
        sure,
        person.sex == wanted,
        human and (person.sex is None or not person.sure),
        person.sex is None,
    )[rank]


def choose(
    people: Sequence[Somebody], sex: str, subject: Somebody | None = None
) -> Somebody | None:
    """The likeliest of ``people`` (nearest first) for 他, 她 or 它."""
    if sex == "none":
        return next((p for p in people if p.sex == "none" or p.being == "animal"), None) or next(
            (p for p in people if p.being != "human"), None
        )
    wanted: Sex = "f" if sex == "f" else "m"
    for rank in range(5):
        found = [person for person in people if _fits_pronoun(person, wanted, subject, rank)]
        if found:
            person = found[0]
            if person.sex != wanted:
                person.sex, person.sure = wanted, len(found) == 1
            elif not person.sure:
                others = [p for p in people if p is not person and (p.sex is None or not p.sure)]
                person.sure = not others
            return person
    return None
