"""Moderate a submission: text, picture, sound and label, into findings and a verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol

from moderation.findings import Finding, sort_findings
from moderation.labels import required_notice, rules_in_force
from moderation.media_inspection import MediaReport, inspect_media
from moderation.policy import MediaThresholds, Policy
from moderation.progress import ProgressCallback
from moderation.text.classifier import TextClassifier
from moderation.text.lexicon import Lexicon
from moderation.text.normalise import has_han, normalise
from moderation.types import Report, Submission, TextLine

MIN_DIALOGUE_LINES = 8  # a share of fewer lines says nothing
MAX_EVIDENCE_LENGTH = 80  # characters quoted where the classifier cannot explain itself

PartLine = tuple[str, TextLine]  # the part of the submission that a line belongs to, and the line


class MediaInspector(Protocol):
    """Inspects a file, in this process or another; ``inspect_media`` does it in this one."""

    def __call__(
        self,
        film: Path,
        *,
        declared: bool,
        thresholds: MediaThresholds,
        on_progress: Callable[[float], None],
    ) -> MediaReport: ...


def moderate(
    submission: Submission,
    policy: Policy,
    *,
    classifier: TextClassifier,
    lexicon: Lexicon,
    inspect: MediaInspector = inspect_media,
    on_progress: ProgressCallback | None = None,
    day: date | None = None,
) -> Report:
    """Check everything that the submission holds.

    The same submission, versions and ``day`` (today when None) give the same report.
    ``on_progress`` gets a fraction from 0 to 1 and a stage (``media``, ``text``, ``done``). Raises
    MediaError for a file that is no media or is over the limits, OSError when it cannot be read,
    and what ``inspect`` raises; text alone never fails.
    """
    report_progress = on_progress or (lambda share, stage: None)
    day = day or date.today()
    rules = rules_in_force(day)
    findings: list[Finding] = []

    media: MediaReport | None = None
    if submission.media is not None:
        report_progress(0.0, "media")
        media = inspect(
            submission.media,
            declared=submission.declared,
            thresholds=policy.media_thresholds,
            on_progress=lambda share: report_progress(0.9 * share, "media"),
        )
        findings += media.findings
    label = media.label if media else None
    malformed = any(finding.policy == "label.malformed" for finding in findings)
    traces = 1.0 if malformed else 0.0
    notice = required_notice(label, submission.declared, traces, rules)

    report_progress(0.9, "text")
    findings += text_findings(submission, policy, classifier, lexicon, day)
    report_progress(1.0, "done")

    noted = sort_findings(finding for finding in findings if policy.is_noted(finding))
    return Report(
        verdict=policy.verdict(noted),
        findings=noted,
        label=label,
        required_notice=notice,
        media=media.media if media else None,
        versions={
            "policy": policy.version,
            "label_rules": rules.version,
            "classifier": classifier.version,
            "lexicon": lexicon.version,
        },
    )


def text_findings(
    submission: Submission, policy: Policy, classifier: TextClassifier, lexicon: Lexicon, day: date
) -> list[Finding]:
    """Findings in all texts of the submission, whatever the policy notes but for abuse by line.

    Script and subtitles are judged as dialogue, each line once. ``day`` chooses the words of the
    lexicon.
    """
    texts = _texts_of(submission)
    # The classifier reads Chinese only.
    readable = [(part, line) for part, line in texts if has_han(normalise(line.text))]
    return [
        *_abuse_findings(readable, policy, classifier),
        *_lexicon_findings(texts, lexicon, day),
        *_language_findings(texts, readable),
    ]


def _texts_of(submission: Submission) -> list[PartLine]:
    """All lines that are not blank. One that is in script and subtitles alike counts once."""
    dialogue = dict.fromkeys(
        TextLine(line.text, line.start, line.end)
        for line in (*submission.script, *submission.subtitles)
    )
    texts: list[PartLine] = [
        ("title", TextLine(submission.title)),
        ("synopsis", TextLine(submission.synopsis)),
        *(("comment", line) for line in submission.comments),
        *(("dialogue", line) for line in dialogue),
    ]
    return [(part, line) for part, line in texts if line.text.strip()]


def _abuse_findings(
    readable: Sequence[PartLine], policy: Policy, classifier: TextClassifier
) -> list[Finding]:
    """The lines that the policy notes, and the share of them in the dialogue."""
    scores = classifier.score([line.text for _, line in readable])
    findings = []
    noted_dialogue = 0
    for (part, line), score in zip(readable, scores, strict=True):
        finding = _on_line(f"abuse.{part}", float(score), "abuse_classifier", line)
        if policy.is_noted(finding):
            noted_dialogue += part == "dialogue"
            evidence = " · ".join(classifier.explain(line.text)) or line.text[:MAX_EVIDENCE_LENGTH]
            findings.append(replace(finding, evidence=evidence))
    dialogue = sum(part == "dialogue" for part, _ in readable)
    if noted_dialogue and dialogue >= MIN_DIALOGUE_LINES:
        findings.append(
            Finding(
                "abuse.dialogue_density",
                noted_dialogue / dialogue,
                "text",
                "abuse_density",
                f"{noted_dialogue}/{dialogue}",
            )
        )
    return findings


def _lexicon_findings(texts: Sequence[PartLine], lexicon: Lexicon, day: date) -> list[Finding]:
    findings = []
    for part, line in texts:
        for hit in lexicon.find(line.text, day):
            code = "lexicon_hit_by_sound" if hit.by_sound else "lexicon_hit"
            finding = _on_line(f"lexicon.{hit.category}", 0.0, code, line)
            findings.append(replace(finding, evidence=f"{part}: {hit.word}"))
    return findings


def _language_findings(texts: Sequence[PartLine], readable: Sequence[PartLine]) -> list[Finding]:
    letters = sum(_letters(line) for _, line in texts)
    unread = letters - sum(_letters(line) for _, line in readable)
    if not unread:
        return []
    share, evidence = unread / letters, f"{unread}/{letters}"
    return [Finding("text.language", share, "text", "language_not_judged", evidence)]


def _on_line(policy: str, score: float, explanation: str, line: TextLine) -> Finding:
    return Finding(policy, score, "text", explanation, start=line.start, end=line.end)


def _letters(line: TextLine) -> int:
    return sum(map(str.isalpha, line.text))
