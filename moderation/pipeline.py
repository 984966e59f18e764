"""Moderate a work: text, picture, sound and label, one after the other, into findings and a verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from moderation.findings import Channel, Finding, Span, in_order
from moderation.labels import (
    AigcLabel,
    MalformedLabel,
    UnreadableFile,
    UnsupportedContainer,
    platform_duty,
    read_label,
    rules_on,
)
from moderation.media import DamagedMedia, MediaInfo, MediaLimits, decode
from moderation.picture import BlackMeter, FlashMeter, FrozenMeter
from moderation.policy import Measure, Policy
from moderation.sound import ClippedMeter, LoudnessMeter, SilentMeter
from moderation.text.classifier import TextClassifier
from moderation.text.lexicon import Lexicon
from moderation.text.normalise import has_han, normalise
from moderation.work import Line, Report, Work

Progress = Callable[[float, str], None]


def moderate(
    work: Work,
    policy: Policy,
    *,
    classifier: TextClassifier,
    lexicon: Lexicon,
    limits: MediaLimits | None = None,
    on_progress: Progress | None = None,
    day: date | None = None,
) -> Report:
    """Look at everything that the work holds. The same work, versions and ``day`` (today when None): the same report.

    ``on_progress`` gets a fraction in 0–1 and a stage (``label``, ``text``, ``media``, ``done``). Raises MediaError
    for a file that is none or is over the limits, and OSError when it cannot be read; text alone never fails.
    """
    tell = on_progress or (lambda share, stage: None)
    day = day or date.today()
    rules = rules_on(day)
    found: list[Finding] = []

    tell(0.0, "label")
    label: AigcLabel | None = None
    if work.media is not None:
        label, label_findings = _label_findings(work)
        found += label_findings
    malformed = any(finding.policy == "label.malformed" for finding in found)
    duty = platform_duty(label, work.declared, 1.0 if malformed else 0.0, rules)

    tell(0.02, "text")
    found += text_findings(work, policy, classifier, lexicon, day)

    media: MediaInfo | None = None
    if work.media is not None:
        tell(0.1, "media")
        media, media_findings = _media_findings(
            work, policy.measure, limits or MediaLimits(), lambda share: tell(0.1 + 0.9 * share, "media")
        )
        found += media_findings
    tell(1.0, "done")

    findings = in_order(finding for finding in found if policy.notes(finding))
    return Report(
        verdict=policy.verdict(findings),
        findings=findings,
        label=label,
        duty=duty,
        media=media,
        versions={
            "policy": policy.version,
            "label_rules": rules.version,
            "classifier": classifier.version,
            "lexicon": lexicon.version,
        },
    )


def text_findings(work: Work, policy: Policy, classifier: TextClassifier, lexicon: Lexicon, day: date) -> list[Finding]:
    """Findings in all the work's texts, noted or not. Script and subtitles are judged as dialogue, each line once."""
    # A line that stands in script and subtitles at the same time is one line.
    dialogue = list(dict.fromkeys(Line(line.text, line.start, line.end) for line in (*work.script, *work.subtitles)))
    asked = [("title", Line(work.title)), ("synopsis", Line(work.synopsis))]
    asked += [("comment", line) for line in work.comments]
    asked += [("dialogue", line) for line in dialogue]
    asked = [(where, line) for where, line in asked if line.text.strip()]
    judged = [(where, line) for where, line in asked if has_han(normalise(line.text))]
    scores = classifier.score([line.text for _, line in judged])

    found = []
    marked = 0
    for (where, line), score in zip(judged, scores, strict=True):
        finding = _on_line(f"abuse.{where}", float(score), "abuse_classifier", line)
        if policy.notes(finding):
            marked += where == "dialogue"
            found.append(replace(finding, evidence=" · ".join(classifier.explain(line.text)) or line.text[:80]))
    spoken = sum(where == "dialogue" for where, _ in judged)
    if marked and spoken >= 8:  # a share of fewer lines says nothing
        density = Finding("abuse.dialogue_density", marked / spoken, "text", "abuse_density", f"{marked}/{spoken}")
        found.append(density)
    for where, line in asked:
        for hit in lexicon.find(line.text, day):
            code = "lexicon_hit_by_sound" if hit.by_sound else "lexicon_hit"
            found.append(replace(_on_line(f"lexicon.{hit.category}", 0.0, code, line), evidence=f"{where}: {hit.word}"))
    letters = sum(map(_letters, (line for _, line in asked)))
    unread = letters - sum(map(_letters, (line for _, line in judged)))
    if unread:
        found.append(Finding("text.language", unread / letters, "text", "language_not_judged", f"{unread}/{letters}"))
    return found


