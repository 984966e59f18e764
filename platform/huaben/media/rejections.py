"""Why a file is refused, in words for whoever brought it."""

from __future__ import annotations

from collections.abc import Mapping

from huaben.core.localized import LocalizedText
from huaben.core.problems import Problem
from huaben.core.types import JsonObject

_TITLE = LocalizedText("这个文件不能用", "This file cannot be used")

_REASONS = {
    "not_video": LocalizedText(
        "这不是视频文件。请上传 MP4、MOV、MKV 或 WebM。",
        "This is not a video file. Please upload MP4, MOV, MKV or WebM.",
    ),
    "unreadable": LocalizedText(
        "文件结构已损坏，无法读取。请重新导出后再上传。",
        "The file's structure is broken. Please export it again and upload that.",
    ),
    "truncated": LocalizedText(
        "文件不完整，后面的部分缺失。请确认导出已完成后再上传。",
        "The file is cut off: its end is missing. Please make sure that the export was complete.",
    ),
    "damaged": LocalizedText(
        "视频画面或声音的数据已损坏，无法解码。",
        "The picture or sound in this file is damaged and cannot be decoded.",
    ),
    "two_in_one": LocalizedText(
        "文件里夹带了另一种文件的内容，出于安全考虑不予接收。",
        "This file holds another file of a different kind; for safety it is not accepted.",
    ),
    "encrypted": LocalizedText(
        "视频已加密（DRM），无法处理。", "The video is encrypted (DRM) and cannot be processed."
    ),
    "points_elsewhere": LocalizedText(
        "这个文件引用了别处的内容。请导出为完整的单个文件。",
        "This file refers to content elsewhere. Please export it as one complete file.",
    ),
    "no_picture": LocalizedText(
        "文件里只有声音，没有画面。", "The file holds sound only, and no picture."
    ),
    "unknown_codec": LocalizedText(
        "不支持这种编码。请使用 H.264、HEVC、VP9 或 AV1 画面，AAC、MP3 或 Opus 声音。",
        "This encoding is not supported. Please use H.264, HEVC, VP9 or AV1 picture with AAC, "
        "MP3 or Opus sound.",
    ),
    "too_long": LocalizedText(
        "视频长 {seconds} 秒，最长只能 {longest} 秒。",
        "The video is {seconds} s long; the longest allowed is {longest} s.",
    ),
    "too_short": LocalizedText(
        "视频太短，至少要 {shortest} 秒。",
        "The video is too short; it must last {shortest} s at least.",
    ),
    "absurd_size": LocalizedText(
        "画面尺寸 {width}×{height} 不在可接受的范围内（每边 64–4096 像素，长宽比不超过 4:1）。",
        "The picture measures {width}×{height}, outside what is accepted (64–4096 pixels a side, "
        "at most 4:1).",
    ),
    "absurd_rate": LocalizedText(
        "帧率过高，最高每秒 {fastest} 帧。",
        "The frame rate is too high; {fastest} a second is the most.",
    ),
    "too_many_channels": LocalizedText(
        "声音的声道太多，最多 {most} 个。请导出为立体声。",
        "The sound has too many channels; {most} is the most. Please export it as stereo.",
    ),
    "too_heavy": LocalizedText(
        "处理这个文件需要的资源超出了限制。请降低分辨率或重新导出。",
        "This file takes more to process than is allowed. Please lower its resolution or export "
        "it again.",
    ),
}
STORAGE_AWAY = LocalizedText(
    "影片仓库暂时连不上，请稍候再试", "The film store does not answer; please try again shortly"
)
CODES = frozenset(_REASONS)


def rejection_problem(code: str, facts: Mapping[str, object]) -> Problem:
    """The Problem for a file that ``film`` found unfit: 422 with code ``media_<code>`` and the
    reason in both languages.
    """
    reason = _REASONS[code]
    return Problem(
        f"media_{code}",
        _TITLE,
        detail=LocalizedText(reason.zh.format(**facts), reason.en.format(**facts)),
        status=422,
    )


def stored_form_of(problem: Problem) -> JsonObject:
    """A Problem as it is kept in a row: ``code``, and ``title`` and ``detail`` in both
    languages.
    """
    return {
        "code": problem.code,
        "title": problem.title.as_dict(),
        "detail": problem.detail.as_dict() if problem.detail else None,
    }
