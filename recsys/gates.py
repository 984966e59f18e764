"""What a trained model must pass before it is put in force."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from recsys.model import Model

# Standard errors of the difference within which it counts as chance.
TOLERATED_ERRORS = 2.0


class Gate(StrEnum):
    """A reason not to put a model in force."""

    NUMBERS = "numbers"  # a vector, neighbour or count is not finite
    POPULARITY = "popularity"  # its held-out lists find less than the most popular do


def failed_gates(model: Model) -> list[Gate]:
    """The gates that the model does not pass; none means that it may be put in force.

    The second is judged on the end of the log, which training held out, and passes where too few
    viewers could be judged.
    """
    failed = []
    arrays = (
        model.item_factors,
        model.neighbour_weights,
        model.next_weights,
        model.popularity,
        model.trend,
    )
    if not all(np.isfinite(array).all() for array in arrays):
        failed.append(Gate.NUMBERS)
    gain = model.metrics.get("gain_over_popularity")
    if gain is not None and gain < -TOLERATED_ERRORS * model.metrics["gain_over_popularity_error"]:
        failed.append(Gate.POPULARITY)
    return failed
