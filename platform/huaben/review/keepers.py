"""What review answers to the catalogue: two conditions of the gate (approved for exactly these
bytes; labelled if AI-made), the notices beside the player, and a Cut's state for its creator.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from huaben.accounts.exports import Owner, export_part
from huaben.catalog.facts import AiLabel, AiNotice, PlayerNotices, cut_facts, player_notices
from huaben.catalog.gate import Keeper, Reason, register_keeper
from huaben.catalog.models import Cut
from huaben.core.localized import LocalizedText
from huaben.core.types import ValuesRow

from .models import Appeal, Case, CutLabel, Decision
from .presenters.decisions import present_age_notice, present_cut_facts, present_reasons

NEW_VERSION = LocalizedText(
    "按理由修改后提交新的一版", "Change it as the reasons say and hand in a new version"
)
WAIT = LocalizedText("稍候片刻，无需操作", "Wait a little; there is nothing to do")


def approved() -> Q:
    """Cuts whose standing decision approves the very bytes that would be streamed."""
    cases = Case.objects.filter(
        cut=OuterRef("pk"),
        state=Case.State.APPROVED,
        decision__case=F("pk"),
        decision__outcome=Decision.Outcome.APPROVED,
        decision__sha256=OuterRef("asset__sha256"),
        decision__package_sha256=OuterRef("asset__package_sha256"),
    )
    return Q(Exists(cases.exclude(decision__package_sha256="")))


def review_reasons(cut: Cut) -> list[Reason]:
    """The same in words: none, or the one reason against the Cut."""
    case = Case.objects.select_related("decision").filter(cut=cut).first()
    state = case.state if case else Case.State.PROCESSING
    if case is None or state in (Case.State.PROCESSING, Case.State.CHECKING):
        return [_NOT_CHECKED]
    if state == Case.State.FAILED:
        return [_checks_failed(case)]
    if case.is_appealed:
        return [_APPEALED]
    if state in (Case.State.OPEN, Case.State.TAKEN):
        return [_PENDING]
    assert case.decision is not None  # the table's own constraint
    if state == Case.State.REJECTED:
        return [_refused("review_rejected", "未通过审看", "Rejected", case.decision)]
    if state == Case.State.TAKEN_DOWN:
        return [_refused("review_taken_down", "已下架", "Taken down", case.decision)]
    return [] if _approves_bytes_of(case.decision, case, cut) else [_OTHER_BYTES]


_NOT_CHECKED = Reason(
    "review_waiting", LocalizedText("还没有检查完", "It has not been checked yet"), WAIT
)
_PENDING = Reason(
    "review_pending", LocalizedText("等待审看员决定", "Waiting for a moderator"), WAIT
)
_APPEALED = Reason(
    "review_appealed",
    LocalizedText("申诉等待另一位审看员复核", "The appeal waits for another moderator"),
    WAIT,
)
_OTHER_BYTES = Reason(
    "review_other_bytes",
    LocalizedText("文件与批准时的不同", "The file is not the one that was approved"),
    LocalizedText("提交新的一版", "Hand in a new version"),
)


def _checks_failed(case: Case) -> Reason:
    title = (case.problem or {}).get("title") or {
        "zh": "检查没有完成",
        "en": "The checks could not be finished",
    }
    return Reason(
        "review_failed",
        LocalizedText(title["zh"], title["en"]),
        LocalizedText(
            "请审看员重新检查，或提交新的一版",
            "Ask a moderator to check again, or hand in a new version",
        ),
    )


def _refused(code: str, zh: str, en: str, decision: Decision) -> Reason:
    reasons = [reason.text for reason in present_reasons(decision.reasons)]
    joined_zh = "；".join(text.zh for text in reasons)
    joined_en = "; ".join(text.en for text in reasons)
    return Reason(code, LocalizedText(f"{zh}：{joined_zh}", f"{en}: {joined_en}"), NEW_VERSION)


def _approves_bytes_of(decision: Decision, case: Case, cut: Cut) -> bool:
    asset = cut.asset
    return (
        decision.case_id == case.pk
        and decision.outcome == Decision.Outcome.APPROVED
        and asset is not None
        and decision.sha256 == asset.sha256
        and decision.package_sha256 == asset.package_sha256 != ""
    )


def labelled() -> Q:
    """Cuts whose label was read back from these very bytes, with a value where what they are asks
    for one.
    """
    fitting = CutLabel.objects.filter(
        cut=OuterRef("pk"), asset=OuterRef("asset"), sha256=OuterRef("asset__sha256")
    ).filter(
        Q(value="1")
        | Q(value__in=["2", "3"], cut__origin=Cut.Origin.UPLOADED)
        | (Q(value="", cut__origin=Cut.Origin.UPLOADED) & ~Q(cut__declaration=Cut.Declaration.AI))
    )
    return Q(Exists(fitting))


def label_reasons(cut: Cut) -> list[Reason]:
    """The same in words."""
    label = CutLabel.objects.filter(cut=cut).first()
    if label is None:
        return [
            Reason(
                "label_waiting",
                LocalizedText("还没有核对AI标识", "Its AI label has not been checked yet"),
                WAIT,
            )
        ]
    if cut.asset is None or label.asset_id != cut.asset_id or label.sha256 != cut.asset.sha256:
        return [
            Reason(
                "label_other_bytes",
                LocalizedText(
                    "AI标识不是从这个文件读出的", "Its AI label was read from another file"
                ),
                LocalizedText("提交新的一版", "Hand in a new version"),
            )
        ]
    generated = cut.origin == Cut.Origin.GENERATED
    enough = (
        label.value == "1"
        if generated
        else bool(label.value) or cut.declaration != Cut.Declaration.AI
    )
    if enough:
        return []
    return [
        Reason(
            "label_missing",
            LocalizedText("AI生成的作品还没有标识", "It is AI-made and carries no label"),
            LocalizedText("提交新的一版", "Hand in a new version"),
        )
    ]


@player_notices.register("review")
def read_player_notices(cut_ids: Sequence[UUID]) -> dict[UUID, PlayerNotices]:
    """What stands beside the player of each labelled Cut. One query."""
    rows = CutLabel.objects.filter(cut__in=cut_ids).values_list(
        "cut_id",
        "value",
        "notice",
        "cut__review_case__state",
        "cut__review_case__decision__age_notice",
    )
    return {
        cut_id: PlayerNotices(
            ai_notice=AiNotice(cast(AiLabel, value), LocalizedText(**text))
            if value and text
            else None,
            age_notice=present_age_notice(age) if state == Case.State.APPROVED else None,
        )
        for cut_id, value, text, state, age in rows
    }


@export_part("appeals")
def export_appeals(owner: Owner) -> Iterable[ValuesRow]:
    """What somebody wrote against refusals of their Cuts."""
    return Appeal.objects.filter(by=owner.user).values("case__cut", "reason", "created_at")


cut_facts.register("review")(present_cut_facts)
register_keeper(
    Keeper("review", approved, review_reasons, LocalizedText("审看通过", "Approved by review"), 20)
)
register_keeper(
    Keeper("label", labelled, label_reasons, LocalizedText("AI标识已核对", "AI label checked"), 30)
)
