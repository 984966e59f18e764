"""Hashed n-gram features of a normalised text: one to three characters, and one to three syllables.

Syllables make words that sound alike look alike, so that a homophone written for a barred character
changes little. Features are hashed (MurmurHash3) into ``BUCKETS`` columns: the model needs no
vocabulary and stores no word.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse
from sklearn.feature_extraction import FeatureHasher

from moderation.text.normalise import syllable

BUCKETS = 1 << 22
MAX_NGRAM = 3
MAX_CHARACTERS = 2000  # of one text; what follows is not read

_hasher = FeatureHasher(BUCKETS, input_type="string", alternate_sign=False, dtype=np.float32)


def character_ngrams(text: str) -> list[str]:
    """All n-grams of 1 to MAX_NGRAM characters of a text, by length and then by place."""
    return [
        text[at : at + size]
        for size in range(1, MAX_NGRAM + 1)
        for at in range(len(text) - size + 1)
    ]


def syllable_ngrams(text: str) -> list[str]:
    """All n-grams of 1 to MAX_NGRAM syllables, by length and then by place.

    They begin with U+0001, which keeps them apart from n-grams of characters.
    """
    syllables = [syllable(character) for character in text]
    return [
        "\x01" + " ".join(syllables[at : at + size])
        for size in range(1, MAX_NGRAM + 1)
        for at in range(len(syllables) - size + 1)
    ]


def hashed_counts(texts: Sequence[str]) -> sparse.csr_matrix:
    """Counts of features of normalised texts: (len(texts), BUCKETS) float32 CSR, sorted indices.

    Only the first MAX_CHARACTERS characters of a text are read.
    """
    cut = [text[:MAX_CHARACTERS] for text in texts]
    counts = sparse.csr_matrix(
        _hasher.transform(character_ngrams(text) + syllable_ngrams(text) for text in cut)
    )
    counts.sum_duplicates()
    return counts
