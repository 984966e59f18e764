"""What is given to moderation, and what comes back."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from moderation.findings import Finding, Verdict
from moderation.labels import AigcLabel, LabelNotice
from moderation.media import MediaInfo


@dataclass(frozen=True)
class TextLine:
    """A line of script, subtitles or comments; ``start`` and ``end`` are seconds where known."""

    text: str
    start: float | None = None
    end: float | None = None
    speaker: str = ""


@dataclass(frozen=True)
class Submission:
    """What is to be moderated, or a part. ``declared``: the uploader says that it is AI-made."""

    title: str = ""
    synopsis: str = ""
    script: tuple[TextLine, ...] = ()
    subtitles: tuple[TextLine, ...] = ()
    comments: tuple[TextLine, ...] = ()  # viewers' words: danmaku, replies
    media: Path | None = None
    declared: bool = False


@dataclass(frozen=True)
class Report:
    """Findings in a fixed order, and the verdict of the policy.

    ``label`` is the implicit label that the file carries, ``required_notice`` what a platform must
    show and write because of it (None: nothing). ``versions`` names policy, rules, classifier and
    lexicon: equal versions and equal submissions give equal reports.
    """

    verdict: Verdict
    findings: tuple[Finding, ...]
    label: AigcLabel | None
    required_notice: LabelNotice | None
    media: MediaInfo | None
    versions: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Plain values for ``json.dumps``."""
        return asdict(self)
