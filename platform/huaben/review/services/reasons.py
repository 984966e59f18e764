"""The reasons that a rejection or a take-down is sent with, checked."""

from __future__ import annotations

from collections.abc import Sequence

from huaben.core.localized import LocalizedText
from huaben.core.problems import FieldError, Problem
from huaben.core.types import JsonObject
from huaben.review.models import Case
from huaben.review.reasons import REASONS

MAX_REASONS = 50
# The slowest film shows a picture for so long: what a player calls its position in the last one may
# lie so far behind the film's end.
LAST_PICTURE_MS = 1000


def clean_reasons(reasons: Sequence[JsonObject], case: Case) -> list[JsonObject]:
    """The reasons as they are stored; a place in the film's last picture lies at its end.

    Raises Problem for none, too many, an unknown one, or a place outside the film.
    """
    if not reasons:
        raise field_problem(
            "reasons_needed",
            "reasons",
            LocalizedText("请至少给出一条理由", "Please give at least one reason"),
        )
    if len(reasons) > MAX_REASONS:
        raise field_problem(
            "too_many_reasons", "reasons", LocalizedText("理由太多了", "Too many reasons")
        )
    duration_ms = case.cut.asset.duration_ms if case.cut.asset else 0
    return [_clean_reason(reason, index, duration_ms) for index, reason in enumerate(reasons)]


def _clean_reason(reason: JsonObject, index: int, duration_ms: int) -> JsonObject:
    start, end = reason.get("start_ms"), reason.get("end_ms")
    note = (reason.get("note") or "").strip()
    if reason["code"] not in REASONS:
        raise field_problem(
            "unknown_reason",
            "code",
            LocalizedText("没有这个理由", "There is no such reason"),
            index,
        )
    if reason["code"] == "other" and not note:
        raise field_problem(
            "note_needed",
            "note",
            LocalizedText("请说明是什么理由", "Please say which reason"),
            index,
        )
    if not _is_span_within(start, end, duration_ms + LAST_PICTURE_MS):
        raise field_problem(
            "bad_span",
            "start_ms",
            LocalizedText("时段不在片内", "The time span is not within the film"),
            index,
        )
    if start is not None:
        start = min(start, duration_ms)
    if end is not None:
        end = min(end, duration_ms) if start is None or start < duration_ms else None
    return {"code": reason["code"], "start_ms": start, "end_ms": end, "note": note}


def _is_span_within(start: int | None, end: int | None, last_ms: int) -> bool:
    """Both null is the whole film, a start alone one moment of it."""
    if start is None:
        return end is None
    return 0 <= start <= last_ms and (end is None or start < end <= last_ms)


def field_problem(code: str, field: str, title: LocalizedText, index: int | None = None) -> Problem:
    error: FieldError = {"field": field, "message": title.localized()}
    if index is not None:
        error["index"] = index
    return Problem(code, title, errors=[error])
