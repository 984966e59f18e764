"""Reading an English text: a small grammar of names, nouns behind determiners, and verbs.

Sentences are cut into clauses at marks and conjunctions; in each, who stands before a verb does it,
who stands behind it has it done to them. Nothing is guessed from words that the tables do not know,
but that they are names when they are written as names.
"""

from __future__ import annotations

from generation.story.facts.en_events import EnglishEvents
from generation.story.facts.en_people import EnglishPeople
from generation.story.facts.en_scene import read_scene
from generation.story.facts.english_words import is_known, split_words
from generation.story.facts.folding import fold
from generation.story.facts.lexicon import lexicon
from generation.story.facts.types import EventFact, Facts, Span, ThingFact


def read_english(text: str) -> Facts:
    """The facts of a text that is mostly English. Spans are those of ``text`` as given."""
    folded = fold(text)
    lex = lexicon("en")
    words = split_words(folded)
    scene = read_scene(folded, words, lex)
    people = EnglishPeople(folded, words, lex, scene.hidden)
    people.read()
    happenings = EnglishEvents(folded, words, lex, people)
    happenings.read()
    people.finish()
    scene.read_around(people.used, happenings.used, people.place_words)
    keep = [
        person
        for person in people.cast.people
        if person.being in ("human", "robot", "ai") or person.name or len(person.spans) > 1
        or not happenings.events
        or any(person in (e.agent, e.patient) for e in happenings.events)
        or any(person in (a, b) for a, _, b, _ in people.cast.relations)
    ]  # fmt: skip
    kept = set(map(id, keep))
    for person in people.cast.people:
        if id(person) not in kept and person.being == "animal" and person.spans:
            scene.things.append(ThingFact(person.called, person.spans[0]))
    facts, relations, ids = people.cast.facts(keep)
    ordered = sorted(happenings.events, key=lambda event: event.at)
    last = ordered[-1].span if len({event.span.start for event in ordered}) > 1 else None
    events = tuple(
        EventFact(
            f"e{number}", event.span, event.verb,
            ids.get(id(event.agent)) if event.agent else None,
            ids.get(id(event.patient)) if event.patient else None,
            event.act, event.turn, event.outcome or event.span == last, event.quoted, event.denied,
        )
        for number, event in enumerate(ordered, 1)
    )  # fmt: skip
    used = people.used | happenings.used | scene.used
    unknown = tuple(
        Span(word.start, word.end)
        for at, word in enumerate(words)
        if word.is_word and at not in used and at not in scene.hidden
        and not is_known(word.low, lex) and not word.low.endswith("ly") and word.low != "'s"
    )  # fmt: skip
    return Facts(
        text, "en", facts, relations, tuple(scene.places), tuple(scene.times), tuple(scene.things),
        events, tuple(scene.negations), tuple(scene.numbers), tuple(scene.tones), unknown,
    )  # fmt: skip
