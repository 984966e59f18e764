"""Writes about people's words: what the check makes of them, what a moderator decides, who doubts
them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from huaben.catalog.models import Speech
from huaben.catalog.speech import lock, may_ask, settle, shown
from huaben.core.access import may
from huaben.core.jobs import enqueue_job
from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, NotFound, Problem, Refused
from huaben.core.rooms import publish_event
from huaben.review.models import SpeechDecision, SpeechReport
from huaben.review.reasons import SPEECH_REASONS

if TYPE_CHECKING:
    from moderation.types import Report

State = Speech.State
CHECK_SPEECH = "review.check_speech"

# Why something waits for a person, or was refused without one; its author reads these.
LANGUAGE = LocalizedText(
    "自动查验只懂中文，这句话要等人看过",
    "The automatic check reads Chinese only, so a person will read this first",
)
DOUBT = LocalizedText(
    "自动查验拿不准，要等人看过",
    "The automatic check is not sure, so a person will read this first",
)
UNCHECKED = LocalizedText(
    "自动查验没能完成，要等人看过",
    "The automatic check did not finish; a person will read this first",
)
REPORTED = LocalizedText(
    "有看官提出疑问，先请人看过", "Viewers raised a doubt, so a person will read this again first"
)
ASKED = LocalizedText("已请人再看一遍", "A person will read it again")
TAKEN_FOR_HURTFUL = LocalizedText(
    "自动查验认为这句话可能伤人。它也会看错：可以请人再看一遍",
    "The automatic check takes this for hurtful. It can be wrong: you may ask for a person to "
    "read it",
)
_LANGUAGES = frozenset({"text.language", "remark.language"})


def check_later(*, speech: Speech) -> None:
    """Have a remark checked once this transaction has committed."""
    enqueue_job(CHECK_SPEECH, {"speech_id": str(speech.pk)}, key=str(speech.pk))


def save_verdict(*, speech_id: UUID, report: Report) -> Speech:
    """Let the policy's verdict be: pass → shown, review → held, block → refused. Changes nothing
    once it is settled.
    """
    with transaction.atomic():
        speech = lock(speech_id)
        if speech.state != State.CHECKING:
            return speech
        facts = {"automatic": True, "check": _check_facts(report)}
        if report.verdict == "pass":
            return settle(speech_id=speech_id, state=State.SHOWN, reason=None, facts=facts)
        if report.verdict == "block":
            return settle(
                speech_id=speech_id, state=State.REFUSED, reason=TAKEN_FOR_HURTFUL, facts=facts
            )
        unread_alone = all(one.policy in _LANGUAGES for one in report.findings)
        return _hold(
            speech_id,
            LANGUAGE if unread_alone else DOUBT,
            "language" if unread_alone else "doubt",
            facts,
        )


def hold_unchecked(*, speech_id: UUID) -> None:
    """Have a person read what could not be checked. Changes nothing once it is settled."""
    with transaction.atomic():
        if lock(speech_id).state == State.CHECKING:
            _hold(speech_id, UNCHECKED, "unchecked", {"automatic": True})


def show_speech(*, speech_id: UUID, by: Any) -> Speech:
    """Let a remark be seen, or be seen again. Raises NotFound, Refused for one's own, Conflict when
    it is withdrawn, or is shown and nobody doubts it."""
    with transaction.atomic():
        speech = _lock_for(speech_id, by)
        doubted = speech.reports.filter(answered=False).exists()
        if speech.state != State.SHOWN or not doubted:
            facts = {"automatic": False, "waits": ""}
            speech = settle(speech_id=speech_id, state=State.SHOWN, reason=None, facts=facts)
        # What is shown and doubted stays as it is; its reports are answered.
        return _decided(speech, by=by, outcome=SpeechDecision.Outcome.SHOWN)


def refuse_speech(*, speech_id: UUID, by: Any, reason: str, note: str = "") -> Speech:
    """Keep a remark from being seen, or take it down, with a reason that its author is told.

    Raises Problem for an unknown reason, or ``other`` without a note; otherwise as ``show_speech``.
    """
    words = _reason(reason, note)
    with transaction.atomic():
        speech = _lock_for(speech_id, by)
        facts = {"automatic": False, "waits": ""}
        speech = settle(speech_id=speech_id, state=State.REFUSED, reason=words, facts=facts)
        return _decided(
            speech, by=by, outcome=SpeechDecision.Outcome.REFUSED, reason=reason, note=note.strip()
        )


def report_speech(*, speech_id: UUID, by: Any, reason: str, note: str = "") -> None:
    """Say that something shown should not be. Once for each person; the last one needed by
    ``SPEECH_REPORTS_TO_HOLD`` has it held. Raises NotFound for what is not shown, Refused for one's
    own, Problem for an unknown reason."""
    _reason(reason, note)
    with transaction.atomic():
        speech = Speech.objects.select_for_update().filter(shown(""), pk=speech_id).first()
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
        _, made = SpeechReport.objects.get_or_create(
            speech=speech, by=by, defaults={"reason": reason, "note": note.strip()}
        )
        if not made:
            return
        if speech.reports.filter(answered=False).count() >= settings.SPEECH_REPORTS_TO_HOLD:
            _hold(speech_id, REPORTED, "reports", {"automatic": True})
        else:
            _announce(speech)


def ask_person(*, speech_id: UUID, by: Any) -> Speech:
    """Have a person read what the check alone refused. Raises NotFound for another's, Conflict when
    a person has refused it. What waits already goes on waiting."""
    with transaction.atomic():
        speech = lock(speech_id)
        if not may(by, "review.ask_about_speech", speech):
            raise NotFound
        if speech.state == State.HELD:
            return speech
        if not may_ask(speech):
            raise Conflict(
                "cannot_ask",
                LocalizedText("这句话不能再请人看了", "Nobody can be asked about this any more"),
            )
        return _hold(speech_id, ASKED, "asked", {"automatic": True})


def _hold(speech_id: UUID, reason: LocalizedText, waits: str, facts: Mapping[str, Any]) -> Speech:
    speech = settle(
        speech_id=speech_id, state=State.HELD, reason=reason, facts={**facts, "waits": waits}
    )
    _announce(speech)
    return speech


def _lock_for(speech_id: UUID, by: Any) -> Speech:
    speech = lock(speech_id)
    if not may(by, "review.judge_speech", speech):
        raise Refused(
            "own_speech",
            LocalizedText("不能审看自己说的话", "You cannot decide about your own words"),
        )
    return speech


def _decided(
    speech: Speech, *, by: Any, outcome: SpeechDecision.Outcome, reason: str = "", note: str = ""
) -> Speech:
    SpeechDecision.objects.create(speech=speech, outcome=outcome, by=by, reason=reason, note=note)
    speech.reports.filter(answered=False).update(answered=True)
    _announce(speech)
    return speech


def _announce(speech: Speech) -> None:
    publish_event("review", {"kind": "speech", "id": str(speech.pk), "state": speech.state})


def _reason(code: str, note: str) -> LocalizedText:
    words, note = SPEECH_REASONS.get(code), note.strip()
    if words is None:
        raise _bad(
            "unknown_reason", "reason", LocalizedText("没有这个理由", "There is no such reason")
        )
    if code == "other" and not note:
        raise _bad(
            "note_needed", "note", LocalizedText("请说明是什么理由", "Please say which reason")
        )
    if code == "other":
        return LocalizedText(note, note)
    return LocalizedText(f"{words.zh}：{note}", f"{words.en}: {note}") if note else words


def _check_facts(report: Report) -> dict[str, Any]:
    return {
        "verdict": report.verdict,
        "versions": report.versions,
        "findings": [
            {
                "policy": one.policy,
                "score": one.score,
                "evidence": one.evidence,
                "explanation": one.explanation,
            }
            for one in report.findings
        ],
    }


def _bad(code: str, field: str, title: LocalizedText) -> Problem:
    return Problem(code, title, errors=[{"field": field, "message": title.localized()}])
