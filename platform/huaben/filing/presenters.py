"""What answers about filings look like."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, cast
from uuid import UUID

from django.conf import settings

from huaben.accounts.presenters import Person, present_person
from huaben.catalog.models import Series
from huaben.core.access import may
from huaben.core.calendar import today
from huaben.core.localized import LocalizedText
from huaben.core.responses import described
from huaben.core.types import Requester

from .models import Filing, NumberCorrection, RuleVersion
from .number_parts import IssuerLevel
from .selectors import (
    WITH_NUMBER,
    get_filing,
    get_rule_version_in_force,
    list_corrections,
    list_filing_events,
)
from .tier_rules import Tier, read_tiers


@dataclass(frozen=True)
class FilingSeries:
    """The series of a filing."""

    id: UUID
    title: str
    synopsis: str
    creator: Person


@dataclass(frozen=True, kw_only=True)
class FilingCard:
    """A series in the register."""

    series: FilingSeries
    state: Filing.State
    waits: bool = field(metadata=described("Some Cut of it lacks nothing but the number."))
    number: str
    filed_title: str = field(metadata=described("The title under which the number was given."))
    retitled: bool = field(
        metadata=described("There is a number, and the title is another one by now.")
    )
    demonstration: bool
    tier: Literal["", "key", "ordinary", "other"]
    authority: str
    issued_on: date | None
    in_force_from: date | None
    expires_on: date | None
    note: str
    reason: str
    rule_version: str | None
    by: str | None = field(metadata=described("Name of who changed it last."))
    changed_at: datetime | None


@dataclass(frozen=True)
class FilingStep:
    """One change of a filing."""

    at: datetime
    state: Filing.State
    number: str
    reason: str
    by: str | None


CorrectedName = Literal["number", "tier", "issued_on", "authority", "budget_fen", "special_theme"]


@dataclass(frozen=True)
class CorrectedField:
    """One field that a correction changes, as text."""

    name: CorrectedName
    before: str
    after: str


@dataclass(frozen=True)
class CorrectionDetails:
    """A correction of a number: proposed by one filing admin, decided by another."""

    id: UUID
    state: NumberCorrection.State
    changes: list[CorrectedField]
    reason: str
    proposed_by: str
    proposed_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    may_confirm: bool = field(metadata=described("False for what one proposed oneself."))


@dataclass(frozen=True)
class TierRuleDetails:
    """One tier of a rule version."""

    tier: Tier
    name: LocalizedText
    budget_from_fen: int
    budget_below_fen: int | None
    special_theme: bool
    number_pattern: str
    example: str
    pattern_certainty: RuleVersion.Certainty
    issuers: list[IssuerLevel] = field(metadata=described("Whose numbers the tier has."))


@dataclass(frozen=True)
class RuleVersionDetails:
    """One version of the tier rules."""

    version: str
    kind: RuleVersion.Kind
    effective: date
    certainty: RuleVersion.Certainty
    sources: list[str]
    special_themes: list[str]
    tiers: list[TierRuleDetails]


@dataclass(frozen=True, kw_only=True)
class FilingDetails(FilingCard):
    """A series in the register, with its history and the rules that a number given today falls
    under.
    """

    budget_fen: int | None
    special_theme: str
    rule: RuleVersionDetails
    history: list[FilingStep]
    corrections: list[CorrectionDetails] = field(metadata=described("Newest first."))
    may_file: bool = field(metadata=described("False for a series of one's own."))
    demonstration_allowed: bool


def present_filing_card(series: Series) -> FilingCard:
    """A series in the register's list; nothing more is read."""
    filing = get_filing(series) or Filing()
    return FilingCard(
        series=FilingSeries(
            id=series.pk,
            title=series.title,
            synopsis=series.synopsis,
            creator=present_person(series.creator),
        ),
        state=Filing.State(filing.state),
        waits=series.waits,  # type: ignore[attr-defined]  # of selectors.registered_series
        number=filing.number,
        filed_title=filing.title,
        retitled=filing.state in WITH_NUMBER and filing.title != series.title,
        demonstration=filing.demonstration,
        tier=cast('Literal["", "key", "ordinary", "other"]', filing.tier),
        authority=filing.authority,
        issued_on=filing.issued_on,
        in_force_from=filing.in_force_from,
        expires_on=filing.expires_on,
        note=filing.note,
        reason=filing.reason,
        rule_version=filing.rule.version if filing.rule else None,
        by=filing.by.name if filing.by else None,
        changed_at=filing.changed_at,
    )


def present_filing(series: Series, user: Requester) -> FilingDetails:
    """A series in the register for the filing admin ``user``. Raises Problem ``no_rule`` when no
    tier rules are in force today and it has none yet.
    """
    filing = get_filing(series)
    rule = filing.rule if filing else None
    return FilingDetails(
        **vars(present_filing_card(series)),
        budget_fen=filing.budget_fen if filing else None,
        special_theme=filing.special_theme if filing else "",
        rule=present_rule_version(rule or get_rule_version_in_force(series=series, day=today())),
        history=[
            FilingStep(
                at=event.pgh_created_at,
                state=Filing.State(event.state),
                number=event.number,
                reason=event.reason,
                by=event.by.name if event.by else None,
            )
            for event in (list_filing_events(filing) if filing else [])
        ],
        corrections=[
            _correction(correction, series, user)
            for correction in (list_corrections(filing) if filing else [])
        ],
        may_file=may(user, "filing.file_series", series),
        demonstration_allowed=settings.DEMO,
    )


def _correction(correction: NumberCorrection, series: Series, user: Requester) -> CorrectionDetails:
    after = {name: str(getattr(correction, name) or "") for name in NumberCorrection.COMPARED}
    return CorrectionDetails(
        id=correction.pk,
        state=NumberCorrection.State(correction.state),
        changes=[
            CorrectedField(
                name=cast(CorrectedName, name), before=correction.before[name], after=text
            )
            for name, text in after.items()
            if correction.before[name] != text
        ],
        reason=correction.reason,
        proposed_by=correction.proposed_by.name,
        proposed_at=correction.proposed_at,
        decided_by=correction.decided_by.name if correction.decided_by else None,
        decided_at=correction.decided_at,
        may_confirm=correction.state == NumberCorrection.State.PROPOSED
        and correction.proposed_by_id != user.pk
        and may(user, "filing.file_series", series),
    )


def present_rule_version(rule: RuleVersion) -> RuleVersionDetails:
    """A version of the tier rules with its tiers."""
    return RuleVersionDetails(
        version=rule.version,
        kind=RuleVersion.Kind(rule.kind),
        effective=rule.effective,
        certainty=RuleVersion.Certainty(rule.certainty),
        sources=rule.sources,
        special_themes=rule.special_themes,
        tiers=[
            TierRuleDetails(
                tier=tier.tier,
                name=tier.name,
                budget_from_fen=tier.budget_from,
                budget_below_fen=tier.budget_below,
                special_theme=tier.special_theme,
                number_pattern=tier.number_pattern,
                example=tier.example,
                pattern_certainty=RuleVersion.Certainty(tier.pattern_certainty),
                issuers=list(tier.issuers),
            )
            for tier in read_tiers(rule.tiers).values()
        ],
    )
