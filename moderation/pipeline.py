"""Moderate a work: text, picture, sound and label, one after the other, into findings and a
verdict.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol

from moderation.findings import Finding, sort_findings
from moderation.labels import required_notice, rules_in_force
from moderation.media_inspection import MediaReport, inspect_media
from moderation.policy import MediaThresholds, Policy
from moderation.text.classifier import TextClassifier
from moderation.text.lexicon import Lexicon
from moderation.text.normalise import has_han, normalise
from moderation.types import Report, Submission, TextLine

Progress = Callable[[float, str], None]


class MediaInspector(Protocol):
    """Looks at a film's bytes, wherever it likes: ``inspect_media`` does it here."""

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
    on_progress: Progress | None = None,
    day: date | None = None,
) -> Report:
    """MediaInspector at everything that the work holds. The same work, versions and ``day`` (today
    when None): the same report.

    ``on_progress`` gets a fraction in 0–1 and a stage (``media``, ``text``, ``done``). Raises
    MediaError for a file that is none or is over the limits, OSError when it cannot be read, and
    what ``look`` raises; text alone never fails.
    """
    tell = on_progress or (lambda share, stage: None)
    day = day or date.today()
    rules = rules_in_force(day)
    found: list[Finding] = []

    film: MediaReport | None = None
    if submission.media is not None:
        tell(0.0, "media")
        film = inspect(
            submission.media,
            declared=submission.declared,
            thresholds=policy.media_thresholds,
            on_progress=lambda share: tell(0.9 * share, "media"),
        )
        found += film.findings
    label = film.label if film else None
    malformed = any(finding.policy == "label.malformed" for finding in found)
    notice = required_notice(label, submission.declared, 1.0 if malformed else 0.0, rules)

    tell(0.9, "text")
    found += text_findings(submission, policy, classifier, lexicon, day)
    tell(1.0, "done")

    findings = sort_findings(finding for finding in found if policy.is_noted(finding))
    return Report(
        verdict=policy.verdict(findings),
        findings=findings,
        label=label,
        required_notice=notice,
        media=film.media if film else None,
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
    """Findings in all the work's texts, noted or not. Script and subtitles are judged as dialogue,
    each line once.
    """
    # A line that stands in script and subtitles at the same time is one line.
    dialogue = list(
        dict.fromkeys(
            TextLine(line.text, line.start, line.end)
            for line in (*submission.script, *submission.subtitles)
        )
    )
    asked = [("title", TextLine(submission.title)), ("synopsis", TextLine(submission.synopsis))]
    asked += [("comment", line) for line in submission.comments]
    asked += [("dialogue", line) for line in dialogue]
    asked = [(where, line) for where, line in asked if line.text.strip()]
    judged = [(where, line) for where, line in asked if has_han(normalise(line.text))]
    scores = classifier.score([line.text for _, line in judged])

    found = []
    marked = 0
    for (where, line), score in zip(judged, scores, strict=True):
        finding = _on_line(f"abuse.{where}", float(score), "abuse_classifier", line)
        if policy.is_noted(finding):
            marked += where == "dialogue"
            found.append(
                replace(
                    finding, evidence=" · ".join(classifier.explain(line.text)) or line.text[:80]
                )
            )
    spoken = sum(where == "dialogue" for where, _ in judged)
    if marked and spoken >= 8:  # a share of fewer lines says nothing
        density = Finding(
            "abuse.dialogue_density", marked / spoken, "text", "abuse_density", f"{marked}/{spoken}"
        )
        found.append(density)
    for where, line in asked:
        for hit in lexicon.find(line.text, day):
            code = "lexicon_hit_by_sound" if hit.by_sound else "lexicon_hit"
            found.append(
                replace(
                    _on_line(f"lexicon.{hit.category}", 0.0, code, line),
                    evidence=f"{where}: {hit.word}",
                )
            )
    letters = sum(map(_letters, (line for _, line in asked)))
    unread = letters - sum(map(_letters, (line for _, line in judged)))
    if unread:
        found.append(
            Finding(
                "text.language",
                unread / letters,
                "text",
                "language_not_judged",
                f"{unread}/{letters}",
            )
        )
    return found


def _on_line(policy: str, score: float, explanation: str, line: TextLine) -> Finding:
    return Finding(policy, score, "text", explanation, start=line.start, end=line.end)


def _letters(line: TextLine) -> int:
    return sum(map(str.isalpha, line.text))
