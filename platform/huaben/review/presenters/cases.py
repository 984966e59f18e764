"""What answers about cases look like."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, cast
from uuid import UUID

from huaben.accounts.presenters import Person, present_person
from huaben.catalog.facts import (
    AiNotice,
    CutAppeal,
    get_player_notices,
)
from huaben.catalog.models import Cut
from huaben.catalog.presenters import (
    GateChecklist,
    Playback,
    WordsField,
    present_gate,
    present_preview,
)
from huaben.catalog.words import FIELDS, Kind, ObjectWords, list_cut_words, words_digest
from huaben.core.access import may
from huaben.core.localized import LocalizedText
from huaben.core.presenters import JobError
from huaben.core.responses import described
from huaben.core.types import JsonObject, JsonValue
from huaben.media.models import Asset
from huaben.media.playback import Previewer
from huaben.media.selectors import get_preview_playback

from ..models import Case, CutLabel, Decision, Finding
from ..policy_names import explain_finding, policy_name
from ..selectors import (
    get_label,
    get_standing_appeals,
    list_earlier_decisions,
)
from .decisions import DecisionDetails, present_appeal, present_decision

NO_TRANSCRIPT = LocalizedText("没有文字稿：请听", "No transcript: listen")


MAX_TOP_POLICIES = 3


@dataclass(frozen=True)
class CaseCut:
    """The version under review."""

    id: UUID
    number: int
    origin: Cut.Origin
    declaration: Cut.Declaration
    sha256: str
    duration_ms: int
    created_at: datetime


@dataclass(frozen=True)
class CaseSeries:
    """The series that a case belongs to."""

    id: UUID
    title: str
    synopsis: str
    language: Literal["zh", "en"]


@dataclass(frozen=True)
class CaseEpisode:
    """The episode that a case belongs to."""

    id: UUID
    number: int
    title: str


@dataclass(frozen=True, kw_only=True)
class CaseCard:
    """A case in the queue."""

    id: UUID
    state: Case.State
    verdict: Literal["", "pass", "review", "block"]
    risk: float = field(metadata=described("0–1."))
    cut: CaseCut
    series: CaseSeries
    episode: CaseEpisode
    creator: Person
    poster_url: str | None
    reviewer: Person | None
    may_decide: bool = field(
        metadata=described("False for a work of one's own, and an appeal against one's own word.")
    )
    is_appealed: bool = field(
        metadata=described("Its creator appealed: it waits for another moderator.")
    )
    outcome: Decision.Outcome | None = field(metadata=described("Of the decision that stands."))
    decided_by: Person | None = field(metadata=described("Null: nobody, or the checks alone."))
    automatic: bool = field(metadata=described("Decided by the checks alone."))
    finding_count: int
    top_policies: list[LocalizedText] = field(
        metadata=described("Names of the gravest findings, at most three.")
    )
    problem: JobError | None = field(metadata=described("Why it failed."))
    opened_at: datetime | None
    due_at: datetime | None
    decided_at: datetime | None


@dataclass(frozen=True)
class FindingDetails:
    """One thing that the checks saw."""

    id: UUID
    policy: str
    policy_name: LocalizedText
    channel: Finding.Channel
    score: float
    start_ms: int | None
    end_ms: int | None
    evidence: str
    explanation: LocalizedText


@dataclass(frozen=True)
class SpokenLine:
    """One line of the script; times are null where it has none."""

    start_ms: int | None
    end_ms: int | None
    speaker: str
    text: str


@dataclass(frozen=True)
class ExplicitMark:
    """The mark on the starting frames, as the search saw it: ``not_seen`` is no proof that there is
    none.
    """

    state: Literal["seen", "not_seen", "not_checked"]
    seconds: float
    height_ratio: float = field(metadata=described("Of the shortest side."))
    likeness: float = field(metadata=described("0–1, as the search saw it."))
    reported: JsonValue = field(metadata=described("What its maker says of it; null: nothing."))


@dataclass(frozen=True)
class FileProvenance:
    """The C2PA manifest that a file came with. A label that is written later drops it."""

    state: Literal["absent", "valid", "invalid", "not_supported"]
    trusted: bool
    problems: list[str]
    issuer: str
    source_type: str


@dataclass(frozen=True)
class CarriedLabel:
    """What a file came with: its AIGC object and its C2PA manifest."""

    label: dict[str, str] | None
    provenance: FileProvenance


@dataclass(frozen=True)
class CutLabelDetails:
    """The AI label of a Cut: what its file carries, and what stands beside it."""

    value: CutLabel.Value
    notice: AiNotice | None
    implicit: dict[str, str] | None
    explicit: ExplicitMark | None
    carried: CarriedLabel | None
    malformed: bool
    test_operator: bool
    rules_version: str
    verified_at: datetime


@dataclass(frozen=True)
class CaseText:
    """One field of words."""

    field: WordsField
    text: str


@dataclass(frozen=True)
class CaseWords:
    """What one part of the work says: its series, its episode, or a choice at the end of that."""

    kind: Kind
    object_id: UUID
    texts: list[CaseText]


@dataclass(frozen=True, kw_only=True)
class CaseDetails(CaseCard):
    """A case with everything that a moderator decides from."""

    words: list[CaseWords] = field(
        metadata=described("All that would be shown with the version, as it is written now.")
    )
    words_sha256: str = field(metadata=described("Names these words; an approval sends it back."))

    findings: list[FindingDetails]
    transcript: list[SpokenLine]
    transcript_note: LocalizedText | None
    playback: Playback | None
    label: CutLabelDetails | None
    gate: GateChecklist
    versions: dict[str, str]
    decision: DecisionDetails | None
    appeal: CutAppeal | None = field(
        metadata=described("Against the decision that stands, or answered by it.")
    )
    may_reopen: bool = field(
        metadata=described("It was taken down, or one may take one's own rejection back.")
    )
    earlier_decisions: list[DecisionDetails]


def present_case_card(case: Case, previewer: Previewer) -> CaseCard:
    """A case in the queue of the moderator ``previewer``. It must come from ``selectors.cases()``;
    then nothing more is read.
    """
    cut, asset = case.cut, case.cut.asset
    series, episode = cut.episode.series, cut.episode
    findings = list(case.findings.all())
    decision = case.decision
    return CaseCard(
        id=case.pk,
        state=Case.State(case.state),
        verdict=cast('Literal["", "pass", "review", "block"]', case.verdict),
        risk=case.risk,
        cut=CaseCut(
            id=cut.pk,
            number=cut.number,
            origin=Cut.Origin(cut.origin),
            declaration=Cut.Declaration(cut.declaration),
            sha256=(asset or cut.source).sha256,
            duration_ms=(asset or cut.source).duration_ms,
            created_at=cut.created_at,
        ),
        series=CaseSeries(
            id=series.pk,
            title=series.title,
            synopsis=series.synopsis,
            language="en" if series.language == "en" else "zh",
        ),
        episode=CaseEpisode(id=episode.pk, number=episode.number, title=episode.title),
        creator=present_person(series.creator),
        poster_url=_poster_url(asset, previewer),
        reviewer=present_person(case.reviewer) if case.reviewer else None,
        may_decide=may(previewer.user, "review.decide_case", case),
        is_appealed=case.is_appealed,
        outcome=Decision.Outcome(decision.outcome) if decision else None,
        decided_by=present_person(decision.by) if decision and decision.by else None,
        automatic=decision is not None and decision.automatic,
        finding_count=len(findings),
        top_policies=_top_policies(findings),
        problem=_problem(case.problem),
        opened_at=case.opened_at,
        due_at=case.due_at,
        decided_at=case.decided_at,
    )


def present_case(case: Case, previewer: Previewer) -> CaseDetails:
    """One case with everything that the moderator ``previewer`` decides from."""
    notices = get_player_notices([case.cut_id])[case.cut_id]
    label = get_label(case)
    appeal = get_standing_appeals([case]).get(case.pk)
    words = list_cut_words(case.cut)
    return CaseDetails(
        **vars(present_case_card(case, previewer)),
        words=[_words(entry) for entry in words],
        words_sha256=words_digest(words),
        findings=[_finding(finding) for finding in case.findings.all()],
        transcript=[_spoken_line(line) for line in case.cut.script],
        transcript_note=None if case.cut.script else NO_TRANSCRIPT,
        playback=present_preview(case.cut, previewer, notices),
        label=_label(label, notices.ai_notice) if label else None,
        gate=present_gate(case.cut),
        versions=case.versions,
        decision=present_decision(case.decision) if case.decision else None,
        appeal=present_appeal(appeal) if appeal else None,
        may_reopen=may(previewer.user, "review.reopen_case", case),
        earlier_decisions=[present_decision(decision) for decision in list_earlier_decisions(case)],
    )


def _poster_url(asset: Asset | None, previewer: Previewer) -> str | None:
    if asset is None or asset.state != Asset.State.READY:
        return None
    return get_preview_playback(asset, previewer=previewer).poster_url


def _top_policies(findings: Iterable[Finding]) -> list[LocalizedText]:
    gravest_first = sorted(
        (finding for finding in findings if finding.score > 0), key=lambda finding: -finding.score
    )
    names = dict.fromkeys(policy_name(finding.policy) for finding in gravest_first)
    return list(names)[:MAX_TOP_POLICIES]


def _problem(problem: JsonObject | None) -> JobError | None:
    if problem is None:
        return None
    title, detail = problem.get("title"), problem.get("detail")
    return JobError(
        code=problem["code"],
        title=LocalizedText(**title) if title else None,
        detail=LocalizedText(**detail) if detail else None,
    )


def _finding(finding: Finding) -> FindingDetails:
    return FindingDetails(
        id=finding.pk,
        policy=finding.policy,
        policy_name=policy_name(finding.policy),
        channel=Finding.Channel(finding.channel),
        score=finding.score,
        start_ms=finding.start_ms,
        end_ms=finding.end_ms,
        evidence=finding.evidence,
        explanation=explain_finding(finding.explanation, finding.policy),
    )


def _words(entry: ObjectWords) -> CaseWords:
    fields = cast("tuple[WordsField, ...]", FIELDS[entry.kind])
    return CaseWords(
        kind=entry.kind,
        object_id=entry.object_id,
        texts=[
            CaseText(field=name, text=text) for name, text in zip(fields, entry.words, strict=True)
        ],
    )


def _spoken_line(line: JsonObject) -> SpokenLine:
    return SpokenLine(
        start_ms=line.get("start_ms"),
        end_ms=line.get("end_ms"),
        speaker=line.get("speaker", ""),
        text=line.get("text", ""),
    )


def _label(label: CutLabel, notice: AiNotice | None) -> CutLabelDetails:
    carried = label.carried
    return CutLabelDetails(
        value=CutLabel.Value(label.value),
        notice=notice,
        implicit=label.implicit,
        explicit=ExplicitMark(**label.explicit) if label.explicit else None,
        carried=CarriedLabel(
            label=carried["label"], provenance=FileProvenance(**carried["provenance"])
        )
        if carried
        else None,
        malformed=label.malformed,
        test_operator=label.test_operator,
        rules_version=label.rules_version,
        verified_at=label.verified_at,
    )
