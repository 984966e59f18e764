"""Content features of an item from its genres, tags and text, which need no interaction.

A feature is hashed (CRC-32) into the column range of its field within `N_FEATURES` columns;
character bigrams serve Chinese and English alike. Hashing needs no vocabulary, so an item that
arrives later with a new tag needs no training.
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

# Wide enough that the tens of genres and hundreds of tags of a catalogue rarely collide. Column
# ranges are part of the model format: changing one needs a new FORMAT.
N_FEATURES = 16384
GENRES = (0, 4096)
TAGS = (4096, 12288)
TEXT = (12288, N_FEATURES)
# Share of a row's squared length that each field gets when it holds anything. Chosen by hand: a
# genre says more than a tag, a tag more than a bigram.
_FIELD_SHARES = ((GENRES, 0.5), (TAGS, 0.3), (TEXT, 0.2))


def feature_column(field: tuple[int, int], word: str) -> int:
    """Column (0 to N_FEATURES − 1) of a word in the column range of a field; case and width are
    folded.
    """
    low, high = field
    return low + zlib.crc32(_folded(word).encode()) % (high - low)


def inverse_document_frequency(items: Sequence[Item]) -> npt.NDArray[np.float32]:
    """Smoothed inverse document frequency ln((1 + n) / (1 + df)) + 1: (N_FEATURES,) float32."""
    frequency = np.zeros(N_FEATURES)
    for item in items:
        item_columns = np.array(list(_feature_counts(item)), dtype=np.int64)
        frequency[item_columns] += 1
    return (np.log((1 + len(items)) / (1 + frequency)) + 1).astype(np.float32)


def content_rows(items: Sequence[Item], idf: npt.NDArray[np.float32]) -> sp.csr_matrix:
    """TF-IDF rows of unit length, (len(items), N_FEATURES) float32 CSR, with sublinear counts 1 +
    ln tf.

    idf: (N_FEATURES,) float32. Each field is scaled to its share of the row. An item without
    genres, tags and text has a row of zeros.
    """
    pointers, columns, values = [0], [], []
    for item in items:
        counts = _feature_counts(item)
        item_columns = np.array(sorted(counts), dtype=np.int32)
        row = (
            np.array([1 + np.log(counts[int(column)]) for column in item_columns])
            * idf[item_columns]
        )
        for (low, high), share in _FIELD_SHARES:
            inside = (item_columns >= low) & (item_columns < high)
            length = np.linalg.norm(row[inside])
            if length > 0:
                row[inside] *= np.sqrt(share) / length
        length = np.linalg.norm(row)
        columns.append(item_columns)
        values.append(row / length if length > 0 else row)
        pointers.append(pointers[-1] + len(item_columns))
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
    """Ridge regression (N_FEATURES, f), float32, from content rows to ALS item factors.

    content: (n, N_FEATURES) CSR. factors: (n, f) float32. evidence: (n,) float64, number of
    interactions; an item with e of them weighs e / (e + 5). penalty: λ of the ridge. Solved in the
    smaller of the two spaces. Without any interaction the result is zeros.
    """
    weight = np.sqrt(evidence / (evidence + 5.0))
    known = np.flatnonzero(weight > 0)
    if not len(known):
        return np.zeros((content.shape[1], factors.shape[1]), np.float32)
    rows = sp.csr_matrix(sp.diags(weight[known]) @ content[known].astype(np.float64))
    used = np.unique(rows.indices)
    rows = rows[:, used]
    target = factors[known] * weight[known, None]
    if len(known) <= len(used):
        kernel = (rows @ rows.T).toarray()
        kernel[np.diag_indices_from(kernel)] += penalty
        solution = rows.T @ np.linalg.solve(kernel, target)
    else:
        kernel = (rows.T @ rows).toarray()
        kernel[np.diag_indices_from(kernel)] += penalty
        solution = np.linalg.solve(kernel, rows.T @ target)
    out = np.zeros((content.shape[1], factors.shape[1]), np.float32)
    out[used] = solution
    return out


def content_axes(content: sp.csr_matrix, count: int) -> npt.NDArray[np.float32]:
    """The `count` main axes of content rows (n, N_FEATURES): (N_FEATURES, ≤count) float32.

    Rows projected on them are near each other where the rows are (latent semantic analysis;
    Deerwester et al. 1990, by the randomised method of Halko et al. 2011). The same rows give the
    same axes.
    """
    count = min(count, content.shape[0] - 1)
    if count < 1:
        return np.zeros((content.shape[1], 0), np.float32)
    from sklearn.utils.extmath import randomized_svd

    # Columns that nothing fills would only cost time.
    used = np.unique(content.indices)
    _, _, axes = randomized_svd(content[:, used], min(count, len(used)), n_iter=2, random_state=0)
    out = np.zeros((content.shape[1], len(axes)), np.float32)
    out[used] = axes.T
    return out


def _feature_counts(item: Item) -> Counter[int]:
    counts: Counter[int] = Counter()
    counts.update({feature_column(GENRES, word) for word in item.genres})
    counts.update({feature_column(TAGS, word) for word in item.tags})
    counts.update(feature_column(TEXT, bigram) for bigram in _bigrams(item.text))
    return counts


def _bigrams(text: str) -> Iterable[str]:
    letters = "".join(letter if letter.isalnum() else " " for letter in _folded(text))
    for word in letters.split():
        if len(word) == 1:
            yield word
        for at in range(len(word) - 1):
            yield word[at : at + 2]


def _folded(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().strip()
