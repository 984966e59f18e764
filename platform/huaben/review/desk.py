"""How the review desk shows cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from huaben.accounts.presenters import present_person
from huaben.catalog.facts import AiNotice, get_player_notices
from huaben.catalog.presenters import present_gate, present_preview
from huaben.core.access import may
from huaben.core.localized import LocalizedText
from huaben.media.models import Asset
from huaben.media.selectors import preview_playback_of

from .models import Case, CutLabel, Decision, Finding
from .policy_names import explanation, policy_name
from .selectors import age_notice_view, earlier_decisions, label_of, reasons_view

NO_TRANSCRIPT = LocalizedText("没有文字稿：请听", "No transcript: listen")
FOREMOST = 3


def case_card(case: Case, user: Any) -> dict[str, Any]:
    """A case in the queue. It must come from ``selectors.cases()``; then nothing more is read."""
    cut, series = case.cut, case.cut.episode.series
    asset = cut.asset
    findings = list(case.findings.all())
    return {
        "id": case.pk,
        "state": case.state,
        "verdict": case.verdict,
        "risk": case.risk,
        "cut": {
            "id": cut.pk,
            "number": cut.number,
            "origin": cut.origin,
            "declaration": cut.declaration,
            "sha256": asset.sha256 if asset else cut.source.sha256,
            "duration_ms": asset.duration_ms if asset else cut.source.duration_ms,
            "created_at": cut.created_at,
        },
        "series": series,
        "episode": cut.episode,
        "creator": present_person(series.creator),
        "poster_url": _playback(asset, user)["poster_url"] if _playable(asset) else None,
        "holder": present_person(case.holder) if case.holder else None,
        "may_decide": may(user, "review.decide_case", case),
        "finding_count": len(findings),
        "foremost": _foremost(findings),
        "problem": case.problem,
        "opened_at": case.opened_at,
        "due_at": case.due_at,
        "decided_at": case.decided_at,
    }


def case_view(case: Case, user: Any) -> dict[str, Any]:
    """One case with everything that a moderator decides from."""
    notices = get_player_notices([case.cut_id])[case.cut_id]
    label = label_of(case)
    return {
        **case_card(case, user),
        "findings": [_finding_view(one) for one in case.findings.all()],
        "transcript": [_line_view(line) for line in case.cut.script],
        "transcript_note": None if case.cut.script else NO_TRANSCRIPT.as_dict(),
        "playback": present_preview(case.cut, user, notices),
        "label": _label_view(label, notices.ai_notice) if label else None,
        "gate": present_gate(case.cut),
        "versions": case.versions,
        "decision": _decision_view(case.decision) if case.decision else None,
        "earlier": [_decision_view(one) for one in earlier_decisions(case)],
    }


def _playable(asset: Asset | None) -> bool:
    return asset is not None and asset.state == Asset.State.READY


def _playback(asset: Asset | None, user: Any) -> dict[str, Any]:
    assert asset is not None
    return preview_playback_of(asset, user)


def _foremost(findings: Sequence[Finding]) -> list[dict[str, str]]:
    gravest = sorted((one for one in findings if one.score > 0), key=lambda one: -one.score)
    names = dict.fromkeys(policy_name(one.policy) for one in gravest)
    return [name.as_dict() for name in list(names)[:FOREMOST]]


def _finding_view(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.pk,
        "policy": finding.policy,
        "policy_name": policy_name(finding.policy).as_dict(),
        "channel": finding.channel,
        "score": finding.score,
        "start_ms": finding.start_ms,
        "end_ms": finding.end_ms,
        "evidence": finding.evidence,
        "explanation": explanation(finding.explanation, finding.policy).as_dict(),
    }


def _line_view(line: dict[str, Any]) -> dict[str, Any]:
    return {
        "start_ms": line.get("start_ms"),
        "end_ms": line.get("end_ms"),
        "speaker": line.get("speaker", ""),
        "text": line.get("text", ""),
    }


def _label_view(label: CutLabel, notice: AiNotice | None) -> dict[str, Any]:
    return {
        "value": label.value,
        "notice": notice,
        "implicit": label.implicit,
        "explicit": label.explicit,
        "carried": label.carried,
        "malformed": label.malformed,
        "test_operator": label.test_operator,
        "rules_version": label.rules_version,
        "verified_at": label.verified_at,
    }


def _decision_view(decision: Decision) -> dict[str, Any]:
    return {
        "case": decision.case,
        "outcome": decision.outcome,
        "automatic": decision.automatic,
        "by": present_person(decision.by) if decision.by else None,
        "reasons": reasons_view(decision.reasons),
        "note": decision.note,
        "age_notice": age_notice_view(decision.age_notice),
        "sha256": decision.sha256,
        "package_sha256": decision.package_sha256,
        "decided_at": decision.created_at,
    }
