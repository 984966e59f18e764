"""The shipped classifier: an ensemble of the linear model and the small network.

They err differently. How much each counts, and the calibration, is one logistic regression on texts
that neither was trained on; then the log-odds are moved to the share of abuse that is expected in
use. Its kind in model cards and on the command line is ``pair``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from moderation.text.convolution import CONVOLUTION, Convolution
from moderation.text.features import hashed_counts
from moderation.text.linear import WEIGHTS, LinearClassifier, LinearModel, logit
from moderation.text.model_folder import ModelError
from moderation.text.normalise import normalise

_BATCH = 2048
EnsembleWeights = tuple[
    float, float, float
]  # of the linear log-odds, of the network's, and the constant


class EnsembleClassifier:
    """A TextClassifier for Chinese comments and lines."""

    def __init__(
        self, linear: LinearModel, network: Convolution, mix: EnsembleWeights, version: str
    ) -> None:
        self._linear, self._network, self._mix, self._version = linear, network, mix, version

    @property
    def version(self) -> str:
        return self._version

    def score(self, texts: Sequence[str]) -> NDArray[np.float64]:
        found = np.zeros(len(texts))
        for start in range(0, len(texts), _BATCH):
            plain = [normalise(text) for text in texts[start : start + _BATCH]]
            first, second = both_log_odds(self._linear, self._network, plain)
            odds = self._mix[0] * first + self._mix[1] * second + self._mix[2]
            found[start : start + _BATCH] = 1 / (1 + np.exp(-odds))
        return found

    def explain(self, text: str, max_pieces: int = 3) -> tuple[str, ...]:
        return LinearClassifier(self._linear, self._version).explain(text, max_pieces)

    def save(self, folder: Path) -> tuple[str, ...]:
        """Write both models into ``folder``; the names of the files written. The mix stands in the
        card.
        """
        return (*LinearClassifier(self._linear, "").save(folder), *self._network.save(folder))

    @classmethod
    def load(cls, folder: Path, card: dict[str, Any]) -> EnsembleClassifier:
        """From a folder whose card was read and checked by ``read_card``. Raises ModelError."""
        try:
            first, second, constant = (float(number) for number in card["mix"])
            version = f"pair-{card['files'][WEIGHTS][:8]}{card['files'][CONVOLUTION][:8]}"
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(
                f"{folder}: the card does not say how the two models are mixed"
            ) from error
        return cls(
            LinearClassifier.load_model(folder, card),
            Convolution.load(folder),
            (first, second, constant),
            version,
        )


def both_log_odds(
    linear: LinearModel, network: Convolution, plain: Sequence[str]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The two models' log-odds for normalised texts, each (len(plain),) float64."""
    return linear.log_odds(hashed_counts(plain)), network.log_odds(plain)


def fit_ensemble(
    first: NDArray[np.float64],
    second: NDArray[np.float64],
    abusive: NDArray[np.bool_],
    expected_share: float,
) -> EnsembleWeights:
    """Weights of the two models, from log-odds (n,) of texts that neither was trained on.

    abusive: (n,) bool. expected_share: of abuse in use, 0–1. Raises ValueError for a share outside
    it.
    """
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=1e6).fit(np.column_stack([first, second]), abusive)
    shift = logit(expected_share) - logit(float(abusive.mean()))
    return float(fitted.coef_[0, 0]), float(fitted.coef_[0, 1]), float(fitted.intercept_[0]) + shift
