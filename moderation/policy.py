"""The policy: which score leads to which verdict. Data, with a version and the day it took effect.

A threshold of null never fires. Findings without thresholds (the lexicon's) are evidence and decide
nothing. Where the shipped thresholds come from is in docs/moderation.md.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from moderation.findings import VERDICTS, Finding, Verdict

SHIPPED_POLICY = Path(__file__).with_name("policy.json")


class PolicyError(ValueError):
    """A policy in the wrong form; the message names what is wrong."""


@dataclass(frozen=True)
class Threshold:
    """Scores, 0–1, from which a finding is noted, leads to review, and blocks. None: never.

    Raises PolicyError for a value outside 0–1, or values that do not rise in this order.
    """

    note: float | None = None
    review: float | None = None
    block: float | None = None

    def __post_init__(self) -> None:
        limits = [value for value in (self.note, self.review, self.block) if value is not None]
        if any(not 0 <= value <= 1 for value in limits):
            raise PolicyError("a threshold lies in 0-1")
        if limits != sorted(limits):
            raise PolicyError("thresholds must rise from note to review to block")


@dataclass(frozen=True)
class MediaThresholds:
    """From where pictures and sound are odd. Seconds, dBFS (RMS) and LUFS (integrated).

    ``whole_seconds``: a black, frozen or silent stretch of this length scores 1, a shorter one its
    share. The defaults were chosen by hand. Raises PolicyError for a value that is not finite, or
    seconds that are not above zero.
    """

    black_seconds: float = 2.0
    frozen_seconds: float = 5.0
    silent_seconds: float = 5.0
    silent_dbfs: float = -60.0
    loudness_low_lufs: float = -30.0
    loudness_high_lufs: float = -9.0
    whole_seconds: float = 20.0

    def __post_init__(self) -> None:
        for item in fields(self):
            if not math.isfinite(getattr(self, item.name)):
                raise PolicyError(f"{item.name} must be a number")
        if (
            min(self.black_seconds, self.frozen_seconds, self.silent_seconds, self.whole_seconds)
            <= 0
        ):
            raise PolicyError("the seconds of the media thresholds are above zero")


@dataclass(frozen=True)
class Policy:
    """One version of a policy; ``thresholds`` by rule id."""

    version: str
    effective: date
    thresholds: Mapping[str, Threshold]
    media_thresholds: MediaThresholds = field(default_factory=MediaThresholds)

    @classmethod
    def from_json(cls, text: str) -> Policy:
        """Read a policy in the form of ``policy.json``. Raises PolicyError."""
        try:
            row = json.loads(text)
            return cls(
                version=str(row["version"]),
                effective=date.fromisoformat(row["effective"]),
                thresholds={
                    str(name): Threshold(**limits) for name, limits in row["thresholds"].items()
                },
                media_thresholds=MediaThresholds(
                    **{name: float(value) for name, value in row.get("measure", {}).items()}
                ),
            )
        except PolicyError:
            raise
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise PolicyError(f"not a policy: {error!r}") from error

    def to_json(self) -> dict[str, Any]:
        """The policy as ``from_json`` reads it."""
        return {
            "version": self.version,
            "effective": self.effective.isoformat(),
            "thresholds": {name: asdict(limits) for name, limits in self.thresholds.items()},
            "measure": asdict(self.media_thresholds),
        }

    def is_noted(self, finding: Finding) -> bool:
        """Whether a finding belongs in a report. One without thresholds is evidence and does."""
        limits = self.thresholds.get(finding.policy)
        return limits is None or _is_reached(finding.score, limits.note)

    def verdict_for(self, finding: Finding) -> Verdict:
        """The verdict that one finding alone leads to."""
        limits = self.thresholds.get(finding.policy)
        if limits is None:
            return "pass"
        if _is_reached(finding.score, limits.block):
            return "block"
        return "review" if _is_reached(finding.score, limits.review) else "pass"

    def verdict(self, findings: Iterable[Finding]) -> Verdict:
        """The gravest verdict that the findings lead to; ``pass`` when there are none."""
        return max(
            (self.verdict_for(finding) for finding in findings), key=VERDICTS.index, default="pass"
        )


def shipped_policy() -> Policy:
    """The policy that comes with the engine."""
    return Policy.from_json(SHIPPED_POLICY.read_text("utf-8"))


def policy_in_force(day: date, versions: Iterable[Policy]) -> Policy:
    """The latest of the versions that was in force on ``day``. Raises PolicyError for none."""
    in_force = sorted(
        (policy for policy in versions if policy.effective <= day),
        key=lambda policy: policy.effective,
    )
    if not in_force:
        raise PolicyError(f"no policy is in force on {day.isoformat()}")
    return in_force[-1]


def _is_reached(score: float, limit: float | None) -> bool:
    return limit is not None and score >= limit
