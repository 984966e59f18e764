"""What a maker corrected in the facts of their text, applied over what was read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from generation.story.facts.people import person_id
from generation.story.facts.types import Age, Being, EventFact, Facts, PersonFact, Sex, Span

FactKind = Literal[
    "person", "relation", "place", "time", "thing", "event", "negation", "number", "tone"
]
Field = Literal["kind", "start", "end", "corrections"]
Code = Literal["not_there", "out_of_text", "only_people", "no_words", "there_already", "too_many"]
MAX_CORRECTIONS = 200
MAX_ADDED_CHARACTERS = 24  # of somebody's name

_SpannedT = TypeVar("_SpannedT")


@dataclass(frozen=True)
class Correction:
    """One correction, which names a fact by characters ``start`` to ``end`` of the text.

    "change" says a person's sex, age or being, each as it stands where None; "remove" takes a fact
    out (of relations that share a span, those that ``word`` names); "add" makes somebody of the
    words at that place.
    """

    deed: Literal["change", "remove", "add"]
    kind: FactKind
    start: int
    end: int
    word: str = ""
    sex: Sex | None = None
    age: Age | None = None
    being: Being | None = None


@dataclass(frozen=True)
class CorrectionFault:
    """What is wrong with correction ``index``, and in which of its fields."""

    index: int
    field: Field
    code: Code


def apply_corrections(facts: Facts, corrections: Sequence[Correction]) -> Facts:
    """The facts as their maker corrected them, one correction after the other.

    Pure; the people are numbered anew. A correction of what is not there (any more) does nothing,
    so that corrections outlive a better reading of the text.
    """
    for correction in corrections:
        facts = _apply(facts, correction)
    return _numbered(facts) if corrections else facts


def find_faults(facts: Facts, corrections: Sequence[Correction]) -> Iterator[CorrectionFault]:
    """Corrections of the facts as they were read that would do nothing or could not be done."""
    if len(corrections) > MAX_CORRECTIONS:
        yield CorrectionFault(MAX_CORRECTIONS, "corrections", "too_many")
        return
    for index, correction in enumerate(corrections):
        fault = _fault(facts, correction)
        if fault is not None:
            yield CorrectionFault(index, *fault)
        facts = _apply(facts, correction)


def is_asked(person: PersonFact) -> bool:
    """Whether the maker should be asked for somebody's sex: it follows from a name's statistics,
    or a named human has none in the text.
    """
    unknown = person.sex is None and person.being == "human" and bool(person.name)
    return not person.group and (unknown or (person.sex is not None and not person.sex_sure))


def _fault(facts: Facts, correction: Correction) -> tuple[Field, Code] | None:
    start, end = correction.start, correction.end
    if not 0 <= start < end <= len(facts.text):
        return ("start" if start < 0 or start >= len(facts.text) else "end", "out_of_text")
    if correction.deed != "remove" and correction.kind != "person":
        return ("kind", "only_people")
    there = _person_at(facts, Span(start, end)) is not None
    if correction.deed == "add":
        there = _is_taken(facts, Span(start, end))
        word = facts.text[start:end]
        if not _is_name(word):
            return ("end", "no_words")
        return ("start", "there_already") if there else None
    if correction.kind == "person":
        return None if there else ("start", "not_there")
    return None if _without(facts, correction) != facts else ("start", "not_there")


def _apply(facts: Facts, correction: Correction) -> Facts:
    if not 0 <= correction.start < correction.end <= len(facts.text):
        return facts
    if correction.deed == "add":
        return _with_person(facts, correction) if correction.kind == "person" else facts
    if correction.kind != "person":
        return _without(facts, correction) if correction.deed == "remove" else facts
    person = _person_at(facts, Span(correction.start, correction.end))
    if person is None:
        return facts
    if correction.deed == "remove":
        return _without_person(facts, person)
    changed = replace(
        person,
        sex=correction.sex or person.sex,
        sex_sure=person.sex_sure or correction.sex is not None,
        age=correction.age or person.age,
        being=correction.being or person.being,
    )
    people = tuple(changed if other is person else other for other in facts.people)
    return replace(facts, people=people)


def _person_at(facts: Facts, span: Span) -> PersonFact | None:
    return next((person for person in facts.people if span in person.spans), None)


def _is_name(word: str) -> bool:
    return len(word) <= MAX_ADDED_CHARACTERS and any(char.isalpha() for char in word)


def _is_taken(facts: Facts, span: Span) -> bool:
    """Whether somebody is meant by words of that place."""
    return any(
        span.start < other.end and other.start < span.end
        for person in facts.people
        for other in person.spans
    )


def _without_person(facts: Facts, person: PersonFact) -> Facts:
    events = tuple(
        replace(
            event,
            agent=None if event.agent == person.id else event.agent,
            patient=None if event.patient == person.id else event.patient,
        )
        for event in facts.events
    )
    return replace(
        facts,
        people=tuple(other for other in facts.people if other is not person),
        relations=tuple(fact for fact in facts.relations if person.id not in (fact.a, fact.b)),
        events=events,
    )


def _without(facts: Facts, correction: Correction) -> Facts:
    """The facts without those of the correction's kind at its place."""
    span, word = Span(correction.start, correction.end), correction.word
    match correction.kind:
        case "relation":
            kept = tuple(
                fact
                for fact in facts.relations
                if fact.span != span or (word and fact.word != word)
            )
            return replace(facts, relations=kept)
        case "place":
            return replace(facts, places=_elsewhere(facts.places, span))
        case "time":
            return replace(facts, times=_elsewhere(facts.times, span))
        case "thing":
            return replace(facts, things=_elsewhere(facts.things, span))
        case "event":
            events = tuple(
                event
                for event in facts.events
                if event.span != span or (word and event.verb != word)
            )
            return replace(facts, events=events)
        case "negation":
            return replace(facts, negations=_elsewhere(facts.negations, span))
        case "number":
            return replace(facts, numbers=_elsewhere(facts.numbers, span))
        case "tone":
            return replace(facts, tones=_elsewhere(facts.tones, span))
        case "person":
            return facts


