"""Runs ``huaben.review.film`` in a sandboxed child: review opens a stranger's film nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from huaben.core.localized import LocalizedText
from huaben.core.problems import Problem
from huaben.core.sandbox.parent import ChildFailed, SandboxLimits, run_sandboxed
from huaben.core.sandbox.rejected import RejectedMedia
from moderation.labels import AigcLabel, ProducerCode
from moderation.media_inspection import MediaReport
from moderation.policy import MediaThresholds

_GIB = 1024**3
_MODULE = "huaben.review.film"
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
class TakenIn:
    """What a film came with, and the label that was read back from its labelled copy (None: nothing
    speaks for AI).
    """

    label: AigcLabel | None
    malformed: bool
    mark: dict[str, Any]
    provenance: dict[str, Any]
    notice: LocalizedText | None
    written: AigcLabel | None


def take_in(
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
) -> TakenIn:
    """``huaben.review.film.take_in`` in a child. Raises Problem for a film that cannot go on,
    ChildFailed to try again.
    """
    told = _run(
        {
            "task": "take_in",
            "source": str(film),
            "labelled": str(labelled),
            "declared": declared,
            "must_be_labelled": must_be_labelled,
            "propagator": str(propagator),
            "propagate_id": propagate_id,
            "day": day.isoformat(),
        },
        _limits(seconds, film.stat().st_size + 16 * 1024**2),
        check=check,
    )
    return TakenIn(
        label=AigcLabel(**told["label"]) if told["label"] else None,
        malformed=told["malformed"],
        mark=told["mark"],
        provenance=told["provenance"],
        notice=LocalizedText(**told["duty"]) if told["duty"] else None,
        written=AigcLabel(**told["written"]) if told["written"] else None,
    )


def look(
    film: Path,
    *,
    seconds: float,
    declared: bool,
    thresholds: MediaThresholds,
    on_progress: Callable[[float], None],
    check: Callable[[], None],
) -> MediaReport:
    """``moderation.media_inspection.inspect_media`` in a child. Raises Problem and ChildFailed as ``take_in``
    does.
    """
    told = _run(
        {
            "task": "look",
            "source": str(film),
            "declared": declared,
            "thresholds": asdict(thresholds),
        },
        _limits(seconds, 1024**2),
        on_progress=on_progress,
        check=check,
    )
    try:
        return MediaReport.from_json(told)
    except (TypeError, ValueError, KeyError) as error:
        raise ChildFailed(f"{_MODULE} answered what is no report") from error


def _limits(seconds: float, file_bytes: int) -> SandboxLimits:
    return SandboxLimits(
        memory_bytes=4 * _GIB,
        cpu_seconds=round(120 + 20 * seconds),
        wall_seconds=round(600 + 40 * seconds),
        file_bytes=file_bytes,
    )


def _run(request: dict[str, Any], limits: SandboxLimits, **listening: Any) -> dict[str, Any]:
    try:
        return run_sandboxed(_MODULE, request, limits, codes=_PROBLEMS, **listening)
    except RejectedMedia as unfit:
        title, detail = _PROBLEMS[unfit.code]
        raise Problem(unfit.code, title, detail=detail) from unfit
