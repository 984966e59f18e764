"""Secrets and beats: what is said in invented films, in both languages side by side."""

from __future__ import annotations

import hashlib
import itertools
import math
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeVar, cast, get_args

from generation.storyboard import Emotion, Prop, Verb

T = TypeVar("T")
Part = Literal["A", "B", "C", "N"]
Text = Mapping[str, str]  # by language: "zh" and "en"

FOLDER = Path(__file__).parent
_FEELINGS: dict[str, Emotion] = {
    "c": "calm", "j": "joy", "s": "sorrow", "a": "anger", "f": "fear", "u": "surprise", "l": "love",
    "r": "resolve",
}  # fmt: skip
_LINE = re.compile(r"(\?)?([ABCN]) ([cjsafulr])(?: >([a-z]+))?: (.+)")
_SLOT = re.compile(r"\{([A-Za-z0-9_.]+)\}")
_OPEN = re.compile(r"\[([^\[\]]+)\]")
_PERSONAL = ("", ".call", ".ta", ".he", ".He", ".him", ".his")
SLOTS = frozenset(
    [f"{part}{form}" for part in "ABC" for form in _PERSONAL]
    + ["place", "at", "hour", "weather", "weather2", "years", "prop", "count"]
    + ["dish", "tune", "day", "town"]
    + ["place.cap", "hour.cap", "weather.cap", "years.cap"]
)
_SECTIONS = {"first": ("hook", "hint", "expose"), "twist": ("turn", "cliff")}
_FIELDS = ("genres", "sort", "turns", "women", "men", "prop", "flags",
           "title", "logline", "question", "option", "next")  # fmt: skip
_FLAGS = frozenset({"hidden", "met", "absent"})


@dataclass(frozen=True)
class Phrase:
    """One line of an exchange, wordings and slots still open. ``text`` is empty in a language that
    does without the line.
    """

    part: Part
    emotion: Emotion
    text: Text
    verb: Verb | None = None
    droppable: bool = False


Exchange = tuple[Phrase, ...]


@dataclass(frozen=True)
class BeatBook:
    """Exchanges for one operator; ``tags`` (genres, or what genres ``take``) empty means any."""

    operator: str
    tags: frozenset[str]
    exchanges: tuple[Exchange, ...]


@dataclass(frozen=True)
class Secret:
    """A fact that someone is kept from, when it may be used, and all that is said of it.

    ``turns`` names the secrets or sorts of secrets that it may turn over; empty for one that comes
    out first. ``women`` and ``men`` are the parts it needs one in. ``hidden`` means that C must not
    be seen before it. ``met`` says that A and B share a roof or a road already; ``absent`` that B
    is away until the secret is out. ``exchanges`` go by hook, hint, expose, turn or cliff.
    """

    id: str
    tags: frozenset[str]
    sort: str = ""
    turns: tuple[str, ...] = ()
    women: str = ""
    men: str = ""
    hidden: bool = False
    met: bool = False
    absent: bool = False
    prop: Prop | None = None
    titles: tuple[Text, ...] = ()
    logline: Text = field(default_factory=dict)
    question: Text = field(default_factory=dict)
    options: tuple[Text, ...] = ()
    nexts: tuple[Text, ...] = ()
    exchanges: Mapping[str, tuple[Exchange, ...]] = field(default_factory=dict)


def fill(text: str, slots: Mapping[str, str]) -> str:
    """``text`` with each ``{slot}`` replaced by its value; values are not searched for slots.
    Raises ``KeyError`` for a slot that is not in ``slots``.
    """
    return _SLOT.sub(lambda match: slots[match[1]], text)


def variants(text: str) -> int:
    """In how many wordings a text can be said."""
    return math.prod(len(match[1].split("/")) for match in _OPEN.finditer(text))


def wordings(text: str) -> tuple[str, ...]:
    """All wordings of a text."""
    parts = _OPEN.split(text)  # every other one is what stood in brackets
    options = [part.split("/") if at % 2 else [part] for at, part in enumerate(parts)]
    return tuple("".join(chosen) for chosen in itertools.product(*options))


