"""The phrase books: what the offline engine can say, in Chinese and in English, as plain text
files.

A block is an exchange: lines that belong together and are spoken whole, apart from those marked
"?". Each line is ``who feeling >action: words``; who is A (the lead), B (the other), C (the third)
or N (the storyteller). ``{slots}`` are filled from the cast in one pass, and what is filled in is
never read again, so a name typed by a person cannot become a slot.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast, get_args

from generation.storyboard import Emotion, Verb

Language = Literal["zh", "en"]
Part = Literal["A", "B", "C", "N"]

_FEELINGS: dict[str, Emotion] = {
    "c": "calm", "j": "joy", "s": "sorrow", "a": "anger", "f": "fear", "u": "surprise", "l": "love",
    "r": "resolve",
}  # fmt: skip
_LINE = re.compile(r"(\?)?([ABCN]) ([cjsafulr])(?: >([a-z]+))?: (.+)")
_SLOT = re.compile(r"\{([A-Za-z0-9_.]+)\}")


@dataclass(frozen=True)
class Phrase:
    """One line of an exchange, slots still open."""

    part: Part
    emotion: Emotion
    text: str
    verb: Verb | None = None
    droppable: bool = False


Exchange = tuple[Phrase, ...]


@dataclass(frozen=True)
class SecretBook:
    """All that can be said about one secret; ``exchanges`` by hook, hint, expose, turn or cliff."""

    titles: tuple[str, ...] = ()
    logline: str = ""
    question: str = ""
    options: tuple[str, ...] = ()
    nexts: tuple[str, ...] = ()
    exchanges: Mapping[str, tuple[Exchange, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class BeatBook:
    """Exchanges for one operator; ``genres`` empty means any."""

    operator: str
    genres: frozenset[str]
    exchanges: tuple[Exchange, ...]


def fill(text: str, slots: Mapping[str, str]) -> str:
    """``text`` with each ``{slot}`` replaced by its value; values are not searched for slots.
    Raises ``KeyError`` for a slot that is not in ``slots``.
    """
    return _SLOT.sub(lambda match: slots[match[1]], text)


@lru_cache(maxsize=2)
def secret_books(language: Language) -> Mapping[str, SecretBook]:
    """The phrases of each secret, by the secret's id. Read once from the package's files."""
    books = {}
    for block in _read(f"secrets.{language}.txt").split("\n### ")[1:]:
        name, _, body = block.partition("\n")
        books[name.strip()] = _secret(body)
    return books


@lru_cache(maxsize=2)
def beat_books(language: Language) -> tuple[BeatBook, ...]:
    """The phrases of beats, in the file's order. Read once from the package's files."""
    books = []
    for block in _read(f"beats.{language}.txt").split("\n=== ")[1:]:
        head, _, body = block.partition("\n")
        operator, *genres = head.split()
        books.append(BeatBook(operator, frozenset(genres), _exchanges(body.split("\n"))))
    return tuple(books)


def _read(name: str) -> str:
    return "\n" + (Path(__file__).parent / name).read_text(encoding="utf-8")


def _secret(body: str) -> SecretBook:
    single: dict[str, list[str]] = {
        "title": [],
        "logline": [],
        "question": [],
        "option": [],
        "next": [],
    }
    exchanges: dict[str, list[str]] = {}
    section = ""
    for line in body.split("\n"):
        word, colon, rest = line.partition(":")
        if colon and word in single:
            single[word].append(rest.strip())
        elif colon and not rest.strip() and word.isalpha():
            section = word
            exchanges[section] = []
        elif section:
            exchanges[section].append(line)
    return SecretBook(
        titles=tuple(single["title"]),
        logline="".join(single["logline"]),
        question="".join(single["question"]),
        options=tuple(single["option"]),
        nexts=tuple(single["next"]),
        exchanges={name: _exchanges(lines) for name, lines in exchanges.items()},
    )


def _exchanges(lines: list[str]) -> tuple[Exchange, ...]:
    found: list[Exchange] = []
    current: list[Phrase] = []
    for line in [*lines, ""]:
        if not line.strip():
            if current:
                found.append(tuple(current))
            current = []
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None:
            raise ValueError(f"phrase book: cannot read {line!r}")
        mark, part, feeling, verb, text = match.groups()
        if verb is not None and verb not in get_args(Verb):
            raise ValueError(f"phrase book: no verb {verb!r}")
        current.append(
            Phrase(
                cast(Part, part),
                _FEELINGS[feeling],
                text,
                cast("Verb | None", verb),
                droppable=mark is not None,
            )
        )
    return tuple(found)
