"""Ways to look at a folded text word by word: as written, and with disguises undone."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from moderation.text.folding import leet_letters
from moderation.text.normalise import HAN

# What stands between spaces and ideographs.
_CHUNK = re.compile(r"[^\s\u3041-\u30ff\u3400-\u9fff]+")
_PART = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_EDGES = ".,;:!?…。、\"'()[]{}<>“”‘’«»~*-_/\\|+=&^%#"
_SENTENCE_END = re.compile(r"[.!?;。\n]")
_MASKS = re.compile(r"[*#%&^]")
_MASKED = re.compile(r"[a-z][a-z*#%&^]*[a-z*#%&^]")
_RUN = re.compile(r"(.)\1{2,}")


@dataclass(frozen=True)
class LatinView:
    """Words of a folded text with their places in it.

    ``sentence``: a space and the word for each, `` \\n`` where a sentence ended. ``altered``:
    disguises were undone. ``masked_words``: words with signs for letters (``f*ck``, every sign as
    an asterisk).
    """

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentence: str
    altered: bool = False
    beside_ideographs: bool = False
    masked_words: tuple[tuple[str, tuple[int, int]], ...] = ()

    @cached_property
    def word_spans(self) -> list[tuple[int, int]]:
        """Places by the spaces of ``sentence``: of words, and of the ends of sentences as those of
        the word before.
        """
        spans: list[tuple[int, int]] = []
        index = 0
        for piece in self.sentence.split(" ")[1:]:
            if piece == "\n":
                spans.append(spans[-1] if spans else (self.starts[0], self.ends[0]))
            else:
                spans.append((self.starts[index], self.ends[index]))
                index += 1
        return spans


@dataclass
class _Words:
    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    def add(self, word: str, start: int, end: int) -> None:
        self.words.append(word)
        self.starts.append(start)
        self.ends.append(end)
        # In phrases, letters repeated without end count once, as in "killlll yourself".
        self.pieces.append(" " + (_RUN.sub(r"\1", word) if len(word) > 3 else word))

    def end_sentence(self) -> None:
        if self.pieces and self.pieces[-1] != " \n":
            self.pieces.append(" \n")

    def finished(
        self,
        altered: bool,
        beside_ideographs: bool,
        masked: tuple[tuple[str, tuple[int, int]], ...] = (),
    ) -> LatinView:
        if self.pieces and self.pieces[-1] == " \n":
            self.pieces.pop()
        return LatinView(
            tuple(self.words),
            tuple(self.starts),
            tuple(self.ends),
            "".join(self.pieces),
            altered,
            beside_ideographs,
            masked,
        )


def latin_views(text: str) -> Iterator[LatinView]:
    """The words of a folded text; then, where that differs, with digits and signs read as letters,
    signs inside words left out and single letters joined. None for a text without such words.
    """
    beside = HAN.search(text) is not None
    plain, undone = _Words(), _Words()
    masked: list[tuple[str, tuple[int, int]]] = []
    letters: list[tuple[str, int, int]] = []

    def join_letters() -> None:
        if len(letters) > 1:
            undone.add("".join(one for one, _, _ in letters), letters[0][1], letters[-1][2])
        letters.clear()

    place = 0
    for chunk in _CHUNK.finditer(text):
        between = text[place : chunk.start()]
        if "\n" in between:
            plain.end_sentence()
            undone.end_sentence()
        if HAN.search(between):
            join_letters()
        place = chunk.end()
        core, start, end = _trimmed(chunk)
        if masked_word := _masked(core):
            masked.append((masked_word, (start, end)))
        parts = list(_PART.finditer(text, chunk.start(), chunk.end()))
        for part in parts:
            plain.add(part[0].replace("\u2019", "'"), part.start(), part.end())
        if len(core) == 1 and core.isalpha():
            letters.append((core, start, end))
        else:
            join_letters()
            _add_undone(undone, core, start, end, parts)
        if _SENTENCE_END.search(text, end, chunk.end()):
            plain.end_sentence()
            undone.end_sentence()
    join_letters()
    if not plain.words and not undone.words and not masked:
        return
    first = plain.finished(False, beside, tuple(masked))
    if first.words or masked:
        yield first
    second = undone.finished(True, beside)
    if second.words and second.words != first.words:
        yield second


@lru_cache(maxsize=65536)
def squeeze(word: str) -> str:
    """A word with each run of a letter as one."""
    return "".join(letter for letter, _ in itertools.groupby(word))


@lru_cache(maxsize=65536)
def run_lengths(word: str) -> tuple[int, ...]:
    """How long each run of a letter is."""
    return tuple(sum(1 for _ in run) for _, run in itertools.groupby(word))


def _trimmed(chunk: re.Match[str]) -> tuple[str, int, int]:
    """A chunk without the signs around it, and its place."""
    core = chunk[0].lstrip(_EDGES)
    start = chunk.end() - len(core)
    core = core.rstrip(_EDGES)
    return core, start, start + len(core)


def _masked(core: str) -> str | None:
    if not _MASKS.search(core) or not _MASKED.fullmatch(core):
        return None
    return _MASKS.sub("*", core) if sum(map(str.isalpha, core)) > 1 else None


def _add_undone(
    undone: _Words, core: str, start: int, end: int, parts: list[re.Match[str]]
) -> None:
    """A chunk with its disguise undone; as its parts where it has none."""
    readings = leet_letters("".join(c for c in core if c.isalnum() or c in "@$!|€£¢"))
    bare = "".join(filter(str.isalnum, core))
    if readings:
        for reading in readings:
            undone.add("".join(filter(str.isalpha, reading)), start, end)
        return
    # Signs inside a word (f.u.c.k): one of the pieces is too short to be a word of its own.
    if len(parts) > 1 and min(len(part[0]) for part in parts) <= 2 and "'" not in core:
        undone.add(bare, start, end)
        return
    for part in parts:
        undone.add(part[0].replace("\u2019", "'"), part.start(), part.end())