def word(text: str, key: str, seed: int) -> str:
    """``text`` in one of its wordings. Seeds that follow each other take different ones as long as
    there are any (steps of about the golden ratio through them); ``key`` sets where they begin.
    """
    rest = _step(key, seed, variants(text))

    def choose(match: re.Match[str]) -> str:
        nonlocal rest
        options = match[1].split("/")
        rest, at = divmod(rest, len(options))
        return options[at]

    return _OPEN.sub(choose, text)


def spread(options: Sequence[T], key: str, seed: int) -> T:
    """One of ``options`` for a seed: as many seeds in a row as there are options take each once,
    in an order that ``key`` shuffles.
    """
    turn, at = divmod(seed, len(options))
    order = list(range(len(options)))
    random.Random(f"{key} {turn}").shuffle(order)
    return options[order[at]]


def _step(key: str, seed: int, count: int) -> int:
    stride = next(
        step
        for step in range(max(1, round(count * 0.618)), count + 2)
        if math.gcd(step, count) == 1
    )
    offset = int.from_bytes(hashlib.sha256(key.encode()).digest()[:6])
    return (offset + seed * stride) % count


@lru_cache(maxsize=1)
def secrets() -> Mapping[str, Secret]:
    """Every secret by its id, in the order of the files. ``ValueError`` names what is wrong."""
    found: dict[str, Secret] = {}
    for name, lines in _files("secrets"):
        block: list[tuple[str, str]] = []
        heads = [number for number, line in enumerate(lines) if line.startswith("### ")]
        for start, end in zip(heads, [*heads[1:], len(lines)], strict=True):
            block = [
                (f"{name}:{start + 2 + at}", line) for at, line in enumerate(lines[start + 1 : end])
            ]
            secret = _secret(lines[start][4:].strip(), f"{name}:{start + 1}", block)
            _ensure_known(secret.tags, f"{name}:{start + 1}")
            if secret.id in found:
                raise ValueError(f"{name}:{start + 1}: there are two secrets {secret.id!r}")
            found[secret.id] = secret
    sorts = {secret.sort for secret in found.values()} | set(found)
    for secret in found.values():
        for turned in secret.turns:
            if turned not in sorts:
                raise ValueError(f"secret {secret.id}: turns {turned!r}, which there is not")
    return found


@lru_cache(maxsize=1)
def beat_books() -> tuple[BeatBook, ...]:
    """The phrases of beats, in the order of the files. ``ValueError`` names what is wrong."""
    from generation.story.books.data import OPERATORS  # which reads this module's folder

    books = []
    for name, lines in _files("beats"):
        heads = [number for number, line in enumerate(lines) if line.startswith("=== ")]
        for start, end in zip(heads, [*heads[1:], len(lines)], strict=True):
            operator, *tags = lines[start][4:].split()
            if operator not in (*OPERATORS, "plant"):
                raise ValueError(f"{name}:{start + 1}: there is no operator {operator!r}")
            _ensure_known(tags, f"{name}:{start + 1}")
            block = [
                (f"{name}:{start + 2 + at}", line) for at, line in enumerate(lines[start + 1 : end])
            ]
            books.append(BeatBook(operator, frozenset(tags), _exchanges(block)))
    return tuple(books)


def _ensure_known(tags: Iterable[str], where: str) -> None:
    from generation.story.books.data import GENRES

    known = set(GENRES).union(*(genre.takes for genre in GENRES.values()))
    for tag in tags:
        if tag not in known:
            raise ValueError(f"{where}: {tag!r} is no genre and no genre takes it")


def _files(folder: str) -> Iterator[tuple[str, list[str]]]:
    for path in sorted((FOLDER / folder).glob("*.txt")):
        lines = path.read_text(encoding="utf-8").split("\n")
        yield f"{folder}/{path.name}", ["" if line.startswith("# ") else line for line in lines]


