"""Rewriting a text the way people do who want to get past a filter: to train against it and to
measure its cost.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable

from moderation.text.normalise import HAN, syllable

_ZERO_WIDTH = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff")
_SEPARATORS = (" ", "*", "_", "-", ".", "·")


class Homophones:
    """Characters by their sound, the common ones of a corpus."""

    def __init__(self, texts: Iterable[str], min_count: int = 20) -> None:
        counts = Counter(character for text in texts for character in text if HAN.match(character))
        self._alike: dict[str, list[str]] = defaultdict(list)
        for character, count in sorted(counts.items()):
            if count >= min_count:
                self._alike[syllable(character)].append(character)

    def rewrite(self, text: str, share: float, chance: random.Random) -> str:
        """``share`` of the Han characters replaced by others that sound alike, where there are
        any.
        """
        return "".join(
            chance.choice(self._alike[syllable(character)])
            if HAN.match(character)
            and syllable(character) in self._alike
            and chance.random() < share
            else character
            for character in text
        )


def with_zero_width(text: str, share: float, chance: random.Random) -> str:
    """Invisible characters put after ``share`` of the characters."""
    return "".join(c + chance.choice(_ZERO_WIDTH) if chance.random() < share else c for c in text)


def with_separators(text: str, share: float, chance: random.Random) -> str:
    """Spaces or signs put between ``share`` of the neighbouring Han characters."""
    pieces = []
    for character, following in zip(text, text[1:] + " ", strict=True):
        pieces.append(character)
        if HAN.match(character) and HAN.match(following) and chance.random() < share:
            pieces.append(chance.choice(_SEPARATORS))
    return "".join(pieces)
