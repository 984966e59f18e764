"""Who is in an English text: names, roles behind determiners, kin, and pronouns."""

from __future__ import annotations

from generation.story.facts.en_people.roles import Phrase, RolePhrases
from generation.story.facts.en_people.words import DETERMINERS, POSSESSIVES, TITLES
from generation.story.facts.english_words import is_known
from generation.story.facts.lexicon import RoleWord, grammar
from generation.story.facts.numbers import english_number
from generation.story.facts.people import MAX_BACK, Mention, Somebody
from generation.story.facts.types import Age, Sex, Span

MAX_KIN = 200  # people among whom kin is sought
PRONOUNS = {
    "he": "m", "him": "m", "himself": "m", "she": "f", "her": "f", "herself": "f", "they": "they",
    "them": "they", "i": "i", "me": "i", "myself": "i", "it": "none",
}  # fmt: skip
_SAME = {
    "mom": "mother", "mum": "mother", "mama": "mother", "mommy": "mother", "dad": "father",
    "papa": "father", "daddy": "father", "grandma": "grandmother", "granny": "grandmother",
    "grandpa": "grandfather", "granddad": "grandfather", "kid": "child", "neighbour": "neighbor",
}  # fmt: skip
_WHEREABOUTS = frozenset(["upstairs", "downstairs", "there", "here", "outside", "nearby", "abroad"])
_WEAK_KIN = grammar("en", "weak_kin")
_TITLE_SEX = {
    "mr": RoleWord("m"), "mrs": RoleWord("f"), "ms": RoleWord("f"), "miss": RoleWord("f"),
    "sir": RoleWord("m"), "madam": RoleWord("f"), "madame": RoleWord("f"), "sister": RoleWord("f"),
    "uncle": RoleWord("m"), "aunt": RoleWord("f"),
}  # fmt: skip


def age_of(years: str) -> Age | None:
    """The age of somebody of so many years; None when the word is no number."""
    found = english_number([years]) if years else None
    if found is None:
        return None
    value = found[0]
    return "child" if value < 13 else "young" if value < 30 else "adult" if value < 60 else "old"


