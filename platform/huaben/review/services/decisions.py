"""Taking a case, and deciding about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from huaben.catalog.gate import announce_gate
from huaben.core.access import may
from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, Problem, Refused
from huaben.media.models import Asset
from huaben.review.keepers import label_reasons
from huaben.review.models import Case, Decision
from huaben.review.reasons import AGE_NOTICES, REASONS
from huaben.review.risk import HELD_FOR

from ..signals import cut_decided
from .cases import announce_case, check_later, lock_case

State = Case.State
MOST_REASONS = 50


def take_case(*, case_id: Any, by: Any) -> Case:
    """Take an open case, so that nobody else decides about it. Taking one's own again changes
    nothing.

    A case that its holder has left for ``HELD_FOR`` may be taken over. Raises Conflict
    ``case_taken`` when somebody holds it and ``case_not_open`` when it is decided or not checked
    yet, Refused ``own_series`` for a work of one's own.
    """
    with transaction.atomic():
        case = _lock_for(case_id, by)
        if case.state == State.TAKEN and case.holder_id == by.pk:
            return case
        if (
            case.state == State.TAKEN
            and case.taken_at is not None
            and timezone.now() < case.taken_at + HELD_FOR
        ):
            raise _taken(case)
        if case.state not in (State.OPEN, State.TAKEN):
            raise Conflict(
                "case_not_open",
                LocalizedText("这一件现在不能领取", "This case cannot be taken now"),
            )
        case.take(by)
        case.save()
        announce_case(case)
    return case


def release_case(*, case_id: Any, by: Any) -> Case:
    """Give a case that one holds back to the queue. Raises Conflict when one does not hold it."""
    with transaction.atomic():
        case = _held(case_id, by)
        case.release()
        case.save()
        announce_case(case)
    return case


def approve_case(*, case_id: Any, by: Any, note: str = "", age_notice: str = "") -> Case:
    """Let a Cut be shown: exactly the bytes that were checked.

    Raises Conflict when one does not hold the case, the Cut is not playable, its bytes are not the
    checked ones, or it needs a label and has none; Problem for an unknown age notice.
    """
    if age_notice and age_notice not in AGE_NOTICES:
        raise _bad(
            "unknown_age_notice",
            "age_notice",
            LocalizedText("没有这种适龄提示", "There is no such age notice"),
        )
    with transaction.atomic():
        return _approve(_held(case_id, by), by=by, note=note, age_notice=age_notice)


def approve_automatically(*, case_id: Any) -> Case:
    """The same by the checks alone, for an open case whose verdict is «pass»; the decision is
    marked automatic.

    Raises Conflict for any other, and for one about which anybody has decided before.
    """
    with transaction.atomic():
        case = lock_case(pk=case_id)
        if case.state != State.OPEN or case.verdict != "pass" or case.decision_id is not None:
            raise Conflict(
                "not_automatic", LocalizedText("这一件需要人来看", "This case needs a person")
            )
        return _approve(case, by=None)


def reject_case(
    *, case_id: Any, by: Any, reasons: Sequence[Mapping[str, Any]], note: str = ""
) -> Case:
    """Refuse a Cut for good, with reasons that its creator sees; a new Cut starts over.

    Each reason: ``code`` (of ``REASONS``), and if wanted ``start_ms``, ``end_ms``, ``note``. Raises
    Problem for reasons that are none, unknown or outside the film, Conflict when one does not hold
    the case.
    """
    with transaction.atomic():
        case = _held(case_id, by)
        decision = _decide(
            case, Decision.Outcome.REJECTED, by=by, reasons=_checked(reasons, case), note=note
        )
        case.reject(decision)
        return _decided(case, approved=False)


def take_down_case(
    *, case_id: Any, by: Any, reasons: Sequence[Mapping[str, Any]], note: str = ""
) -> Case:
    """Take an approved Cut down: it is gone everywhere with this commit. Reasons as for
    ``reject_case``.
    """
    with transaction.atomic():
        case = _lock_for(case_id, by)
        if case.state != State.APPROVED:
            raise Conflict(
                "case_not_approved",
                LocalizedText("只有已通过的才能下架", "Only what is approved can be taken down"),
            )
        decision = _decide(
            case, Decision.Outcome.TAKEN_DOWN, by=by, reasons=_checked(reasons, case), note=note
        )
        case.take_down(decision)
        return _decided(case, approved=False)


def reopen_case(*, case_id: Any, by: Any, note: str) -> Case:
    """Have what was taken down checked and decided anew. The gate stays shut meanwhile."""
    if not note.strip():
        raise _bad(
            "note_needed",
            "note",
            LocalizedText("请说明为什么重审", "Please say why it is reopened"),
        )
    with transaction.atomic():
        case = _lock_for(case_id, by)
        if case.state != State.TAKEN_DOWN:
            raise Conflict(
                "case_not_taken_down",
                LocalizedText("只有已下架的才能重审", "Only what was taken down can be reopened"),
            )
        decision = _decide(case, Decision.Outcome.REOPENED, by=by, note=note)
        case.reopen(decision)
        case.save()
        announce_case(case)
        check_later(case)
    return case


def _lock_for(case_id: Any, by: Any) -> Case:
    case = lock_case(pk=case_id)
    if not may(by, "review.decide_case", case):
        raise Refused(
            "own_series",
            LocalizedText("不能审看自己的作品", "You cannot review a work of your own"),
        )
    return case


def _held(case_id: Any, by: Any) -> Case:
    case = _lock_for(case_id, by)
    if case.state == State.TAKEN and case.holder_id != by.pk:
        raise _taken(case)
    if case.state in (State.APPROVED, State.REJECTED, State.TAKEN_DOWN):
        raise Conflict(
            "case_decided", LocalizedText("这一件已经定了", "This case has been decided already")
        )
    if case.state != State.TAKEN:
        raise Conflict(
            "case_not_taken", LocalizedText("请先领取这一件", "Please take the case first")
        )
    return case


def _taken(case: Case) -> Conflict:
    who = case.holder.name if case.holder else ""
    return Conflict(
        "case_taken", LocalizedText(f"{who} 正在审看这一件", f"{who} is reviewing this case")
    )


def _approve(case: Case, *, by: Any, note: str = "", age_notice: str = "") -> Case:
    asset = case.cut.asset
    if asset is None or asset.state != Asset.State.READY or not asset.package_sha256:
        raise Conflict(
            "not_playable", LocalizedText("视频还不能播放", "The video cannot be played yet")
        )
    if (asset.sha256, asset.package_sha256) != (case.sha256, case.package_sha256):
        raise Conflict(
            "bytes_changed",
            LocalizedText(
                "文件与检查过的不同，不能放行",
                "The file is not the one that was checked; it cannot be approved",
            ),
        )
    for reason in label_reasons(case.cut):
        raise Conflict(reason.code, reason.text, detail=reason.fix)
    decision = _decide(case, Decision.Outcome.APPROVED, by=by, note=note, age_notice=age_notice)
    case.approve(decision)
    return _decided(case, approved=True)


def _decide(
    case: Case,
    outcome: Decision.Outcome,
    *,
    by: Any,
    reasons: Sequence[Mapping[str, Any]] = (),
    note: str = "",
    age_notice: str = "",
) -> Decision:
    return Decision.objects.create(
        case=case,
        outcome=outcome,
        by=by,
        automatic=by is None,
        sha256=case.sha256,
        package_sha256=case.package_sha256,
        reasons=list(reasons),
        note=note.strip(),
        age_notice=age_notice,
        versions=case.versions,
    )


def _decided(case: Case, *, approved: bool) -> Case:
    case.save()
    announce_case(case)
    cut_decided.send(sender=Case, cut=case.cut, approved=approved)
    announce_gate(series_id=case.cut.episode.series_id)
    return case


def _checked(reasons: Sequence[Mapping[str, Any]], case: Case) -> list[dict[str, Any]]:
    if not reasons:
        raise _bad(
            "reasons_needed",
            "reasons",
            LocalizedText("请至少给出一条理由", "Please give at least one reason"),
        )
    if len(reasons) > MOST_REASONS:
        raise _bad("too_many_reasons", "reasons", LocalizedText("理由太多了", "Too many reasons"))
    length = case.cut.asset.duration_ms if case.cut.asset else 0
    kept = []
    for index, reason in enumerate(reasons):
        start, end, note = (
            reason.get("start_ms"),
            reason.get("end_ms"),
            (reason.get("note") or "").strip(),
        )
        if reason["code"] not in REASONS:
            raise _bad(
                "unknown_reason",
                "code",
                LocalizedText("没有这个理由", "There is no such reason"),
                index,
            )
        if reason["code"] == "other" and not note:
            raise _bad(
                "note_needed",
                "note",
                LocalizedText("请说明是什么理由", "Please say which reason"),
                index,
            )
        if (start is None) != (end is None) or (
            start is not None and end is not None and not 0 <= start < end <= length
        ):
            raise _bad(
                "bad_span",
                "start_ms",
                LocalizedText("时段不在片内", "The time span is not within the film"),
                index,
            )
        kept.append({"code": reason["code"], "start_ms": start, "end_ms": end, "note": note})
    return kept


def _bad(code: str, field: str, title: LocalizedText, index: int | None = None) -> Problem:
    error: dict[str, Any] = {"field": field, "message": title.localized()}
    if index is not None:
        error["index"] = index
    return Problem(code, title, errors=[error])