def _elsewhere(found: tuple[_SpannedT, ...], span: Span) -> tuple[_SpannedT, ...]:
    return tuple(fact for fact in found if fact.span != span)  # type: ignore[attr-defined]


def _with_person(facts: Facts, correction: Correction) -> Facts:
    """The facts with somebody of the words at a place, wherever else the same words stand; what was
    read there as a place or a thing is that no more.
    """
    chosen = Span(correction.start, correction.end)
    word = facts.text[chosen.start : chosen.end].strip()
    if not _is_name(word) or _is_taken(facts, chosen):
        return facts
    spans = tuple(span for span in _occurrences(facts, word) if not _is_taken(facts, span)) or (
        chosen,
    )
    person = PersonFact(
        id=f"+{chosen.start}",
        called=word,
        name=word,
        sex=correction.sex,
        sex_sure=correction.sex is not None,
        age=correction.age,
        being=correction.being or "human",
        spans=spans,
    )
    people = sorted((*facts.people, person), key=lambda other: _first_place(other, facts))
    return replace(
        facts,
        people=tuple(people),
        places=tuple(fact for fact in facts.places if fact.span not in spans),
        things=tuple(fact for fact in facts.things if fact.span not in spans),
        unknown=tuple(
            span
            for span in facts.unknown
            if not any(span.start < here.end and here.start < span.end for here in spans)
        ),
        events=tuple(_with_agent(facts, event, person) for event in facts.events),
    )


def _occurrences(facts: Facts, word: str) -> Iterator[Span]:
    edge = r"\b" if facts.language == "en" else ""
    for match in re.finditer(f"{edge}{re.escape(word)}{edge}", facts.text):
        yield Span(match.start(), match.end())


def _with_agent(facts: Facts, event: EventFact, person: PersonFact) -> EventFact:
    """The event done by the new person, where nobody does it and its clause names them before its
    verb.
    """
    at = facts.text.find(event.verb, event.span.start, event.span.end)
    before = any(event.span.start <= span.start and span.end <= at for span in person.spans)
    return replace(event, agent=person.id) if event.agent is None and before else event


def _first_place(person: PersonFact, facts: Facts) -> int:
    return min((span.start for span in person.spans), default=len(facts.text))


def _numbered(facts: Facts) -> Facts:
    """The facts with people called A, B, C in their order, and whatever names them alike."""
    ids = {person.id: person_id(number) for number, person in enumerate(facts.people)}
    return replace(
        facts,
        people=tuple(replace(person, id=ids[person.id]) for person in facts.people),
        relations=tuple(
            replace(fact, a=ids[fact.a], b=ids[fact.b])
            for fact in facts.relations
            if fact.a in ids and fact.b in ids
        ),
        events=tuple(
            replace(
                event,
                agent=ids.get(event.agent or ""),
                patient=ids.get(event.patient or ""),
            )
            for event in facts.events
        ),
    )
