"""What answers about the terms of a jurisdiction look like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from .. import models
from ..terms import PeriodUnit


@dataclass(frozen=True)
class JurisdictionTerms:
    """A jurisdiction's terms as an admin writes them."""

    zh: str
    en: str
    act_within_hours: int
    restore: Literal["at_once", "after_wait"]
    wait_count: int | None
    wait_unit: PeriodUnit
    ends_on_working_day: bool
    extension_count: int | None
    extension_unit: PeriodUnit
    calendar: str


@dataclass(frozen=True)
class Jurisdiction:
    """One version of a jurisdiction's terms; a correction is a new version."""

    version: str
    kind: str
    effective: date
    certainty: models.Profile.Certainty
    sources: list[str]
    terms: JurisdictionTerms


def present_jurisdiction(profile: models.Profile) -> Jurisdiction:
    """One version of a jurisdiction's terms, as it was written."""
    return Jurisdiction(
        version=profile.version,
        kind=profile.kind,
        effective=profile.effective,
        certainty=models.Profile.Certainty(profile.certainty),
        sources=profile.sources,
        terms=JurisdictionTerms(**profile.terms),
    )
