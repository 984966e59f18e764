"""The remark model: how likely a remark hurts somebody, in English, and in Chinese as a correction
of the classifier.

A logistic regression on hashed pieces of the folded text. For a text with Chinese it starts from
the classifier's own log-odds, which learnt from comments on people and not on dramas, and learns
only what to add; for other Latin text it starts from a low share of abuse. Trained on remarks that
were written for it (``data/remarks.txt``), so that it can be made again without other data.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize
from sklearn.feature_extraction import FeatureHasher

from moderation.text.datasets import DataError
from moderation.text.folding import fold
from moderation.text.model_folder import ModelError, read_card
from moderation.text.normalise import has_han

SHIPPED_REMARK_MODEL = Path(__file__).with_name("remark_model")
REMARKS = Path(__file__).with_name("data") / "remarks.txt"
WEIGHTS = "weights.npz"
BUCKETS = 1 << 18
MAX_CHARACTERS = 1000  # of one text; what follows is not read
_LATIN = re.compile(r"[a-z0-9]+(?:['\u2019][a-z]+)*")
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_MIN_HAN, _MAX_HAN, _MIN_LETTERS, _MAX_LETTERS = 2, 3, 3, 5
_CERTAIN = 6.0  # log-odds beyond which the classifier is not taken at its word
# Letters from which the classifier is taken at its word; it learnt from comments of some fifty, and
# of fewer it is less sure than it says. Chosen by hand.
_ENOUGH_LETTERS = 10

_hasher = FeatureHasher(BUCKETS, input_type="string", alternate_sign=False, dtype=np.float64)


@dataclass(frozen=True)
class RemarkModelSettings:
    """``regularisation``: the penalty on squared weights; ``latin_share``: of abuse, expected
    where the classifier cannot read, 0–1.
    """

    regularisation: float = 0.1
    latin_share: float = 0.1


@dataclass(frozen=True)
class RemarkModel:
    """``weights``: (BUCKETS,) float32. Log-odds of abuse are the start's and x · weights + bias,
    with a bias for text with Chinese and one without (``biases``, in this order).
    """

    weights: NDArray[np.float32]
    biases: tuple[float, float]
    version: str

    def score(self, texts: Sequence[str], first: Sequence[float]) -> NDArray[np.float64]:
        """Probabilities of abuse (len(texts),) for raw texts. first: the classifier's own for each,
        0–1; not read where a text holds no Chinese.
        """
        if not texts:
            return np.zeros(0)
        chinese = np.array([has_han(text) for text in texts])
        found = _hasher.transform(sorted(set(pieces(text))) for text in texts)
        sizes = np.diff(found.indptr)
        row = np.repeat(np.arange(len(texts)), sizes)
        weighed = self.weights[found.indices] * found.data
        odds = np.bincount(row, weighed, len(texts)) / np.sqrt(np.maximum(sizes, 1))
        odds += np.where(chinese, self.biases[0] + starts(texts, first), self.biases[1])
        return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float64)

    def unread_letters(self, plain: str) -> int:
        """How many letters of a normalised text stand in words that this model never met: of other
        scripts than Chinese and Latin, or in Latin words of which it knows none.
        """
        words = _LATIN.findall(plain)
        known = self._known_words(words) if words else 0
        latin = sum(sum(map(str.isalpha, word)) for word in words) if words and not known else 0
        others = sum(letter.isalpha() and not letter.isascii() for letter in plain)
        return latin + others - sum(map(len, _HAN_RUN.findall(plain)))

    def _known_words(self, words: Sequence[str]) -> int:
        rows = sparse.csr_matrix(_hasher.transform([["w" + word for word in words]]))
        return int(np.count_nonzero(self.weights[rows.indices]))

    def explain(self, text: str, max_pieces: int = 3) -> tuple[str, ...]:
        """At most ``max_pieces`` words or runs of characters that weigh most towards abuse."""
        found = sorted({piece[1:] for piece in pieces(text) if piece[0] in "hw"})
        if not found:
            return ()
        rows = _hasher.transform([["w" + piece, "h" + piece] for piece in found])
        weight = sparse.csr_matrix(rows) @ self.weights
        order = sorted(range(len(found)), key=lambda index: (-weight[index], found[index]))
        return tuple(found[index] for index in order[:max_pieces] if weight[index] > 0)

    @classmethod
    def load(cls, folder: Path) -> RemarkModel:
        """From a model folder, checked against its card. Raises ModelError."""
        card = read_card(folder)
        if card["kind"] != "remarks":
            raise ModelError(f"{folder} holds no remark model")
        try:
            with np.load(folder / WEIGHTS, allow_pickle=False) as arrays:
                weights = np.zeros(BUCKETS, np.float32)
                weights[arrays["buckets"]] = arrays["weights"]
                chinese, latin = (float(number) for number in arrays["biases"])
        except (OSError, ValueError, KeyError, IndexError) as error:
            raise ModelError(f"{folder}: {WEIGHTS} cannot be read ({error})") from error
        return cls(weights, (chinese, latin), f"remarks-{card['files'][WEIGHTS][:12]}")

    def save(self, folder: Path) -> tuple[str, ...]:
        """Write the arrays into ``folder``; the names of the files written."""
        buckets = np.flatnonzero(np.abs(self.weights) > 1e-4).astype(np.int32)
        np.savez_compressed(
            folder / WEIGHTS,
            buckets=buckets,
            weights=self.weights[buckets].astype(np.float16),
            biases=np.array(self.biases),
        )
        return (WEIGHTS,)


def shipped_remark_model() -> RemarkModel:
    """The one that comes with the engine."""
    return RemarkModel.load(SHIPPED_REMARK_MODEL)


def pieces(text: str) -> list[str]:
    """The pieces of a raw text: runs of two or three characters of Chinese (``h…``), words and
    pairs of words in Latin letters (``w…``), and three to five letters within them (``l…``).
    """
    plain = fold(text[:MAX_CHARACTERS]).text
    found = [
        "h" + run[0][at : at + size]
        for run in _HAN_RUN.finditer(plain)
        for size in range(_MIN_HAN, _MAX_HAN + 1)
        for at in range(len(run[0]) - size + 1)
    ]
    words = [word.replace("\u2019", "'") for word in _LATIN.findall(plain)]
    found += ["w" + word for word in words]
    found += [f"w{first} {second}" for first, second in itertools.pairwise(words)]
    for word in words:
        framed = f"^{word}$"
        found += [
            "l" + framed[at : at + size]
            for size in range(_MIN_LETTERS, _MAX_LETTERS + 1)
            for at in range(len(framed) - size + 1)
        ]
    return found


def hashed_pieces(texts: Sequence[str]) -> sparse.csr_matrix:
    """Which pieces the texts hold: (len(texts), BUCKETS) float64 CSR, each row of length 1."""
    rows = sparse.csr_matrix(_hasher.transform(sorted(set(pieces(text))) for text in texts))
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / np.maximum(length, 1e-12)) @ rows)


def starts(texts: Sequence[str], first: Sequence[float]) -> NDArray[np.float64]:
    """The classifier's log-odds for texts, between −_CERTAIN and _CERTAIN, and nearer to zero for
    short ones. first: its probabilities, (len(texts),).
    """
    held = np.clip(np.asarray(first, dtype=float), 1e-9, 1 - 1e-9)
    letters = np.array([sum(map(str.isalpha, text)) for text in texts])
    odds = np.clip(np.log(held / (1 - held)), -_CERTAIN, _CERTAIN)
    return np.asarray(odds * np.minimum(1.0, letters / _ENOUGH_LETTERS))


def read_remarks(path: Path = REMARKS) -> list[tuple[str, bool]]:
    """Remarks and whether they hurt, from a file with ``+`` or ``-`` before each.

    Raises DataError.
    """
    found: list[tuple[str, bool]] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith("#") or not line.strip():
            continue
        if line[:2] not in ("+ ", "- "):
            raise DataError(f"{path.name}, line {number}: neither + nor - before the remark")
        found.append((line[2:].strip(), line[0] == "-"))
    return found


def fit_remarks(
    remarks: Sequence[tuple[str, bool]],
    first: NDArray[np.float64],
    settings: RemarkModelSettings,
) -> RemarkModel:
    """Fit on remarks and whether they hurt; first: the classifier's scores for them. Each of the
    four kinds (Chinese or not, hurting or not) weighs as much as the others.

    Raises ValueError when one of the kinds is missing.
    """
    texts = [text for text, _ in remarks]
    hurts = np.array([hurt for _, hurt in remarks], dtype=float)
    chinese = np.array([has_han(text) for text in texts], dtype=float)
    kinds = (2 * chinese + hurts).astype(int)
    counts = np.bincount(kinds, minlength=4)
    if not counts.all():
        raise ValueError(
            "training needs remarks that hurt and that do not, with Chinese and without"
        )
    weight = len(texts) / (4 * counts[kinds])
    rows = hashed_pieces(texts)
    used = np.unique(rows.indices)
    rows = rows[:, used]
    latin = np.log(settings.latin_share / (1 - settings.latin_share))
    start = np.where(chinese > 0, starts(texts, first.tolist()), latin)
    sides = np.column_stack([chinese, 1 - chinese])

    def loss(parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights, biases = parameters[:-2], parameters[-2:]
        odds = start + rows @ weights + sides @ biases
        error = weight * (1 / (1 + np.exp(-odds)) - hurts)
        total = float((weight * (np.logaddexp(0, odds) - hurts * odds)).sum())
        total += settings.regularisation * float(weights @ weights) / 2
        return total, np.concatenate(
            [rows.T @ error + settings.regularisation * weights, sides.T @ error]
        )

    fitted = minimize(loss, np.zeros(len(used) + 2), jac=True, method="L-BFGS-B")
    full = np.zeros(BUCKETS, np.float32)
    full[used] = fitted.x[:-2]
    return RemarkModel(full, (float(fitted.x[-2]), float(fitted.x[-1]) + float(latin)), "")


def remark_card(
    remarks: Sequence[tuple[str, bool]], settings: RemarkModelSettings
) -> dict[str, Any]:
    """What the model folder's card says, but for the digests of its files."""
    return {
        "kind": "remarks",
        "use": {
            "zh": "判断英文短评是否可能伤人,并修正中文分类器对剧情讨论的误判。只决定是否请人看。",
            "en": "Judges whether an English remark may hurt somebody, and corrects the Chinese "
            "classifier on talk about dramas. Decides only whether a person should look.",
        },
        "limits": {
            "zh": "只学过数百条手写短评,不懂反讽与新词;其他语言不判断。",
            "en": "Learnt from some hundreds of remarks written by hand; knows no irony and no new "
            "words. Judges no other language.",
        },
        "rows": len(remarks),
        "abusive_share": round(float(np.mean([hurt for _, hurt in remarks])), 4),
        "settings": vars(settings),
    }
