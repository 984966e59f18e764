"""A batch of events as it came over the wire: checked field by field, by hand, because no endpoint
is called more often.

What is *wrong* (not JSON, a number out of range, an id that is none) is refused as a whole and
named, with nothing stored: that is a fault of the client, which can drop the named items and send
the rest. What is merely *gone* (an episode or a Cut that does not exist any more) is passed over
and counted: a beacon sent while a page closes reads no answer, and the rest of its batch must not
be lost for that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from huaben.core.inputs import UnreadableInput, load_json
from huaben.core.localized import LocalizedText
from huaben.core.problems import FieldError, Problem
from huaben.core.types import JsonObject, JsonValue

from .models import EventKind

MAX_BATCH_EVENTS = 200
MAX_BATCH_BYTES = 256 * 1024
MAX_POSITION_MS = 24 * 3600 * 1000
MAX_EVENT_AGE = timedelta(days=30)
KINDS = frozenset(EventKind.values)


@dataclass(frozen=True, slots=True)
class ReportedEvent:
    """One event as a client reports it. ``at`` lies within the last 30 days and not in the
    future.
    """

    id: UUID
    kind: str
    episode_id: UUID
    cut_id: UUID
    impression_id: UUID | None
    at: datetime
    position_ms: int
    watched_ms: int
    duration_ms: int


def read_batch(body: bytes, *, now: datetime) -> list[ReportedEvent]:
    """The events of a request's body. Raises Problem ``invalid_events`` that names each item and
    field at fault.
    """
    if len(body) > MAX_BATCH_BYTES:
        raise Problem(
            "events_too_large", LocalizedText("这批记录太大", "This batch is too large"), status=413
        )
    try:
        data = load_json(body)
    except UnreadableInput as fault:
        raise _refusal([_error(None, fault.place, fault.words)]) from None
    events = data.get("events") if isinstance(data, dict) else None
    if not isinstance(events, list):
        raise _refusal([_error(None, "events", LocalizedText("应为列表", "must be a list"))])
    if len(events) > MAX_BATCH_EVENTS:
        words = LocalizedText(
            f"一批最多 {MAX_BATCH_EVENTS} 条", f"may hold at most {MAX_BATCH_EVENTS} items"
        )
        raise _refusal([_error(None, "events", words)])
    errors: list[FieldError] = []
    read: list[ReportedEvent] = []
    for index, item in enumerate(events):
        try:
            read.append(_read_event(item, now))
        except _FieldError as error:
            errors.append(_error(index, error.field, error.text))
    if errors:
        raise _refusal(errors)
    return read


class _FieldError(Exception):
    def __init__(self, field: str, text: LocalizedText) -> None:
        super().__init__(field)
        self.field, self.text = field, text


def _read_event(item: JsonValue, now: datetime) -> ReportedEvent:
    if not isinstance(item, dict):
        raise _FieldError("", LocalizedText("应为对象", "must be an object"))
    kind = item.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise _FieldError(
            "kind",
            LocalizedText(
                f"应为 {'、'.join(sorted(KINDS))} 之一",
                f"must be one of {', '.join(sorted(KINDS))}",
            ),
        )
    return ReportedEvent(
        id=_uuid(item, "id"),
        kind=kind,
        episode_id=_uuid(item, "episode_id"),
        cut_id=_uuid(item, "cut_id"),
        impression_id=None if item.get("impression_id") is None else _uuid(item, "impression_id"),
        at=_moment(item, now),
        position_ms=_milliseconds(item, "position_ms"),
        watched_ms=_milliseconds(item, "watched_ms"),
        duration_ms=_milliseconds(item, "duration_ms"),
    )


def _uuid(item: JsonObject, field: str) -> UUID:
    value = item.get(field)
    if isinstance(value, str) and len(value) == 36:
        try:
            return UUID(value)
        except ValueError:
            pass
    raise _FieldError(field, LocalizedText("应为 UUID", "must be a UUID"))


def _milliseconds(item: JsonObject, field: str) -> int:
    value = item.get(field)
    if type(value) is int and 0 <= value <= MAX_POSITION_MS:  # a bool is an int to isinstance
        return value
    words = LocalizedText(
        f"应为 0 到 {MAX_POSITION_MS} 的整数（毫秒）",
        f"must be a whole number of milliseconds, 0 to {MAX_POSITION_MS}",
    )
    raise _FieldError(field, words)


def _moment(item: JsonObject, now: datetime) -> datetime:
    value = item.get("at")
    if isinstance(value, str) and len(value) <= 40:
        try:
            at = datetime.fromisoformat(value)
            if at.tzinfo is not None:
                # A phone's clock may be hours off, and a queue may have waited in a tunnel.
                return min(max(at.astimezone(UTC), now - MAX_EVENT_AGE), now)
        except (ValueError, OverflowError):
            pass
    raise _FieldError(
        "at",
        LocalizedText(
            "应为带时区的 ISO 8601 时刻", "must be an ISO 8601 moment with its time zone"
        ),
    )


def _error(index: int | None, field: str, text: LocalizedText) -> FieldError:
    error: FieldError = {"field": field, "message": text.localized()}
    if index is not None:
        error["index"] = index
    return error


def _refusal(errors: list[FieldError]) -> Problem:
    return Problem(
        "invalid_events",
        LocalizedText(
            "观看记录有误，这一批没有保存",
            "These events are not valid; nothing of the batch was stored",
        ),
        errors=errors,
    )
