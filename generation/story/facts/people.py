"""The people of a text while they are being found: who is meant by which words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from generation.story.facts.lexicon import RoleWord
from generation.story.facts.types import Age, Being, PersonFact, RelationFact, Sex, Span


@dataclass(eq=False)
class Somebody:
    """A person so far. ``lean`` is the sex that their name suggests."""

    called: str
    at: int
    name: str = ""
    roles: list[str] = field(default_factory=list)
    sex: Sex | None = None
    sure: bool = True
    age: Age | None = None
    being: Being = "human"
    group: bool = False
    kin: str = ""
    of: Somebody | None = None  # whose kin
    spans: list[Span] = field(default_factory=list)

    def take_role(self, word: str, role: RoleWord) -> None:
        """Add what a word for this person says, without losing what was said before."""
        if word and word not in self.roles:
            self.roles.append(word)
        if role.sex and (self.sex is None or not self.sure):
            self.sex, self.sure = role.sex, True
        self.age = self.age or role.age
        if self.being == "human":
            self.being = role.being
            if role.being in ("robot", "ai"):
                self.sex, self.sure = "none", True
        self.group = self.group or role.group


@dataclass(eq=False)
class Mention:
    """Words that stand for somebody. ``person`` is None for a pronoun until it is resolved.

    ``free`` is False when the words only say whose something is ("the king's sword").
    """

    start: int
    end: int
    text: str
    person: Somebody | None
    pronoun: Sex | Literal["they", "i", "self"] | None = None
    free: bool = True
    plural: tuple[Somebody, ...] = ()
    number: int = 0  # its place among the mentions


MAX_BACK = 40  # mentions that a pronoun looks back over


def people_before(mentions: Sequence[Mention], mention: Mention) -> Iterator[Somebody]:
    """Who was spoken of before a mention, the last first, each time anew."""
    first = min(mention.number, len(mentions)) - 1
    for at in range(first, max(-1, first - MAX_BACK), -1):
        other = mentions[at]
        if other.person is not None and other.start < mention.start and not other.plural:
            yield other.person


def recent_people(
    mentions: Sequence[Mention], mention: Mention, subject: Somebody | None, but: Somebody | None
) -> list[Somebody]:
    """Whom a pronoun may mean, the likeliest first: the subject, then who was spoken of last."""
    found = [subject] if subject is not None else []
    for person in people_before(mentions, mention):
        if person not in found:
            found.append(person)
    return [person for person in found if person is not but and not person.group][:12]


class Cast:
    """Everybody found, in order, and what they are to each other."""

    def __init__(self) -> None:
        self.people: list[Somebody] = []
        self.relations: list[tuple[Somebody, str, Somebody, Span]] = []
        self._related: set[tuple[int, str, int]] = set()

    def add(self, person: Somebody) -> Somebody:
        """Enter somebody new."""
        self.people.append(person)
        return person

    def relate(self, a: Somebody, word: str, b: Somebody, span: Span) -> None:
        """``a`` is the ``word`` of ``b``; said once."""
        key = (id(a), word, id(b))
        if a is b or key in self._related:
            return
        self._related.add(key)
        self.relations.append((a, word, b, span))

    def answering(
        self,
        owner: Somebody,
        word: str,
        complements: Collection[frozenset[str]],
        sex: Sex | None = None,
    ) -> Somebody | None:
        """The father of somebody's daughter is that somebody, when nothing speaks against it."""
        for a, said, b, _ in self.relations:
            for child, other, kin in ((a, b, said), (b, a, "")):
                fits = sex is None or other.sex in (sex, None)
                if child is owner and kin and fits and frozenset((word, kin)) in complements:
                    return other
        return None

    def merge(self, kept: Somebody, other: Somebody) -> None:
        """Two turn out to be the same person."""
        if kept is other:
            return
        if other.name and not kept.name:
            kept.name = other.name
        for role in other.roles:
            if role not in kept.roles:
                kept.roles.append(role)
        if kept.sex is None or (not kept.sure and other.sure and other.sex):
            kept.sex, kept.sure = other.sex, other.sure
        kept.age = kept.age or other.age
        kept.kin = kept.kin or other.kin
        if kept.being == "human":
            kept.being = other.being
        kept.spans += other.spans
        if other.at < kept.at:
            kept.at, kept.called = other.at, other.called
        self.people = [person for person in self.people if person is not other]
        self.relations = [
            (kept if a is other else a, word, kept if b is other else b, span)
            for a, word, b, span in self.relations
            if not {a, b} <= {kept, other}
        ]

    def facts(
        self, keep: Iterable[Somebody]
    ) -> tuple[tuple[PersonFact, ...], tuple[RelationFact, ...], dict[int, str]]:
        """People and relations as facts, and the id of each person by ``id(somebody)``."""
        kept = sorted(keep, key=lambda person: person.at)
        names = {id(person): person_id(number) for number, person in enumerate(kept)}
        people = tuple(
            PersonFact(
                names[id(person)],
                person.called,
                person.name,
                person.roles[0] if person.roles else "",
                person.sex,
                person.sure,
                person.age,
                person.being,
                tuple(sorted(set(person.spans), key=lambda span: span.start)),
                person.group,
                tuple(person.roles),
            )
            for person in kept
        )
        relations = tuple(
            RelationFact(names[id(a)], names[id(b)], word, span)
            for a, word, b, span in sorted(self.relations, key=lambda found: found[3].start)
            if id(a) in names and id(b) in names
        )
        return people, relations, names


def person_id(number: int) -> str:
    """A … Z, then A1, B1 …"""
    letter = chr(ord("A") + number % 26)
    return letter if number < 26 else f"{letter}{number // 26}"


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
