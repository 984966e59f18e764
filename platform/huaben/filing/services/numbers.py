"""Numbers: given, in force, taken back, and the title for which they stand."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from huaben.accounts.models import User
from huaben.catalog.gate import announce_gate_change
from huaben.core.calendar import day_of, until
from huaben.core.jobs import enqueue_job
from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, Refused

from ..models import Filing
from ..selectors import get_rule_version_in_force
from ..tier_rules import normalize_number, read_tiers
from .checks import (
    DEMONSTRATION,
    ensure_days_fit,
    ensure_number_fits,
    ensure_number_is_free,
    ensure_tier_fits,
    field_problem,
    lock_filing_with_number,
    lock_filing_without_number,
    lock_series,
    lock_series_of_another,
)
from .corrections import drop_open_correction

UPDATE_STATE = "filing.update_state"
State = Filing.State


def assign_number(
    *,
    series_id: UUID,
    by: User,
    number: str,
    tier: str,
    issued_on: date,
    authority: str = "",
    in_force_from: date | None = None,
    expires_on: date | None = None,
    budget_fen: int | None = None,
    special_theme: str = "",
    note: str = "",
    now: datetime | None = None,
) -> Filing:
    """Store the number that an authority gave a series; in force from ``in_force_from`` (the day of
    issue if None).

    The tier rules in force on the day of issue are stored with it. When the budget or a special
    theme is given, the tier must be the one that they lead to. Raises Problem for a number of
    another form, tier, day, year or authority, Conflict for one that another series has or when
    this series has a number already, Refused for a series of one's own.
    """
    today = day_of(now or timezone.now())
    number, starts = normalize_number(number), in_force_from or issued_on
    ensure_days_fit(issued_on=issued_on, starts=starts, expires_on=expires_on, today=today)
    with transaction.atomic():
        series = lock_series_of_another(series_id, by)
        rule = get_rule_version_in_force(series=series, day=issued_on)
        ensure_tier_fits(rule, tier=tier, budget_fen=budget_fen, special_theme=special_theme)
        ensure_number_fits(
            read_tiers(rule.tiers)[tier], number=number, issued_on=issued_on, authority=authority
        )
        ensure_number_is_free(number, series)
        filing = lock_filing_without_number(series)
        filing.number, filing.demonstration, filing.tier, filing.rule = number, False, tier, rule
        filing.authority, filing.issued_on, filing.note = authority.strip(), issued_on, note.strip()
        filing.in_force_from, filing.expires_on = starts, expires_on
        filing.budget_fen, filing.special_theme, filing.by = budget_fen, special_theme, by
        filing.title = series.title
        filing.assign_number()
        filing.save()
        update_filing_state(series_id=series.pk, now=now)
        announce_gate_change(series_id=series.pk)
        for day in (starts, expires_on):
            if day is not None and day > today:
                enqueue_job(
                    UPDATE_STATE,
                    {"series_id": str(series.pk)},
                    key=f"{series.pk} {day}",
                    delay=until(day),
                )
    filing.refresh_from_db()
    return filing


def assign_demonstration_number(
    *, series_id: UUID, by: User | None = None, now: datetime | None = None
) -> Filing:
    """Let a series of the embedded demo be shown under words that say they are no real number.

    Anybody's own series too: these words claim nothing. ``by`` None: the demo itself.
    Raises Refused outside the demo, Conflict when the series has a number already.
    """
    if not settings.DEMO:
        raise Refused(
            "only_in_the_demo",
            LocalizedText("演示编号只用于演示", "Demonstration numbers exist only in the demo"),
        )
    with transaction.atomic():
        series = lock_series(series_id)
        filing = lock_filing_without_number(series)
        filing.title = series.title
        filing.number, filing.demonstration, filing.tier, filing.rule = (
            DEMONSTRATION,
            True,
            "",
            None,
        )
        filing.authority, filing.note, filing.by = "", "", by
        filing.issued_on = filing.in_force_from = day_of(now or timezone.now())
        filing.expires_on = filing.budget_fen = None
        filing.special_theme = ""
        filing.assign_number()
        filing.put_in_force()
        filing.save()
        announce_gate_change(series_id=filing.series_id)
    return filing


def update_filing_state(*, series_id: UUID, now: datetime | None = None) -> None:
    """Put a number in force, or let it expire, when its day has come. Safe to call at any time."""
    with transaction.atomic():
        filing = Filing.objects.select_for_update().filter(series=series_id).first()
        if filing is None:
            return
        before, day = filing.state, day_of(now or timezone.now())
        if (
            filing.state == State.NUMBER_GIVEN
            and filing.in_force_from is not None
            and filing.in_force_from <= day
        ):
            filing.put_in_force()
        if (
            filing.state == State.IN_FORCE
            and filing.expires_on is not None
            and filing.expires_on <= day
        ):
            filing.expire()
        if filing.state != before:
            filing.save()
            announce_gate_change(series_id=series_id)


def revoke_number(*, series_id: UUID, by: User, reason: str) -> Filing:
    """Take a number back: the gate closes with this commit. Raises Conflict when there is none to
    take back.
    """
    if not reason.strip():
        raise field_problem(
            "reason_needed",
            "reason",
            LocalizedText("请说明为什么撤销", "Please say why it is revoked"),
        )
    with transaction.atomic():
        series = lock_series_of_another(series_id, by)
        filing = lock_filing_with_number(series)
        filing.by = by
        filing.revoke(reason.strip())
        filing.save()
        drop_open_correction(filing=filing, by=by)
        announce_gate_change(series_id=series.pk)
    return filing


def confirm_title(*, series_id: UUID, by: User, title: str) -> Filing:
    """Say that the number stands for the series under its present ``title`` too. Again changes
    nothing.

    Raises Conflict ``title_changed`` when the series is called otherwise by now and ``no_number``
    when there is no number, Refused for a series of one's own.
    """
    with transaction.atomic():
        series = lock_series_of_another(series_id, by)
        filing = lock_filing_with_number(series)
        if series.title != title:
            raise Conflict(
                "title_changed",
                LocalizedText(
                    "剧名又改了，请再看一遍", "The title changed again; please look again"
                ),
            )
        if filing.title != title:
            filing.title, filing.by = title, by
            filing.save()
    return filing
