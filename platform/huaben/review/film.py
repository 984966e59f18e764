"""What review does to a stranger's film, in a sandboxed child (``python -m huaben.review.film``):
take it in, and look at it.

Plain Python over the moderation engine, without Django, secrets or network.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import av

from huaben.core.sandbox.child import Progress, serve
from huaben.core.sandbox.rejected import RejectedMedia
from moderation.labels import (
    AigcLabel,
    LabelRules,
    MalformedLabel,
    MarkSearch,
    Provenance,
    UnreadableFile,
    UnsupportedContainer,
    propagator_label,
    read_label,
    read_provenance,
    required_notice,
    rules_in_force,
    search_mark,
    write_label,
)
from moderation.media import MediaError
from moderation.media_inspection import inspect_media
from moderation.policy import MediaThresholds


def take_in(request: dict[str, Any], tell: Progress) -> dict[str, Any]:
    """Find what a film came with and what is owed for it (标识办法, Art. 6); write the label into a
    copy and read it back.

    Of ``request``: ``source``, ``labelled`` (where the copy goes), ``declared``,
    ``must_be_labelled`` (a generated film carries its maker's label or is refused), ``propagator``,
    ``propagate_id``, ``day``.
    """
    film, rules = Path(request["source"]), rules_in_force(date.fromisoformat(request["day"]))
    label, malformed, mark, provenance = _carried(film)
    if request["must_be_labelled"] and (label is None or label.Label != "1"):
        raise RejectedMedia("generated_without_label")
    traces = _traces(malformed, mark, provenance, rules)
    duty = required_notice(label, request["declared"], traces, rules)
    written = None
    if duty is not None:
        owed = propagator_label(label, request["propagator"], request["propagate_id"], duty.label)
        written = write_label(film, Path(request["labelled"]), owed)
    return {
        "label": asdict(label) if label else None,
        "malformed": malformed,
        "mark": asdict(mark),
        "provenance": asdict(provenance),
        "duty": {"zh": duty.zh, "en": duty.en} if duty else None,
        "written": asdict(written) if written else None,
    }


def look(request: dict[str, Any], tell: Progress) -> dict[str, Any]:
    """Decode a film once and measure it. Of ``request``: ``source``, ``declared``, ``thresholds``."""
    try:
        report = inspect_media(
            Path(request["source"]),
            declared=request["declared"],
            thresholds=MediaThresholds(**request["thresholds"]),
            on_progress=tell,
        )
    except MediaError as error:
        raise RejectedMedia(error.code) from error
    return report.to_json()


def _carried(film: Path) -> tuple[AigcLabel | None, bool, MarkSearch, Provenance]:
    """What a file came with: its label, whether that breaks the standard, the mark on its frames,
    its C2PA manifest.
    """
    label, malformed = None, False
    try:
        try:
            label = read_label(film)
        except MalformedLabel:
            malformed = True
        mark = search_mark(film)
    except UnsupportedContainer as error:
        raise RejectedMedia("container_without_label") from error
    except UnreadableFile as error:
        raise RejectedMedia("damaged_file") from error
    try:
        provenance = read_provenance(film)
    except UnreadableFile:  # the film itself has been read above: only its manifest is broken
        provenance = Provenance("invalid", problems=("unreadable",))
    return label, malformed, mark, provenance


def _traces(malformed: bool, mark: MarkSearch, provenance: Provenance, rules: LabelRules) -> float:
    """How far something besides a label and a declaration speaks for AI, 0 or 1. A malformed label
    is no label, but a trace; so are the words on the frames, however small, and a sound manifest
    that names AI as the source."""
    manifest = provenance.state == "valid" and provenance.source_type in (
        rules.source_type_ai,
        rules.source_type_assisted,
    )
    return float(malformed or mark.seconds > 0 or manifest)


if __name__ == "__main__":
    av.logging.set_level(av.logging.PANIC)
    serve({"take_in": take_in, "look": look})
