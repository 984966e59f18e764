"""Genres, operators, names, measure words and details: the tables of the books."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast, get_args

from generation.story.books.phrases import FOLDER
from generation.storyboard import Figure, Hour, Location, Prop, Weather

_DETAILS = ("dish", "tune", "day", "town")
_GENRE_FIELDS = frozenset(
    {"name", "takes", "figures", "places", "hours", "weathers", "props", "details", "words",
     "never", "unsaid", "ending", "discovery_from", "neighbours", "calls"}
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A place of a genre: the set that is drawn, its name and "at it" by language. ``board``: the
    set is the bare curtain and the name stands on a board.
    """

    location: Location
    names: Mapping[str, tuple[str, str]]

    @property
    def board(self) -> bool:
        return self.location == "curtain"


@dataclass(frozen=True)
class PropName:
    """A drawn prop and what a genre calls it, by language."""

    prop: Prop
    names: Mapping[str, str]


@dataclass(frozen=True)
class GenreBook:
    """A genre: who, where, when, and its habits.

    ``takes`` are the tags of secrets and beats that suit it besides its own id. ``never`` names the
    operators that it does without, ``unsaid`` the words that are not heard in it, by language.
    ``ending`` is the operator that a film standing alone ends with; a discovery is in every film
    from ``discovery_from`` seconds on.
    """

    id: str
    name: Mapping[str, str]
    takes: frozenset[str]
    figures: tuple[tuple[Figure, Figure, Figure], ...]
    sets: tuple[Place, ...]
    hours: tuple[Hour, ...]
    weathers: tuple[Weather, ...]
    things: tuple[PropName, ...]
    details: str
    words: Mapping[str, tuple[str, ...]]
    never: frozenset[str]
    unsaid: Mapping[str, tuple[str, ...]]
    ending: str
    discovery_from: float
    neighbours: tuple[str, ...]
    calls: str

    @property
    def places(self) -> tuple[Location, ...]:
        """The sets that are drawn for its places; the bare curtain where none is."""
        drawn = dict.fromkeys(place.location for place in self.sets if not place.board)
        return tuple(drawn) or ("curtain",)

    def suits(self, tags: frozenset[str]) -> bool:
        """Whether a secret or a beat with these tags may stand in it."""
        return not tags or bool(tags & (self.takes | {self.id}))


@dataclass(frozen=True)
class OperatorRule:
    """An operator: what it needs of the world, what it forbids, gives and takes, and how tight it
    pulls (0–1). ``tags`` empty means any genre; ``third`` says that C is seen; ``times`` is how
    often it may be used. ``spare`` is its place among what may be left out when time is short,
    0: it may not. ``ends`` marks those that close a film.
    """

    operator: str
    needs: frozenset[str]
    forbids: frozenset[str]
    gives: frozenset[str]
    takes: frozenset[str]
    tension: float
    summary: Mapping[str, str]
    tags: frozenset[str] = frozenset()
    third: bool = False
    times: int = 1
    spare: int = 0
    ends: bool = False


def _load(name: str) -> dict[str, Any]:
    try:
        return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{name}: {error}") from None


def _known(value: str, allowed: object, where: str) -> str:
    if value not in get_args(allowed):
        raise ValueError(f"{where}: {value!r} is none of {', '.join(get_args(allowed))}")
    return value


def _two(value: object, where: str) -> dict[str, Any]:
    """A table with both languages and nothing else."""
    if not isinstance(value, dict) or set(value) != {"zh", "en"}:
        raise ValueError(f"{where}: zh and en are wanted")
    return value


def _words(value: object, where: str) -> dict[str, tuple[str, ...]]:
    return {language: tuple(part.strip() for part in text.split(",") if part.strip())
            for language, text in _two(value, where).items()}  # fmt: skip


def _place(text: str, where: str) -> Place:
    location, *names = (part.strip() for part in text.split("|"))
    set_ = cast(Location, _known(location, Location, where))
    if not names:
        return Place(set_, {language: table[set_] for language, table in PLACES.items()})
    if len(names) != 4:
        raise ValueError(f"{where}: {text!r} wants set|中文名|在那里|its name|at it")
    return Place(set_, {"zh": (names[0], names[1]), "en": (names[2], names[3])})


def _prop(text: str, where: str) -> PropName:
    prop, *names = (part.strip() for part in text.split("|"))
    if len(names) != 2:
        raise ValueError(f"{where}: {text!r} wants prop|中文名|its name")
    return PropName(cast(Prop, _known(prop, Prop, where)), {"zh": names[0], "en": names[1]})


