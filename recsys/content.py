"""What an episode is like, from its genres, tags and text alone: so that an episode nobody has
watched has a place.

A feature is hashed (CRC-32) into its own region of a row of `N_FEATURES`; character bigrams serve
Chinese and English alike. Hashing needs no vocabulary, so an episode that comes tomorrow with a new
tag needs no training.
"""

from __future__ import annotations

import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from recsys.types import Item

# Wide enough that a handful of genres hardly ever meets in one place: who likes one would seem to
# like the other.
N_FEATURES = 16384
GENRES = (0, 4096)
TAGS = (4096, 12288)
TEXT = (12288, N_FEATURES)
# How much of the squared length of a row each region gets, when it holds anything.
_SHARES = ((GENRES, 0.5), (TAGS, 0.3), (TEXT, 0.2))


def feature(region: tuple[int, int], word: str) -> int:
    """The place of a word in its region; case and width do not matter."""
    low, high = region
    return low + zlib.crc32(_folded(word).encode()) % (high - low)


def inverse_document_frequency(items: Sequence[Item]) -> npt.NDArray[np.float32]:
    """Smoothed idf (N_FEATURES,): ln((1+n)/(1+df)) + 1."""
    frequency = np.zeros(N_FEATURES)
    for item in items:
        places = np.array(list(_counts(item)), dtype=np.int64)
        frequency[places] += 1
    return (np.log((1 + len(items)) / (1 + frequency)) + 1).astype(np.float32)


def content_rows(items: Sequence[Item], idf: npt.NDArray[np.float32]) -> sp.csr_matrix:
    """Rows of unit length (len(items), N_FEATURES), float32: TF-IDF with 1 + ln(tf), each region
    scaled to its share.

    An episode without genres, tags and text has a row of zeros.
    """
    pointers, columns, values = [0], [], []
    for item in items:
        counts = _counts(item)
        places = np.array(sorted(counts), dtype=np.int32)
        row = np.array([1 + np.log(counts[int(place)]) for place in places]) * idf[places]
        for (low, high), share in _SHARES:
            inside = (places >= low) & (places < high)
            length = np.linalg.norm(row[inside])
            if length > 0:
                row[inside] *= np.sqrt(share) / length
        length = np.linalg.norm(row)
        columns.append(places)
        values.append(row / length if length > 0 else row)
        pointers.append(pointers[-1] + len(places))
    return sp.csr_matrix(
        (
            np.concatenate([*values, np.zeros(0)]).astype(np.float32),
            np.concatenate([*columns, np.zeros(0, np.int32)]).astype(np.int32),
            np.array(pointers, dtype=np.int32),
        ),
        shape=(len(items), N_FEATURES),
    )


def content_to_factors(
    content: sp.csr_matrix,
    factors: npt.NDArray[np.float32],
    evidence: npt.NDArray[np.float64],
    penalty: float = 1.0,
) -> npt.NDArray[np.float32]:
    """Ridge regression (N_FEATURES, f) from content rows to ALS item factors, weighted by how well
    each factor is known.

    evidence: (n,) number of interactions; an episode with e of them weighs e / (e + 5). Solved in
    the smaller of the two spaces.
    """
    weight = np.sqrt(evidence / (evidence + 5.0))
    known = np.flatnonzero(weight > 0)
    if not len(known):
        return np.zeros((content.shape[1], factors.shape[1]), np.float32)
    rows = sp.diags(weight[known]) @ content[known].astype(np.float64)
    target = factors[known] * weight[known, None]
    if len(known) <= content.shape[1]:
        kernel = (rows @ rows.T).toarray()
        kernel[np.diag_indices_from(kernel)] += penalty
        solution = rows.T @ np.linalg.solve(kernel, target)
    else:
        kernel = (rows.T @ rows).toarray()
        kernel[np.diag_indices_from(kernel)] += penalty
        solution = np.linalg.solve(kernel, rows.T @ target)
    return np.asarray(solution, np.float32)


def _counts(item: Item) -> Counter[int]:
    counts: Counter[int] = Counter()
    counts.update({feature(GENRES, word) for word in item.genres})
    counts.update({feature(TAGS, word) for word in item.tags})
    counts.update(feature(TEXT, pair) for pair in _bigrams(item.text))
    return counts


def _bigrams(text: str) -> Iterable[str]:
    kept = "".join(letter if letter.isalnum() else " " for letter in _folded(text))
    for run in kept.split():
        if len(run) == 1:
            yield run
        for at in range(len(run) - 1):
            yield run[at : at + 2]


def _folded(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().strip()
