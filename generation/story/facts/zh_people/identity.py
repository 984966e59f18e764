"""Who is the same person: names, short names and roles that were met before."""

from __future__ import annotations

from generation.story.facts.lexicon import RoleWord, grammar
from generation.story.facts.people import Mention, Somebody
from generation.story.facts.segmenting import NameTables, name_tables, sex_of_title
from generation.story.facts.types import Sex, Span
from generation.story.facts.zh_people.names import Names
from generation.story.facts.zh_people.words import FAMILY_ENDS, canonical

_NATURE = grammar("zh", "nature")
_WED = frozenset(["新娘", "新郎", "新娘子", "新郎官"])
_MANY = 300  # of names: a text that has more is matched by whole names only


def sex_of_given(name: str, tables: NameTables | None = None) -> Sex | None:
    """What the statistics of given names say; None when they say nothing."""
    tables = tables or name_tables()
    if name in tables.famous:
        return "f" if tables.famous[name] == "f" else "m"
    size = 2 if name[:2] in tables.compound and len(name) > 2 else 1
    given = name[size:] if len(name) > 1 and name[0] in tables.surnames | set("阿小老") else name
    score = sum((char in tables.female) - (char in tables.male) for char in given)
    return "f" if score > 0 else "m" if score < 0 else None


class Identity(Names):
    """Keeps one person for all their names and roles."""

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
        if name[:-2] in _NATURE and name[-2:] in self.lex.roles:
            person.being = "spirit"  # 乌云奶奶
        if name[0] in "风树雪雨月" and name[1:] in ("爷爷", "奶奶", "婆婆", "公公", "姐姐", "娘娘"):
            person.being = "spirit"
        names = self.spelt.setdefault(name[0], [])
        if name not in names and len(names) < 50:
            names.append(name)
        if (role := self.lex.roles.get(name[1:])) and len(name) > 2:
            person.take_role("", role)
            self._remember_role(name[1:], person)
        if title := sex_of_title(name):
            person.sex, person.sure = "f" if title == "f" else "m", True
        if person.sex is None and person.being not in ("robot", "ai") and not person.group:
            person.sex, person.sure = sex_of_given(name, self.tables), False
            if name in self.tables.famous:
                person.sure = True

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
            return mine or self.cast.answering(
                owner, canonical(head), self.lex.complements, roles[-1][1].sex
            )
        if not found and head in _WED and (other := self._wed(at, roles[-1][1].sex)):
            return other
        if not found and roles[-1][1].kin and (other := self._answering(head, roles[-1][1].sex)):
            return other
        if found and not (self._indefinite(at) and self._word(at - 1)[0] == "一"):
            return found[-1]
        return None

    def _wed(self, at: int, sex: Sex | None) -> Somebody | None:
        """新娘, where somebody was to be married before: the last of that sex who was spoken of."""
        start = self.tokens[at].start
        if not any(word in self.text[max(0, start - 60) : start] for word in "婚嫁娶亲堂"):
            return None
        for mention in reversed(self.mentions[-8:]):
            person = mention.person
            if person is not None and person.name and person.sex == sex and person.sure:
                return person
        return None

    def _answering(self, head: str, sex: Sex | None) -> Somebody | None:
        """师父, where somebody's 徒弟 was spoken of: whose. None when there are several."""
        word = canonical(head)
        found = [
            b
            for a, said, b, _ in self.cast.relations
            if frozenset((word, canonical(said))) in self.lex.complements
            and (sex is None or b.sex in (sex, None) or not b.sure)
        ]
        return found[0] if len(set(map(id, found))) == 1 else None

    def _mention_name(self, first: int, last: int) -> int:
        start, end = self.tokens[first].start, self.tokens[last].end
        person = self._person_named(self.text[start:end], start, end)
        after = last + 1
        role = self._role(after) if self._touches(after) else None
        family = canonical(self._word(after)) in FAMILY_ENDS
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