def _genre(id_: str, data: dict[str, Any]) -> GenreBook:
    where = f"genres/{id_}.toml"
    unknown = set(data) ^ _GENRE_FIELDS
    if unknown:
        raise ValueError(f"{where}: missing or unknown: {', '.join(sorted(unknown))}")
    figures = [tuple(_known(name, Figure, where) for name in cast_.split())
               for cast_ in data["figures"]]  # fmt: skip
    if not figures or any(len(cast_) != 3 for cast_ in figures):
        raise ValueError(f"{where}: each of figures names three")
    if len(data["places"]) < 2 or not data["props"]:
        raise ValueError(f"{where}: two places and a prop are the least")
    for operator in (*data["never"].split(), data["ending"]):
        if operator not in OPERATORS:
            raise ValueError(f"{where}: there is no operator {operator!r}")
    if data["details"] not in _DETAIL_TABLES or data["calls"] not in CALLS["zh"]:
        raise ValueError(f"{where}: details and calls are old or modern")
    return GenreBook(
        id_, _two(data["name"], f"{where}: name"), frozenset(data["takes"].split()),
        cast("tuple[tuple[Figure, Figure, Figure], ...]", tuple(figures)),
        tuple(_place(text, where) for text in data["places"]),
        cast("tuple[Hour, ...]", tuple(_known(x, Hour, where) for x in data["hours"].split())),
        cast("tuple[Weather, ...]",
             tuple(_known(x, Weather, where) for x in data["weathers"].split())),
        tuple(_prop(text, where) for text in data["props"]), data["details"],
        _words(data["words"], f"{where}: words"), frozenset(data["never"].split()),
        _words(data["unsaid"], f"{where}: unsaid"), data["ending"],
        float(data["discovery_from"]), tuple(data["neighbours"].split()), data["calls"],
    )  # fmt: skip


def _operators() -> dict[str, OperatorRule]:
    found = {}
    for name, data in _load("operators.toml").items():
        where = f"operators.toml: {name}"
        sets = {key: frozenset(str(data.pop(key, "")).split())
                for key in ("needs", "forbids", "gives", "takes", "tags")}  # fmt: skip
        summary = _two(data.pop("summary", None), f"{where}: summary")
        try:
            rule = OperatorRule(
                operator=name, summary=summary, needs=sets["needs"], forbids=sets["forbids"],
                gives=sets["gives"], takes=sets["takes"], tags=sets["tags"], **data,
            )  # fmt: skip
        except TypeError as error:
            raise ValueError(f"{where}: {error}") from None
        if not 0 <= rule.tension <= 1:
            raise ValueError(f"{where}: tension is 0 to 1")
        found[name] = rule
    return found


def _names() -> dict[str, dict[Figure, tuple[str, ...]]]:
    """Names by language and figure: a pattern of parts, each a list, and its every filling."""
    data = _load("names.toml")
    found: dict[str, dict[Figure, tuple[str, ...]]] = {}
    for language in ("zh", "en"):
        lists = {name: text.split() for name, text in data[language]["lists"].items()}
        found[language] = {}
        for figure, patterns in data[language]["figures"].items():
            _known(figure, Figure, f"names.toml: {language}")
            names: list[str] = []
            for pattern in patterns.split(","):
                made = [""]
                for part in pattern.split():
                    made = [f"{start}{end.replace('_', ' ')}" for start in made
                            for end in lists.get(part, [part])]  # fmt: skip
                names += made
            found[language][cast(Figure, figure)] = tuple(dict.fromkeys(names))
        missing = set(get_args(Figure)) - set(found[language])
        if missing:
            raise ValueError(f"names.toml: {language}: no names for {', '.join(sorted(missing))}")
    return found


_TABLES = _load("tables.toml")
# A location: its name, and "at it".
PLACES: Mapping[str, Mapping[Location, tuple[str, str]]] = {
    language: {cast(Location, name): (pair[0], pair[1]) for name, pair in table.items()}
    for language, table in _two(_TABLES["places"], "tables.toml: places").items()
}
CALLS: Mapping[str, Mapping[str, Mapping[Figure, str]]] = _two(_TABLES["calls"], "tables: calls")
MEASURES: Mapping[str, str] = {
    noun: measure
    for measure, nouns in _TABLES["measures"].items()
    for noun in nouns.split()
}  # fmt: skip
_DETAIL_TABLES: Mapping[str, Mapping[str, tuple[Mapping[str, str], ...]]] = {
    era: {
        kind: tuple(
            dict(zip(("zh", "en"), (half.strip() for half in entry.split("|")), strict=True))
            for entry in table[kind]
        )
        for kind in _DETAILS
    }
    for era, table in _load("details.toml").items()
}
_DENIALS = _load("denials.toml")
OPERATORS: Mapping[str, OperatorRule] = _operators()
NAMES: Mapping[str, Mapping[Figure, tuple[str, ...]]] = _names()
GENRES: Mapping[str, GenreBook] = {
    path.stem: _genre(path.stem, _load(f"genres/{path.name}"))
    for path in sorted((FOLDER / "genres").glob("*.toml"))
}


def details_of(era: str) -> Mapping[str, tuple[Mapping[str, str], ...]]:
    """The small things that a film of an era may speak of, by slot."""
    return _DETAIL_TABLES[era]


def measure_of(noun: str) -> str:
    """The Chinese measure word of a thing, by the longest known end of its name; 件 for others."""
    for start in range(len(noun)):
        if (measure := MEASURES.get(noun[start:])) is not None:
            return measure
    return "件"


def denied_words(denied: Iterable[str]) -> frozenset[str]:
    """The words that a film must not say where the maker's text denies ``denied``."""
    found: set[str] = set()
    for what in (text.lower() for text in denied):
        for key, words in _DENIALS.items():
            if any(name in what for name in key.split()):
                found.update(words)
    return frozenset(found)
