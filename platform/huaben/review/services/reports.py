"""Saving what the checks saw; the case then opens for a moderator."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from huaben.catalog.services import lock_words
from huaben.catalog.words import list_cut_words, words_digest
from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict
from huaben.media.models import Asset
from huaben.review.models import Case, CutLabel, Finding
from huaben.review.risk import DUE_WITHIN, risk_score
from moderation.findings import Finding as ReportFinding
from moderation.findings import Verdict

from .cases import announce_case, lock_case
from .decisions import approve_automatically

if TYPE_CHECKING:
    from moderation.types import Report


def save_report(
    *,
    case_id: UUID,
    checked: Asset,
    words_sha256: str,
    report: Report,
    now: datetime | None = None,
) -> Case:
    """Save a report about exactly the bytes of ``checked`` and the words of ``words_sha256``, and
    open the case.

    Where the creator is trusted by settings, the verdict is «pass» and the words are still the
    same, the checks approve, and the decision says so. Raises Conflict when the case is not being
    checked, or the Cut's bytes are not those that were checked.
    """
    now = now or timezone.now()
    with transaction.atomic():
        case = lock_case(case_id)
        # Before anything is published: whoever writes words holds this lock when they publish.
        lock_words(case.cut.episode.series_id)
        if case.state != Case.State.CHECKING:
            raise Conflict(
                "not_checking", LocalizedText("这一件不在检查中", "This case is not being checked")
            )
        asset = case.cut.asset
        if asset is None or asset.state != Asset.State.READY or _bytes(asset) != _bytes(checked):
            raise Conflict(
                "bytes_changed",
                LocalizedText("文件在检查期间变了", "The file changed while it was checked"),
            )
        findings, verdict = list(report.findings), report.verdict
        label = CutLabel.objects.get(cut=case.cut)
        label_findings = _label_findings(label)
        if label_findings:
            findings, verdict = [*findings, *label_findings], _graver(verdict, "review")
        case.findings.all().delete()
        Finding.objects.bulk_create(
            _finding_row(case, position, finding) for position, finding in enumerate(findings)
        )
        case.verdict = verdict
        case.risk = risk_score(verdict, (finding.score for finding in findings))
        case.versions = {**report.versions, "label_rules_written": label.rules_version}
        case.sha256, case.package_sha256 = asset.sha256, asset.package_sha256
        case.words_sha256 = words_sha256
        case.finish_checks(due_at=now + DUE_WITHIN[verdict], now=now)
        case.save()
        announce_case(case)
        trusted = case.cut.episode.series.creator.handle in settings.REVIEW_TRUSTED_CREATORS
        same_words = words_digest(list_cut_words(case.cut)) == words_sha256
        if trusted and verdict == "pass" and same_words and case.decision_id is None:
            case = approve_automatically(case_id=case.pk, now=now)
    return case


def _label_findings(label: CutLabel) -> list[ReportFinding]:
    """What labelling the Cut has shown: the file that was checked carries a good label by now, so
    the checks see none of it. A person must look at each.
    """
    found = []
    if label.malformed:
        found.append(ReportFinding("label.malformed", 1.0, "label", "label_malformed"))
    if label.value == CutLabel.Value.MADE and (label.explicit or {}).get("state") != "seen":
        found.append(
            ReportFinding(
                "label.mark_not_seen", 0.5, "label", "label_mark_not_seen", start=0.0, end=2.0
            )
        )
    if ((label.carried or {}).get("provenance") or {}).get("state") == "invalid":
        found.append(
            ReportFinding("label.provenance_invalid", 0.5, "label", "label_provenance_invalid")
        )
    return found


def _bytes(asset: Asset) -> tuple[str, str]:
    return asset.sha256, asset.package_sha256


def _graver(first: Verdict, second: Verdict) -> Verdict:
    order: Sequence[Verdict] = ("pass", "review", "block")
    return max(first, second, key=order.index)


def _finding_row(case: Case, position: int, finding: ReportFinding) -> Finding:
    return Finding(
        case=case,
        position=position,
        policy=finding.policy,
        channel=finding.channel,
        score=finding.score,
        start_ms=None if finding.start is None else round(finding.start * 1000),
        end_ms=None if finding.end is None else round(finding.end * 1000),
        evidence=finding.evidence,
        explanation=finding.explanation,
    )
