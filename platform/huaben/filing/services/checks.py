"""What a number must fit, whoever writes it; and the rows that its changes lock."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from huaben.accounts.models import User
from huaben.catalog.models import Series
from huaben.core.access import may
from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, NotFound, Problem, Refused

from ..models import Filing, RuleVersion
from ..number_parts import NumberParts, read_number
from ..selectors import WITH_NUMBER
from ..tier_rules import TierRule, find_tier, matches_tier, normalize_number, read_tiers

DEMONSTRATION = "演示编号（非真实备案）"


def ensure_days_fit(*, issued_on: date, starts: date, expires_on: date | None, today: date) -> None:
    if issued_on > today:
        raise field_problem(
            "issued_in_future",
            "issued_on",
            LocalizedText("签发日期不能在将来", "The day of issue cannot lie ahead"),
        )
    if starts < issued_on:
        raise field_problem(
            "starts_before_issue",
            "in_force_from",
            LocalizedText("生效不能早于签发", "It cannot start before its issue"),
        )
    if expires_on is not None and expires_on <= max(starts, today):
        raise field_problem(
            "expires_too_soon",
            "expires_on",
            LocalizedText("到期日必须在生效之后", "It must expire after it starts"),
        )


def ensure_tier_fits(
    rule: RuleVersion, *, tier: str, budget_fen: int | None, special_theme: str
) -> None:
    if special_theme and special_theme not in rule.special_themes:
        raise field_problem(
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
        raise field_problem(
            "wrong_tier",
            "tier",
            LocalizedText(f"按规则应属“{name.zh}”", f"By the rules this is “{name.en}”"),
        )


def ensure_number_fits(tier: TierRule, *, number: str, issued_on: date, authority: str) -> None:
    """Raise Problem for a number of another form than the tier's, or one that says another year
    than the day of issue, a place that no authority has, or another authority than ``authority``
    or than the tier's.
    """
    if number == normalize_number(DEMONSTRATION):
        raise field_problem(
            "bad_number",
            "number",
            LocalizedText("演示编号不是备案号", "The demonstration number is not a filing number"),
        )
    if not matches_tier(tier, number):
        raise field_problem(
            "bad_number",
            "number",
            LocalizedText(
                f"编号格式应如：{tier.example}", f"The number should look like: {tier.example}"
            ),
        )
    said = read_number(number)
    if said is None:
        return
    if said.year != issued_on.year:
        raise field_problem(
            "wrong_year",
            "number",
            LocalizedText(
                f"编号里写的是 {said.year} 年，发文日期却在 {issued_on.year} 年",
                f"The number says {said.year}, but it was issued in {issued_on.year}",
            ),
        )
    _ensure_issuer_fits(tier, said, authority)


def _ensure_issuer_fits(tier: TierRule, said: NumberParts, authority: str) -> None:
    issuer = said.issuer
    if issuer is None:
        raise field_problem(
            "unknown_issuer",
            "number",
            LocalizedText(
                f"没有简称“{said.place}”的发文机关",
                f"No authority is called “{said.place}” for short",
            ),
        )
    if issuer.level not in tier.issuers:
        raise field_problem(
            "wrong_issuer",
            "number",
            LocalizedText(
                f"“{tier.name.zh}”不由{issuer.name.zh}发号",
                f"Numbers of the tier “{tier.name.en}” are not given by {issuer.name.en}",
            ),
        )
    if authority.strip() and not issuer.is_called(authority):
        raise field_problem(
            "wrong_authority",
            "authority",
            LocalizedText(
                f"编号是{issuer.name.zh}的，与发文机关不符",
                f"The number is of {issuer.name.en}, which is not this authority",
            ),
        )


def ensure_number_is_free(number: str, series: Series) -> None:
    others = Filing.objects.filter(number=number, demonstration=False).exclude(series=series)
    if others.exists():
        raise Conflict(
            "number_taken",
            LocalizedText("这个编号已属于另一部剧", "Another series has this number"),
        )


def lock_series(series_id: UUID) -> Series:
    series = Series.objects.select_for_update().filter(pk=series_id).first()
    if series is None:
        raise NotFound
    return series


def lock_series_of_another(series_id: UUID, by: User) -> Series:
    series = lock_series(series_id)
    if not may(by, "filing.file_series", series):
        raise Refused(
            "own_series",
            LocalizedText("不能为自己的作品备案", "You cannot file a work of your own"),
        )
    return series


def lock_filing_without_number(series: Series) -> Filing:
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


def lock_filing_with_number(series: Series) -> Filing:
    filing = Filing.objects.select_for_update().filter(series=series).first()
    if filing is None or filing.state not in WITH_NUMBER:
        raise Conflict(
            "no_number",
            LocalizedText("这部剧现在没有备案号", "The series has no number at present"),
        )
    return filing


def field_problem(code: str, field: str, title: LocalizedText) -> Problem:
    return Problem(code, title, errors=[{"field": field, "message": title.localized()}])