def _on_line(policy: str, score: float, explanation: str, line: Line) -> Finding:
    return Finding(policy, score, "text", explanation, start=line.start, end=line.end)


def _letters(line: Line) -> int:
    return sum(map(str.isalpha, line.text))


def _label_findings(work: Work) -> tuple[AigcLabel | None, list[Finding]]:
    assert work.media is not None
    try:
        label = read_label(work.media)
    except MalformedLabel as error:
        return None, [Finding("label.malformed", 1.0, "label", "label_malformed", str(error))]
    except UnsupportedContainer:
        label = None  # decoding says what is wrong with the file, or there is no place for a label in it
    except UnreadableFile as error:
        raise DamagedMedia(str(error)) from error
    if label is None and work.declared:
        return None, [Finding("label.missing", 1.0, "label", "label_missing")]
    if label is not None and not work.declared:
        return label, [Finding("label.undeclared", 1.0, "label", "label_undeclared", f"Label {label.Label}")]
    return label, []


def _media_findings(
    work: Work, measure: Measure, limits: MediaLimits, tell: Callable[[float], None]
) -> tuple[MediaInfo, list[Finding]]:
    assert work.media is not None
    black, frozen, flash = BlackMeter(measure.black_seconds), FrozenMeter(measure.frozen_seconds), FlashMeter()
    silent = SilentMeter(measure.silent_seconds, measure.silent_dbfs)
    clipped, loudness = ClippedMeter(), LoudnessMeter()
    info = decode(
        work.media,
        limits=limits,
        pictures=(black, frozen, flash),
        sounds=(silent, clipped, loudness),
        on_progress=tell,
    )
    found = []
    if info.has_picture:
        black_spans = black.spans(info.duration)
        found += _by_length("picture.black", black_spans, measure)
        # Black does not move either: say it once.
        still = tuple(span for span in frozen.spans(info.duration) if not _within(span, black_spans))
        found += _by_length("picture.frozen", still, measure)
        found += [_on_span("picture.flash", 1.0, f"{span.value:.0%}", span) for span in flash.spans(info.duration)]
    else:
        found.append(Finding("picture.missing", 1.0, "picture", "picture_missing"))
    if info.has_sound:
        found += _by_length("sound.silent", silent.spans(), measure)
        found += [
            _on_span("sound.clipped", min(1.0, span.value * 4), f"{span.value:.0%}", span) for span in clipped.spans()
        ]
        found += _loudness_findings(loudness.integrated(), measure)
    else:
        found.append(Finding("sound.missing", 1.0, "sound", "sound_missing"))
    if info.undecoded:
        found.append(Finding("picture.undecoded", 1.0, "picture", "media_undecoded", f"{info.undecoded}"))
    return info, found


def _by_length(policy: str, spans: tuple[Span, ...], measure: Measure) -> list[Finding]:
    """Findings that are the graver the longer they last."""
    lengths = [span.end - span.start for span in spans]
    return [
        _on_span(policy, min(1.0, length / measure.whole_seconds), f"{length:.1f} s", span)
        for length, span in zip(lengths, spans, strict=True)
    ]


def _on_span(policy: str, score: float, evidence: str, span: Span) -> Finding:
    channel: Channel = "picture" if policy.startswith("picture.") else "sound"
    start, end = round(span.start, 3), round(span.end, 3)
    return Finding(policy, score, channel, policy.replace(".", "_"), evidence, start, end)


def _loudness_findings(lufs: float | None, measure: Measure) -> list[Finding]:
    if lufs is None:
        return []
    outside = max(measure.loudness_low_lufs - lufs, lufs - measure.loudness_high_lufs)
    if outside <= 0:
        return []
    return [Finding("sound.loudness", min(1.0, outside / 10), "sound", "sound_loudness", f"{lufs:.1f} LUFS")]


def _within(span: Span, others: tuple[Span, ...]) -> bool:
    return any(other.start - 0.2 <= span.start and span.end <= other.end + 0.2 for other in others)
