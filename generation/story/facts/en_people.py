"""Who is in an English text: names, roles behind determiners, kin, and who each pronoun means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generation.story.facts.english_words import (
    Word,
    given_names,
    is_known,
    longest,
    plain_forms,
)
from generation.story.facts.lexicon import Lexicon, RoleWord, grammar
from generation.story.facts.people import MAX_BACK, Cast, Mention, Somebody, choose, recent_people
from generation.story.facts.types import Age, Sex, Span

MAX_KIN = 200  # people among whom kin is sought
DETERMINERS = grammar("en", "determiners")
POSSESSIVES = {"his": "m", "her": "f", "their": "they", "my": "i", "its": "none", "our": "i"}
PRONOUNS = {
    "he": "m", "him": "m", "himself": "m", "she": "f", "her": "f", "herself": "f", "they": "they",
    "them": "they", "i": "i", "me": "i", "myself": "i", "it": "none",
}  # fmt: skip
_ADJECTIVES = grammar("en", "adjectives")
_TITLES = grammar("en", "titles")
_TO_PLACE = grammar("en", "to_place")
_PLACE_FIRST = grammar("en", "place_first")
_NOBODY = grammar("en", "nobody")
_SAME = {
    "mom": "mother", "mum": "mother", "mama": "mother", "mommy": "mother", "dad": "father",
    "papa": "father", "daddy": "father", "grandma": "grandmother", "granny": "grandmother",
    "grandpa": "grandfather", "granddad": "grandfather", "kid": "child", "neighbour": "neighbor",
}  # fmt: skip
_NOT_OWNED = grammar("en", "not_owned")
_WEAK_KIN = grammar("en", "weak_kin")
_NOT_ROLE_BEFORE = grammar("en", "not_role_before")


@dataclass(frozen=True)
class Phrase:
    """Words ``first`` up to ``last`` that stand for somebody, with the head's table entry."""

    first: int
    last: int
    entry: str
    role: RoleWord
    definite: bool
    owner: Somebody | None = None
    owner_at: int = 0


