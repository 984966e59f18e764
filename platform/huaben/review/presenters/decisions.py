"""What answers about decisions and their reasons look like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from huaben.accounts.presenters import Person, present_person
from huaben.catalog.facts import (
    AgeNotice,
    AppealState,
    CutAppeal,
    CutFacts,
    CutReason,
    CutReview,
)
from huaben.core.localized import LocalizedText
from huaben.core.types import JsonObject

from ..models import REFUSALS, Appeal, Case, Decision
from ..reasons import AGE_NOTICES, REASONS
from ..selectors import (
    CASE_LISTS,
    CUT_STATES,
    get_standing_appeals,
    list_cases_of_cuts,
)


@dataclass(frozen=True)
class ReasonOption:
    """A reason that a rejection or a take-down may have."""

    code: str
    text: LocalizedText


@dataclass(frozen=True)
class DecisionDetails:
    """What was decided about a Cut."""

    cut_id: UUID
    episode_number: int
    episode_title: str
    cut_number: int
    outcome: Decision.Outcome
    automatic: bool
    by: Person | None
    reasons: list[CutReason]
    note: str
    age_notice: AgeNotice | None
    sha256: str
    package_sha256: str
    decided_at: datetime


def present_reason_options() -> list[ReasonOption]:
    """Every reason that a rejection or a take-down may have."""
    return [ReasonOption(code=code, text=text) for code, text in REASONS.items()]


def present_age_notices() -> list[AgeNotice]:
    """Every age notice that an approval may carry."""
    return [AgeNotice(code=code, text=text) for code, text in AGE_NOTICES.items()]


def present_age_notice(code: str | None) -> AgeNotice | None:
    """A decision's age notice with its words; None for "" or a code that is no longer known."""
    return AgeNotice(code=code, text=AGE_NOTICES[code]) if code and code in AGE_NOTICES else None


def present_reasons(reasons: Iterable[JsonObject]) -> list[CutReason]:
    """A decision's stored reasons with their words."""
    return [
        CutReason(
            code=reason["code"],
            text=REASONS.get(reason["code"], REASONS["other"]),
            start_ms=reason["start_ms"],
            end_ms=reason["end_ms"],
            note=reason["note"],
        )
        for reason in reasons
    ]


def present_cut_facts(cut_ids: Sequence[UUID]) -> dict[UUID, CutFacts]:
    """How review sees each Cut, for its creator: what was decided and why, not by whom. Two
    queries; a Cut that review never saw is ``processing``.
    """
    cases = {case.cut_id: case for case in list_cases_of_cuts(cut_ids)}
    appeals = get_standing_appeals(list(cases.values()))
    return {
        cut_id: _cut_facts(cases[cut_id], appeals.get(cases[cut_id].pk))
        if cut_id in cases
        else CutFacts(state="processing", review=None, decision_id=None)
        for cut_id in cut_ids
    }


def _cut_facts(case: Case, appeal: Appeal | None) -> CutFacts:
    settled = case.state in CASE_LISTS["decided"]
    decision = case.decision if settled or case.is_appealed else None
    return CutFacts(
        state=CUT_STATES[Case.State(case.state)],
        review=CutReview(
            verdict=decision.outcome,
            automatic=decision.automatic,
            note=decision.note,
            decided_at=decision.created_at,
            reasons=present_reasons(decision.reasons),
        )
        if decision
        else None,
        decision_id=decision.pk if decision else None,
        appeal=present_appeal(appeal) if appeal else None,
        may_appeal=settled
        and decision is not None
        and decision.outcome in REFUSALS
        and appeal is None,
    )


def present_appeal(appeal: Appeal) -> CutAppeal:
    """An appeal with its answer loaded, as creator and moderators read it: not by whom."""
    return CutAppeal(
        state=cast(AppealState, appeal.state.value),
        reason=appeal.reason,
        appealed_at=appeal.created_at,
        decided_at=appeal.answer.created_at if appeal.answer else None,
    )


def present_decision(decision: Decision) -> DecisionDetails:
    cut = decision.case.cut
    return DecisionDetails(
        cut_id=cut.pk,
        episode_number=cut.episode.number,
        episode_title=cut.episode.title,
        cut_number=cut.number,
        outcome=Decision.Outcome(decision.outcome),
        automatic=decision.automatic,
        by=present_person(decision.by) if decision.by else None,
        reasons=present_reasons(decision.reasons),
        note=decision.note,
        age_notice=present_age_notice(decision.age_notice),
        sha256=decision.sha256,
        package_sha256=decision.package_sha256,
        decided_at=decision.created_at,
    )
