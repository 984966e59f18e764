"""Training: a log of events and a catalogue in, a Model out.

The same input gives the same model, whatever the order of the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from recsys.als import train_als
from recsys.content import (
    content_axes,
    content_rows,
    content_to_factors,
    inverse_document_frequency,
)
from recsys.interactions import (
    Interactions,
    build_interactions,
    decayed_popularity,
    exposure_counts,
    item_durations,
    item_trend,
    positive_part,
    preference_matrix,
)
from recsys.model import Model, TrainSettings, Weights
from recsys.neighbours import item_neighbours, next_items
from recsys.ranker_training import learn_ranker
from recsys.retrieval import SMALL_CATALOGUE
from recsys.types import Item

__all__ = ["TrainSettings", "train"]

CONTENT_AXES = 64  # of the index of content rows; chosen by hand
StepCallback = Callable[[str], None]  # gets the name of a step as it begins


def train(
    events: pa.Table,
    items: Sequence[Item],
    settings: TrainSettings | None = None,
    progress: StepCallback = lambda step: None,
) -> Model:
    """A model of these events (a table with the columns of EVENT_SCHEMA) and these items.

    progress: called with the name of each step as it begins. An empty table is allowed: the model
    then ranks by content and newness. Raises ValueError for no item, or one item id twice.
    """
    settings = settings or TrainSettings()
    catalogue = sorted(items, key=lambda item: item.item_id)
    if not catalogue:
        raise ValueError("no item to train on")
    ids = [item.item_id for item in catalogue]
    if len(set(ids)) != len(ids):
        raise ValueError("an item id stands twice in the catalogue")
    progress("events")
    gathered = build_interactions(events, ids)
    model = fit(gathered, catalogue, settings, progress)
    if not settings.learn_ranker:
        return model
    progress("ranker")
    ranker, metrics = learn_ranker(
        gathered,
        lambda earlier: fit(earlier, catalogue, settings, lambda step: None),
        min_viewers=settings.validation_viewers,
        seed=settings.als.seed,
    )
    return replace(model, ranker=ranker, metrics=metrics)


def fit(
    events: Interactions, catalogue: Sequence[Item], settings: TrainSettings, progress: StepCallback
) -> Model:
    """A model of these interactions, with default weights and without a ranker.

    catalogue: the items in the order of their rows in `events`.
    """
    now = events.latest or max((item.published_at for item in catalogue), default=0.0)
    matrix = preference_matrix(events, now, settings.half_life_days, settings.shown_strength)
    liked = positive_part(matrix)
    progress("vectors")
    width = max(2, min(settings.als.factors, min(matrix.shape) if matrix.nnz else 2))
    settings = replace(settings, als=replace(settings.als, factors=width))
    _, item_factors = train_als(matrix, settings.als)
    gram = item_factors.astype(np.float64).T @ item_factors.astype(np.float64)
    progress("neighbours")
    neighbour_ids, neighbour_weights = item_neighbours(liked, settings.neighbours)
    next_ids, next_weights = next_items(events, settings.neighbours)
    progress("content")
    idf = inverse_document_frequency(catalogue)
    content = content_rows(catalogue, idf)
    evidence = np.asarray(matrix.getnnz(axis=0), np.float64)
    to_factors = content_to_factors(content, item_factors, evidence)
    cold = np.flatnonzero(evidence == 0)
    item_factors[cold] = content[cold] @ to_factors
    is_large = len(catalogue) > SMALL_CATALOGUE
    return Model(
        items=tuple(catalogue),
        item_factors=item_factors,
        gram=gram,
        neighbour_ids=neighbour_ids,
        neighbour_weights=neighbour_weights,
        next_ids=next_ids,
        next_weights=next_weights,
        content=content,
        idf=idf,
        content_to_factors=to_factors,
        content_axes=content_axes(content, CONTENT_AXES if is_large else 0),
        popularity=decayed_popularity(events, now, settings.popularity_half_life_days),
        trend=item_trend(events, now),
        durations=item_durations(events),
        exposures=exposure_counts(events),
        trained=evidence > 0,
        now=now,
        settings=settings,
        weights=Weights(),
        counts={
            "items": len(catalogue),
            "viewers": events.n_viewers,
            "events": len(events.at),
            "unknown_events": events.unknown,
            "liked_pairs": int(liked.nnz),
            "disliked_pairs": int(matrix.nnz - liked.nnz),
        },
    )
