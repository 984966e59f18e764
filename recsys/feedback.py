"""Implicit feedback as numbers: the signed strength of one event.

The scale, per event, set by hand from how explicit each action is:

| what happened | strength |
|---|---|
| watched | the fraction watched, 0 to 1 |
| watched to the end | + 1 |
| watched again (beyond its length) | + 0.5 for each further full length, at most + 1 |
| favourite, follow | + 2 |
| share | + 1.5 |
| quick skip: left within 2.5 s, or before a tenth of it | − 1 |
| skip later, before half of it | − 0.5 |
| dismiss (“not interested”) | − 3 |
| impression | 0 |

Events of one viewer on one item add up, each weighted by its age (half-life), between −3 and +6.
A positive sum is a preference with a confidence that grows with it; a negative one is a preference
of 0 with a raised confidence (Hu, Koren and Volinsky 2008).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from recsys.types import EventKind, WatchEvent

FloatArray = npt.NDArray[np.float64]

QUICK_SKIP_MS = 2500
QUICK_SKIP_FRACTION = 0.1
LIKED_STRENGTH = 1.0  # of one event, from which it counts as liked
EXPOSURE_KINDS = ("impression", "watch", "skip")
MIN_STRENGTH, MAX_STRENGTH = -3.0, 6.0  # of the sum over one viewer and item
_FIXED_STRENGTHS = {
    EventKind.IMPRESSION: 0.0,
    EventKind.FAVOURITE: 2.0,
    EventKind.FOLLOW: 2.0,
    EventKind.SHARE: 1.5,
    EventKind.DISMISS: -3.0,
}


def feedback_strengths(
    kinds: npt.NDArray[Any],
    watched_ms: npt.NDArray[Any],
    duration_ms: npt.NDArray[Any],
    completed: npt.NDArray[np.bool_],
) -> FloatArray:
    """Strength of each event, (n,) float64, by the table above.

    kinds: (n,) strings, values of EventKind. watched_ms, duration_ms: (n,) milliseconds; a duration
    of 0 is unknown, and then the event counts as watched to the end when `completed`, (n,) bool,
    and as not watched otherwise.
    """
    watched = watched_ms.astype(np.float64)
    length = duration_ms.astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        loops = np.where(length > 0, watched / length, np.where(completed, 1.0, 0.0))
    fraction = np.clip(loops, 0.0, 1.0)
    done = completed | (loops >= 0.98)
    positive = fraction + done + np.clip((loops - 1.0) * 0.5, 0.0, 1.0)
    quick = ~done & (length > 0) & ((watched < QUICK_SKIP_MS) | (fraction < QUICK_SKIP_FRACTION))
    watch = np.where(quick, -1.0, positive)
    skip = np.where(
        done, positive, np.where(quick | (length <= 0), -1.0, np.where(fraction < 0.5, -0.5, 0.0))
    )
    out = np.where(kinds == EventKind.SKIP.value, skip, watch)
    for kind, value in _FIXED_STRENGTHS.items():
        out[kinds == kind.value] = value
    return out


def with_shown_strength(
    strength: FloatArray, shown: npt.NDArray[np.bool_], shown_strength: float
) -> FloatArray:
    """Strengths (n,) with those of exposures raised to `shown_strength`, unless that is 0.

    shown: (n,) bool, whether the event is an exposure. See `TrainSettings.shown_strength`.
    """
    if shown_strength <= 0:
        return strength
    return np.where(shown, np.maximum(strength, shown_strength), strength)


def event_strength(event: WatchEvent) -> float:
    """Strength of one event, −3 to 3, on the scale above."""
    return float(
        feedback_strengths(
            np.array([event.kind.value]),
            np.array([event.watched_ms]),
            np.array([event.duration_ms]),
            np.array([event.completed]),
        )[0]
    )


def time_decay(age_seconds: npt.NDArray[Any], half_life_days: float) -> FloatArray:
    """Weight of events by age, (n,) float64: 1 at age 0, 0.5 after one half-life.

    age_seconds: (n,) seconds; a negative age (an event in the future) weighs 1.
    """
    weights: FloatArray = np.exp2(-np.maximum(age_seconds, 0.0) / (half_life_days * 86400.0))
    return weights
