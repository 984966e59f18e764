"""Labels and inspects an uploaded film in a sandboxed child process (``python -m
huaben.review.video_child``); ``huaben.review.sandbox`` starts it.

Plain Python over the moderation engine, without Django, secrets or network.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path

import av

from huaben.core.sandbox.child import Progress, serve
from huaben.core.sandbox.rejected import RejectedMedia
from huaben.core.types import JsonObject, JsonValue
from moderation.labels import (
    AigcLabel,
    LabelError,
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


def label_video(request: JsonObject, report_progress: Progress) -> dict[str, JsonValue]:
    """Find the label that a film came with and the one that it needs (标识办法, Art. 6); write that
    into a copy and read it back.

    Of ``request``: ``source``, ``labelled`` (where the copy goes), ``declared``,
    ``must_be_labelled`` (a generated film carries its maker's label or is refused), ``propagator``,
    ``propagate_id``, ``day``. Raises RejectedMedia ``generated_without_label``,
    ``container_without_label``, ``damaged_file``, or ``copy_differs`` when the labelled copy is
    not the film that it was made from: another try would come to the same.
    """
    film, rules = Path(request["source"]), rules_in_force(date.fromisoformat(request["day"]))
    label, malformed, mark, provenance = _read_carried(film)
    if request["must_be_labelled"] and (label is None or label.Label != "1"):
        raise RejectedMedia("generated_without_label")
    traces = _traces(malformed, mark, provenance, rules)
    notice = required_notice(label, request["declared"], traces, rules)
    written = None
    if notice is not None:
        needed = propagator_label(
            label, request["propagator"], request["propagate_id"], notice.label
        )
        try:
            written = write_label(film, Path(request["labelled"]), needed)
        except UnreadableFile as error:
            raise RejectedMedia("damaged_file") from error
        except LabelError as error:
            raise RejectedMedia("copy_differs") from error
    return {
        "label": asdict(label) if label else None,
        "malformed": malformed,
        "mark": asdict(mark),
        "provenance": asdict(provenance),
        "notice": {"zh": notice.zh, "en": notice.en} if notice else None,
        "written": asdict(written) if written else None,
    }


def inspect_video(request: JsonObject, report_progress: Progress) -> dict[str, JsonValue]:
    """Decode a film once and measure it. Of ``request``: ``source``, ``declared``, ``thresholds``.

    Raises RejectedMedia with the engine's code for a film that cannot be measured.
    """
    try:
        report = inspect_media(
            Path(request["source"]),
            declared=request["declared"],
            thresholds=MediaThresholds(**request["thresholds"]),
            on_progress=report_progress,
        )
    except MediaError as error:
        raise RejectedMedia(error.code) from error
    return report.to_json()


def _read_carried(film: Path) -> tuple[AigcLabel | None, bool, MarkSearch, Provenance]:
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
    is no label, but a trace; so are the words on the frames, however small, and a valid manifest
    that names AI as the source.
    """
    manifest = provenance.state == "valid" and provenance.source_type in (
        rules.source_type_ai,
        rules.source_type_assisted,
    )
    return float(malformed or mark.seconds > 0 or manifest)


if __name__ == "__main__":
    av.logging.set_level(av.logging.PANIC)
    serve({"label_video": label_video, "inspect_video": inspect_video})
