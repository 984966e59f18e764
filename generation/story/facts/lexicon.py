"""The tables of words: ``data/zh.toml`` and ``data/en.toml``, which a writer edits."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Literal, cast, get_args

from generation.story.facts.folding import fold
from generation.story.facts.types import Age, Being, Era, Sex
from generation.story.types import Language
from generation.storyboard import Hour, Location, Prop, Verb, Weather

Table = Literal["zh", "en"]


@dataclass(frozen=True)
class RoleWord:
    """What a word for a person says about them."""

    sex: Sex | None = None
    age: Age | None = None
    being: Being = "human"
    group: bool = False
    kin: bool = False  # somebody's: a mother, a master, a rival


@dataclass(frozen=True)
class Lexicon:
    """The words of one language by what they mean."""

    roles: Mapping[str, RoleWord]
    pairs: Mapping[str, tuple[tuple[str, Sex | None], tuple[str, Sex | None]]]
    complements: frozenset[frozenset[str]]
    places: Mapping[str, Location | None]
    hours: Mapping[str, Hour]
    weathers: Mapping[str, Weather]
    seasons: frozenset[str]
    eras: Mapping[str, Era]
    things: Mapping[str, Prop | None]
    acts: Mapping[str, Verb]
    moods: Mapping[str, str]
    genres: Mapping[str, str]
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()

    def words_of(self, name: str) -> frozenset[str]:
        """A plain list of the tables: ``turns``, ``pivots`` …"""
        return self.lists.get(name, frozenset())


def _split(words: str) -> list[str]:
    """Words of a table: by commas where there are some (English), else by blanks."""
    parts = words.split(",") if "," in words else words.split()
    return [" ".join(part.split()) for part in parts if part.strip()]


def _by_meaning(table: Mapping[str, str], known: tuple[str, ...] = ()) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for meaning, words in table.items():
        if known and meaning not in (*known, "none"):
            raise ValueError(f"facts data: {meaning!r} is none of {known}")
        for word in _split(words):
            found.setdefault(word, None if meaning == "none" else meaning)
    return found


def _roles(data: Mapping[str, Mapping[str, str]]) -> dict[str, RoleWord]:
    roles: dict[str, RoleWord] = {}
    for table in ("people", "kin"):
        for key, words in data[table].items():
            sex, age, being = (*key.split(), "human")[:3]
            for word in _split(words):
                before = roles.get(word)
                roles[word] = RoleWord(
                    cast(Sex, sex) if sex != "-" else (before.sex if before else None),
                    cast(Age, age) if age != "-" else (before.age if before else None),
                    "human" if being == "group" else cast(Being, being),
                    being == "group",
                    table == "kin",
                )
    return roles


def _pairs(
    table: Mapping[str, str],
) -> dict[str, tuple[tuple[str, Sex | None], tuple[str, Sex | None]]]:
    pairs = {}
    for words, meaning in table.items():
        sides = []
        for side in meaning.split(","):
            role, sex = side.rsplit(maxsplit=1)
            sides.append((role.strip(), cast(Sex, sex) if sex != "-" else None))
        for word in _split(words):
            pairs[word] = (sides[0], sides[1])
    return pairs


@lru_cache(maxsize=2)
def lexicon(language: Language) -> Lexicon:
    """The tables of a language. Raises ``ValueError`` for a meaning that there is not."""
    source = files("generation.story.facts").joinpath("data", f"{language}.toml")
    text = source.read_text("utf-8")
    data = tomllib.loads(fold(text) if language == "zh" else text)
    roles, pairs = _roles(data), _pairs(data["pairs"])
    places = _by_meaning(data["places"], get_args(Location))
    hours = _by_meaning(data["hours"], get_args(Hour))
    weathers = _by_meaning(data["weathers"], get_args(Weather))
    things = _by_meaning(data["things"], get_args(Prop))
    acts = _by_meaning(data["events"], get_args(Verb))
    eras = _by_meaning(data["eras"], get_args(Era))
    moods, genres = _by_meaning(data["moods"]), _by_meaning(data["genres"])
    lists = {
        name if key == "words" else f"{name}.{key}": frozenset(_split(words))
        for name in ("seasons", "not_events", "pivots", "turns", "outcomes", "negations",
                     "place_ends", "thing_ends", "stop")
        for key, words in data.get(name, {}).items()
    }  # fmt: skip
    known: set[str] = set()
    for table in (roles, pairs, places, hours, weathers, things, acts, eras, moods, genres):
        known.update(table)
    for words in lists.values():
        known.update(words)
    return Lexicon(
        roles,
        pairs,
        frozenset(frozenset(pair.split()) for pair in _split(data["complements"]["words"])),
        cast(Mapping[str, Location | None], places),
        cast(Mapping[str, Hour], hours),
        cast(Mapping[str, Weather], weathers),
        lists.get("seasons", frozenset()),
        cast(Mapping[str, Era], eras),
        cast(Mapping[str, Prop | None], things),
        cast(Mapping[str, Verb], acts),
        cast(Mapping[str, str], moods),
        cast(Mapping[str, str], genres),
        lists,
        frozenset(known),
    )


@lru_cache(maxsize=2)
def _grammar(language: Language) -> Mapping[str, frozenset[str]]:
    source = files("generation.story.facts").joinpath("data", f"grammar.{language}.toml")
    data = tomllib.loads(source.read_text("utf-8"))
    return {
        name: frozenset(_split(fold(words)))
        for name, words in data.items()
        if isinstance(words, str)
    }


def irregular_forms() -> Mapping[str, str]:
    """Plain form → its irregular forms, of English."""
    source = files("generation.story.facts").joinpath("data", "grammar.en.toml")
    forms: Mapping[str, str] = tomllib.loads(source.read_text("utf-8"))["irregular"]
    return forms


def grammar(language: Language, name: str) -> frozenset[str]:
    """A list of small words from ``data/grammar.zh.toml`` or ``grammar.en.toml``."""
    return _grammar(language)[name]
