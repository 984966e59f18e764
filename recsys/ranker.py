"""The second stage: a learned ranking of the candidates, as numbers that a model folder holds.

Two logistic regressions over the same features (`recsys.features`). *Watch* says how likely a
viewer enjoys an item that is shown to them. *Next* says how likely a candidate is what they come to
enjoy next; it has the logit of the first as one more feature. Both are additive, so what each
source adds to a score is exact, and so is “why this”.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Ranker:
    """Weights over d features.

    names: of the features, so that a model of other features is not misread. mean, spread: (d,),
    float64, of the training. watch, following: (d,) weights of standardised features.
    watch_intercept, next_intercept: of the logits. watch_weight: of the watch logit in the next.
    """

    names: tuple[str, ...]
    mean: FloatArray
    spread: FloatArray
    watch: FloatArray
    watch_intercept: float
    following: FloatArray
    next_intercept: float
    watch_weight: float

    def watch_probability(self, features: npt.NDArray[np.float32]) -> FloatArray:
        """How likely each item is enjoyed when it is shown: (c,) in 0–1; features (c, d)."""
        standard = (features - self.mean) / self.spread
        return np.asarray(1.0 / (1.0 + np.exp(-(standard @ self.watch + self.watch_intercept))))

    def score(self, features: npt.NDArray[np.float32]) -> FloatArray:
        """Scores by which candidates rank: (c,), zero for an average candidate; features (c, d)."""
        return self._centred(features) @ self._weights()

    def contributions(self, features: npt.NDArray[np.float32]) -> FloatArray:
        """What each feature adds to the score: (c, d), rows summing to `score`."""
        return self._centred(features) * self._weights()

    def _weights(self) -> FloatArray:
        return (self.following + self.watch_weight * self.watch) / self.spread

    def _centred(self, features: npt.NDArray[np.float32]) -> FloatArray:
        return np.asarray(features - self.mean, np.float64)

    def as_dict(self) -> dict[str, Any]:
        """As the JSON object that a model folder holds."""
        return {
            name: value.tolist() if isinstance(value, np.ndarray) else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any], names: tuple[str, ...]) -> Ranker:
        """The reverse of `as_dict`.

        names: of this program's features. Raises ValueError for a ranker of other features or with
        a number that is none, KeyError or TypeError for wrong keys.
        """
        if tuple(data["names"]) != names:
            raise ValueError("the ranker knows other features than this program")
        arrays = {
            name: np.asarray(data[name], np.float64)
            for name in ("mean", "spread", "watch", "following")
        }
        numbers = {
            name: float(data[name])
            for name in ("watch_intercept", "next_intercept", "watch_weight")
        }
        if any(len(array) != len(names) for array in arrays.values()):
            raise ValueError("the ranker has another number of weights than of features")
        values = np.concatenate([*arrays.values(), list(numbers.values())])
        if not np.isfinite(values).all() or (arrays["spread"] <= 0).any():
            raise ValueError("the ranker has a number that is none")
        return cls(
            names=names,
            mean=arrays["mean"],
            spread=arrays["spread"],
            watch=arrays["watch"],
            watch_intercept=numbers["watch_intercept"],
            following=arrays["following"],
            next_intercept=numbers["next_intercept"],
            watch_weight=numbers["watch_weight"],
        )
