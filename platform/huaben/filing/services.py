"""Writes of the filing register."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from huaben.accounts.models import User
from huaben.catalog.gate import announce_gate_change
from huaben.catalog.models import Series
from huaben.core.access import may
from huaben.core.calendar import day_of, until
from huaben.core.jobs import enqueue_job
from huaben.core.localized import LocalizedText
from huaben.core.locks import LockSpace, lock_until_commit
from huaben.core.problems import Conflict, NotFound, Problem, Refused
from huaben.core.types import JsonObject

from .models import Filing, RuleVersion
from .selectors import WITH_NUMBER, get_rule_version_in_force
from .tier_rules import TierRule, find_tier, matches_tier, normalize_number, read_tiers

UPDATE_STATE = "filing.update_state"
DEMONSTRATION = "演示编号（非真实备案）"
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
    another form, tier or day, Conflict for one that another series has or when this series has a
    number already, Refused for a series of one's own.
    """
    today = day_of(now or timezone.now())
    number, starts = normalize_number(number), in_force_from or issued_on
    _ensure_days_fit(issued_on=issued_on, starts=starts, expires_on=expires_on, today=today)
    with transaction.atomic():
        series = _lock_series_of_another(series_id, by)
        rule = get_rule_version_in_force(series=series, day=issued_on)
        _ensure_tier_fits(rule, tier=tier, budget_fen=budget_fen, special_theme=special_theme)
        _ensure_number_fits(read_tiers(rule.tiers)[tier], number)
        _ensure_number_is_free(number, series)
        filing = _lock_filing_without_number(series)
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
        series = _lock_series(series_id)
        filing = _lock_filing_without_number(series)
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
        raise _field_problem(
            "reason_needed",
            "reason",
            LocalizedText("请说明为什么撤销", "Please say why it is revoked"),
        )
    with transaction.atomic():
        series = _lock_series_of_another(series_id, by)
        filing = _lock_filing_with_number(series)
        filing.by = by
        filing.revoke(reason.strip())
        filing.save()
        announce_gate_change(series_id=series.pk)
    return filing


def confirm_title(*, series_id: UUID, by: User, title: str) -> Filing:
    """Say that the number stands for the series under its present ``title`` too. Again changes
    nothing.

    Raises Conflict ``title_changed`` when the series is called otherwise by now and ``no_number``
    when there is no number, Refused for a series of one's own.
    """
    with transaction.atomic():
        series = _lock_series_of_another(series_id, by)
        filing = _lock_filing_with_number(series)
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


def create_rule_version(
    *,
    by: User,
    version: str,
    kind: str,
    effective: date,
    certainty: str,
    sources: list[str],
    special_themes: list[str],
    tiers: list[JsonObject],
) -> RuleVersion:
    """Add tier rules, or correct them: the newest row of a kind and day counts. Filings keep the
    rules by which they got their number.

    Raises Problem for rules of another form, Conflict for a version's name that exists.
    """
    read_tiers(tiers)
    with transaction.atomic():
        lock_until_commit(LockSpace.TIER_RULES, version)
        if RuleVersion.objects.filter(version=version).exists():
            raise Conflict(
                "version_exists", LocalizedText("已有这个版本号", "There is a version of this name")
            )
        return RuleVersion.objects.create(
            version=version,
            kind=kind,
            effective=effective,
            certainty=certainty,
            sources=sources,
            special_themes=special_themes,
            tiers=tiers,
            by=by,
        )


def _ensure_days_fit(
    *, issued_on: date, starts: date, expires_on: date | None, today: date
) -> None:
    if issued_on > today:
        raise _field_problem(
            "issued_in_future",
            "issued_on",
            LocalizedText("签发日期不能在将来", "The day of issue cannot lie ahead"),
        )
    if starts < issued_on:
        raise _field_problem(
            "starts_before_issue",
            "in_force_from",
            LocalizedText("生效不能早于签发", "It cannot start before its issue"),
        )
    if expires_on is not None and expires_on <= max(starts, today):
        raise _field_problem(
            "expires_too_soon",
            "expires_on",
            LocalizedText("到期日必须在生效之后", "It must expire after it starts"),
        )


def _ensure_tier_fits(
    rule: RuleVersion, *, tier: str, budget_fen: int | None, special_theme: str
) -> None:
    if special_theme and special_theme not in rule.special_themes:
        raise _field_problem(
            "unknown_theme",
            "special_theme",
            LocalizedText("没有这个特殊题材", "There is no such special theme"),
        )
    if budget_fen is None and not special_theme:
        return
    tiers = read_tiers(rule.tiers)
    expected = find_tier(tiers, budget_fen=budget_fen or 0, special_theme=bool(special_theme))
    if expected != tier:
        name = tiers[expected].name
        raise _field_problem(
            "wrong_tier",
            "tier",
            LocalizedText(f"按规则应属“{name.zh}”", f"By the rules this is “{name.en}”"),
        )


def _ensure_number_fits(tier: TierRule, number: str) -> None:
    if number == normalize_number(DEMONSTRATION):
        raise _field_problem(
            "bad_number",
            "number",
            LocalizedText("演示编号不是备案号", "The demonstration number is not a filing number"),
        )
    if not matches_tier(tier, number):
        raise _field_problem(
            "bad_number",
            "number",
            LocalizedText(
                f"编号格式应如：{tier.example}", f"The number should look like: {tier.example}"
            ),
        )


def _ensure_number_is_free(number: str, series: Series) -> None:
    others = Filing.objects.filter(number=number, demonstration=False).exclude(series=series)
    if others.exists():
        raise Conflict(
            "number_taken",
            LocalizedText("这个编号已属于另一部剧", "Another series has this number"),
        )


def _lock_series(series_id: UUID) -> Series:
    series = Series.objects.select_for_update().filter(pk=series_id).first()
    if series is None:
        raise NotFound
    return series


def _lock_series_of_another(series_id: UUID, by: User) -> Series:
    series = _lock_series(series_id)
    if not may(by, "filing.file_series", series):
        raise Refused(
            "own_series",
            LocalizedText("不能为自己的作品备案", "You cannot file a work of your own"),
        )
    return series


def _lock_filing_without_number(series: Series) -> Filing:
    filing = Filing.objects.select_for_update().filter(series=series).first() or Filing(
        series=series
    )
    if filing.state in WITH_NUMBER:
        raise Conflict(
            "has_number",
            LocalizedText("这部剧已有备案号", "The series has a number already"),
            detail=LocalizedText("先撤销，再填写新的", "Revoke it first, then give the new one"),
        )
    return filing


def _lock_filing_with_number(series: Series) -> Filing:
    filing = Filing.objects.select_for_update().filter(series=series).first()
    if filing is None or filing.state not in WITH_NUMBER:
        raise Conflict(
            "no_number",
            LocalizedText("这部剧现在没有备案号", "The series has no number at present"),
        )
    return filing


def _field_problem(code: str, field: str, title: LocalizedText) -> Problem:
    return Problem(code, title, errors=[{"field": field, "message": title.localized()}])
