"""Runs ``huaben.review.video_child`` in a sandboxed child: review opens uploaded films nowhere
else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from huaben.core.localized import LocalizedText
from huaben.core.problems import Problem
from huaben.core.sandbox.parent import ChildFailed, SandboxLimits, run_sandboxed
from huaben.core.sandbox.rejected import RejectedMedia
from huaben.core.types import JsonObject, JsonValue
from moderation.labels import AigcLabel, ProducerCode
from moderation.media_inspection import MediaReport
from moderation.policy import MediaThresholds

_GIB = 1024**3
_MODULE = "huaben.review.video_child"
_UNCHECKED = LocalizedText("文件无法检查", "The file cannot be checked")
_BROKEN_OR_LARGE = LocalizedText("文件已损坏或超出限制", "It is damaged or over the limits")
_PROBLEMS: dict[str, tuple[LocalizedText, LocalizedText | None]] = {
    "generated_without_label": (
        LocalizedText(
            "生成的影片没有带上标识，不能送审",
            "The generated film carries no label and cannot go to review",
        ),
        None,
    ),
    "container_without_label": (
        LocalizedText(
            "这种文件格式无法写入AI标识", "A label cannot be written into this kind of file"
        ),
        LocalizedText("请上传 MP4、MOV、MKV 或 WebM", "Please upload MP4, MOV, MKV or WebM"),
    ),
    "copy_differs": (
        LocalizedText(
            "带标识的副本与原片不一致，没有使用它",
            "The labelled copy is not the same film, and was not used",
        ),
        LocalizedText(
            "原片没有动过。请重新导出为 MP4 后再上传",
            "Your film is untouched. Please export it as MP4 again and upload that",
        ),
    ),
    "damaged_file": (LocalizedText("文件已损坏", "The file is damaged"), None),
    "not_media": (_UNCHECKED, _BROKEN_OR_LARGE),
    "damaged_media": (_UNCHECKED, _BROKEN_OR_LARGE),
    "media_too_large": (_UNCHECKED, _BROKEN_OR_LARGE),
    "damaged": (_UNCHECKED, _BROKEN_OR_LARGE),
    "too_heavy": (
        _UNCHECKED,
        LocalizedText("检查它需要的资源超出了限制", "Checking it takes more than is allowed"),
    ),
}


@dataclass(frozen=True)
class LabelledVideo:
    """What a film came with (``label``, ``malformed``, ``mark``, ``provenance``), and the label
    that was read back from its labelled copy (``written``; None: nothing speaks for AI).
    """

    label: AigcLabel | None
    malformed: bool
    mark: JsonObject
    provenance: JsonObject
    notice: LocalizedText | None
    written: AigcLabel | None


def label_video(
    film: Path,
    labelled: Path,
    *,
    seconds: float,
    declared: bool,
    must_be_labelled: bool,
    propagator: ProducerCode,
    propagate_id: str,
    day: date,
    check: Callable[[], None],
) -> LabelledVideo:
    """Run ``video_child.label_video``, which may write in the folder of ``labelled``. Raises
    Problem for a film that cannot go on, ChildFailed to try again.
    """
    answer = _run(
        {
            "task": "label_video",
            "source": str(film),
            "labelled": str(labelled),
            "declared": declared,
            "must_be_labelled": must_be_labelled,
            "propagator": str(propagator),
            "propagate_id": propagate_id,
            "day": day.isoformat(),
        },
        _limits(seconds, film.stat().st_size + 16 * 1024**2),
        writes=[labelled.parent],
        check=check,
    )
    return LabelledVideo(
        label=AigcLabel(**answer["label"]) if answer["label"] else None,
        malformed=answer["malformed"],
        mark=answer["mark"],
        provenance=answer["provenance"],
        notice=LocalizedText(**answer["notice"]) if answer["notice"] else None,
        written=AigcLabel(**answer["written"]) if answer["written"] else None,
    )


def inspect_video(
    film: Path,
    *,
    seconds: float,
    declared: bool,
    thresholds: MediaThresholds,
    on_progress: Callable[[float], None],
    check: Callable[[], None],
) -> MediaReport:
    """Run ``video_child.inspect_video``. Raises Problem and ChildFailed as ``label_video`` does."""
    answer = _run(
        {
            "task": "inspect_video",
            "source": str(film),
            "declared": declared,
            "thresholds": asdict(thresholds),
        },
        _limits(seconds, 1024**2),
        on_progress=on_progress,
        check=check,
    )
    try:
        return MediaReport.from_json(answer)
    except (TypeError, ValueError, KeyError) as error:
        raise ChildFailed(f"{_MODULE} answered what is no report") from error


def _limits(seconds: float, file_bytes: int) -> SandboxLimits:
    return SandboxLimits(
        memory_bytes=4 * _GIB,
        cpu_seconds=round(120 + 20 * seconds),
        wall_seconds=round(600 + 40 * seconds),
        file_bytes=file_bytes,
    )


def _run(
    request: dict[str, JsonValue],
    limits: SandboxLimits,
    *,
    check: Callable[[], None],
    writes: Sequence[Path] = (),
    on_progress: Callable[[float], None] | None = None,
) -> dict[str, JsonValue]:
    try:
        return run_sandboxed(
            _MODULE,
            request,
            limits,
            codes=_PROBLEMS,
            reads=[Path(str(request["source"]))],
            writes=writes,
            check=check,
            on_progress=on_progress,
        )
    except RejectedMedia as rejected:
        title, detail = _PROBLEMS[rejected.code]
        raise Problem(rejected.code, title, detail=detail) from rejected
