"""From facts to wishes: who plays, where and when, with what, what should happen, in which genre.

Beyond the facts themselves, words that speak for a genre or ask for something to happen are looked
up in the files of the genres and of operators (beside this module), never in names and in what the
text denies.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from generation.story import books
from generation.story.facts.english_words import plain_forms, split_words
from generation.story.facts.folding import fold
from generation.story.facts.types import Facts, PersonFact
from generation.story.puppets import Character, figure_of
from generation.story.types import Genre, IdeaReading, Language, Operator
from generation.story.wishes.reading import reading_of
from generation.storyboard import Figure, Hour, Location, Prop, Weather

_MAX_WORD = 5  # characters of a Chinese word of the tables
_MAX_YEARS = 99


@dataclass(frozen=True)
class PersonWish:
    """Somebody whom the text wants. ``figure`` is None when the text says neither sex nor kind."""

    name: str = ""
    figure: Figure | None = None


@dataclass(frozen=True)
class Wishes:
    """What a text asks for; each tuple in the text's order. ``language`` is the film's."""

    language: Language
    text: str = ""
    people: tuple[PersonWish, ...] = ()
    places: tuple[tuple[Location, str], ...] = ()
    hours: tuple[Hour, ...] = ()
    weathers: tuple[Weather, ...] = ()
    props: tuple[tuple[Prop, str], ...] = ()
    operators: tuple[Operator, ...] = ()
    genres: tuple[Genre, ...] = ()  # one for each word that speaks for it
    years: int | None = None
    reading: IdeaReading = field(default_factory=IdeaReading)


@dataclass(frozen=True)
class _Words:
    genres: Mapping[str, Genre]
    operators: Mapping[str, Operator]


@lru_cache(maxsize=2)
def _tables(language: Language) -> _Words:
    """The words of a language. Raises ``ValueError`` for a genre or operator that there is not."""
    source = files("generation.story.wishes").joinpath(f"{language}.toml")
    data = tomllib.loads(source.read_text("utf-8"))
    return _Words(
        {word: genre.id for genre in books.GENRES.values() for word in genre.words[language]},
        _by_word(data["operators"], tuple(books.OPERATORS)),
    )


def _by_word(table: Mapping[str, str], known: tuple[str, ...]) -> dict[str, str]:
    for meaning in table:
        if meaning not in known:
            raise ValueError(f"wishes: {meaning!r} is none of {known}")
    return {word: meaning for meaning, words in table.items() for word in words.split()}


def wishes_of(facts: Facts, language: Language | None = None) -> Wishes:
    """What the facts ask of an invented film. ``language`` None: the film is in the text's own."""
    tables = _tables(facts.language)
    said = list(_said(facts))
    genres = [
        tone.meaning
        for tone in facts.tones
        if tone.kind == "genre" and tone.meaning in books.GENRES
    ]
    genres += [tables.genres[word] for word in said if word in tables.genres]
    verbs = {fold(event.verb).lower() for event in facts.events if not event.denied}
    operators = [
        tables.operators[word]
        for word in (*said, *sorted(verbs))
        if word in tables.operators and (len(word) > 1 or word in verbs)
    ]
    years = [n.value for n in facts.numbers if n.unit.startswith(("年", "year"))]
    return Wishes(
        language=language or facts.language,
        text=facts.text,
        people=tuple(_person(person) for person in facts.people if not person.group),
        places=tuple((place.location, place.text) for place in facts.places if place.location),
        hours=tuple(time.hour for time in facts.times if time.hour),
        weathers=tuple(time.weather for time in facts.times if time.weather),
        props=tuple((thing.prop, thing.text) for thing in facts.things if thing.prop),
        operators=tuple(dict.fromkeys(operators)),
        genres=tuple(genres),
        years=next((value for value in years if 1 <= value <= _MAX_YEARS), None),
        reading=reading_of(facts),
    )


def _person(person: PersonFact) -> PersonWish:
    told = person.sex or person.role or person.age or person.being != "human"
    character = Character(
        person.id, person.name or person.called, person.sex, person.age, person.being, person.role
    )
    return PersonWish(person.name, figure_of(character) if told else None)


def _said(facts: Facts) -> Iterator[str]:
    """Words of the tables in the text: the longest at each place in Chinese, plain forms in
    English.
    """
    away = [negation.span for negation in facts.negations]
    away += [
        span for person in facts.people if person.name for span in person.spans
        if facts.said(span) in person.name
    ]  # fmt: skip
    hidden = {at for span in away for at in range(span.start, span.end)}
    tables = _tables(facts.language)
    yield from (_chinese_words if facts.language == "zh" else _english_words)(
        fold(facts.text), hidden, tables
    )


def _english_words(text: str, hidden: set[int], tables: _Words) -> Iterator[str]:
    for word in split_words(text):
        if word.is_word and word.start not in hidden:
            forms = plain_forms(word.low)
            yield from (form for form in forms if form in tables.genres or form in tables.operators)


def _chinese_words(text: str, hidden: set[int], tables: _Words) -> Iterator[str]:
    at = 0
    while at < len(text):
        word = "" if at in hidden else _longest(text, at, tables)
        if word:
            yield word
        at += len(word) or 1


def _longest(text: str, at: int, tables: _Words) -> str:
    for size in range(min(_MAX_WORD, len(text) - at), 0, -1):
        word = text[at : at + size]
        if word in tables.genres or word in tables.operators:
            return word
    return ""
