"""Deciding about a case."""

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
from huaben.core.problems import Conflict, Refused
from huaben.core.types import JsonObject
from huaben.media.models import Asset
from huaben.review.keepers import label_reasons
from huaben.review.models import Appeal, Case, Decision
from huaben.review.reasons import AGE_NOTICES

from ..signals import cut_decided
from .cases import announce_case, enqueue_checks, lock_case
from .reasons import clean_reasons, field_problem
from .reservations import lock_case_of_another, lock_reserved_case

State = Case.State


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

    Raises Conflict when the case is not reserved for ``by``, the Cut is not playable, its bytes are
    not the checked ones, its words are others by now, or it needs a label and has none; Problem for
    an unknown age notice.
    """
    if age_notice and age_notice not in AGE_NOTICES:
        raise field_problem(
            "unknown_age_notice",
            "age_notice",
            LocalizedText("没有这种适龄提示", "There is no such age notice"),
        )
    with transaction.atomic():
        case = lock_reserved_case(case_id, by)
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
    """Refuse a Cut, with reasons that its creator sees; they may appeal, and a new Cut starts over.

    Each reason: ``code`` (of ``review.reasons``), and if wanted ``start_ms``, ``end_ms``, ``note``.
    Raises Problem for reasons that are none, unknown or outside the film, Conflict when the case is
    not reserved for ``by``.
    """
    with transaction.atomic():
        case = lock_reserved_case(case_id, by)
        decision = _create_decision(
            case, Decision.Outcome.REJECTED, by=by, reasons=clean_reasons(reasons, case), note=note
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
        case = lock_case_of_another(case_id, by)
        if case.state != State.APPROVED:
            raise Conflict(
                "case_not_approved",
                LocalizedText("只有已通过的才能下架", "Only what is approved can be taken down"),
            )
        decision = _create_decision(
            case,
            Decision.Outcome.TAKEN_DOWN,
            by=by,
            reasons=clean_reasons(reasons, case),
            note=note,
        )
        case.take_down(decision, now=now or timezone.now())
        return _save_decided_case(case, approved=False)


def reopen_case(*, case_id: UUID, by: User, note: str) -> Case:
    """Have what was taken down checked and decided anew, or take back one's own rejection, which
    does the same. The gate stays shut meanwhile.

    Raises Conflict for a case that is neither, Refused ``not_your_rejection`` for another's: their
    word stands until the creator appeals.
    """
    if not note.strip():
        raise field_problem(
            "note_needed",
            "note",
            LocalizedText("请说明为什么重审", "Please say why it is reopened"),
        )
    with transaction.atomic():
        case = lock_case_of_another(case_id, by)
        if case.state not in (State.TAKEN_DOWN, State.REJECTED):
            raise Conflict(
                "case_not_refused",
                LocalizedText(
                    "只有已退回或已下架的才能重审",
                    "Only what was sent back or taken down can be reopened",
                ),
            )
        if not may(by, "review.reopen_case", case):
            raise Refused(
                "not_your_rejection",
                LocalizedText(
                    "只有退回它的审看员能收回；作者可以申诉，由另一位审看员复核",
                    "Only the moderator who sent it back can take that back; its creator may "
                    "appeal, and another moderator reviews it",
                ),
            )
        decision = _create_decision(case, Decision.Outcome.REOPENED, by=by, note=note)
        case.reopen(decision)
        case.save()
        announce_case(case)
        enqueue_checks(case)
    return case


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
    decision = Decision.objects.create(
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
    # Before it becomes the standing one: what it decides is an appeal against that.
    Appeal.objects.filter(decision=case.decision_id, answer=None).update(answer=decision)
    return decision


def _save_decided_case(case: Case, *, approved: bool) -> Case:
    case.save()
    announce_case(case)
    cut_decided.send(sender=Case, cut=case.cut, approved=approved)
    announce_gate_change(series_id=case.cut.episode.series_id)
    return case
