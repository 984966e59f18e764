"""What becomes of a text: by the automatic check, by moderators, by readers' reports."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction

from huaben.accounts.models import User
from huaben.core.access import may
from huaben.core.jobs import enqueue_job
from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, NotFound, Problem, Refused
from huaben.core.rooms import publish_event
from huaben.core.types import JsonObject

from ..models import Speech, SpeechDecision, SpeechReport
from ..reasons import SPEECH_REASONS
from ..selectors import count_weighty_reports, is_public, may_request_review
from .submission import lock_speech, set_speech_state

if TYPE_CHECKING:
    from moderation.types import Report

State = Speech.State
CHECK_SPEECH = "speech.check_speech"

# Why a text waits for a person, or was refused without one; its author reads these.
UNKNOWN_LANGUAGE = LocalizedText(
    "自动查验只懂中文，这句话要等人看过",
    "The automatic check reads Chinese only, so a person will read this first",
)
UNCERTAIN = LocalizedText(
    "自动查验拿不准，要等人看过",
    "The automatic check is not sure, so a person will read this first",
)
NOT_CHECKED = LocalizedText(
    "自动查验没能完成，要等人看过",
    "The automatic check did not finish; a person will read this first",
)
REPORTED = LocalizedText(
    "有看官提出疑问，先请人看过", "Viewers raised a doubt, so a person will read this again first"
)
REVIEW_REQUESTED = LocalizedText("已请人再看一遍", "A person will read it again")
PROBABLY_HURTFUL = LocalizedText(
    "自动查验认为这句话可能伤人。它也会看错：可以请人再看一遍",
    "The automatic check takes this for hurtful. It can be wrong: you may ask for a person to "
    "read it",
)
_LANGUAGE_POLICIES = frozenset({"text.language", "remark.language"})


def request_check(*, speech: Speech) -> None:
    """Have a text checked once this transaction has committed."""
    enqueue_job(CHECK_SPEECH, {"speech_id": str(speech.pk)}, key=str(speech.pk))


def save_check_result(*, speech_id: UUID, report: Report) -> Speech:
    """Apply the check's verdict: pass → shown, review → held, block → refused. Changes nothing
    once it is settled.
    """
    with transaction.atomic():
        speech = lock_speech(speech_id)
        if speech.state != State.CHECKING:
            return speech
        facts = {"automatic": True, "check": _check_facts(report)}
        if report.verdict == "pass":
            return set_speech_state(
                speech_id=speech_id, state=State.SHOWN, reason=None, facts=facts
            )
        if report.verdict == "block":
            return set_speech_state(
                speech_id=speech_id, state=State.REFUSED, reason=PROBABLY_HURTFUL, facts=facts
            )
        only_language = all(finding.policy in _LANGUAGE_POLICIES for finding in report.findings)
        return _hold(
            speech_id,
            UNKNOWN_LANGUAGE if only_language else UNCERTAIN,
            "language" if only_language else "doubt",
            facts,
        )


def hold_unchecked(*, speech_id: UUID) -> None:
    """Have a person read what could not be checked. Changes nothing once it is settled."""
    with transaction.atomic():
        if lock_speech(speech_id).state == State.CHECKING:
            _hold(speech_id, NOT_CHECKED, "unchecked", {"automatic": True})


def show_speech(*, speech_id: UUID, by: User) -> Speech:
    """Show a text, or show it again. Raises NotFound, Refused for one's own, Conflict when
    it is withdrawn, or is shown and nobody has reported it."""
    with transaction.atomic():
        speech = _lock_to_decide(speech_id, by)
        reported = speech.reports.filter(answered=False).exists()
        if speech.state != State.SHOWN or not reported:
            facts = {"automatic": False, "waits": ""}
            speech = set_speech_state(
                speech_id=speech_id, state=State.SHOWN, reason=None, facts=facts
            )
        # What is shown and reported stays as it is; its reports are answered.
        return _save_decision(speech, by=by, outcome=SpeechDecision.Outcome.SHOWN)


def refuse_speech(*, speech_id: UUID, by: User, reason: str, note: str = "") -> Speech:
    """Refuse a text, or take it down, with a reason that its author reads.

    Raises Problem for an unknown reason, or ``other`` without a note; otherwise as ``show_speech``.
    """
    reason_text = _check_reason(reason, note)
    with transaction.atomic():
        speech = _lock_to_decide(speech_id, by)
        facts = {"automatic": False, "waits": ""}
        speech = set_speech_state(
            speech_id=speech_id, state=State.REFUSED, reason=reason_text, facts=facts
        )
        return _save_decision(
            speech, by=by, outcome=SpeechDecision.Outcome.REFUSED, reason=reason, note=note.strip()
        )


def report_speech(
    *, speech_id: UUID, by: User, reason: str, note: str = "", network: str = ""
) -> None:
    """Report a text that is shown. Once for each person; the report that reaches
    ``SPEECH_REPORTS_TO_HOLD`` has it held, by what reports weigh (``count_weighty_reports``); a
    moderator sees all. ``network``: of ``network_digest``. Raises NotFound for what is not shown,
    Refused for one's own, Problem for an unknown reason."""
    _check_reason(reason, note)
    with transaction.atomic():
        speech = Speech.objects.select_for_update().filter(is_public(""), pk=speech_id).first()
        if speech is None:
            # Whoever has reported it already need not know what became of it.
            if SpeechReport.objects.filter(speech=speech_id, by=by).exists():
                return
            raise NotFound
        if speech.author_id == by.pk:
            raise Refused(
                "own_speech",
                LocalizedText("自己的话可以直接撤回", "You can simply take back what you said"),
            )
        _, created = SpeechReport.objects.get_or_create(
            speech=speech,
            by=by,
            defaults={"reason": reason, "note": note.strip(), "network": network},
        )
        if not created:
            return
        if count_weighty_reports(speech) >= settings.SPEECH_REPORTS_TO_HOLD:
            _hold(speech_id, REPORTED, "reports", {"automatic": True})
        else:
            _publish_to_queue(speech)


