"""What a language model wrote, held against the facts of the text that it was given: mended where
that can be done, listed where not.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from generation.story.facts.english_words import plain_forms, split_words
from generation.story.facts.folding import fold
from generation.story.facts.types import EventFact, Facts, PersonFact
from generation.story.genres import GENDER
from generation.story.puppets import Character, cast_character, figure_of, person_id
from generation.story.types import Language, Outline, Person, ScriptLine

MAX_PEOPLE = 8
# A line is asked to be shorter; up to here it can still be said in one breath.
MAX_SAID: dict[Language, int] = {"zh": 24, "en": 96}  # characters
_SHARED_PAIRS = 0.5  # of a clause's pairs of characters: then it was retold
_PAUSES: dict[Language, str] = {"zh": r"(?<=[。！？；，、…])", "en": r"(?<=[.!?;,—])\s+"}

_REMARKS = {
    "zh": ("语言模型漏掉了：{words}。", "语言模型写了不要写的：{words}。"),
    "en": ("The model left out: {words}.", "The model wrote what was not wanted: {words}."),
}


def mend(outline: Outline, facts: Facts) -> Outline:
    """The model's outline with the people of the text by their own names, with those that it forgot
    and with the sex that the text says; and with a remark on people, relations, places, things and
    events that it left out and on what it was told to leave out.

    An outline in another language than the text is only mended in its people.
    """
    outline = _renamed(outline, facts)
    people = list(outline.people)
    lost: list[str] = []
    said = _said(outline)
    for person in facts.people:
        character = _character(person, len(people))
        at = next((n for n, other in enumerate(people) if other.name == character.name), None)
        if at is None and person.name and len(people) < MAX_PEOPLE:
            people.append(cast_character(character, people))
        elif at is None and person.name and not _says(said, person.name):
            lost.append(person.name)
        elif (
            at is not None
            and person.sex in ("f", "m")
            and person.sex_sure
            and GENDER[people[at].figure] != person.sex
        ):
            people[at] = replace(people[at], figure=figure_of(character))
    if outline.language != facts.language:
        return replace(outline, people=tuple(people))
    lost += _lost(facts, said)
    denied = [fact.what for fact in facts.negations if _says(said, fact.what)]
    remarks = [
        _REMARKS[outline.language][number].format(words="、".join(dict.fromkeys(words)))
        for number, words in enumerate((lost, denied))
        if words
    ]
    return replace(outline, people=tuple(people), remark=" ".join(remarks))


def short_lines(lines: Sequence[ScriptLine], language: Language) -> tuple[ScriptLine, ...]:
    """Lines of which each can be said in one breath: a longer one becomes several, cut at its
    marks. What is seen meanwhile stays with the first.
    """
    return tuple(part for line in lines for part in _parts(line, language))


def _parts(line: ScriptLine, language: Language) -> Iterator[ScriptLine]:
    if len(line.text) <= MAX_SAID[language]:
        yield line
        return
    pieces: list[str] = []
    joint = "" if language == "zh" else " "
    for piece in filter(None, re.split(_PAUSES[language], line.text)):
        if pieces and len(pieces[-1]) + len(joint) + len(piece) <= MAX_SAID[language]:
            pieces[-1] += joint + piece
        else:
            pieces.append(piece)
    for number, piece in enumerate(pieces):
        if number == 0:
            yield replace(line, text=piece.strip())
        else:
            yield ScriptLine(line.person, piece.strip(), line.emotion)


def _character(person: PersonFact, number: int) -> Character:
    return Character(
        person_id(number), person.name or person.called, person.sex, person.age, person.being,
        person.role,
    )  # fmt: skip


def _renamed(outline: Outline, facts: Facts) -> Outline:
    """The outline with names as the text has them, where the model wrote one a little otherwise."""
    names = {person.name for person in facts.people if person.name}
    written = {person.name for person in outline.people}
    wrong: dict[str, str] = {}
    for name in sorted(names - written):
        like = [other for other in written - names - set(wrong) if _alike(name, other)]
        if len(like) == 1:
            wrong[like[0]] = name
    if not wrong:
        return outline

    def right(text: str) -> str:
        for other, name in wrong.items():
            text = text.replace(other, name)
        return text

    def named(person: Person) -> Person:
        name = wrong.get(person.name, person.name)
        return replace(person, name=name, called=right(person.called))

    return replace(
        outline,
        title=right(outline.title),
        logline=right(outline.logline),
        question=right(outline.question),
        people=tuple(map(named, outline.people)),
        beats=tuple(replace(beat, summary=right(beat.summary)) for beat in outline.beats),
        choices=tuple(
            replace(choice, text=right(choice.text), consequence=right(choice.consequence))
            for choice in outline.choices
        ),
    )


def _alike(name: str, other: str) -> bool:
    """Whether two names are one, written otherwise: a part of it, or one character changed."""
    a, b = fold(name).lower(), fold(other).lower()
    if a == b or a in b.split() or b in a.split():
        return True
    changed = sum(x != y for x, y in zip(a, b, strict=False)) + abs(len(a) - len(b))
    return changed == 1 and len(a) > 2 - (not a.isascii()) and a[0] == b[0]


def _said(outline: Outline) -> str:
    """All words of the outline, folded, in lower case."""
    words = (outline.title, outline.logline, outline.question,
             *(beat.summary for beat in outline.beats))  # fmt: skip
    return fold(" ".join(words)).lower()


def _says(said: str, word: str) -> bool:
    return fold(word).lower() in said


def _lost(facts: Facts, said: str) -> list[str]:
    """Things, places, relations and events that ``said`` does not hold."""
    lost = [thing.text for thing in facts.things] + [place.text for place in facts.places]
    lost = [word for word in lost if not _says(said, word)]
    names = {person.id: person.name or person.called for person in facts.people}
    for relation in facts.relations:
        if not _says(said, relation.word):
            a, b = names[relation.a], names[relation.b]
            lost.append(
                f"{a}是{b}的{relation.word}" if facts.language == "zh"
                else f"{a}, {relation.word} of {b}"
            )  # fmt: skip
    lost += [
        facts.said(event.span).strip(" ，。,.")
        for event in facts.events
        if not event.denied and not _told(event, facts, said)
    ]
    return lost


def _told(event: EventFact, facts: Facts, said: str) -> bool:
    """Whether an event is in ``said``: its verb in any form, or most of its clause retold."""
    clause = fold(facts.said(event.span)).lower()
    if facts.language == "en":
        forms = set(plain_forms(event.verb.lower().split()[0]))
        return any(forms & set(plain_forms(word.low)) for word in split_words(said))
    if fold(event.verb) in said:
        return True
    han = [char for char in clause if "\u4e00" <= char <= "\u9fff"]
    pairs = {a + b for a, b in itertools.pairwise(han)}
    return bool(pairs) and sum(pair in said for pair in pairs) >= _SHARED_PAIRS * len(pairs)
