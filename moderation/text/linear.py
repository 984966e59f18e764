"""A linear classifier: logistic regression on hashed ngrams of characters and syllables, weighted
by naive Bayes.

Method: TF-IDF with sublinear counts, each feature scaled by its naive-Bayes log-count ratio before
the regression (Wang & Manning, “Baselines and Bigrams”, ACL 2012); Platt's calibration on
out-of-fold scores; then the log-odds are moved from the training set's share of abuse to the share
that is expected in use. Stored as three numpy arrays.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from moderation.text.features import BUCKETS, character_ngrams, hashed_counts
from moderation.text.model_folder import ModelError
from moderation.text.normalise import normalise

WEIGHTS = "weights.npz"
_BATCH = 4096


@dataclass(frozen=True)
class LinearModel:
    """The parameters of a trained model with n features, ordered by bucket.

    buckets: (n,) int32, rising. idf, weights: (n,) float32. Log-odds of abuse are
    scale · (x · weights + bias) + shift.
    """

    buckets: NDArray[np.int32]
    idf: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: float
    scale: float
    shift: float

    def weighted(self, counts: sparse.csr_matrix) -> sparse.csr_matrix:
        """TF-IDF rows of unit length over the model's features, (rows, n) float32 CSR.

        counts: (rows, BUCKETS) CSR, as ``hashed_counts`` gives.
        """
        values, place, _ = self._weighted(counts)
        return sparse.csr_matrix(
            (values, place, counts.indptr), shape=(counts.shape[0], len(self.buckets))
        )

    def log_odds(self, counts: sparse.csr_matrix) -> NDArray[np.float64]:
        """Log-odds of abuse, (rows,) float64. counts: (rows, BUCKETS) CSR."""
        # Without a matrix of its own: for one remark, making it costs more than all the rest.
        values, place, row = self._weighted(counts)
        raw = np.bincount(row, values * self.weights[place], counts.shape[0]) + self.bias
        return np.asarray(self.scale * raw + self.shift, dtype=np.float64)

    def _weighted(
        self, counts: sparse.csr_matrix
    ) -> tuple[NDArray[np.float32], NDArray[np.intp], NDArray[np.intp]]:
        """Values, columns and rows of the entries that ``weighted`` has, in the order of
        ``counts``.
        """
        place = np.searchsorted(self.buckets, counts.indices).clip(max=len(self.buckets) - 1)
        known = self.buckets[place] == counts.indices
        values = np.where(known, (1 + np.log(counts.data)) * self.idf[place], 0).astype(np.float32)
        row = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        length = np.sqrt(np.bincount(row, values.astype(np.float64) ** 2, counts.shape[0]))
        values /= np.maximum(length, 1e-12)[row]
        return values, place, row


class LinearClassifier:
    """A TextClassifier for Chinese comments and lines."""

    def __init__(self, model: LinearModel, version: str) -> None:
        self._model, self._version = model, version

    @property
    def version(self) -> str:
        return self._version

    def score(self, texts: Sequence[str]) -> NDArray[np.float64]:
        found = np.zeros(len(texts))
        for start in range(0, len(texts), _BATCH):
            batch = [normalise(text) for text in texts[start : start + _BATCH]]
            found[start : start + _BATCH] = 1 / (
                1 + np.exp(-self._model.log_odds(hashed_counts(batch)))
            )
        return found

    def explain(self, text: str, max_pieces: int = 3) -> tuple[str, ...]:
        plain = normalise(text)
        ngrams = sorted({ngram for ngram in character_ngrams(plain) if ngram.strip()})
        if not ngrams:
            return ()
        single = _bucket_of(ngrams)
        place = np.searchsorted(self._model.buckets, single).clip(max=len(self._model.buckets) - 1)
        weight = np.where(
            self._model.buckets[place] == single,
            self._model.weights[place] * self._model.idf[place],
            0.0,
        )
        order = sorted(range(len(ngrams)), key=lambda index: (-weight[index], ngrams[index]))
        chosen: list[str] = []
        for index in order:
            if weight[index] <= 0 or len(chosen) == max_pieces:
                break
            if not any(ngrams[index] in other or other in ngrams[index] for other in chosen):
                chosen.append(ngrams[index])
        return tuple(chosen)

    def save(self, folder: Path) -> tuple[str, ...]:
        """Write the arrays into ``folder``; the names of the files written."""
        model = self._model
        np.savez_compressed(
            folder / WEIGHTS,
            buckets=model.buckets,
            idf=model.idf.astype(np.float16),
            weights=model.weights.astype(np.float16),
            numbers=np.array([model.bias, model.scale, model.shift]),
        )
        return (WEIGHTS,)

    @classmethod
    def load(cls, folder: Path, card: dict[str, Any]) -> LinearClassifier:
        """From a folder whose card was read and checked by ``read_card``. Raises ModelError."""
        return cls(cls.load_model(folder, card), f"linear-{card['files'][WEIGHTS][:12]}")

    @staticmethod
    def load_model(folder: Path, card: dict[str, Any]) -> LinearModel:
        """Only the numbers. Raises ModelError."""
        try:
            with np.load(folder / WEIGHTS, allow_pickle=False) as arrays:
                bias, scale, shift = (float(number) for number in arrays["numbers"])
                model = LinearModel(
                    arrays["buckets"].astype(np.int32),
                    arrays["idf"].astype(np.float32),
                    arrays["weights"].astype(np.float32),
                    bias,
                    scale,
                    shift,
                )
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(f"{folder}: {WEIGHTS} cannot be read ({error})") from error
        sizes = {model.buckets.shape, model.idf.shape, model.weights.shape}
        if len(sizes) != 1 or not model.buckets.size or np.any(np.diff(model.buckets) <= 0):
            raise ModelError(f"{folder}: {WEIGHTS} holds arrays that do not belong together")
        if card.get("buckets") != BUCKETS:
            raise ModelError(
                f"{folder}: made for {card.get('buckets')} feature buckets, this engine has "
                f"{BUCKETS}"
            )
        return model


def _bucket_of(ngrams: Sequence[str]) -> NDArray[np.int32]:
    """The bucket of each run, shape (len(ngrams),)."""
    from sklearn.utils import murmurhash3_32

    # FeatureHasher's own rule: the absolute value of the signed 32-bit hash, modulo the buckets.
    signed = np.array([murmurhash3_32(ngram.encode(), seed=0) for ngram in ngrams], dtype=np.int64)
    return (np.abs(signed) % BUCKETS).astype(np.int32)


@dataclass(frozen=True)
class LinearSettings:
    """How to train.

    regularisation: sklearn's C. features: how many are used at most. min_texts: that a feature must
    occur in. folds: of the calibration. expected_share: of abuse in use, 0–1; 0.4 is COLD's
    published rate. The others were chosen by hand.
    """

    regularisation: float = 4.0  # sklearn's C
    features: int = 200_000
    min_texts: int = 2  # that a feature must occur in
    folds: int = 4
    expected_share: float = 0.4
    seed: int = 7


def fit(
    texts: Sequence[str], abusive: NDArray[np.bool_], original: int, settings: LinearSettings
) -> LinearModel:
    """Train and calibrate on normalised texts; abusive: (len(texts),) bool.

    The first ``original`` texts are real and calibrate; the rest are rewritten copies, which only
    train. Raises ValueError when one of the classes is missing.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold

    if len(set(abusive[:original].tolist())) != 2:
        raise ValueError("training needs both abusive and harmless texts")
    counts = hashed_counts(texts)
    # Calibrate on scores that each text got from a model which had not seen it. Copies only ever
    # train.
    out_of_fold = np.zeros(original)
    folds = StratifiedKFold(settings.folds, shuffle=True, random_state=settings.seed)
    for seen, unseen in folds.split(np.zeros(original), abusive[:original]):
        model = regress(counts[seen], abusive[seen], settings)
        out_of_fold[unseen] = model.log_odds(counts[unseen])
    platt = LogisticRegression(C=1e6).fit(out_of_fold[:, None], abusive[:original])
    model = regress(counts, abusive, settings)
    share = float(abusive[:original].mean())
    shift = logit(settings.expected_share) - logit(share)
    return LinearModel(
        model.buckets,
        model.idf,
        model.weights,
        model.bias,
        scale=float(platt.coef_[0, 0]),
        shift=float(platt.intercept_[0]) + shift,
    )


