"""A wrong number is corrected by two people; the series goes on being shown meanwhile."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from huaben.accounts.models import User
from huaben.catalog.gate import announce_gate_change
from huaben.core.calendar import day_of
from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, NotFound, Refused

from ..models import Filing, NumberCorrection, RuleVersion
from ..selectors import get_rule_version_in_force
from ..tier_rules import normalize_number, read_tiers
from .checks import (
    ensure_days_fit,
    ensure_number_fits,
    ensure_number_is_free,
    ensure_tier_fits,
    field_problem,
    lock_filing_with_number,
    lock_series_of_another,
)

State = NumberCorrection.State


def propose_correction(
    *,
    series_id: UUID,
    by: User,
    number: str,
    tier: str,
    issued_on: date,
    reason: str,
    authority: str = "",
    budget_fen: int | None = None,
    special_theme: str = "",
) -> NumberCorrection:
    """Propose what a number in the register should have been. Nothing changes until another filing
    admin confirms it.

    Checked as a number is when it is given. Raises Conflict ``demonstration`` for the demo's own
    words, ``correction_waits`` while another is open and ``nothing_changes`` for what the register
    says already.
    """
    if not reason.strip():
        raise field_problem(
            "reason_needed",
            "reason",
            LocalizedText("请说明错在哪里", "Please say what was wrong"),
        )
    with transaction.atomic():
        series = lock_series_of_another(series_id, by)
        filing = lock_filing_with_number(series)
        if filing.demonstration:
            raise Conflict(
                "demonstration",
                LocalizedText("演示编号不能更正", "A demonstration number cannot be corrected"),
            )
        if filing.corrections.filter(state=State.PROPOSED).exists():
            raise Conflict(
                "correction_waits",
                LocalizedText("已有一处更正等人核对", "A correction waits to be confirmed already"),
            )
        correction = NumberCorrection(
            filing=filing,
            number=normalize_number(number),
            tier=tier,
            issued_on=issued_on,
            authority=authority.strip(),
            budget_fen=budget_fen,
            special_theme=special_theme,
            before={name: str(getattr(filing, name) or "") for name in NumberCorrection.COMPARED},
            reason=reason.strip(),
            proposed_by=by,
        )
        if all(
            str(getattr(correction, name) or "") == correction.before[name]
            for name in NumberCorrection.COMPARED
        ):
            raise Conflict(
                "nothing_changes",
                LocalizedText("与登记的一样，没有要更正的", "The register says the same already"),
            )
        _check(correction, filing)
        correction.save()
    return correction


def confirm_correction(*, correction_id: UUID, by: User) -> NumberCorrection:
    """Write a correction into the register, as another person than the one who proposed it. The
    number stays in force throughout.

    Raises Conflict when it is decided already or no longer fits, Refused ``own_correction`` for
    one's own.
    """
    with transaction.atomic():
        correction, filing = _lock_open_correction(correction_id, by)
        if correction.proposed_by_id == by.pk:
            raise Refused(
                "own_correction",
                LocalizedText(
                    "自己提出的更正，要由另一位备案员核对",
                    "Another filing admin must confirm what you proposed",
                ),
            )
        rule = _check(correction, filing)
        filing.number, filing.tier, filing.rule = correction.number, correction.tier, rule
        filing.issued_on, filing.authority = correction.issued_on, correction.authority
        filing.budget_fen, filing.special_theme = correction.budget_fen, correction.special_theme
        assert filing.in_force_from is not None  # of every filing with a number
        filing.in_force_from = max(filing.in_force_from, correction.issued_on)
        filing.by = by
        filing.save()
        _decide(correction, State.CONFIRMED, by)
        announce_gate_change(series_id=filing.series_id)
    return correction


def refuse_correction(*, correction_id: UUID, by: User) -> NumberCorrection:
    """Put a correction aside; the register stays as it is. One may withdraw one's own so."""
    with transaction.atomic():
        correction, _ = _lock_open_correction(correction_id, by)
        _decide(correction, State.REFUSED, by)
    return correction


def drop_open_correction(*, filing: Filing, by: User) -> None:
    """Put the open correction of a filing aside, if there is one: its number is gone."""
    correction = filing.corrections.filter(state=State.PROPOSED).first()
    if correction is not None:
        _decide(correction, State.REFUSED, by)


def _lock_open_correction(correction_id: UUID, by: User) -> tuple[NumberCorrection, Filing]:
    series_ids = NumberCorrection.objects.filter(pk=correction_id)
    series_id = series_ids.values_list("filing__series", flat=True).first()
    if series_id is None:
        raise NotFound
    filing = lock_filing_with_number(lock_series_of_another(series_id, by))
    correction = NumberCorrection.objects.select_for_update().get(pk=correction_id)
    if correction.state != State.PROPOSED:
        raise Conflict(
            "correction_decided",
            LocalizedText("这处更正已经定了", "This correction has been decided already"),
        )
    return correction, filing


def _check(correction: NumberCorrection, filing: Filing) -> RuleVersion:
    """The rules by which the corrected number counts. Raises as ``numbers.assign_number`` does."""
    series = filing.series
    rule = get_rule_version_in_force(series=series, day=correction.issued_on)
    ensure_days_fit(
        issued_on=correction.issued_on,
        starts=correction.issued_on,
        expires_on=filing.expires_on,
        today=day_of(timezone.now()),
    )
    ensure_tier_fits(
        rule,
        tier=correction.tier,
        budget_fen=correction.budget_fen,
        special_theme=correction.special_theme,
    )
    ensure_number_fits(
        read_tiers(rule.tiers)[correction.tier],
        number=correction.number,
        issued_on=correction.issued_on,
        authority=correction.authority,
    )
    ensure_number_is_free(correction.number, series)
    return rule


def _decide(correction: NumberCorrection, state: NumberCorrection.State, by: User) -> None:
    correction.state, correction.decided_by, correction.decided_at = state, by, timezone.now()
    correction.save()
