"""Filing's say at the gate: a number in force, this day."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from huaben.catalog.facts import FilingFact, filing_facts
from huaben.catalog.gate import Keeper, Reason, register_keeper
from huaben.catalog.models import Cut
from huaben.core.calendar import today
from huaben.core.localized import LocalizedText

from .models import Filing

ASK = LocalizedText(
    "备案员填写备案号后自动放行", "It opens by itself when a filing admin gives the number"
)


def filed() -> Q:
    """Cuts of series whose number is in force."""
    filings = Filing.objects.filter(series=OuterRef("episode__series"), state=Filing.State.IN_FORCE)
    return Q(Exists(filings.filter(_not_over())))


def filing_reasons(cut: Cut) -> list[Reason]:
    """The same in words."""
    filing = Filing.objects.filter(series=cut.episode.series_id).first()
    if filing is None or filing.state == Filing.State.NONE:
        return [
            Reason(
                "filing_missing",
                LocalizedText("这部剧还没有备案号", "The series has no filing number yet"),
                ASK,
            )
        ]
    if filing.state == Filing.State.NUMBER_GIVEN:
        day = filing.in_force_from.isoformat() if filing.in_force_from else ""
        return [
            Reason(
                "filing_not_in_force",
                LocalizedText(
                    f"备案号自 {day} 起生效", f"The filing number is in force from {day}"
                ),
                LocalizedText("届时自动放行", "It opens by itself on that day"),
            )
        ]
    if filing.state == Filing.State.REVOKED:
        return [
            Reason(
                "filing_revoked",
                LocalizedText(
                    f"备案号已撤销：{filing.reason}",
                    f"The filing number was revoked: {filing.reason}",
                ),
                ASK,
            )
        ]
    if filing.state == Filing.State.EXPIRED or (
        filing.expires_on is not None and filing.expires_on <= today()
    ):
        return [
            Reason(
                "filing_expired",
                LocalizedText("备案号已到期", "The filing number has expired"),
                ASK,
            )
        ]
    return []


@filing_facts.register("filing")
def read_filing_facts(series_ids: Sequence[UUID]) -> dict[UUID, FilingFact]:
    """The number in force of each series that has one, for its card."""
    rows = Filing.objects.filter(_not_over(), series__in=series_ids, state=Filing.State.IN_FORCE)
    return {
        filing.series_id: FilingFact(
            number=filing.number, demonstration=filing.demonstration, words=_words(filing)
        )
        for filing in rows
    }


def _words(filing: Filing) -> LocalizedText:
    if filing.demonstration:
        return LocalizedText(filing.number, "Demonstration number (not a real filing)")
    return LocalizedText(f"备案号 {filing.number}", f"Filing no. {filing.number}")


def _not_over() -> Q:
    return Q(expires_on=None) | Q(expires_on__gt=today())


register_keeper(
    Keeper(
        "filing", filed, filing_reasons, LocalizedText("备案号有效", "Filing number in force"), 40
    )
)