class EnglishPeople:
    """Reads the people of one text."""

    def __init__(self, text: str, words: Sequence[Word], lex: Lexicon, hidden: set[int]) -> None:
        self.text = text
        self.words = list(words)
        self.lex = lex
        self.hidden = hidden
        self.cast = Cast()
        self.mentions: list[Mention] = []
        self.at_word: dict[int, Mention] = {}
        self.ends: dict[int, Mention] = {}  # index behind a mention → it
        self.by_name: dict[str, Somebody] = {}
        self.by_role: dict[str, list[Somebody]] = {}
        self.used: set[int] = set()
        self.orphans = []
        self.place_words: list[tuple[int, int]] = []
        self.names = given_names()
        self.inside = {
            word.low for at, word in enumerate(self.words)
            if word.capital and at and self.words[at - 1].is_word and not self.words[at - 1].capital
        }  # fmt: skip

    # reading

    def read(self) -> None:
        """Find everybody in order."""
        at = 0
        while at < len(self.words):
            if at in self.hidden or at in self.used:
                at += 1
                continue
            at = self._one(at)

    def _one(self, at: int) -> int:
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

    def _low(self, at: int) -> str:
        return self.words[at].low if 0 <= at < len(self.words) else ""

    def _add_mention(self, first: int, last: int, mention: Mention) -> Mention:
        self._append(mention)
        self.at_word[first] = mention
        self.ends[last] = mention
        self.used.update(range(first, last))
        return mention

    def _append(self, mention: Mention) -> None:
        mention.number = len(self.mentions)
        self.mentions.append(mention)

    def _pronoun(self, at: int, kind: str) -> None:
        word = self.words[at]
        mention = Mention(word.start, word.end, word.text, None, kind)  # type: ignore[arg-type]
        if kind == "i":
            if word.low == "i" and word.text != "I":
                return
            mention.person = self.by_name.get("I") or self.cast.add(Somebody("I", word.start))
            self.by_name["I"] = mention.person
            mention.person.spans.append(Span(word.start, word.end))
        self._append(mention)
        self.at_word[at] = mention
        self.ends[at + 1] = mention

    def _owns(self, at: int) -> bool:
        """“her daughter”, not “asks her to”."""
        following = self.words[at + 1] if at + 1 < len(self.words) else None
        if following is None or not following.is_word:
            return False
        low = following.low
        return low in _ADJECTIVES or low == "own" or low not in _NOT_OWNED

    # phrases

    def _phrase(self, at: int) -> Phrase | None:
        """A determiner or possessive, modifiers, and a role; or roles that need no determiner."""
        low = self._low(at)
        owner, owner_at, begin, definite = None, at, at, False
        own = (low in POSSESSIVES and low != "her") or (low == "her" and self._owns(at))
        previous = self.ends.get(at)
        if low == "'s":
            if previous is None:
                return None
            owner, owner_at, begin, definite = self._whose(previous), previous.start, at + 1, True
            previous.free = False
        elif own:
            begin, definite = at + 1, True
        elif low in DETERMINERS:
            begin, definite = at + 1, low in ("the", "this", "that", "these", "those")
        elif previous is not None and self._low(at - 1) not in (",",):
            return None
        found = self._head(begin, bare=begin == at)
        if found is None:
            return None
        entry, _head, last = found
        if own:
            owner, owner_at = self._pronoun_owner(at), self.words[at].start
        return Phrase(
            at if low != "'s" else begin,
            last,
            entry,
            self.lex.roles[entry],
            definite,
            owner,
            owner_at,
        )

    def _whose(self, mention: Mention) -> Somebody | None:
        if mention.person is None and mention.pronoun in ("m", "f"):
            mention.person = self.resolve(mention)
        return mention.person

    def _pronoun_owner(self, at: int) -> Somebody | None:
        word = self.words[at]
        kind = POSSESSIVES[word.low]
        mention = Mention(word.start, word.end, word.text, None, kind, free=False)  # type: ignore[arg-type]
        if kind == "i":
            self._pronoun(at, "i")
            return self.by_name["I"]
        if kind == "they":
            self.theirs = at + 1
            return next((m.person for m in reversed(self.mentions[-MAX_BACK:]) if m.person), None)
        self._append(mention)
        mention.person = self.resolve(mention, self._subject_before(at))
        return mention.person

    def _subject_before(self, at: int) -> Somebody | None:
        """Whom “his” most often means: the first of the sentence, else of the one before."""
        stop = at
        for _ in range(2):
            begin = stop
            while begin > max(0, at - 90) and self._low(begin - 1) not in (".", "!", "?", ";"):
                begin -= 1
            for index in range(begin, stop):
                mention = self.at_word.get(index)
                if mention is not None and mention.person and mention.free:
                    return mention.person
            stop = max(0, begin - 1)
        return None

    def _head(self, begin: int, *, bare: bool) -> tuple[str, int, int] | None:
        for head in range(begin, min(begin + 4, len(self.words))):
            word = self.words[head]
            if head in self.hidden or not (word.is_word or word.text[0].isdigit()):
                return None
            found = longest(self.words, head, self.lex.roles)
            if found and self._fits(found[0], head, found[1], begin, bare):
                later = self._later_head(found[1])
                return later or (found[0], head, found[1])
            if bare and head > begin:
                return None
            if not self._modifier(head):
                return None
        return None

    def _later_head(self, at: int) -> tuple[str, int, int] | None:
        """“taxi driver”, “ghost hunter”: the last of several roles in a row is what they are."""
        found = longest(self.words, at, self.lex.roles)
        if found and self._low(at - 1) != "'s" and not self.words[at].capital:
            entry, last = found
            verb = longest(self.words, at, self.lex.acts)
            if verb and self.words[at].low.endswith("s"):
                return None
            return entry, at, last
        return None

    def _fits(self, entry: str, head: int, last: int, begin: int, bare: bool) -> bool:
        role = self.lex.roles[entry]
        following = self._low(last)
        compound = longest(self.words, head, self.lex.places) or longest(
            self.words, head, self.lex.things
        )
        if compound and compound[1] > last:
            return False
        if following in _NOT_ROLE_BEFORE or (
            self.words[last].is_word
            and last < len(self.words)
            and (
                longest(self.words, last, self.lex.things, 1)
                or longest(self.words, last, self.lex.places, 1)
            )
            and not longest(self.words, last, self.lex.acts, 1)
            if last < len(self.words)
            else False
        ):
            return False
        if not bare:
            return True
        word = self.words[head]
        plural = word.low != entry.rsplit(maxsplit=1)[-1] or role.group
        if head != begin:
            return plural and begin == head - 1
        before = self._low(head - 1)
        if before in ("it", "him", "her") and self._low(head - 2) in (
            "call",
            "called",
            "calls",
            "named",
        ):
            return False
        opens = (
            head == 0
            or not self.words[head - 1].is_word
            or before in ("and", "or", "but", "of", "with", "by", "for", "from", "to", "as", "two")
            or any(form in self.lex.acts for form in plain_forms(before))
        )
        if word.low in ("ai", "a.i."):
            return True
        if word.capital and (head == 0 or not self.words[head - 1].is_word):
            return plural or (role.kin and self._low(last) not in ("",)) or word.low in _TITLES
        return (plural and opens) or (word.capital and role.kin)

    def _modifier(self, at: int) -> bool:
        word = self.words[at]
        if word.low in _ADJECTIVES or word.low.endswith(
            ("-year-old", "less", "ful", "ous", "ish", "ary")
        ):
            return True
        if word.low in (
            "of",
            "and",
            "or",
            "who",
            "that",
            "to",
            "in",
            "on",
            "is",
            "was",
            "'s",
            "with",
            "for",
            "at",
            "by",
            "has",
        ):
            return False
        if any(form in self.lex.acts for form in plain_forms(word.low)):
            return word.low.endswith(("ed", "ing", "en"))
        return (
            not is_known(word.low, self.lex)
            or word.low in self.lex.things
            or word.low in self.lex.places
        )

    def _enter(self, phrase: Phrase) -> int:
        first, last = phrase.first, phrase.last
        start, end = self.words[first].start, self.words[last - 1].end
        body = first + (self._low(first) in DETERMINERS or self._low(first) in POSSESSIVES)
        said = self.text[self.words[body].start : end]
        title = self.words[last - 1].capital
        name_end = self._name_end(last, adjacent=True) if self._next_is_name(last) else 0
        number_group = phrase.role.group or self._plural(phrase)
        person = None if name_end and not number_group else self._known(phrase)
        appositive = self._appositive(first)
        if appositive is not None and not number_group and phrase.owner is not appositive:
            person = appositive
        if name_end and not number_group:
            name = self.text[self.words[last].start : self.words[name_end - 1].end]
            person = self._person_named(name, start, person)
            end = self.words[name_end - 1].end
            if title:
                person.called = (
                    self.text[self.words[body].start : end] if not person.spans else person.called
                )
            last = name_end
        if person is None:
            person = self.cast.add(Somebody(said, start))
        self._take(person, phrase, said, number_group)
        person.spans.append(Span(self.words[body].start, end))
        if phrase.owner is not None:
            word = phrase.entry
            self.cast.relate(person, word, phrase.owner, Span(phrase.owner_at, end))
            person.of = phrase.owner
        elif self._low(last) == "of" and phrase.role.kin:
            self._of_later(person, phrase.entry, last, start)
        elif first == self.theirs - 1 and phrase.role.kin:
            self.orphans.append((person, phrase.entry, Span(start, end)))
        if phrase.role.kin and not person.kin:
            person.kin = phrase.entry
        self._add_mention(first, last, Mention(start, end, said, person))
        return last

    def _plural(self, phrase: Phrase) -> bool:
        last = self.words[phrase.last - 1].low
        return (last != phrase.entry.split()[-1] and last.endswith(("s", "men", "ren"))) or (
            self._low(phrase.first)
            in (
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "several",
                "many",
                "these",
                "those",
                "both",
            )
        )

    def _take(self, person: Somebody, phrase: Phrase, said: str, group: bool) -> None:
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
                age = _age_of(years)
            other = self.lex.roles.get(low)
            if other is not None and other.being != "human" and at < phrase.last - 1:
                person.take_role("", RoleWord(being=other.being))
            if age and person.age is None:
                person.age = age
        if self._low(phrase.last) == "of" and (age := _age_of(self._low(phrase.last + 1))):
            person.age = person.age or age
        for key in {phrase.entry, _SAME.get(phrase.entry, phrase.entry)}:
            if person not in self.by_role.setdefault(key, []):
                self.by_role[key].append(person)

    def _known(self, phrase: Phrase) -> Somebody | None:
        key = _SAME.get(phrase.entry, phrase.entry)
        found = self.by_role.get(phrase.entry, []) + self.by_role.get(key, [])
        if phrase.owner is not None:
            mine = next((p for p in found if p.of is phrase.owner), None)
            return mine or self.cast.answering(phrase.owner, key, self.lex.complements)
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
        return found[-1] if found else None

    def _of_later(self, person: Somebody, word: str, at: int, start: int) -> None:
        self._pending_of = (person, word, at + 1, start)

    theirs = -1
    group: tuple[Somebody, int] | None = None
    orphans: list[tuple[Somebody, str, Span]]

    _pending_of: tuple[Somebody, str, int, int] | None = None

    def _appositive(self, first: int) -> Somebody | None:
        """“Ines, a baker,”; “Pip the rabbit”: the same person as the name before."""
        if self._low(first) not in ("a", "an", "the"):
            return None
        comma = self._low(first - 1) == ","
        before = self.ends.get(first - 1) if comma else self.ends.get(first)
        if before is None or before.person is None or before.pronoun:
            return None
        if not before.person.name and not (comma and self._encloses(first)):
            return None
        if not comma and self._low(first) != "the":
            return None
        return before.person

    def _encloses(self, first: int) -> bool:
        """“the food taster, a boy of nine, knows”: a second role between commas."""
        for stop in range(first + 1, min(first + 9, len(self.words))):
            low = self._low(stop)
            if low in ("and", "or"):
                return False
            if low == ",":
                following = self._low(stop + 1)
                return following not in ("a", "an", "the", "and", "or", "but") and not (
                    stop + 1 < len(self.words) and self.words[stop + 1].capital
                )
            if low in (".", ";", "!", "?"):
                return False
        return False

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

    # names

    def _next_is_name(self, at: int) -> bool:
        """A name right behind a role, or behind a comma: “her brother Tom”, “daughter, Ines,”."""
        if at >= len(self.words):
            return False
        return self.words[at].capital and self._low(at) not in _NOBODY

    def _naming(self, at: int) -> int:
        begin = at + 1
        while self._low(begin) in ('"', "“", "'"):
            begin += 1
        if begin >= len(self.words) or not self.words[begin].capital:
            return 0
        stop = self._run(begin)
        name = self.text[self.words[begin].start : self.words[stop - 1].end]
        before = self.ends.get(at)
        if before is None or before.person is None:
            return 0
        person = self._person_named(name, self.words[begin].start, before.person)
        person.spans.append(Span(self.words[begin].start, self.words[stop - 1].end))
        self.used.update(range(at, stop))
        self.ends[stop] = before
        return stop

    def _run(self, at: int) -> int:
        stop = at + 1
        while stop < len(self.words):
            word = self.words[stop]
            gap = self.text[self.words[stop - 1].end : word.start]
            if "\n" in gap:
                break
            if (
                (word.capital and word.is_word and word.low not in _NOBODY)
                or (
                    word.text == "."
                    and len(self.words[stop - 1].text) <= 2
                    and self._next_is_name(stop + 1)
                )
                or (
                    word.low in ("de", "van", "von", "da", "bin", "al", "le", "la", "der", "di")
                    and (self._next_is_name(stop + 1))
                )
            ):
                stop += 1
            else:
                break
        return stop

    def _name_end(self, at: int, adjacent: bool = False) -> int:
        """Where the name that begins at a capital letter ends; 0 when it is none."""
        if at >= len(self.words):
            return 0
        word = self.words[at]
        stop = self._run(at)
        run = self.words[at:stop]
        before = self._low(at - 1)
        if word.low in _NOBODY or (word.text.isupper() and len(word.text) > 1 and len(run) == 1):
            return 0
        if (
            run[-1].low in self.lex.places
            or run[0].low in _PLACE_FIRST
            or (
                len(run) > 1
                and run[-1].low in ("dynasty", "street", "road", "river", "ocean", "empire", "bay")
            )
        ):
            if run[-1].low in ("dynasty",):
                return 0
            if len(run) > 1 and before != "":
                self.place_words.append((at, stop))
            return 0
        if before in _TO_PLACE or (
            before in ("to", "from", "of") and self._place_like(at, stop, before)
        ):
            if not (len(run) == 1 and is_known(word.low, self.lex)):
                self.place_words.append((at, stop))
            return 0
        title = word.low in _TITLES and len(run) > 1
        opens = at == 0 or not self.words[at - 1].is_word
        low = word.low
        known = is_known(low, self.lex) and low not in self.names
        if len(run) > 1 and not title and opens and is_known(run[0].low, self.lex):
            return 0 if low not in self.names else stop
        if before in ("a", "an", "the") and not adjacent:
            return 0
        beast = (
            (adjacent or not opens)
            and before not in DETERMINERS
            and (
                low in self.lex.roles and self.lex.roles[low].being not in ("human", "robot", "ai")
            )
        )
        if len(run) == 1 and known and word.text not in self.by_name and not beast:
            return 0
        if opens and len(run) == 1 and not self._opens_as_name(at, stop):
            return 0
        return stop

    def _place_like(self, at: int, stop: int, before: str) -> bool:
        low = self.words[at].low
        if low in self.by_name or low in self.names or low in _TITLES:
            return False
        if before == "of":
            return True
        back = [
            form for index in range(max(0, at - 4), at) for form in plain_forms(self._low(index))
        ]
        return any(
            form
            in (
                "return",
                "move",
                "come",
                "go",
                "travel",
                "sail",
                "fly",
                "way",
                "back",
                "train",
                "flee",
                "road",
                "walk",
                "drive",
                "letter",
            )
            for form in back
        )

    def _opens_as_name(self, at: int, stop: int) -> bool:
        low = self.words[at].low
        if low in self.names or low in self.inside or self.words[at].text in self.by_name:
            return True
        following = self._low(stop)
        if following in (
            "'s",
            "and",
            "is",
            "was",
            "has",
            "the",
            "who",
            "must",
            "will",
            "can",
            "had",
            ",",
            "returns",
            "never",
        ):
            return not low.endswith(("ing", "ed", "ly", "tion", "ness", "ment")) and not is_known(
                low, self.lex
            )
        return any(form in self.lex.acts for form in plain_forms(following)) and not low.endswith(
            ("ing", "ed", "ly", "tion", "ness", "s")
        )

    def _named(self, at: int, stop: int) -> int:
        start, end = self.words[at].start, self.words[stop - 1].end
        begin = at
        roles: list[str] = []
        while begin < stop - 1 and self._low(begin) in _TITLES:
            roles.append(self._low(begin))
            begin += 1
            if self._low(begin) == ".":
                begin += 1
        name = self.text[self.words[begin].start : end]
        before = self.ends.get(at - 1) if self._low(at - 1) == "," else None
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
        self._one_of_group(person, at, stop)
        if roles and not person.spans:
            person.called = self.text[start:end]
        for role in roles:
            person.take_role(role, self.lex.roles.get(role, _TITLE_SEX.get(role, RoleWord())))
            if role == "old":
                person.age = "old"
            elif role in ("little",):
                person.age = person.age or "child"
        person.spans.append(Span(start, end))
        self._add_mention(at, stop, Mention(start, end, self.text[start:end], person))
        return stop

    def _one_of_group(self, person: Somebody, at: int, stop: int) -> None:
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
        self.cast.people = [other for other in self.cast.people if other is not group]
        self._repoint(group, person)

    def _person_named(self, name: str, start: int, known: Somebody | None) -> Somebody:
        for key in (name, name.split(maxsplit=1)[0], name.rsplit(maxsplit=1)[-1]):
            if key in self.by_name and (key == name or len(name.split()) == 1):
                person = self.by_name[key]
                if known is not None and known is not person:
                    self.cast.merge(person, known)
                    self._repoint(known, person)
                return person
        person = known or self.cast.add(Somebody(name, start))
        if person.name and person.name != name:
            person = self.cast.add(Somebody(name, start))
        person.name = name
        if name.lower() in self.lex.roles:
            person.take_role("", self.lex.roles[name.lower()])
        if person.called != name and known is None:
            person.called = name
        for key in {name, name.split(maxsplit=1)[0], name.rsplit(maxsplit=1)[-1]}:
            self.by_name.setdefault(key, person)
        if person.sex is None and person.being not in ("robot", "ai"):
            sex = self.names.get(name.split(maxsplit=1)[0].lower()) or self.names.get(
                name.split("-", maxsplit=1)[0].lower()
            )
            if sex:
                person.sex, person.sure = ("f" if sex == "f" else "m"), False
        return person

    def _repoint(self, old: Somebody, new: Somebody) -> None:
        for mention in self.mentions:
            if mention.person is old:
                mention.person = new
        for table in (self.by_role,):
            for people in table.values():
                people[:] = [new if person is old else person for person in people]
        for name, person in self.by_name.items():
            if person is old:
                self.by_name[name] = new

    # pronouns

    def resolve(self, mention: Mention, subject: Somebody | None = None,
                not_this: Somebody | None = None) -> Somebody | None:  # fmt: skip
        """Who a pronoun means; gives the person that sex."""
        if mention.pronoun not in ("m", "f", "none"):
            return None
        ordered = recent_people(self.mentions, mention, subject, not_this)
        if mention.pronoun == "none":
            ordered = [
                p
                for p in ordered
                if p.being in ("robot", "ai", "animal", "spirit", "dragon", "ghost")
            ]
            return ordered[0] if ordered and ordered[0].sex in ("none", None) else None
        return choose(ordered, mention.pronoun)


_TITLE_SEX = {
    "mr": RoleWord("m"), "mrs": RoleWord("f"), "ms": RoleWord("f"), "miss": RoleWord("f"),
    "sir": RoleWord("m"), "madam": RoleWord("f"), "madame": RoleWord("f"), "sister": RoleWord("f"),
    "uncle": RoleWord("m"), "aunt": RoleWord("f"),
}  # fmt: skip


def _age_of(years: str) -> Age | None:
    from generation.story.facts.numbers import english_number

    found = english_number([years]) if years else None
    if found is None:
        return None
    value = found[0]
    return "child" if value < 13 else "young" if value < 30 else "adult" if value < 60 else "old"
