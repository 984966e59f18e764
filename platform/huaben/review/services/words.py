"""New words for what is on stage: checked, and cleared or refused by moderators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from huaben.accounts.models import User
from huaben.catalog.facts import get_filing_facts
from huaben.catalog.models import WordsRevision
from huaben.catalog.services import clear_revision, hold_revision, lock_revision, refuse_revision
from huaben.catalog.words import Kind
from huaben.core.access import may
from huaben.core.jobs import enqueue_job
from huaben.core.localized import LocalizedText
from huaben.core.problems import Refused
from huaben.core.text import text_problem
from huaben.core.types import JsonObject
from huaben.review.reasons import REASONS

if TYPE_CHECKING:
    from moderation.types import Report

CHECK_WORDS = "review.check_words"
State = WordsRevision.State

# Why new words wait for a person; their author reads these.
FILED_TITLE = LocalizedText(
    "剧名已备案，改名要由审看员看过",
    "The title is a filed one, so a moderator reads the new one first",
)
UNKNOWN_LANGUAGE = LocalizedText(
    "自动查验只懂中文，要由审看员看过",
    "The automatic check reads Chinese only, so a moderator will read this first",
)
UNCERTAIN = LocalizedText(
    "自动查验拿不准，要由审看员看过",
    "The automatic check is not sure, so a moderator will read this first",
)
NOT_CHECKED = LocalizedText(
    "自动查验没能完成，要由审看员看过",
    "The automatic check did not finish; a moderator will read this first",
)


def request_words_check(*, revision: WordsRevision) -> None:
    """Have new words checked once this transaction has committed."""
    enqueue_job(CHECK_WORDS, {"revision_id": str(revision.pk)}, key=str(revision.pk))


def save_words_check(*, revision_id: UUID, reports: Sequence[Report]) -> WordsRevision:
    """Clear words that every report lets pass, unless they are the title of a series whose number
    is in force; have a person read all others. Changes nothing once the check is over.
    """
    with transaction.atomic():
        revision = lock_revision(revision_id)
        if revision.state != State.CHECKING:
            return revision
        facts = _check_facts(reports)
        if _changes_filed_title(revision):
            return hold_revision(revision_id=revision_id, reason=FILED_TITLE, facts=facts)
        if facts["verdict"] == "pass":
            return clear_revision(revision_id=revision_id, facts=facts)
        policies = {finding["policy"] for finding in facts["findings"]}
        only_language = all(policy.endswith(".language") for policy in policies)
        reason = UNKNOWN_LANGUAGE if only_language else UNCERTAIN
        return hold_revision(revision_id=revision_id, reason=reason, facts=facts)


def hold_unchecked_words(*, revision_id: UUID) -> None:
    """Have a person read what could not be checked. Changes nothing once the check is over."""
    with transaction.atomic():
        if lock_revision(revision_id).state == State.CHECKING:
            hold_revision(revision_id=revision_id, reason=NOT_CHECKED, facts={})


def approve_words(*, revision_id: UUID, by: User) -> WordsRevision:
    """Put new words on stage. Raises NotFound, Refused ``own_series`` for those of a work of one's
    own, Conflict ``words_settled`` when they are not open any more.
    """
    with transaction.atomic():
        _lock_words_of_another(revision_id, by)
        return clear_revision(revision_id=revision_id, by=by)


def refuse_words(*, revision_id: UUID, by: User, reason: str, note: str = "") -> WordsRevision:
    """Refuse new words with a reason of ``REASONS`` that their author reads; the old ones stay.

    Raises Problem for an unknown reason, or ``other`` without a note; otherwise as
    ``approve_words``.
    """
    text = _reason_text(reason, note.strip())
    with transaction.atomic():
        _lock_words_of_another(revision_id, by)
        return refuse_revision(revision_id=revision_id, by=by, reason=text)


def _lock_words_of_another(revision_id: UUID, by: User) -> None:
    if not may(by, "review.decide_words", lock_revision(revision_id)):
        raise Refused(
            "own_series",
            LocalizedText("不能审看自己的作品", "You cannot review a work of your own"),
        )


def _changes_filed_title(revision: WordsRevision) -> bool:
    if revision.kind != Kind.SERIES or revision.words[0] == revision.before[0]:
        return False
    return revision.series_id in get_filing_facts([revision.series_id])


def _reason_text(code: str, note: str) -> LocalizedText:
    text = REASONS.get(code)
    if text is None:
        title = LocalizedText("没有这个理由", "There is no such reason")
        raise text_problem("unknown_reason", "reason", title)
    if code == "other" and not note:
        title = LocalizedText("请说明是什么理由", "Please say which reason")
        raise text_problem("note_needed", "note", title)
    if code == "other":
        return LocalizedText(note, note)
    return LocalizedText(f"{text.zh}：{note}", f"{text.en}: {note}") if note else text


def _check_facts(reports: Sequence[Report]) -> JsonObject:
    order = ("pass", "review", "block")
    return {
        "verdict": max((report.verdict for report in reports), key=order.index, default="review"),
        "versions": reports[0].versions if reports else {},
        "findings": [
            {
                "policy": finding.policy,
                "score": finding.score,
                "evidence": finding.evidence,
                "explanation": finding.explanation,
            }
            for report in reports
            for finding in report.findings
        ],
    }
