"""Rewrites texts as people do to get past a filter: to train against it and to measure its cost."""

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

    def rewrite(self, text: str, share: float, rng: random.Random) -> str:
        """Replace ``share`` (0–1) of the Han characters by homophones, where there are any."""
        return "".join(
            rng.choice(self._alike[syllable(character)])
            if HAN.match(character) and syllable(character) in self._alike and rng.random() < share
            else character
            for character in text
        )


def with_zero_width(text: str, share: float, rng: random.Random) -> str:
    """Put invisible characters after ``share`` (0–1) of the characters."""
    return "".join(c + rng.choice(_ZERO_WIDTH) if rng.random() < share else c for c in text)


def with_separators(text: str, share: float, rng: random.Random) -> str:
    """Put spaces or signs between ``share`` (0–1) of the neighbouring Han characters."""
    pieces = []
    for character, following in zip(text, text[1:] + " ", strict=True):
        pieces.append(character)
        if HAN.match(character) and HAN.match(following) and rng.random() < share:
            pieces.append(rng.choice(_SEPARATORS))
    return "".join(pieces)