class EnglishPeople(RolePhrases):
    """Reads the people of one text."""

    def read(self) -> None:
        """Find everybody in order."""
        at = 0
        while at < len(self.words):
            if at in self.hidden or at in self.used:
                at += 1
                continue
            at = self._read_word(at)

    def _read_word(self, at: int) -> int:
        word = self.words[at]
        naming = word.low in ("named", "called") or (
            word.low == "is" and self._low(at - 1) == "name"
        )
        if naming and (stop := self._naming(at)):
            return stop
        known = word.capital and word.text in self.by_name and word.text != "I"
        if not known and (phrase := self._phrase(at)):
            return self._enter(phrase)
        if word.capital and (stop := self._name_end(at)):
            return self._named(at, stop)
        if word.low in PRONOUNS and not (word.low == "her" and self._owns(at)):
            self._pronoun(at, PRONOUNS[word.low])
        return at + 1

    def _enter(self, phrase: Phrase) -> int:
        first, last = phrase.first, phrase.last
        start, end = self.words[first].start, self.words[last - 1].end
        body = first + (self._low(first) in DETERMINERS or self._low(first) in POSSESSIVES)
        said = self.text[self.words[body].start : end]
        title = self.words[last - 1].capital
        name_end = self._name_end(last, adjacent=True) if self._next_is_name(last) else 0
        if name_end and self._another(phrase, last):
            name_end = 0
        number_group = phrase.role.group or self._plural(phrase)
        person = None if name_end and not number_group else self._met_before(phrase)
        appositive = self._appositive(first)
        if appositive is not None and not number_group and phrase.owner is not appositive:
            person = appositive
        if name_end and not number_group:
            name = self.text[self.words[last].start : self.words[name_end - 1].end]
            before = self.ends.get(first - 1) if self._low(first - 1) == "," else None
            renamed = before is not None and before.person is not None and not before.pronoun
            if renamed and phrase.owner is None and self._low(name_end) in (",", ".", "who", ""):
                assert before is not None and before.person is not None
                if not before.person.name and not before.person.group:
                    person = before.person  # “her own son, Prince Aldric,”
            person = self._person_named(name, start, person)
            end = self.words[name_end - 1].end
            if title:
                person.called = (
                    self.text[self.words[body].start : end] if not person.spans else person.called
                )
            last = name_end
        if person is None:
            person = self.cast.add(Somebody(said, start))
        self._describe(person, phrase, said, number_group)
        person.spans.append(Span(self.words[body].start, end))
        self._places_within(body, phrase.last - 1)
        if phrase.owner is not None:
            word = phrase.entry
            self.cast.relate(person, word, phrase.owner, Span(phrase.owner_at, end))
            person.of = person.of or phrase.owner
            other = self._both()[1] if self._low(phrase.first) == "their" else None
            if other is not None and other is not person:
                self.cast.relate(person, word, other, Span(phrase.owner_at, end))
        elif self._low(last) == "of" and phrase.role.kin:
            self._of_later(person, phrase.entry, last, start)
        elif first == self.theirs - 1 and phrase.role.kin:
            self.orphans.append((person, phrase.entry, Span(start, end)))
        if phrase.role.kin and not person.kin:
            person.kin = phrase.entry
        self._add_mention(first, last, Mention(start, end, said, person))
        return last

    def _places_within(self, first: int, last: int) -> None:
        """“a London printer”: a capital in front of a role says where from."""
        for at in range(first, last):
            word = self.words[at]
            if word.capital and not is_known(word.low, self.lex) and word.low not in self.names:
                self.place_words.append((at, at + 1))

    def _another(self, phrase: Phrase, at: int) -> bool:
        """“the girl Walter adores”: a name of the other sex behind a role is somebody else."""
        known = self.by_name.get(self.words[at].text)
        sexes = {phrase.role.sex, known.sex if known else None}
        return sexes == {"f", "m"}

    def _describe(self, person: Somebody, phrase: Phrase, said: str, group: bool) -> None:
        role = RoleWord(phrase.role.sex, phrase.role.age, phrase.role.being, group)
        own = said.lower() if phrase.owner is None else phrase.entry
        person.take_role(
            own if not person.name or said.lower() != person.name.lower() else "", role
        )
        for at in range(phrase.first, phrase.last):
            low = self._low(at)
            sex: Sex | None = "f" if low in ("female", "woman") else "m" if low == "male" else None
            if sex:
                person.sex, person.sure = sex, True
            age: Age | None = (
                "old" if low in ("old", "elderly", "aging", "ageing", "retired") else
                "young" if low in ("young", "teenage") else None
            )  # fmt: skip
            if low.endswith("-year-old") and (years := low.split("-")[0]):
                age = age_of(years)
            other = self.lex.roles.get(low)
            if other is not None and other.being != "human" and at < phrase.last - 1:
                person.take_role("", RoleWord(being=other.being))
            if age and person.age is None:
                person.age = age
        if self._low(phrase.last) == "of" and (age := age_of(self._low(phrase.last + 1))):
            person.age = person.age or age
        for key in {phrase.entry, _SAME.get(phrase.entry, phrase.entry)}:
            if person not in self.by_role.setdefault(key, []):
                self.by_role[key].append(person)

    def _met_before(self, phrase: Phrase) -> Somebody | None:
        key = _SAME.get(phrase.entry, phrase.entry)
        found = self.by_role.get(phrase.entry, []) + self.by_role.get(key, [])
        if phrase.owner is not None:
            owners = {id(phrase.owner)}
            if self._low(phrase.first) == "their":
                owners |= {id(owner) for owner in self._both() if owner is not None}
            mine = next((p for p in found if id(p.of) in owners), None)
            if mine is not None or phrase.last - phrase.first > 2:
                return mine  # “her dying mother” is somebody new
            return self.cast.answering(phrase.owner, key, self.lex.complements, phrase.role.sex)
        if not phrase.definite and self._low(phrase.first) in DETERMINERS:
            return None
        if not found:
            word = key.split()[-1]
            found = [
                p
                for entry, people in list(self.by_role.items())[:300]
                if entry.split()[-1] == word
                for p in people
            ]
        if not found and phrase.definite and phrase.last - phrase.first == 2:
            return self._met_as(phrase)
        return found[-1] if found else None

    def _met_as(self, phrase: Phrase) -> Somebody | None:
        """“the girl”, “the man”: somebody named before whom such a word fits."""
        if phrase.entry not in ("girl", "boy", "man", "woman", "child", "old man", "old woman"):
            return None
        for mention in reversed(self.mentions[-MAX_BACK:]):
            person = mention.person
            if person is None or not person.name or person.group or person.being != "human":
                continue
            aged = phrase.role.age in (None, person.age) or person.age is None
            if person.sex == phrase.role.sex and aged:
                return person
        return None

    def _of_later(self, person: Somebody, word: str, at: int, start: int) -> None:
        self.pending_of = (person, word, at + 1, start)

    def finish(self) -> None:
        """Bare kin is the first person's; a clockmaker with a daughter who has a father is he."""
        for person, word, span in self.orphans:
            owner = next((p for p in self.cast.people if p.group and p.at > person.at), None)
            if owner is not None:
                self.cast.relate(person, word, owner, span)
        for person in list(self.cast.people[:MAX_KIN]):
            if person.kin and person.of is None and not person.group:
                if any(a is person for a, _, _, _ in self.cast.relations):
                    continue
                base = self._partner(person) or next(
                    (
                        p
                        for p in self.cast.people[:MAX_KIN]
                        if p is not person and not p.group and not (p.kin and not p.name)
                    ),
                    None,
                )
                strong = person.kin not in _WEAK_KIN
                if base is not None and strong:
                    self.cast.relate(person, person.kin, base, person.spans[0])

    def _partner(self, person: Somebody) -> Somebody | None:
        word = _SAME.get(person.kin, person.kin)
        return next(
            (other for other in self.cast.people[:MAX_KIN] if other is not person and other.kin
             and frozenset((word, _SAME.get(other.kin, other.kin))) in self.lex.complements),
            None,
        )  # fmt: skip

    def _naming(self, at: int) -> int:
        begin = at + 1
        while self._low(begin) in ('"', "“", "'"):
            begin += 1
        if begin >= len(self.words) or not self.words[begin].capital:
            return 0
        stop = self._capitals_end(begin)
        name = self.text[self.words[begin].start : self.words[stop - 1].end]
        before = self.ends.get(at)
        if before is None or before.person is None:
            return self._thing_named(at, begin, stop)
        person = self._person_named(name, self.words[begin].start, before.person)
        person.spans.append(Span(self.words[begin].start, self.words[stop - 1].end))
        self.used.update(range(at, stop))
        self.ends[stop] = before
        return stop

    def _thing_named(self, at: int, begin: int, stop: int) -> int:
        """“a little snowplow named Gus”: a thing that has a name is somebody, as in tales."""
        first = next(
            (back for back in range(at - 1, max(-1, at - 5), -1) if self._low(back) in ("a", "an")),
            -1,
        )
        between = range(first + 1, at)
        if first < 0 or not between or any(not self.words[back].is_word for back in between):
            return 0
        noun = self._low(at - 1)
        if noun in self.lex.places or any(back in self.used for back in between):
            return 0
        start, end = self.words[begin].start, self.words[stop - 1].end
        person = self._person_named(self.text[start:end], start, None)
        person.take_role(noun, RoleWord(being="spirit"))
        said = Span(self.words[first + 1].start, end)
        person.spans.append(said)
        mention = Mention(said.start, end, self.text[said.start : end], person)
        self._add_mention(first, stop, mention)
        return stop

    def _named(self, at: int, stop: int) -> int:
        start, end = self.words[at].start, self.words[stop - 1].end
        begin = at
        roles: list[str] = []
        while begin < stop - 1 and self._low(begin) in TITLES:
            roles.append(self._low(begin))
            begin += 1
            if self._low(begin) == ".":
                begin += 1
        name = self.text[self.words[begin].start : end]
        before = self.ends.get(at - 1) if self._low(at - 1) == "," else None
        described = self._low(at - 1) in ("old", "young", "little", "poor", "dear")
        if described and self._low(at - 2) == ",":  # “the ferryman, old Callum Reid, swears”
            before = self.ends.get(at - 2)
        if before is None and self._low(at - 1) == "," and self._low(at - 2) in _WHEREABOUTS:
            before = self.ends.get(at - 2)  # “the blind pianist upstairs, Mr. Oduya”
        known = None
        if (
            before is not None
            and before.person
            and not before.person.name
            and not before.person.group
        ):
            following = self._low(stop)
            if following in (",", "who", "'s", ".", "") and not before.pronoun:
                known = before.person
        person = self._person_named(name, start, known)
        self._join_group(person, at, stop)
        if roles and not person.spans:
            person.called = self.text[start:end]
        if described and self._low(at - 1) in ("old", "young"):
            person.age = person.age or ("old" if self._low(at - 1) == "old" else "young")
        for role in roles:
            person.take_role(role, self.lex.roles.get(role, _TITLE_SEX.get(role, RoleWord())))
            if role == "old":
                person.age = "old"
            elif role in ("little",):
                person.age = person.age or "child"
        person.spans.append(Span(start, end))
        self._add_mention(at, stop, Mention(start, end, self.text[start:end], person))
        return stop

    def _join_group(self, person: Somebody, at: int, stop: int) -> None:
        """“Two rival chefs, Marco and Odile,”: those two are the chefs."""
        adjacent = self.ends.get(at)
        behind = adjacent or self.ends.get(at - 1)
        listed = (adjacent is not None or self._low(at - 1) in (",", ":")) and self._low(stop) in (
            "and",
            ",",
            "&",
        )
        if listed and behind is not None and behind.person and behind.person.group:
            self.group = (behind.person, stop)
        elif (
            self.group is None
            or self._low(at - 1) not in ("and", ",", "&")
            or at - self.group[1] > 2
        ):
            self.group = None
            return
        else:
            self.group = (self.group[0], stop)
        group = self.group[0]
        for role in group.roles:
            person.take_role(role.removesuffix("s"), RoleWord(group.sex, group.age, group.being))
        if group in self.cast.people:
            self.partner = person
        elif group.kin and self.partner is not None:
            self.cast.relate(person, group.kin, self.partner, person.spans[-1] if person.spans
                             else Span(self.words[at].start, self.words[stop - 1].end))  # fmt: skip
        self.cast.people = [other for other in self.cast.people if other is not group]
        self.repoint(group, person)
