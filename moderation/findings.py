"""What moderation saw: findings, and the verdict that a policy draws from them."""

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
    """One thing that was seen.

    ``policy`` is the rule's id in the policy (``abuse.title``, ``picture.black``), ``score`` in 0–1
    how sure or how grave, ``start`` and ``end`` seconds in the film (None: the whole work),
    ``evidence`` the words or the measurement that speak for it, ``explanation`` the code of a
    sentence in ``moderation.explanations``.
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
    """A stretch of time in seconds, and how strongly it showed: ``value`` in the unit of whoever
    measured it.
    """

    start: float
    end: float
    value: float


def sort_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings as every report lists them: by channel, then time (whole work first), then policy,
    gravest first.
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
