"""Chinese words with their frequencies, and how a run of characters reads as words.

A list of what must not be said, matched on bare characters, finds insults in “操场”, and by sound
“一起去死” in “一起去试试”. So a match counts only where the likeliest reading has it as one word.
The words are jieba's (MIT), cut to the frequent ones, with some of how audiences speak
(``data/words.txt.xz``).
"""

from __future__ import annotations

import lzma
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

SHIPPED_WORDS = Path(__file__).with_name("data") / "words.txt.xz"
_UNKNOWN = 1.0  # the frequency given to a character that the list does not know
# A character this frequent as a word of its own is ordinary where it stands alone (睡, 比, 吗).
_ORDINARY = 3000


@dataclass(frozen=True)
class Token:
    """A word of a reading: ``text[start:end]``."""

    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start


class WordList:
    """Frequencies of words, as ``read_words`` gives them."""

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        self._total = math.log(sum(frequencies.values()) or 1)
        self._frequencies = frequencies
        costs = self._total - np.log(np.fromiter(frequencies.values(), float))
        self._cost = dict(zip(frequencies, costs.tolist(), strict=True))
        self._unknown = self._total - math.log(_UNKNOWN)
        self._longest = max(map(len, frequencies), default=1)

    def is_ordinary(self, character: str) -> bool:
        """Whether a character is common as a word of its own."""
        return self._frequencies.get(character, 0) >= _ORDINARY

    def read(
        self,
        text: str,
        breaks: Sequence[bool] | None = None,
        others: Mapping[tuple[int, int], float] | None = None,
    ) -> list[Token]:
        """The likeliest reading of a text, from its first character to its last.

        breaks: (len(text),) whether no word may go on from the character before into this one.
        others: spans that are words too, (start, end) with their cost, which is −ln of a
        probability; they may go over breaks.
        """
        others = others or {}
        ending: dict[int, list[tuple[int, float]]] = {}
        for (start, end), cost in others.items():
            ending.setdefault(end, []).append((start, cost))
        best = [0.0] + [math.inf] * len(text)
        came = [0] * (len(text) + 1)
        for end in range(1, len(text) + 1):
            for start in range(end - 1, max(-1, end - 1 - self._longest), -1):
                cost = self._cost.get(text[start:end], math.inf)
                if start == end - 1 and cost == math.inf:
                    cost = self._unknown
                if best[start] + cost < best[end]:
                    best[end], came[end] = best[start] + cost, start
                if breaks is not None and breaks[start]:
                    break
            for start, cost in ending.get(end, ()):
                if best[start] + cost < best[end]:
                    best[end], came[end] = best[start] + cost, start
        tokens: list[Token] = []
        end = len(text)
        while end:
            tokens.append(Token(came[end], end))
            end = came[end]
        return tokens[::-1]


def is_disguise(
    words: WordList, text: str, tokens: Sequence[Token], span: tuple[int, int], unlike: set[int]
) -> bool:
    """Whether ``text[span]``, which only sounds like a word of a list, reads as nothing ordinary.

    tokens: how the text reads; unlike: places of the characters that are not the word's own. No
    longer word may lie over the edges of the span or over those characters, and not all of these
    may be common words.
    """
    start, end = span
    strange = False
    for token in tokens:
        if token.end <= start or end <= token.start:
            continue
        crosses = token.start < start or end < token.end
        differs = not unlike.isdisjoint(range(token.start, token.end))
        if crosses or (differs and token.length > 1):
            return False
        if differs and not words.is_ordinary(text[token.start : token.end]):
            strange = True
    return strange


def read_words(path: Path) -> dict[str, int]:
    """Words and frequencies of a file that holds a word and a number in turn (text, xz)."""
    pieces = lzma.decompress(path.read_bytes()).decode("utf-8").split()
    return dict(zip(pieces[::2], map(int, pieces[1::2]), strict=True))


@cache
def shipped_words() -> WordList:
    """The word list that comes with the engine."""
    return WordList(read_words(SHIPPED_WORDS))
