"""Who plays: the figures and names of an idea given to the parts, and the slots that the phrases
are filled from.
"""

from __future__ import annotations

import random
from typing import cast

from generation.story import books
from generation.story.books.data import CALLS, PLACES
from generation.story.genres import GENDER, HOURS, PROPS, ROBES, WEATHERS, years_in_words
from generation.story.idea import Idea
from generation.story.types import Genre, Language, Person, PersonId, Premise
from generation.storyboard import Figure, Location, Prop, Robe, Setting

_MAX_NAME_CHARACTERS = 16
_PARTS: tuple[PersonId, ...] = ("A", "B", "C")
_WOMENS_ENDINGS = "娘月香莲婉霞芳兰雪燕翠秀凤"
_OTHERWORLDLY = ("ghost", "fox")


def can_cast(idea: Idea, people: tuple[Person, ...] | None, women: str, men: str) -> bool:
    """Whether the parts in ``women`` and ``men`` (part letters, as "BC") are, or can be given to,
    women and men. ``people`` is the cast of a season so far, None when it is still free.
    """
    figures: list[Figure | None] = (
        [person.figure for person in people] if people else _figures(idea)
    )
    asked: dict[str, Figure | None] = dict(zip(_PARTS, figures, strict=False))
    return all(asked.get(part) is None or _woman(asked[part]) for part in women) and not any(
        _woman(asked.get(part)) for part in men
    )


def cast_people(
    idea: Idea, genre: Genre, rng: random.Random, women: str, men: str = ""
) -> tuple[Person, ...]:
    """Three people, A, B and C: figures and names from the idea first, the genre's defaults for the
    rest. The parts named in ``women`` and ``men`` get such figures.
    """
    defaults = list(rng.choice(books.GENRES[genre].figures))
    asked = _figures(idea)
    figures: list[Figure] = []
    for index, part in enumerate(_PARTS):
        figure = asked[index] or defaults[index]
        if part in women and not _woman(figure):
            figure = "lady" if part == "A" else "maid" if genre == "palace" else "lady"
        if part in men and _woman(figure):
            figure = "scholar"
        figures.append(figure)
    if asked[2] is None and figures[2] in figures[:2]:
        figures[2] = next(
            figure for figure in ("elder", "crone", "official", "monk") if figure not in figures[:2]
        )
    names = _names(idea, figures, rng)
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


def prop_name(idea: Idea, prop: Prop) -> str:
    """What the idea calls the thing, when it says so in the story's language; else the usual word
    for it.
    """
    word = next(
        (mention.word for mention in idea.mentions_of("prop") if mention.meaning == prop), ""
    )
    if idea.language == "zh":
        return word if len(word) >= 2 and not word.isascii() else PROPS["zh"][prop]
    plain = word.lower().removesuffix("s") if word.isascii() and len(word) > 3 else ""
    return (
        plain
        if plain not in ("", "tea", "wine", "poison", "soup", "medicine", "will", "music", "song")
        else PROPS["en"][prop]
    )


def place_name(idea: Idea, place: Location) -> str:
    """The idea's own word for the place, when it can stand in a Chinese sentence."""
    word = next(mention.word for mention in idea.mentions_of("place") if mention.meaning == place)
    return word if idea.language == "zh" and not word.isascii() and len(word) >= 2 else ""


def _figures(idea: Idea) -> list[Figure | None]:
    """The figure of each part, as far as the idea says; who serves stands beside whom she
    serves.
    """
    asked = _asked(idea)
    _by_name(idea, asked)
    if asked[:2] == ["maid", "lady"]:
        asked[:2] = ["lady", "maid"]
    return asked


def _by_name(idea: Idea, asked: list[Figure | None]) -> None:
    """A name that is known to be a woman's or a man's gives its part a figure, when the idea gives
    none.
    """
    if any(asked):
        return
    for index, mention in enumerate(idea.names[:3]):
        last = mention.meaning.split()[-1]
        asked[index] = next(
            (
                figure
                for pool in books.NAMES.values()
                for figure, names in pool.items()
                if last in names
            ),
            None,
        ) or ("lady" if mention.meaning[-1] in _WOMENS_ENDINGS else None)


def _woman(figure: Figure | None) -> bool:
    return figure is not None and GENDER[figure] == "f"


def _asked(idea: Idea) -> list[Figure | None]:
    """Figures that the idea names, by part. A ghost or a fox is the other, whoever is named
    first.
    """
    figures = list(
        dict.fromkeys(cast(Figure, mention.meaning) for mention in idea.mentions_of("figure"))
    )
    # One word may name two kinds (太子 is a man of rank and an heir); keep the first meaning of
    # each place.
    places: dict[int, Figure] = {}
    for mention in idea.mentions_of("figure"):
        places.setdefault(mention.at, cast(Figure, mention.meaning))
    figures = [figure for figure in figures if figure in places.values()]
    parts: list[Figure | None] = [None, None, None]
    strange = next((figure for figure in figures if figure in _OTHERWORLDLY), None)
    if strange is not None:
        parts[1] = strange
        figures = [figure for figure in figures if figure != strange]
    for figure in figures:
        free = next((index for index in range(3) if parts[index] is None), None)
        if free is None:
            break
        parts[free] = figure
    return parts


def _names(idea: Idea, figures: list[Figure], rng: random.Random) -> list[str]:
    """Names of the idea go to the figure they stand next to, else to the parts in order."""
    names: list[str | None] = [None, None, None]
    loose = []
    for mention in idea.names:
        name = _spell(mention.meaning, idea.language)
        if not name or name in names:
            continue
        near = [
            other
            for other in idea.mentions_of("figure")
            if 0 <= other.at - (mention.at + len(mention.word)) <= 4
            or 0 <= mention.at - (other.at + len(other.word)) <= 8
        ]
        place = next(
            (
                figures.index(figure)
                for other in near
                if (figure := cast(Figure, other.meaning)) in figures
            ),
            None,
        )
        if place is not None and names[place] is None:
            names[place] = name
        else:
            loose.append(name)
    for name in loose:
        free = next((index for index in range(3) if names[index] is None), None)
        if free is None:
            break
        names[free] = name
    chosen: list[str] = []
    for index, figure in enumerate(figures):
        pool = [
            name
            for name in books.NAMES[idea.language][figure]
            if name not in names and name not in chosen
        ]
        chosen.append(names[index] or rng.choice(pool))
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
