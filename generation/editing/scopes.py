"""Where an edit holds: scenes, shots, lines, the start and the end of a stretch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generation.editing.film import EditedFilm
from generation.editing.types import Part, Reading, Scope, Text
from generation.editing.who import Ask
from generation.editing.words import Token


@dataclass
class Found:
    """What a clause says of the place of a change; ``rest`` says other things."""

    scenes: list[int] = field(default_factory=list)
    shots: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    film: bool = False
    rest: list[Token] = field(default_factory=list)

    @property
    def given(self) -> bool:
        """Whether any place was named."""
        return bool(self.scenes or self.shots or self.parts or self.film)


def find_scopes(tokens: Sequence[Token]) -> Found:
    """Take the places out of a clause."""
    found = Found()
    used: set[int] = set()
    for at, token in enumerate(tokens):
        if token.kind == "unit":
            numbers, places = _numbers(tokens, at, used)
            if numbers:
                used |= places | {at}
                _list(found, token.value).extend(numbers)
        elif token.kind == "place_in_film":
            used.add(at)
            unit, _, number = token.value.partition(" ")
            if unit == "film":
                found.film = True
            else:
                _list(found, unit).append(int(number))
        elif token.kind == "part":
            used.add(at)
            found.parts.append("start" if token.value == "start" else "end")
    found.rest = [token for at, token in enumerate(tokens) if at not in used]
    return found


def scope_of(found: Found, film: EditedFilm) -> Scope | None:
    """The scope that was named; None when there are several parts. Raises ``Ask`` for a scene or
    shot that the film has not.
    """
    if len(found.parts) > 1 or (found.film and (found.scenes or found.shots)):
        return None
    part: Part = found.parts[0] if found.parts else "all"
    scenes = tuple(dict.fromkeys(found.scenes))
    shots = tuple(dict.fromkeys(found.shots))
    for number in scenes:
        _check(number, len(film.scenes), ("场", "scene"))
    if shots and scenes:
        if len(scenes) != 1:
            return None
        inside = film.scenes[_at(scenes[0], len(film.scenes))]
        ids = [shot.id for shot in film.board.shots]
        for number in shots:
            _check(number, len(inside), ("个镜头", "shot"))
        absolute = [ids.index(inside[_at(number, len(inside))].id) + 1 for number in shots]
        return Scope("shot", tuple(absolute), part)
    for number in shots:
        _check(number, len(film.board.shots), ("个镜头", "shot"))
    if shots:
        return Scope("shot", shots, part)
    return Scope("scene", scenes, part) if scenes else Scope("film", (), part)


def _at(number: int, count: int) -> int:
    return number - 1 if number > 0 else count + number


def _list(found: Found, unit: str) -> list[int]:
    return {"scene": found.scenes, "shot": found.shots, "line": found.lines}[unit]


def _check(number: int, count: int, names: tuple[str, str]) -> None:
    if 0 <= _at(number, count) < count and number != 0:
        return
    zh, en = names
    raise Ask(
        Reading(
            "question",
            message=Text(
                f"没有第 {number} {zh}，一共 {count} {zh}。要改的是第几{zh}？",
                f"There is no {en} {number}: there are {count}. Which {en} is meant?",
            ),
            words=(str(number),),
            options=tuple(str(known) for known in range(1, count + 1)),
        )
    )


def _numbers(tokens: Sequence[Token], at: int, used: set[int]) -> tuple[list[int], set[int]]:
    """The numbers that belong to a unit word, and where they stand."""
    numbers, places = _before(tokens, at, used)
    chinese = not tokens[at].text.isascii()
    if chinese:
        marked = any(tokens[place].kind == "ordinal" for place in places)
        return (numbers, places) if marked else ([], set())
    return (numbers, places) if numbers else _behind(tokens, at, used)


def _joint(token: Token) -> str:
    if token.kind == "and" or token.text == "、":
        return "and"
    return "to" if token.kind == "to" else ""


def _before(tokens: Sequence[Token], at: int, used: set[int]) -> tuple[list[int], set[int]]:
    """As in 第二和第三场, the second and third scene."""
    numbers: list[int] = []
    places: set[int] = set()
    joint = ""
    place = at - 1
    while place >= 0 and place not in used and tokens[place].kind == "number":
        value = _whole(tokens[place])
        if value is None:
            break
        numbers = _joined(value, numbers, joint)
        places.add(place)
        place -= 1
        if place >= 0 and tokens[place].kind == "ordinal":
            places.add(place)
            place -= 1
        joint = _joint(tokens[place]) if place >= 1 else ""
        if not joint or tokens[place - 1].kind != "number" or place - 1 in used:
            break
        places.add(place)
        place -= 1
    return numbers, places


def _behind(tokens: Sequence[Token], at: int, used: set[int]) -> tuple[list[int], set[int]]:
    """As in scenes 2 and 3, scene two."""
    numbers: list[int] = []
    places: set[int] = set()
    place, joint = at + 1, ""
    while place < len(tokens) and place not in used and tokens[place].kind == "number":
        following = tokens[place + 1].kind if place + 1 < len(tokens) else ""
        value = _whole(tokens[place])
        if value is None or (numbers and following in ("seconds_unit", "unit")):
            places.discard(place - 1)
            break
        if joint == "to" and numbers:
            numbers += range(numbers[-1] + 1, value + 1)
        else:
            numbers.append(value)
        places.add(place)
        joint = _joint(tokens[place + 1]) if place + 1 < len(tokens) else ""
        if not joint or place + 2 >= len(tokens) or tokens[place + 2].kind != "number":
            break
        places.add(place + 1)
        place += 2
    return numbers, places


def _joined(value: int, numbers: list[int], joint: str) -> list[int]:
    if joint == "to" and numbers:
        return [*range(value, numbers[0]), *numbers]
    return [value, *numbers]


def _whole(token: Token) -> int | None:
    return int(token.value) if token.value.isdecimal() and len(token.value) < 4 else None