def _secret(id_: str, place: str, block: list[tuple[str, str]]) -> Secret:
    fields: dict[str, list[str]] = {name: [] for name in _FIELDS}
    sections: dict[str, list[tuple[str, str]]] = {}
    section = ""
    for where, line in block:
        name, colon, rest = line.partition(":")
        if colon and not rest.strip() and name in ("hook", "hint", "expose", "turn", "cliff"):
            section = name
            sections[section] = []
        elif colon and name in fields:
            fields[name].append(rest.strip())
        elif section:
            sections[section].append((where, line))
        elif line.strip():
            raise ValueError(f"{where}: cannot read {line!r}")
    turns = tuple(" ".join(fields["turns"]).split())
    flags = set(" ".join(fields["flags"]).split())
    prop = "".join(fields["prop"])
    wanted = _SECTIONS["twist" if turns else "first"]
    if set(sections) != set(wanted):
        raise ValueError(f"{place}: secret {id_} needs {', '.join(wanted)}, not {list(sections)}")
    if flags - _FLAGS:
        raise ValueError(f"{place}: secret {id_} has unknown flags {sorted(flags - _FLAGS)}")
    if prop and prop not in get_args(Prop):
        raise ValueError(f"{place}: secret {id_} turns on {prop!r}, which is no prop")
    counts = (len(fields["title"]), len(fields["logline"]), len(fields["question"]),
              len(fields["option"]), len(fields["next"]))  # fmt: skip
    if (turns and counts != (0, 0, 1, 2, 2)) or (not turns and (not counts[0] or counts[1] != 1)):
        raise ValueError(f"{place}: secret {id_} needs a title and a logline, or a question, two "
                         "options and two nexts")  # fmt: skip
    found = {name: tuple(_both(value, f"{place}: {name}") for value in fields[name])
             for name in ("title", "logline", "question", "option", "next")}  # fmt: skip
    exchanges = {name: _exchanges(lines) for name, lines in sections.items()}
    for name, those in exchanges.items():
        if len(those) < 2:
            raise ValueError(f"{place}: secret {id_}: {name} needs two exchanges or more")
    return Secret(
        id_, frozenset(" ".join(fields["genres"]).split()), "".join(fields["sort"]), turns,
        "".join(fields["women"]), "".join(fields["men"]), "hidden" in flags, "met" in flags,
        "absent" in flags, cast("Prop | None", prop or None), found["title"],
        found["logline"][0] if found["logline"] else {},
        found["question"][0] if found["question"] else {}, found["option"], found["next"],
        exchanges,
    )  # fmt: skip


def _exchanges(block: list[tuple[str, str]]) -> tuple[Exchange, ...]:
    found: list[Exchange] = []
    current: list[Phrase] = []
    for where, line in [*block, ("", "")]:
        if not line.strip():
            if current:
                _ensure_spoken(current, where)
                found.append(tuple(current))
            current = []
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None:
            raise ValueError(f"{where}: cannot read {line!r}")
        mark, part, feeling, verb, text = match.groups()
        if verb is not None and verb not in get_args(Verb):
            raise ValueError(f"{where}: no verb {verb!r}")
        current.append(
            Phrase(cast(Part, part), _FEELINGS[feeling], _both(text, where),
                   cast("Verb | None", verb), mark is not None)
        )  # fmt: skip
    return tuple(found)


def _ensure_spoken(exchange: list[Phrase], where: str) -> None:
    for language in ("zh", "en"):
        if not any(phrase.text[language] and not phrase.droppable for phrase in exchange):
            raise ValueError(f"before {where}: an exchange without a line in {language}")


def _both(text: str, where: str) -> Text:
    """The halves of a text. ``ValueError`` for one without a counterpart, or with a slot or an
    open wording that cannot be filled.
    """
    chinese, bars, english = text.partition("||")
    halves = {"zh": chinese.strip(), "en": english.strip()}
    if not bars or not any(halves.values()):
        raise ValueError(f"{where}: Chinese || English is wanted, not {text!r}")
    for half in halves.values():
        for slot in _SLOT.findall(half):
            if slot not in SLOTS:
                raise ValueError(f"{where}: there is no slot {{{slot}}}")
        if re.search(r"[\[\]{}]", _OPEN.sub("", _SLOT.sub("", half))):
            raise ValueError(f"{where}: a bracket is not closed in {half!r}")
    return halves
