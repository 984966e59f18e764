"""Findings, and the verdicts that a policy draws from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Channel = Literal["text", "picture", "sound", "label"]
Verdict = Literal["pass", "review", "block"]
VERDICTS: tuple[Verdict, ...] = ("pass", "review", "block")
_CHANNELS: tuple[Channel, ...] = ("text", "picture", "sound", "label")


@dataclass(frozen=True)
class Finding:
    """One fact that moderation found.

    ``policy`` is the rule's id in the policy (``abuse.title``, ``picture.black``). ``score`` in 0–1
    is how sure or how grave. ``start`` and ``end`` are seconds in the film, None for the whole
    submission. ``evidence`` is the words or the measurement, ``explanation`` the code of a sentence
    in ``moderation.explanations``. Raises ValueError for a score outside 0–1.
    """

    policy: str
    score: float
    channel: Channel
    explanation: str
    evidence: str = ""
    start: float | None = None
    end: float | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.score <= 1:
            raise ValueError(f"a score lies in 0-1, not {self.score}")


@dataclass(frozen=True)
class TimeSpan:
    """A stretch of time in seconds; ``value`` is in the unit of the meter that measured it."""

    start: float
    end: float
    value: float


def sort_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in the order of every report.

    By channel, then time (whole submission first), then policy, gravest first.
    """
    return tuple(
        sorted(
            findings,
            key=lambda found: (
                _CHANNELS.index(found.channel),
                -1.0 if found.start is None else found.start,
                found.policy,
                -found.score,
                found.evidence,
            ),
        )
    )
