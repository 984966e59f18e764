"""Who is in a Chinese text: names, roles, kin, pairs, and who each pronoun means."""

from __future__ import annotations

from generation.story.facts.lexicon import RoleWord, grammar
from generation.story.facts.people import Mention, Somebody
from generation.story.facts.types import Age, Sex, Span
from generation.story.facts.zh_people.relations import Relations
from generation.story.facts.zh_people.words import FAMILY_ENDS, PRONOUNS, canonical

_PREFIX = grammar("zh", "prefix")
_OF_BEASTS = frozenset(
    [
        "爷爷",
        "奶奶",
        "婆婆",
        "公公",
        "大叔",
        "阿姨",
        "叔叔",
        "妈妈",
        "爸爸",
        "先生",
        "小姐",
        "大婶",
        "大妈",
        "大爷",
    ]
)
_COMMON_SURNAMES = frozenset(
    "王李张刘陈杨赵周吴徐孙朱胡郭罗郑谢宋唐许韩冯邓曹彭曾肖董潘袁蔡蒋余杜苏魏吕丁沈姚卢姜崔谭陆"
)


class PeopleReader(Relations):
    """Reads the people of one text from its tokens."""

    def read(self) -> None:
        """Find everybody; fills ``cast`` and ``mentions``."""
        at = 0
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.start in self.hidden or at in self.used:
                at += 1
                continue
            if (stop := self._both_of_them(at)) > at:
                at = stop
            elif token.text in PRONOUNS:
                self._pronoun(at)
                at += 1
            elif (
                (named := self._naming(at)) is not None
                or (named := self._pair(at)) is not None
                or (named := self._roles_and_name(at)) is not None
            ):
                at = named
            else:
                at += 1
        self._disguised()

    def _disguised(self) -> None:
        """女扮男装 says the sex of who is spoken of next, else of who was before."""
        sexes: tuple[tuple[str, Sex], ...] = (("女扮男装", "f"), ("男扮女装", "m"))
        for words, sex in sexes:
            at = self.text.find(words)
            if at < 0:
                continue
            named = [m.person for m in self.mentions if at < m.start < at + 14 and m.person]
            before = [m.person for m in self.mentions if m.start < at and m.person]
            touching = any(m.end == at or m.end == at - 1 for m in self.mentions)
            for person in before[-1:] if touching and before else named[:1] or before[-1:]:
                person.sex, person.sure = sex, True

    def _both_of_them(self, at: int) -> int:
        """两人, 二人: the last two who were spoken of. The token behind; else ``at``."""
        word, stop = self._word(at), at + 1
        if word in ("两", "二", "俩") and self._word(stop) == "人" and self._touches(stop):
            word, stop = word + "人", stop + 1
        if word not in ("两人", "二人", "俩人", "他俩", "她俩"):
            return at
        found: list[Somebody] = []
        for mention in reversed(self.mentions[-8:]):
            person = mention.person
            if person is not None and person not in found and not person.group:
                found.append(person)
        if len(found) < 2:
            return at
        start, end = self.tokens[at].start, self.tokens[stop - 1].end
        pair = (found[1], found[0])
        self.used.update(range(at, stop))
        self._add(Mention(start, end, self.text[start:end], pair[0], plural=pair))
        return stop

    def _known_name(self, at: int) -> int | None:
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

    def _roles_and_name(self, at: int) -> int | None:
        """A run of role words and a name that stand for the same person."""
        if (known := self._known_name(at)) is not None:
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
            beast = bool(roles) and roles[-1][1].being in ("animal", "fox")
            if beast and word in _OF_BEASTS:
                roles[-1] = (stop, RoleWord(role.sex, role.age, "animal"))  # 老乌龟爷爷
                stop += 1
                continue
            if roles and (role.kin and canonical(word) in FAMILY_ENDS):
                break
            if roles and roles[-1][1].being == "human" != role.being and not roles[-1][1].kin:
                break
            if roles and roles[-1][1].kin and role.being == "animal" and word[0] in "小阿":
                break  # 孙女小鱼
            if self.tokens[stop].start in self.hidden:
                break
            roles.append((stop, role))
            stop += 1
        if not roles and (alive := self._living_end(at)):
            return self._enter(at, [(alive - 1, RoleWord(being="spirit"))], alive)
        if not roles:
            return self._name_first(at)
        if self._word(stop) == "家" and self._word(stop + 1) == "的" and not roles[-1][1].kin:
            return stop + 2  # 邻居家的
        if self._place_part(stop) and not self._split_name(stop):
            return None
        named = stop < len(self.tokens) and self._touches(stop) and self._name_at(stop)
        kin = roles[-1][1].kin and self._word(at - 1) == "的"
        addressed = self._word(at - 1) in PRONOUNS and self._word(at - 2) in (
            "叫",
            "喊",
            "称",
            "唤",
        )
        if addressed or self._is_clothing(at, stop) or self._compound(roles[-1][1], stop):
            return stop
        if not named and at in self.quoted and not self._heard_of(roles):
            self.used.update(range(at, stop))
            return stop
        if not named and not kin and self._is_nobody(at):
            self.used.update(range(at, stop))
            return stop
        return self._enter(at, roles, stop)

    def _heard_of(self, roles: list[tuple[int, RoleWord]]) -> bool:
        """“师妹，别来无恙？”: who is only addressed in speech is nobody new."""
        heads = {self._word(roles[-1][0]), canonical(self._word(roles[-1][0]))}
        return any(self.by_role.get(head) for head in heads)

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

    def _enter(self, at: int, roles: list[tuple[int, RoleWord]], stop: int) -> int:
        start = self.tokens[at].start
        said = self.text[start : self.tokens[stop - 1].end]
        name, name_end = "", stop
        quoted = self._word(stop) in ("“", "《") and roles[-1][1].being != "human"
        if quoted or (quoted := self._word(stop) == "“" and self._closes_soon(stop)):
            name, after = self._plain_name(stop + 1, True, sure=True)
            name_end = min(after + 1, len(self.tokens)) if name else stop
        elif self._touches(stop) and not roles[-1][1].group:
            name = self._name_at(stop) or self._animal_name(roles[-1][1], stop)
            name_end = stop + 1 if name else stop
            if not name:
                name, name_end = self._unmarked_name(stop)
        owner, owner_span = self._owner(at)
        if not name and self._taken_as(at, roles) is not None:
            self.used.update(range(at, stop))
            return stop
        if not name and owner is not None and roles[-1][1].kin:
            name, name_end = self._of_one_family(owner, stop)
        person = self._known_role(at, said, roles, owner) if not name else None
        if name:
            person = self._person_named(name, start, self.tokens[name_end - 1].end)
            earlier = self._known_role(at, said, roles, owner)
            if earlier and not earlier.name and not self._indefinite(at):
                self.cast.merge(person, earlier)
                self.repoint(earlier, person)
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

    def _taken_as(self, at: int, roles: list[tuple[int, RoleWord]]) -> Somebody | None:
        """收小乞丐做徒弟, 拜他为师父: who is taken for kin is that kin of who takes them."""
        if self._word(at - 1) not in ("做", "为", "当", "作") or not roles[-1][1].kin:
            return None
        last = self.mentions[-1] if self.mentions else None
        if last is None or last.person is None or last.end != self.tokens[at - 1].start:
            return None
        topic = self._topic(last.start)
        if topic is None or topic is last.person:
            return None
        word = self._word(roles[-1][0])
        last.person.take_role(word, roles[-1][1])
        self._remember_role(word, last.person)
        self.cast.relate(last.person, word, topic, Span(last.start, self.tokens[at].end))
        return last.person

    def _of_one_family(self, owner: Somebody, stop: int) -> tuple[str, int]:
        """老耿的儿子耿直: a word that begins with the family's surname is a name there."""
        surname = owner.name.lstrip("老小阿")[:1]
        word = self._word(stop) if self._touches(stop) else ""
        if surname and 2 <= len(word) <= 3 and word[0] == surname and word not in self.lex.words:
            return word, stop + 1
        return "", stop

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

    def _name_first(self, at: int) -> int | None:
        """A name, perhaps with a role behind it: 阿雪姑娘."""
        name = self._name_at(at)
        if not name and self._doubled(at):
            return self._mention_name(at, at + 1)
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
