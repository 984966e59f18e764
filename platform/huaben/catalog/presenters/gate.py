"""The publishing gate as a checklist."""

from __future__ import annotations

from dataclasses import dataclass

from huaben.core.localized import LocalizedText

from ..gate import keepers, list_reasons_against, may_show
from ..models import Cut


@dataclass(frozen=True)
class GateReason:
    """One thing still in the way."""

    code: str
    source: str
    text: LocalizedText
    fix: LocalizedText


@dataclass(frozen=True)
class GatePassed:
    """One thing done."""

    source: str
    text: LocalizedText


@dataclass(frozen=True)
class GateChecklist:
    """The publishing gate as a checklist."""

    open: bool
    reasons: list[GateReason]
    passed: list[GatePassed]


def present_gate(cut: Cut) -> GateChecklist:
    """The gate as a Cut's creator sees it: what is still in the way, and what is done."""
    against = list_reasons_against(cut)
    sources = {source for source, _ in against}
    return GateChecklist(
        open=may_show(cut.pk),
        reasons=[
            GateReason(code=reason.code, source=source, text=reason.text, fix=reason.fix)
            for source, reason in against
        ],
        passed=[
            GatePassed(source=keeper.source, text=keeper.passed)
            for keeper in keepers()
            if keeper.source not in sources
        ],
    )
