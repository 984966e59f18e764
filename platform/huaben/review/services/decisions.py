"""Taking a case, and deciding about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from huaben.accounts.models import User
from huaben.catalog.gate import announce_gate_change
from huaben.catalog.services import clear_words, lock_words
from huaben.catalog.words import ObjectWords, list_cut_words, words_digest
from huaben.core.access import may
from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, FieldError, Problem, Refused
from huaben.core.types import JsonObject
from huaben.media.models import Asset
from huaben.review.keepers import label_reasons
from huaben.review.models import Case, Decision
from huaben.review.reasons import AGE_NOTICES, REASONS
from huaben.review.risk import HOLD_TIMEOUT

from ..signals import cut_decided
from .cases import announce_case, enqueue_checks, lock_case

State = Case.State
MAX_REASONS = 50


def take_case(*, case_id: UUID, by: User, now: datetime | None = None) -> Case:
    """Take an open case, so that nobody else decides about it. Taking one's own again changes
    nothing.

    A case that its holder has left for ``HOLD_TIMEOUT`` may be taken over. Raises Conflict
    ``case_taken`` when somebody holds it and ``case_not_open`` when it is decided or not checked
    yet, Refused ``own_series`` for a work of one's own.
    """
    now = now or timezone.now()
    with transaction.atomic():
        case = _lock_case_of_another(case_id, by)
        if case.state == State.TAKEN and case.holder_id == by.pk:
            return case
        if (
            case.state == State.TAKEN
            and case.taken_at is not None
            and now < case.taken_at + HOLD_TIMEOUT
        ):
            raise _case_taken(case)
        if case.state not in (State.OPEN, State.TAKEN):
            raise Conflict(
                "case_not_open",
                LocalizedText("这一件现在不能领取", "This case cannot be taken now"),
            )
        case.take(by, now=now)
        case.save()
        announce_case(case)
    return case


def release_case(*, case_id: UUID, by: User) -> Case:
    """Give a case that one holds back to the queue. Raises Conflict when one does not hold it."""
    with transaction.atomic():
        case = _lock_held_case(case_id, by)
        case.release()
        case.save()
        announce_case(case)
    return case


def approve_case(
    *,
    case_id: UUID,
    by: User,
    words_sha256: str,
    note: str = "",
    age_notice: str = "",
    now: datetime | None = None,
) -> Case:
    """Let a Cut be shown: exactly the bytes that were checked, with exactly the words of which
    ``words_sha256`` is the ``catalog.words.words_digest``.

    Raises Conflict when one does not hold the case, the Cut is not playable, its bytes are not the
    checked ones, its words are others by now, or it needs a label and has none; Problem for an
    unknown age notice.
    """
    if age_notice and age_notice not in AGE_NOTICES:
        raise _field_problem(
            "unknown_age_notice",
            "age_notice",
            LocalizedText("没有这种适龄提示", "There is no such age notice"),
        )
    with transaction.atomic():
        case = _lock_held_case(case_id, by)
        return _approve(
            case,
            by=by,
            words_sha256=words_sha256,
            note=note,
            age_notice=age_notice,
            now=now or timezone.now(),
        )


def approve_automatically(*, case_id: UUID, now: datetime | None = None) -> Case:
    """The same by the checks alone, for an open case whose verdict is «pass» and whose words are
    those that the checks read; the decision is marked automatic.

    Raises Conflict for any other, and for one about which anybody has decided before.
    """
    with transaction.atomic():
        case = lock_case(case_id)
        if case.state != State.OPEN or case.verdict != "pass" or case.decision_id is not None:
            raise Conflict(
                "not_automatic", LocalizedText("这一件需要人来看", "This case needs a person")
            )
        return _approve(case, by=None, words_sha256=case.words_sha256, now=now or timezone.now())


def reject_case(
    *,
    case_id: UUID,
    by: User,
    reasons: Sequence[JsonObject],
    note: str = "",
    now: datetime | None = None,
) -> Case:
    """Refuse a Cut for good, with reasons that its creator sees; a new Cut starts over.

    Each reason: ``code`` (of ``REASONS``), and if wanted ``start_ms``, ``end_ms``, ``note``. Raises
    Problem for reasons that are none, unknown or outside the film, Conflict when one does not hold
    the case.
    """
    with transaction.atomic():
        case = _lock_held_case(case_id, by)
        decision = _create_decision(
            case, Decision.Outcome.REJECTED, by=by, reasons=_clean_reasons(reasons, case), note=note
        )
        case.reject(decision, now=now or timezone.now())
        return _save_decided_case(case, approved=False)


def take_down_case(
    *,
    case_id: UUID,
    by: User,
    reasons: Sequence[JsonObject],
    note: str = "",
    now: datetime | None = None,
) -> Case:
    """Take an approved Cut down: it is gone everywhere with this commit. Reasons as for
    ``reject_case``.
    """
    with transaction.atomic():
        case = _lock_case_of_another(case_id, by)
        if case.state != State.APPROVED:
            raise Conflict(
                "case_not_approved",
                LocalizedText("只有已通过的才能下架", "Only what is approved can be taken down"),
            )
        decision = _create_decision(
            case,
            Decision.Outcome.TAKEN_DOWN,
            by=by,
            reasons=_clean_reasons(reasons, case),
            note=note,
        )
        case.take_down(decision, now=now or timezone.now())
        return _save_decided_case(case, approved=False)


def reopen_case(*, case_id: UUID, by: User, note: str) -> Case:
    """Have what was taken down checked and decided anew. The gate stays shut meanwhile."""
    if not note.strip():
        raise _field_problem(
            "note_needed",
            "note",
            LocalizedText("请说明为什么重审", "Please say why it is reopened"),
        )
    with transaction.atomic():
        case = _lock_case_of_another(case_id, by)
        if case.state != State.TAKEN_DOWN:
            raise Conflict(
                "case_not_taken_down",
                LocalizedText("只有已下架的才能重审", "Only what was taken down can be reopened"),
            )
        decision = _create_decision(case, Decision.Outcome.REOPENED, by=by, note=note)
        case.reopen(decision)
        case.save()
        announce_case(case)
        enqueue_checks(case)
    return case


def _lock_case_of_another(case_id: UUID, by: User) -> Case:
    case = lock_case(case_id)
    if not may(by, "review.decide_case", case):
        raise Refused(
            "own_series",
            LocalizedText("不能审看自己的作品", "You cannot review a work of your own"),
        )
    return case


def _lock_held_case(case_id: UUID, by: User) -> Case:
    case = _lock_case_of_another(case_id, by)
    if case.state == State.TAKEN and case.holder_id != by.pk:
        raise _case_taken(case)
    if case.state in (State.APPROVED, State.REJECTED, State.TAKEN_DOWN):
        raise Conflict(
            "case_decided", LocalizedText("这一件已经定了", "This case has been decided already")
        )
    if case.state != State.TAKEN:
        raise Conflict(
            "case_not_taken", LocalizedText("请先领取这一件", "Please take the case first")
        )
    return case


def _case_taken(case: Case) -> Conflict:
    who = case.holder.name if case.holder else ""
    return Conflict(
        "case_taken", LocalizedText(f"{who} 正在审看这一件", f"{who} is reviewing this case")
    )


def _approve(
    case: Case,
    *,
    by: User | None,
    words_sha256: str,
    note: str = "",
    age_notice: str = "",
    now: datetime,
) -> Case:
    # Before anything is published: whoever writes words holds this lock when they publish.
    lock_words(case.cut.episode.series_id)
    words = list_cut_words(case.cut)
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
    if words_digest(words) != words_sha256:
        raise Conflict(
            "words_changed",
            LocalizedText("你读的时候，文字改了", "The words changed while you read"),
            detail=LocalizedText(
                "没有作任何决定；请再看一遍标题、简介与选择",
                "Nothing was decided; please look at titles, synopsis and choices again",
            ),
        )
    for reason in label_reasons(case.cut):
        raise Conflict(reason.code, reason.text, detail=reason.fix)
    clear_words(entries=words)
    decision = _create_decision(
        case, Decision.Outcome.APPROVED, by=by, words=words, note=note, age_notice=age_notice
    )
    case.approve(decision, now=now)
    return _save_decided_case(case, approved=True)


def _create_decision(
    case: Case,
    outcome: Decision.Outcome,
    *,
    by: User | None,
    words: Sequence[ObjectWords] | None = None,
    reasons: Sequence[JsonObject] = (),
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
        words=[
            {"kind": entry.kind.value, "object_id": str(entry.object_id), "words": entry.words}
            for entry in (list_cut_words(case.cut) if words is None else words)
        ],
        reasons=list(reasons),
        note=note.strip(),
        age_notice=age_notice,
        versions=case.versions,
    )


def _save_decided_case(case: Case, *, approved: bool) -> Case:
    case.save()
    announce_case(case)
    cut_decided.send(sender=Case, cut=case.cut, approved=approved)
    announce_gate_change(series_id=case.cut.episode.series_id)
    return case


def _clean_reasons(reasons: Sequence[JsonObject], case: Case) -> list[JsonObject]:
    if not reasons:
        raise _field_problem(
            "reasons_needed",
            "reasons",
            LocalizedText("请至少给出一条理由", "Please give at least one reason"),
        )
    if len(reasons) > MAX_REASONS:
        raise _field_problem(
            "too_many_reasons", "reasons", LocalizedText("理由太多了", "Too many reasons")
        )
    duration_ms = case.cut.asset.duration_ms if case.cut.asset else 0
    return [_clean_reason(reason, index, duration_ms) for index, reason in enumerate(reasons)]


def _clean_reason(reason: JsonObject, index: int, duration_ms: int) -> JsonObject:
    start, end = reason.get("start_ms"), reason.get("end_ms")
    note = (reason.get("note") or "").strip()
    if reason["code"] not in REASONS:
        raise _field_problem(
            "unknown_reason",
            "code",
            LocalizedText("没有这个理由", "There is no such reason"),
            index,
        )
    if reason["code"] == "other" and not note:
        raise _field_problem(
            "note_needed",
            "note",
            LocalizedText("请说明是什么理由", "Please say which reason"),
            index,
        )
    if not _is_span_within(start, end, duration_ms):
        raise _field_problem(
            "bad_span",
            "start_ms",
            LocalizedText("时段不在片内", "The time span is not within the film"),
            index,
        )
    return {"code": reason["code"], "start_ms": start, "end_ms": end, "note": note}


def _is_span_within(start: int | None, end: int | None, duration_ms: int) -> bool:
    if start is None or end is None:
        return start is None and end is None
    return 0 <= start < end <= duration_ms


def _field_problem(
    code: str, field: str, title: LocalizedText, index: int | None = None
) -> Problem:
    error: FieldError = {"field": field, "message": title.localized()}
    if index is not None:
        error["index"] = index
    return Problem(code, title, errors=[error])
