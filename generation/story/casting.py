"""Who plays: the figures and names of an idea given to the parts, and the slots that the phrases
are filled from.
"""

from __future__ import annotations

import random

from generation.story import books
from generation.story.books.data import CALLS, PLACES
from generation.story.genres import GENDER, HOURS, PROPS, ROBES, WEATHERS, years_in_words
from generation.story.types import Genre, Language, Person, PersonId, Premise
from generation.story.wishes import PersonWish, Wishes
from generation.storyboard import Figure, Prop, Robe, Setting

_MAX_NAME_CHARACTERS = 16
_PARTS: tuple[PersonId, ...] = ("A", "B", "C")
_OTHERWORLDLY = ("ghost", "fox")


def can_cast(wishes: Wishes, people: tuple[Person, ...] | None, women: str, men: str) -> bool:
    """Whether the parts in ``women`` and ``men`` (part letters, as "BC") are, or can be given to,
    women and men. ``people`` is the cast of a season so far, None when it is still free.
    """
    figures: list[Figure | None] = (
        [person.figure for person in people] if people else [wish.figure for wish in _parts(wishes)]
    )
    asked: dict[str, Figure | None] = dict(zip(_PARTS, figures, strict=False))
    return all(asked.get(part) is None or _woman(asked[part]) for part in women) and not any(
        _woman(asked.get(part)) for part in men
    )


def cast_people(
    wishes: Wishes, genre: Genre, rng: random.Random, women: str, men: str = ""
) -> tuple[Person, ...]:
    """Three people, A, B and C: figures and names from the text first, the genre's defaults for the
    rest. The parts named in ``women`` and ``men`` get such figures.
    """
    defaults = list(rng.choice(books.GENRES[genre].figures))
    asked = _parts(wishes)
    figures: list[Figure] = []
    for index, part in enumerate(_PARTS):
        figure = asked[index].figure or defaults[index]
        if part in women and not _woman(figure):
            figure = "lady" if part == "A" else "maid" if genre == "palace" else "lady"
        if part in men and _woman(figure):
            figure = "scholar"
        figures.append(figure)
    if asked[2].figure is None and figures[2] in figures[:2]:
        figures[2] = next(
            figure for figure in ("elder", "crone", "official", "monk") if figure not in figures[:2]
        )
    names = _names(wishes, asked, figures, rng)
    people = []
    robes: list[Robe] = []
    for index, part in enumerate(_PARTS):
        robe = next(
            (robe for robe in ROBES[figures[index]] if robe not in robes), ROBES[figures[index]][0]
        )
        robes.append(robe)
        twin = figures.index(figures[index]) != index
        people.append(Person(part, names[index], figures[index], robe, pitch=1.12 if twin else 1.0))
    return tuple(people)


def slots(
    language: Language,
    people: tuple[Person, ...],
    premise: Premise,
    setting: Setting,
    *,
    genre: Genre,
    seed: int,
    board: str = "",
) -> dict[str, str]:
    """The values of the phrases' slots in one scene, by slot name, for ``books.fill``."""
    book = books.GENRES[genre]
    found: dict[str, str] = {}
    for person in people:
        woman = GENDER[person.figure] == "f"
        found |= {
            person.id: person.name,
            f"{person.id}.call": CALLS[language][book.calls][person.figure],
            f"{person.id}.ta": "她" if woman else "他",
            f"{person.id}.he": "she" if woman else "he",
            f"{person.id}.He": "She" if woman else "He",
            f"{person.id}.him": "her" if woman else "him",
            f"{person.id}.his": "her" if woman else "his",
        }
    place, at = _place(language, book, setting, board)
    if premise.place_name and language == "zh" and not board:
        place = at = premise.place_name
    weather, day = WEATHERS[language][setting.weather]
    if language == "zh" and setting.weather == "clear" and setting.hour not in ("night", "dusk"):
        weather = "日头下，"
    years = years_in_words(premise.years, language)
    hour = HOURS[language][setting.hour]
    found |= {
        "place": place, "at": at, "hour": hour, "weather": weather, "weather2": day, "years": years,
        "prop": premise.prop_name, "count": books.measure_of(premise.prop_name),
    }  # fmt: skip
    of_film = f"{premise.first} {premise.twist} {genre}"
    for kind, entries in books.details_of(book.details).items():
        found[kind] = books.spread(entries, f"{kind} {of_film}", seed)[language]
    return found | {
        f"{name}.cap": found[name][:1].upper() + found[name][1:]
        for name in ("place", "hour", "weather", "years")
    }


def _place(
    language: Language, book: books.GenreBook, setting: Setting, board: str
) -> tuple[str, str]:
    """The name of a place and "at it": the board's, or that of the set."""
    for place in book.sets:
        if place.location == setting.place and board and place.names[language][0] == board:
            return place.names[language]
    return (board, board) if board else PLACES[language][setting.place]


def prop_name(wishes: Wishes, prop: Prop) -> str:
    """What the text calls the thing, when it says so in the story's language; else the usual word
    for it.
    """
    word = next((word for meaning, word in wishes.props if meaning == prop), "")
    if wishes.language == "zh":
        return word if len(word) >= 2 and not word.isascii() else PROPS["zh"][prop]
    plain = word.lower().removesuffix("s") if word.isascii() and len(word) > 3 else ""
    return (
        plain
        if plain not in ("", "tea", "wine", "poison", "soup", "medicine", "will", "music", "song")
        else PROPS["en"][prop]
    )


def place_name(wishes: Wishes) -> str:
    """The text's own word for its first place, when it can stand in a Chinese sentence."""
    word = wishes.places[0][1] if wishes.places else ""
    return word if wishes.language == "zh" and not word.isascii() and len(word) >= 2 else ""


def _parts(wishes: Wishes) -> list[PersonWish]:
    """Whom the text wants in each part. A ghost or a fox is the other, whoever is named first; who
    serves stands beside whom she serves.
    """
    parts = [PersonWish(), PersonWish(), PersonWish()]
    people = list(wishes.people)
    strange = next((wish for wish in people if wish.figure in _OTHERWORLDLY), None)
    if strange is not None:
        parts[1] = strange
        people.remove(strange)
    for index in range(len(_PARTS)):
        if people and parts[index] == PersonWish():
            parts[index] = people.pop(0)
    if [wish.figure for wish in parts[:2]] == ["maid", "lady"]:
        parts[:2] = parts[1], parts[0]
    return parts


def _woman(figure: Figure | None) -> bool:
    return figure is not None and GENDER[figure] == "f"


def _names(
    wishes: Wishes, asked: list[PersonWish], figures: list[Figure], rng: random.Random
) -> list[str]:
    """Names of the text for those who have one, else usual ones of their figure."""
    names = [_spell(wish.name, wishes.language) if wish.name else "" for wish in asked]
    chosen: list[str] = []
    for name, figure in zip(names, figures, strict=True):
        pool = [
            usual
            for usual in books.NAMES[wishes.language][figure]
            if usual not in names and usual not in chosen
        ]
        chosen.append(name if name and name not in chosen else rng.choice(pool))
    return chosen


def _spell(name: str, language: Language) -> str:
    """A name in the script's writing: Chinese names in English scripts go by their pinyin. Empty:
    unusable.
    """
    if language == "zh":
        return name[:4] if not name.isascii() else ""
    if name.isascii():
        return name[:_MAX_NAME_CHARACTERS]
    from pypinyin import lazy_pinyin

    syllables = lazy_pinyin(name)
    if len(syllables) == 1:
        return syllables[0].capitalize()
    return f"{syllables[0].capitalize()} {''.join(syllables[1:]).capitalize()}"
