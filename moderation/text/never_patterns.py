"""Patterns of the never list, compiled. Their parts are described at the head of
``data/never.toml``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from moderation.text.folding import fold
from moderation.text.never_entries import NeverEntry, NeverListError

_MAX_GAP = 12


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern. ``needs``: of each set, one member must be in a text that matches:
    characters where the language is written without spaces, else first words.
    """

    entry: NeverEntry
    regex: re.Pattern[str]
    needs: tuple[frozenset[str], ...]

    def may_match(self, present: set[str]) -> bool:
        """Whether the characters or words of a text allow a match."""
        return all(not present.isdisjoint(need) for need in self.needs)


class PatternIndex:
    """Patterns by what a text must hold for them."""

    def __init__(self) -> None:
        self._by_need: dict[str, list[Pattern]] = defaultdict(list)
        self._always: list[Pattern] = []

    def add(self, pattern: Pattern) -> None:
        """Keep a pattern under the fewest needs that it has."""
        if not pattern.needs:
            self._always.append(pattern)
            return
        for need in min(pattern.needs, key=len):
            self._by_need[need].append(pattern)

    def candidates(self, present: set[str]) -> list[Pattern]:
        """Patterns that characters or words allow, each once."""
        found = {
            id(pattern): pattern
            for piece in present & self._by_need.keys()
            for pattern in self._by_need[piece]
            if pattern.may_match(present)
        }
        return [*self._always, *found.values()]


def compile_pattern(entry: NeverEntry, classes: Mapping[str, Sequence[str]]) -> Pattern:
    """The entry's pattern, for texts as the matchers of its language write them: Chinese without
    separators, others as words, each with a space before it; ``\\n`` between sentences.

    Literal parts are the regular expression's groups. Raises NeverListError.
    """
    spaced = entry.language != "zh"
    pieces: list[str] = []
    needs: list[frozenset[str]] = []
    for part in entry.phrase.split():
        if re.fullmatch(r"~\d+", part):
            count = int(part[1:])
            if count > _MAX_GAP:
                raise NeverListError(f"{entry.phrase!r}: a gap is at most {_MAX_GAP}")
            pieces.append(rf"(?: [^ \n]+){{0,{count}}}" if spaced else rf"[^\n]{{0,{count}}}?")
        elif part == "^":
            pieces.append(r"(?:^|(?<=\n))")
        else:
            optional = part.endswith("?") and len(part) > 1
            piece, first = _alternatives(entry, part.removesuffix("?"), classes, spaced)
            pieces.append(f"(?:{piece})?" if optional else piece)
            if not optional and first:
                needs.append(first)
    try:
        return Pattern(entry, re.compile("".join(pieces)), tuple(needs))
    except re.error as error:
        raise NeverListError(f"{entry.phrase!r}: not a pattern") from error


def _alternatives(
    entry: NeverEntry, part: str, classes: Mapping[str, Sequence[str]], spaced: bool
) -> tuple[str, frozenset[str]]:
    names: list[str] = []
    ends = False
    number = False
    for name in part.split("|"):
        if name.startswith("@"):
            if name[1:] not in classes:
                raise NeverListError(f"{entry.phrase!r}: no class {name}")
            names += [member.replace("_", " ") for member in classes[name[1:]]]
        elif name == "$":
            ends = True
        elif name == "#":
            number = True
        else:
            names.append(name.replace("_", " "))
    plain = [fold(name).text for name in names]
    if not spaced:
        plain = ["".join(filter(str.isalnum, name)) for name in plain]
    plain = sorted({name for name in plain if name}, key=lambda name: (-len(name), name))
    start, end = (" ", r"(?= |$|\n)") if spaced else ("", "")
    found = [start + re.escape(name) + end for name in plain]
    if number:
        found.append(start + r"\d[\d,.]*k?" + end)
    piece = "(" + "|".join(found) + ")" if found else ""
    if ends:
        final = r"(?= ?\n|$)"
        piece = f"(?:{piece}|{final})" if piece else final
    if not piece:
        raise NeverListError(f"{entry.phrase!r}: an empty part")
    needs = frozenset(name.split()[0] if spaced else name[0] for name in plain)
    return piece, frozenset() if ends or number else needs