def request_review(*, speech_id: UUID, by: User) -> Speech:
    """Have a person read what the check alone refused. Raises NotFound for another's, Conflict when
    a person has refused it. What waits already goes on waiting."""
    with transaction.atomic():
        speech = lock_speech(speech_id)
        if not may(by, "speech.request_review", speech):
            raise NotFound
        if speech.state == State.HELD:
            return speech
        if not may_request_review(speech):
            raise Conflict(
                "cannot_ask",
                LocalizedText("这句话不能再请人看了", "Nobody can be asked about this any more"),
            )
        return _hold(speech_id, REVIEW_REQUESTED, "asked", {"automatic": True})


def _hold(speech_id: UUID, reason: LocalizedText, waits: str, facts: JsonObject) -> Speech:
    speech = set_speech_state(
        speech_id=speech_id, state=State.HELD, reason=reason, facts={**facts, "waits": waits}
    )
    _publish_to_queue(speech)
    return speech


def _lock_to_decide(speech_id: UUID, by: User) -> Speech:
    speech = lock_speech(speech_id)
    if not may(by, "speech.decide_speech", speech):
        raise Refused(
            "own_speech",
            LocalizedText("不能审看自己说的话", "You cannot decide about your own words"),
        )
    return speech


def _save_decision(
    speech: Speech, *, by: User, outcome: SpeechDecision.Outcome, reason: str = "", note: str = ""
) -> Speech:
    SpeechDecision.objects.create(speech=speech, outcome=outcome, by=by, reason=reason, note=note)
    speech.reports.filter(answered=False).update(answered=True)
    _publish_to_queue(speech)
    return speech


def _publish_to_queue(speech: Speech) -> None:
    publish_event("speech_queue", {"kind": "speech", "id": str(speech.pk), "state": speech.state})


def _check_reason(code: str, note: str) -> LocalizedText:
    text, note = SPEECH_REASONS.get(code), note.strip()
    if text is None:
        raise _bad(
            "unknown_reason", "reason", LocalizedText("没有这个理由", "There is no such reason")
        )
    if code == "other" and not note:
        raise _bad(
            "note_needed", "note", LocalizedText("请说明是什么理由", "Please say which reason")
        )
    if code == "other":
        return LocalizedText(note, note)
    return LocalizedText(f"{text.zh}：{note}", f"{text.en}: {note}") if note else text


def _check_facts(report: Report) -> JsonObject:
    return {
        "verdict": report.verdict,
        "versions": report.versions,
        "findings": [
            {
                "policy": finding.policy,
                "score": finding.score,
                "evidence": finding.evidence,
                "explanation": finding.explanation,
            }
            for finding in report.findings
        ],
    }


def _bad(code: str, field: str, title: LocalizedText) -> Problem:
    return Problem(code, title, errors=[{"field": field, "message": title.localized()}])
