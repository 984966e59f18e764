"""Whom the words of an edit mean, in the cast of its film."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generation.editing.film import EditedFilm
from generation.editing.types import Reading, Text
from generation.editing.words import Token, words
from generation.story.types import PersonId


class Ask(Exception):
    """What was said may mean several things, or cannot be had; the reading says which."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(reading.message.en)
        self.reading = reading


def names_of(film: EditedFilm) -> Mapping[str, str]:
    """The words that mean a person of the film by name; English names by a part of theirs too,
    where nobody else has it.
    """
    names: dict[str, str] = {}
    for person in film.people:
        for name in (person.name, person.called):
            if name:
                names[name] = f"id:{person.id}"
                names[name.casefold()] = f"id:{person.id}"
    parts: dict[str, set[str]] = {}
    for person in film.people:
        if person.name.isascii() and " " in person.name:
            for part in person.name.casefold().split():
                parts.setdefault(part, set()).add(f"id:{person.id}")
    for part, ids in parts.items():
        if len(ids) == 1 and part not in words().english:
            names.setdefault(part, *ids)
    return names


def people_meant(tokens: Sequence[Token], film: EditedFilm) -> tuple[PersonId, ...]:
    """The ids that person and figure words mean, each once. Raises ``Ask`` when it is not clear."""
    found: list[PersonId] = []
    for token in tokens:
        found += _meant(token, film)
    return tuple(dict.fromkeys(found))


def ask_who(film: EditedFilm, about: str = "") -> Ask:
    """The question whom a change is for."""
    said = f"“{about}”" if about else ""
    return Ask(
        Reading(
            "question",
            message=Text(f"{said}指的是谁？", f"Whom is {said or 'this'} about?"),
            words=(about,) if about else (),
            options=tuple(person.name for person in film.people),
        )
    )


def _meant(token: Token, film: EditedFilm) -> tuple[PersonId, ...]:
    ids = tuple(person.id for person in film.people)
    if token.kind == "figure":
        found = tuple(person.id for person in film.people if person.figure == token.value)
        if not found:
            raise _nobody(token, film)
    elif token.value.startswith("id:"):
        return (token.value[3:],)
    elif token.value == "nobody":
        raise _nobody(token, film)
    elif token.value == "all":
        return ids
    elif token.value == "they":
        if len(ids) > 2:
            raise ask_who(film, token.text)
        return ids
    else:
        found = _single(token.value, film)
        if not found:
            raise _nobody(token, film)
    if len(found) != 1:
        raise ask_who(film, token.text)
    return found


def _single(value: str, film: EditedFilm) -> tuple[PersonId, ...]:
    """Who leads, or those of one sex; the first of a sex plays its lead."""
    match value:
        case "lead":
            return film.leads()
        case "he":
            return film.of_sex("m")
        case "she":
            return film.of_sex("f")
        case "lead_f":
            return film.of_sex("f")[:1]
        case _:
            return film.of_sex("m")[:1]


def _nobody(token: Token, film: EditedFilm) -> Ask:
    names = tuple(person.name for person in film.people)
    return Ask(
        Reading(
            "question",
            message=Text(
                f"这部片子里没有“{token.text}”。要改的是谁？",
                f"Nobody in this film is “{token.text}”. Who is meant?",
            ),
            words=(token.text,),
            options=names,
        )
    )
