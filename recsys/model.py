"""A trained model in memory: arrays, the catalogue, and what it was trained with. It holds nothing
about any one viewer.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from recsys.als import AlsSettings
from recsys.content import content_rows
from recsys.types import Item

FORMAT = 2


@dataclass(frozen=True)
class TrainSettings:
    """How to train. Half-lives in days.

    trusted_interactions: positive viewer–episode pairs per episode from which what viewers do
    together counts in full. validate: choose the fusion's weights on the last tenth of the log,
    when it holds at least `validation_viewers`.
    """

    als: AlsSettings = field(default_factory=AlsSettings)
    half_life_days: float = 30.0
    popularity_half_life_days: float = 3.0
    neighbours: int = 50
    trusted_interactions: float = 10.0
    validate: bool = True
    validation_viewers: int = 100


@dataclass(frozen=True)
class Weights:
    """What each source may add to a score at most. `averse` is taken off for content like what was
    skipped or dismissed.
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
    """Arrays over n episodes, f factors, k neighbours.

    item_factors (n, f); gram (f, f) = YᵀY of the trained ones; neighbour_ids, neighbour_weights (n,
    k); content (n, N_FEATURES) CSR; idf (N_FEATURES,); content_to_factors (N_FEATURES, f);
    popularity (n,) decayed strength; exposures (n,) times shown; trained (n,) bool: had
    interactions.
    `now` is Unix seconds of the latest event.
    """

    items: tuple[Item, ...]
    item_factors: npt.NDArray[np.float32]
    gram: npt.NDArray[np.float64]
    neighbour_ids: npt.NDArray[np.int32]
    neighbour_weights: npt.NDArray[np.float32]
    content: sp.csr_matrix
    idf: npt.NDArray[np.float32]
    content_to_factors: npt.NDArray[np.float32]
    popularity: npt.NDArray[np.float32]
    exposures: npt.NDArray[np.int64]
    trained: npt.NDArray[np.bool_]
    now: float
    settings: TrainSettings = field(default_factory=TrainSettings)
    weights: Weights = field(default_factory=Weights)
    counts: dict[str, int] = field(default_factory=dict)
    metrics: dict[str, Any] = field(default_factory=dict)

    def with_items(self, items: list[Item]) -> Model:
        """The model with these episodes added or, where the id is known, described anew. Factors of
        an episode without interactions come from its content; all else of the training stays.
        """
        latest = {item.item_id: item for item in items}
        kept = tuple(latest.pop(item.item_id, item) for item in self.items)
        added = tuple(latest.values())
        everything = kept + added
        content = content_rows(everything, self.idf)
        grown = len(added)
        trained = np.concatenate([self.trained, np.zeros(grown, bool)])
        factors = np.concatenate(
            [self.item_factors, np.zeros((grown, self.item_factors.shape[1]), np.float32)]
        )
        cold = np.flatnonzero(~trained)
        factors[cold] = content[cold] @ self.content_to_factors
        width = self.neighbour_ids.shape[1]
        return replace(
            self,
            items=everything,
            item_factors=factors,
            neighbour_ids=np.concatenate(
                [self.neighbour_ids, np.full((grown, width), -1, np.int32)]
            ),
            neighbour_weights=np.concatenate(
                [self.neighbour_weights, np.zeros((grown, width), np.float32)]
            ),
            content=content,
            popularity=np.concatenate([self.popularity, np.zeros(grown, np.float32)]),
            exposures=np.concatenate([self.exposures, np.zeros(grown, np.int64)]),
            trained=trained,
            counts=self.counts | {"items": len(everything)},
        )


def settings_json(settings: TrainSettings, weights: Weights) -> dict[str, Any]:
    """Settings and weights as they stand in a manifest."""
    return {"settings": asdict(settings), "weights": asdict(weights)}


def settings_from_json(data: dict[str, Any]) -> tuple[TrainSettings, Weights]:
    """The reverse; KeyError or TypeError when something is missing or unknown."""
    settings = dict(data["settings"])
    settings["als"] = AlsSettings(**settings["als"])
    return TrainSettings(**settings), Weights(**data["weights"])