def regress(
    counts: sparse.csr_matrix, abusive: NDArray[np.bool_], settings: LinearSettings
) -> LinearModel:
    """Choose features, scale them by naive Bayes, fit; not calibrated (scale 1, shift 0).

    counts: (rows, BUCKETS) CSR. abusive: (rows,) bool. Weights have the naive-Bayes ratio
    multiplied in.
    """
    from sklearn.linear_model import LogisticRegression

    in_abusive = np.bincount(counts[abusive].indices, minlength=BUCKETS)
    in_harmless = np.bincount(counts[~abusive].indices, minlength=BUCKETS)
    often = np.flatnonzero(in_abusive + in_harmless >= settings.min_texts)
    ratio = np.log((in_abusive[often] + 1) / (in_abusive[often] + 1).sum())
    ratio -= np.log((in_harmless[often] + 1) / (in_harmless[often] + 1).sum())
    # Keep those that tell most: the evidence of a feature over all its texts.
    evidence = np.abs(ratio) * np.sqrt((in_abusive + in_harmless)[often])
    chosen_features = np.sort(np.argsort(-evidence, kind="stable")[: settings.features])
    buckets, ratio = often[chosen_features], ratio[chosen_features]
    idf = np.log((1 + counts.shape[0]) / (1 + (in_abusive + in_harmless)[buckets])) + 1
    empty = LinearModel(
        buckets.astype(np.int32),
        idf.astype(np.float32),
        np.zeros(len(buckets), np.float32),
        0.0,
        1.0,
        0.0,
    )
    rows = empty.weighted(counts) @ sparse.diags(ratio)
    fitted = LogisticRegression(
        C=settings.regularisation, solver="liblinear", random_state=settings.seed
    )
    fitted.fit(rows, abusive)
    weights = (fitted.coef_[0] * ratio).astype(np.float32)
    return LinearModel(empty.buckets, empty.idf, weights, float(fitted.intercept_[0]), 1.0, 0.0)


def logit(share: float) -> float:
    """Log-odds of a share. Raises ValueError outside 0–1."""
    if not 0 < share < 1:
        raise ValueError(f"an expected share of abuse lies between 0 and 1, not {share}")
    return math.log(share / (1 - share))
