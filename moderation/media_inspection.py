"""Inspect the bytes of a media file: its label, its picture and its sound.

Apart from the texts of a submission, because files come from strangers: a caller may run this in a
process with limits, gets plain values back (``MediaReport.to_json``) and never opens the file
itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from moderation.findings import Channel, Finding, TimeSpan
from moderation.labels import (
    AigcLabel,
    MalformedLabel,
    UnreadableFile,
    UnsupportedContainer,
    read_label,
)
from moderation.media import DamagedMedia, MediaInfo, MediaLimits, decode
from moderation.picture import BlackMeter, FlashMeter, FrozenMeter
from moderation.policy import MediaThresholds
from moderation.sound import ClippedMeter, LoudnessMeter, SilentMeter


@dataclass(frozen=True)
class MediaReport:
    """The implicit label of a file, what was decoded, and all findings, whatever their score."""

    label: AigcLabel | None
    media: MediaInfo
    findings: tuple[Finding, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values for ``json.dumps``."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> MediaReport:
        """The reverse of ``to_json``. Raises TypeError, ValueError or KeyError for other values."""
        return cls(
            label=AigcLabel(**values["label"]) if values["label"] else None,
            media=MediaInfo(**values["media"]),
            findings=tuple(Finding(**finding) for finding in values["findings"]),
        )


def inspect_media(
    film: Path,
    *,
    declared: bool,
    thresholds: MediaThresholds,
    limits: MediaLimits | None = None,
    on_progress: Callable[[float], None] | None = None,
) -> MediaReport:
    """Read the label of the file and decode it once.

    ``declared``: the uploader says that it is AI-made. ``thresholds``: from where picture and sound
    are odd. ``limits``: the defaults of MediaLimits when None. ``on_progress`` gets fractions from
    0 to 1. Raises MediaError for a file that is no media or is over the limits, and OSError when it
    cannot be read.
    """
    label, labels = _label_findings(film, declared)
    media, measured = _media_findings(
        film, thresholds, limits or MediaLimits(), on_progress or (lambda share: None)
    )
    return MediaReport(label, media, (*labels, *measured))


def _label_findings(film: Path, declared: bool) -> tuple[AigcLabel | None, list[Finding]]:
    try:
        label = read_label(film)
    except MalformedLabel as error:
        return None, [Finding("label.malformed", 1.0, "label", "label_malformed", str(error))]
    except UnsupportedContainer:
        # decoding says what is wrong with the file, or there is no place for a label in it
        label = None
    except UnreadableFile as error:
        raise DamagedMedia(str(error)) from error
    if label is None and declared:
        return None, [Finding("label.missing", 1.0, "label", "label_missing")]
    if label is not None and not declared:
        return label, [
            Finding("label.undeclared", 1.0, "label", "label_undeclared", f"Label {label.Label}")
        ]
    return label, []


def _media_findings(
    film: Path,
    thresholds: MediaThresholds,
    limits: MediaLimits,
    on_progress: Callable[[float], None],
) -> tuple[MediaInfo, list[Finding]]:
    black, frozen, flash = (
        BlackMeter(thresholds.black_seconds),
        FrozenMeter(thresholds.frozen_seconds),
        FlashMeter(),
    )
    silent = SilentMeter(thresholds.silent_seconds, thresholds.silent_dbfs)
    clipped, loudness = ClippedMeter(), LoudnessMeter()
    info = decode(
        film,
        limits=limits,
        pictures=(black, frozen, flash),
        sounds=(silent, clipped, loudness),
        on_progress=on_progress,
    )
    found = []
    if info.has_picture:
        black_spans = black.spans(info.duration)
        found += _by_length("picture.black", black_spans, thresholds)
        # Black does not move either: say it once.
        still = tuple(
            span for span in frozen.spans(info.duration) if not _within(span, black_spans)
        )
        found += _by_length("picture.frozen", still, thresholds)
        found += [
            _on_span("picture.flash", 1.0, f"{span.value:.0%}", span)
            for span in flash.spans(info.duration)
        ]
    else:
        found.append(Finding("picture.missing", 1.0, "picture", "picture_missing"))
    if info.has_sound:
        found += _by_length("sound.silent", silent.spans(), thresholds)
        found += [
            _on_span("sound.clipped", min(1.0, span.value * 4), f"{span.value:.0%}", span)
            for span in clipped.spans()
        ]
        found += _loudness_findings(loudness.integrated(), thresholds)
    else:
        found.append(Finding("sound.missing", 1.0, "sound", "sound_missing"))
    if info.undecoded:
        found.append(
            Finding("picture.undecoded", 1.0, "picture", "media_undecoded", f"{info.undecoded}")
        )
    return info, found


def _by_length(
    policy: str, spans: tuple[TimeSpan, ...], thresholds: MediaThresholds
) -> list[Finding]:
    """Findings whose score is their length, as a share of ``whole_seconds``."""
    lengths = [span.end - span.start for span in spans]
    return [
        _on_span(policy, min(1.0, length / thresholds.whole_seconds), f"{length:.1f} s", span)
        for length, span in zip(lengths, spans, strict=True)
    ]


def _on_span(policy: str, score: float, evidence: str, span: TimeSpan) -> Finding:
    channel: Channel = "picture" if policy.startswith("picture.") else "sound"
    start, end = round(span.start, 3), round(span.end, 3)
    return Finding(policy, score, channel, policy.replace(".", "_"), evidence, start, end)


def _loudness_findings(lufs: float | None, thresholds: MediaThresholds) -> list[Finding]:
    if lufs is None:
        return []
    outside = max(thresholds.loudness_low_lufs - lufs, lufs - thresholds.loudness_high_lufs)
    if outside <= 0:
        return []
    return [
        Finding(
            "sound.loudness", min(1.0, outside / 10), "sound", "sound_loudness", f"{lufs:.1f} LUFS"
        )
    ]


def _within(span: TimeSpan, others: tuple[TimeSpan, ...]) -> bool:
    return any(other.start - 0.2 <= span.start and span.end <= other.end + 0.2 for other in others)
