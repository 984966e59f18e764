"""How urgent a case is: the order of the queue."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

# How soon somebody should look, by the verdict of the checks.
DUE_WITHIN = {
    "block": timedelta(hours=2),
    "review": timedelta(hours=8),
    "pass": timedelta(hours=24),
}
# A case that was reserved and left for so long may be taken over.
# How soon another moderator should look at an appeal.
APPEAL_DUE_WITHIN = timedelta(hours=24)
RESERVATION_TIMEOUT = timedelta(minutes=30)
# A verdict's share of the risk: no score of a lighter verdict outranks a graver one.
_FLOOR = {"block": 0.8, "review": 0.4, "pass": 0.0}
_SPAN = {"block": 0.2, "review": 0.3, "pass": 0.3}


def risk_score(verdict: str, scores: Iterable[float]) -> float:
    """Risk in 0–1: the verdict decides the band, the gravest of ``scores`` (0–1) the place in it.

    Raises KeyError for a verdict other than pass, review and block.
    """
    return round(_FLOOR[verdict] + _SPAN[verdict] * max(scores, default=0.0), 4)
