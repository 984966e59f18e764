"""A trained model in memory: arrays, the catalogue, and what it was trained with.

It holds nothing about any one viewer.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from recsys.als import AlsSettings
from recsys.content import content_rows
from recsys.ranker import Ranker
from recsys.types import Item

FORMAT = 3


@dataclass(frozen=True)
class TrainSettings:
    """How to train.

    half_life_days, popularity_half_life_days: days after which an event weighs half in preferences
    and in popularity. neighbours: k, stored for each item. trusted_interactions: liked viewer–item
    pairs per trained item from which collaborative sources count in full. shown_strength: least
    strength of an exposure. Zero suits a log of our own showings, where a skip is evidence against;
    above zero suits a log whose showings another recommender chose, because being shown something
    is then a sign of taste by itself. learn_ranker: learn the ranker on the end of the log, when at
    least `validation_viewers` can be judged (`recsys.ranker_training`). The half-lives and
    trusted_interactions were chosen by hand.
    """

    als: AlsSettings = field(default_factory=AlsSettings)
    half_life_days: float = 30.0
    popularity_half_life_days: float = 3.0
    neighbours: int = 50
    trusted_interactions: float = 10.0
    shown_strength: float = 0.0
    learn_ranker: bool = True
    validation_viewers: int = 100


@dataclass(frozen=True)
class Weights:
    """What each source adds to a score at most; `averse` is subtracted. Defaults chosen by hand.

    Raises ValueError for a negative weight, or a content weight of 0.
    """

    als: float = 0.6
    neighbours: float = 0.8
    content: float = 1.0
    averse: float = 1.0
    popular: float = 0.25
    new: float = 0.1

    def __post_init__(self) -> None:
        if self.content <= 0 or min(asdict(self).values()) < 0:
            raise ValueError(
                f"weights must not be negative, and content must weigh something: {self}"
            )


@dataclass(frozen=True)
class Model:
    """Arrays over n items, with f factors and k neighbours.

    item_factors: (n, f) float32. gram: (f, f) float64, YᵀY of the trained factors. neighbour_ids:
    (n, k) int32, −1 for none. neighbour_weights: (n, k) float32 in 0–1. next_ids, next_weights: the
    same of what is watched shortly before or after. content: (n, N_FEATURES)
    float32 CSR. idf: (N_FEATURES,) float32. content_to_factors: (N_FEATURES, f) float32.
    content_axes: (N_FEATURES, a) float32, projection of content rows for their index; a is 0 while
    the catalogue is small. popularity: (n,) float32, decayed strength. trend: (n, TREND_COLUMNS)
    float32. durations: (n,) float32 seconds, 0 unknown. exposures: (n,) int64, times shown.
    trained: (n,) bool, whether the item had interactions. now: Unix seconds of the latest event.
    ranker: None where too little was known to learn one; the weights rank then.
    """

    items: tuple[Item, ...]
    item_factors: npt.NDArray[np.float32]
    gram: npt.NDArray[np.float64]
    neighbour_ids: npt.NDArray[np.int32]
    neighbour_weights: npt.NDArray[np.float32]
    next_ids: npt.NDArray[np.int32]
    next_weights: npt.NDArray[np.float32]
    content: sp.csr_matrix
    idf: npt.NDArray[np.float32]
    content_to_factors: npt.NDArray[np.float32]
    content_axes: npt.NDArray[np.float32]
    popularity: npt.NDArray[np.float32]
    trend: npt.NDArray[np.float32]
    durations: npt.NDArray[np.float32]
    exposures: npt.NDArray[np.int64]
    trained: npt.NDArray[np.bool_]
    now: float
    settings: TrainSettings = field(default_factory=TrainSettings)
    weights: Weights = field(default_factory=Weights)
    ranker: Ranker | None = None
    counts: dict[str, int] = field(default_factory=dict)
    metrics: dict[str, Any] = field(default_factory=dict)

    def with_items(self, items: list[Item]) -> Model:
        """A model with these items added or, where the id is known, described anew.

        Factors of an item without interactions come from its content; all else of the training
        stays.
        """
        latest = {item.item_id: item for item in items}
        known = tuple(latest.pop(item.item_id, item) for item in self.items)
        added = tuple(latest.values())
        everything = known + added
        content = content_rows(everything, self.idf)
        n_added = len(added)
        trained = np.concatenate([self.trained, np.zeros(n_added, bool)])
        factors = np.concatenate(
            [self.item_factors, np.zeros((n_added, self.item_factors.shape[1]), np.float32)]
        )
        cold = np.flatnonzero(~trained)
        factors[cold] = content[cold] @ self.content_to_factors

        def grown(array: npt.NDArray[Any], value: float = 0) -> npt.NDArray[Any]:
            more = np.full((n_added, *array.shape[1:]), value, array.dtype)
            return np.concatenate([array, more])

        return replace(
            self,
            items=everything,
            item_factors=factors,
            neighbour_ids=grown(self.neighbour_ids, -1),
            neighbour_weights=grown(self.neighbour_weights),
            next_ids=grown(self.next_ids, -1),
            next_weights=grown(self.next_weights),
            content=content,
            popularity=grown(self.popularity),
            trend=grown(self.trend),
            durations=grown(self.durations),
            exposures=grown(self.exposures),
            trained=trained,
            counts=self.counts | {"items": len(everything)},
        )


def settings_as_dict(settings: TrainSettings, weights: Weights) -> dict[str, Any]:
    """Settings and weights as the JSON object that a manifest holds."""
    return {"settings": asdict(settings), "weights": asdict(weights)}


def settings_from_dict(data: dict[str, Any]) -> tuple[TrainSettings, Weights]:
    """The reverse of `settings_as_dict`. Raises KeyError or TypeError for wrong keys."""
    settings = dict(data["settings"])
    settings["als"] = AlsSettings(**settings["als"])
    return TrainSettings(**settings), Weights(**data["weights"])
