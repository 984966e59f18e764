"""What people say, as its readers, its author and moderators see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from django.utils import timezone

from huaben.accounts.models import User
from huaben.accounts.presenters import Person, present_person
from huaben.catalog.models import Episode, Series
from huaben.core.access import may
from huaben.core.localized import LocalizedText
from huaben.core.responses import described
from huaben.core.types import JsonObject, Requester

from .contexts import SpeechContext, get_speech_contexts
from .models import NeverChange, NeverPhrase, Speech, SpeechDecision, SpeechReport
from .policy_names import explanation, never_categories, policy_name
from .reasons import SPEECH_REASONS
from .selectors import is_new_account, may_request_review

if TYPE_CHECKING:  # it loads the engine
    from .never_list import ListedPhrase

ANONYMOUS = LocalizedText("匿名看官", "Someone in the audience")
HoldCause = Literal["", "language", "doubt", "unchecked", "reports", "asked"]


@dataclass(frozen=True, kw_only=True)
class SpeechCard:
    """What somebody said. Others only ever get what is shown."""

    id: UUID
    author: Person
    text: str
    state: Speech.State
    reason: LocalizedText | None = field(
        metadata=described("Why it is held or was refused; its author alone reads this.")
    )
    mine: bool
    may_request_review: bool = field(
        metadata=described(
            "Refused by the check alone: its author may ask for a person to read it."
        )
    )
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class SpeechReason:
    """A reason with its text."""

    code: str
    text: LocalizedText


@dataclass(frozen=True, kw_only=True)
class SpeechSeries:
    """The series under which something was said."""

    id: UUID
    title: str
    language: Literal["zh", "en"]


@dataclass(frozen=True, kw_only=True)
class SpeechEpisode:
    """The episode under which something was said."""

    id: UUID
    number: int
    title: str


@dataclass(frozen=True, kw_only=True)
class SpeechFinding:
    """One thing that the check saw in a text."""

    policy: str
    policy_name: LocalizedText
    score: float
    evidence: str
    explanation: LocalizedText


@dataclass(frozen=True, kw_only=True)
class SpeechReportCard:
    """One reader's report; by whom is nobody's business."""

    reason: SpeechReason
    note: str
    is_new_account: bool = field(
        metadata=described("Its sender's account is so young that it counts for nothing by itself.")
    )


@dataclass(frozen=True, kw_only=True)
class SpeechDecisionCard:
    """What a moderator decided about a text."""

    outcome: SpeechDecision.Outcome
    by: Person
    reason: SpeechReason | None
    note: str
    decided_at: datetime


@dataclass(frozen=True, kw_only=True)
class ModeratedSpeech:
    """What somebody said, with everything that a moderator decides from."""

    id: UUID
    kind: str = field(metadata=described("comment, danmaku, proposal."))
    text: str
    state: Speech.State
    reason: LocalizedText | None = field(metadata=described("What its author reads."))
    waits: HoldCause = field(metadata=described("Why it waits for a person."))
    author: Person
    series: SpeechSeries
    episode: SpeechEpisode | None
    position_ms: int | None
    in_reply_to: str = field(metadata=described("The text that it answers."))
    verdict: Literal["", "pass", "review", "block"]
    findings: list[SpeechFinding]
    reports: list[SpeechReportCard] = field(
        metadata=described("Those that nobody has answered yet.")
    )
    decisions: list[SpeechDecisionCard]
    may_decide: bool = field(metadata=described("False for one's own."))
    created_at: datetime
    settled_at: datetime | None


def present_author(user: User) -> Person:
    """Who spoke, as others see them; a closed account is nobody in particular."""
    if not user.is_active:
        return Person(id=user.pk, handle="", display_name=ANONYMOUS.localized())
    return present_person(user)


def present_speech(speech: Speech, user: Requester) -> SpeechCard:
    """A text as pages show it to ``user``. Its author must be loaded."""
    mine = bool(user.is_authenticated and speech.author_id == user.pk)
    return SpeechCard(
        id=speech.pk,
        author=present_author(speech.author),
        text=speech.text,
        state=Speech.State(speech.state),
        reason=_stored_text(speech.reason) if mine else None,
        mine=mine,
        may_request_review=mine and may_request_review(speech),
        created_at=speech.created_at,
    )


def present_speech_reasons() -> list[SpeechReason]:
    """Every reason for which a text may be refused or reported."""
    return [SpeechReason(code=code, text=text) for code, text in SPEECH_REASONS.items()]


def present_moderated_speech(found: Sequence[Speech], user: Requester) -> list[ModeratedSpeech]:
    """Texts of ``selectors.moderated_speech()`` as moderators see them; one query more for each
    kind among them.
    """
    contexts = get_speech_contexts(found)
    return [_moderated(speech, contexts.get(speech.pk, SpeechContext()), user) for speech in found]


def _moderated(speech: Speech, context: SpeechContext, user: Requester) -> ModeratedSpeech:
    check: JsonObject = speech.facts.get("check") or {}
    return ModeratedSpeech(
        id=speech.pk,
        kind=speech.kind,
        text=speech.text,
        state=Speech.State(speech.state),
        reason=_stored_text(speech.reason),
        waits=speech.facts.get("waits", "") if speech.state == Speech.State.HELD else "",
        author=present_person(speech.author),
        series=_series(speech.series),
        episode=_episode(context.episode) if context.episode else None,
        position_ms=context.position_ms,
        in_reply_to=context.in_reply_to,
        verdict=check.get("verdict", ""),
        findings=[_finding(finding) for finding in check.get("findings", [])],
        reports=[_report(report) for report in speech.reports.all()],
        decisions=[_decision(decision) for decision in speech.decisions.all()],
        may_decide=may(user, "speech.decide_speech", speech),
        created_at=speech.created_at,
        settled_at=speech.settled_at,
    )


def _series(series: Series) -> SpeechSeries:
    return SpeechSeries(
        id=series.pk, title=series.title, language="en" if series.language == "en" else "zh"
    )


def _episode(episode: Episode) -> SpeechEpisode:
    return SpeechEpisode(id=episode.pk, number=episode.number, title=episode.title)


def _finding(stored: JsonObject) -> SpeechFinding:
    return SpeechFinding(
        policy=stored["policy"],
        policy_name=policy_name(stored["policy"]),
        score=stored["score"],
        evidence=stored["evidence"],
        explanation=explanation(stored["explanation"], stored["policy"]),
    )


def _report(report: SpeechReport) -> SpeechReportCard:
    return SpeechReportCard(
        reason=_reason(report.reason),
        note=report.note,
        is_new_account=is_new_account(report.by, now=timezone.now()),
    )


def _decision(decision: SpeechDecision) -> SpeechDecisionCard:
    return SpeechDecisionCard(
        outcome=SpeechDecision.Outcome(decision.outcome),
        by=present_person(decision.by),
        reason=_reason(decision.reason) if decision.reason else None,
        note=decision.note,
        decided_at=decision.created_at,
    )


def _reason(code: str) -> SpeechReason:
    return SpeechReason(code=code, text=SPEECH_REASONS[code])


def _stored_text(stored: JsonObject | None) -> LocalizedText | None:
    return LocalizedText(**stored) if stored else None


@dataclass(frozen=True, kw_only=True)
class NeverPhraseCard:
    """A phrase that never appears in public before a person has read it."""

    id: UUID
    phrase: str
    category: str
    category_name: LocalizedText
    language: NeverPhrase.Language
    form: NeverPhrase.Form
    exceptions: list[str]
    quotable: bool
    effective: date | None
    until: date | None
    shipped: bool = field(metadata=described("Of the list that comes with the engine."))
    retired: bool
    changed_by: str | None = field(metadata=described("Who added or retired it."))
    changed_at: datetime | None
    reason: str = field(metadata=described("Why it was added or retired."))


@dataclass(frozen=True)
class NeverChangeDetails:
    """What an operator did with the list; the newest one names its version."""

    version: str
    action: NeverChange.Action
    phrase: str
    category_name: LocalizedText
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class NeverCategory:
    """A kind of what never appears."""

    code: str
    name: LocalizedText


@dataclass(frozen=True)
class NeverListSummary:
    """The list as a whole."""

    version: str
    entry_count: int = field(metadata=described("In the list, in force today or not."))
    categories: list[NeverCategory]


def present_never_phrase(listed: ListedPhrase) -> NeverPhraseCard:
    """A line of the operators' list."""
    entry, change = listed.entry, listed.change
    return NeverPhraseCard(
        id=listed.id,
        phrase=entry.phrase,
        category=entry.category,
        category_name=policy_name(f"never.{entry.category}"),
        language=NeverPhrase.Language(entry.language),
        form=NeverPhrase.Form(entry.form),
        exceptions=list(entry.exceptions),
        quotable=entry.quotable,
        effective=entry.effective,
        until=entry.until,
        shipped=listed.shipped,
        retired=listed.retired,
        changed_by=change.by.name if change else None,
        changed_at=change.created_at if change else None,
        reason=change.reason if change else "",
    )


def present_never_change(change: NeverChange, version: str) -> NeverChangeDetails:
    return NeverChangeDetails(
        version=version,
        action=NeverChange.Action(change.action),
        phrase=change.phrase.phrase,
        category_name=policy_name(f"never.{change.phrase.category}"),
        reason=change.reason,
        by=change.by.name,
        at=change.created_at,
    )


def present_never_list(version: str, entry_count: int) -> NeverListSummary:
    """The list as a whole, with the categories that an entry may have."""
    return NeverListSummary(
        version=version,
        entry_count=entry_count,
        categories=[
            NeverCategory(code=code, name=name) for code, name in never_categories().items()
        ],
    )
