"""Cursor pages: stable while rows are added, and as quick on page 1,000 as on page 1."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import FieldError, ValidationError
from django.db.models import Model, Q, QuerySet
from drf_spectacular.utils import OpenApiParameter

from .inputs import load_json
from .localized import LocalizedText
from .problems import Problem
from .types import JsonValue

T = TypeVar("T")
M = TypeVar("M", bound=Model)
MAX_CURSOR_LENGTH = 2000
# What a query may raise when a cursor holds values of other types than ours.
_NOT_OURS = (ValidationError, FieldError, TypeError, ValueError, OverflowError)
# For the schema of a view that answers with one page of a list.
PAGE_PARAMETERS = [OpenApiParameter("cursor"), OpenApiParameter("limit", int)]


def encode_cursor(value: JsonValue) -> str:
    """A value as an opaque cursor."""
    return base64.urlsafe_b64encode(json.dumps(value, default=str).encode()).decode().rstrip("=")


def decode_cursor(cursor: str) -> JsonValue:
    """The value of a cursor. Raises Problem ``bad_cursor`` for one that we never gave out."""
    if len(cursor) > MAX_CURSOR_LENGTH:
        raise bad_cursor()
    try:
        return load_json(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError as exc:
        raise bad_cursor() from exc


def page_newest(
    rows: QuerySet[M], *, cursor: str | None, limit: int, field: str = "id"
) -> tuple[list[M], str | None]:
    """A page of rows by descending ``field`` (unique), and the cursor of the next page or None."""
    if cursor:
        try:
            rows = rows.filter(**{f"{field}__lt": decode_cursor(cursor)})
        except _NOT_OURS as exc:
            raise bad_cursor() from exc
    found = list(rows.order_by(f"-{field}")[: limit + 1])
    more = len(found) > limit
    found = found[:limit]
    return found, encode_cursor(getattr(found[-1], field)) if more else None


def page_by_time(
    rows: QuerySet[Any],
    *,
    cursor: str | None,
    limit: int,
    field: str = "created_at",
    newest_first: bool = True,
) -> tuple[list[Any], str | None]:
    """A page of rows by a moment and, where two share it, by primary key; and the cursor of the
    next page or None.
    """
    if cursor:
        compare = "lt" if newest_first else "gt"
        try:
            at, pk = decode_cursor(cursor)
            at = datetime.fromisoformat(at)
            rows = rows.filter(
                Q(**{f"{field}__{compare}": at}) | Q(**{field: at, f"pk__{compare}": pk})
            )
        except _NOT_OURS as exc:
            raise bad_cursor() from exc
    sign = "-" if newest_first else ""
    found = list(rows.order_by(f"{sign}{field}", f"{sign}pk")[: limit + 1])
    more = len(found) > limit
    found = found[:limit]
    if not more:
        return found, None
    return found, encode_cursor([getattr(found[-1], field).isoformat(), str(found[-1].pk)])


def page_by_keys(
    rows: QuerySet[M], *, order: Sequence[str], scope: str, cursor: str | None, limit: int
) -> tuple[list[M], str | None]:
    """A page of rows in the order of several fields (``-name``: descending), of which the last is
    unique and none is null; and the cursor of the next page or None.

    A cursor holds for the list of its ``scope`` only.
    """
    if cursor:
        rows = rows.filter(_after(rows.model, order, scope, cursor))
    found = list(rows.order_by(*order)[: limit + 1])
    more = len(found) > limit
    found = found[:limit]
    if not more:
        return found, None
    return found, encode_cursor([scope, *(getattr(found[-1], name.lstrip("-")) for name in order)])


def _after(model: type[Model], order: Sequence[str], scope: str, cursor: str) -> Q:
    after, equal = Q(), Q()
    try:
        cursor_scope, *keys = decode_cursor(cursor)
        if cursor_scope != scope:
            raise ValueError(cursor_scope)
        for name, key in zip(order, keys, strict=True):
            field = name.lstrip("-")
            value = model._meta.get_field(field).to_python(key)  # type: ignore[union-attr]
            compare = "lt" if name.startswith("-") else "gt"
            after |= equal & Q(**{f"{field}__{compare}": value})
            equal &= Q(**{field: value})
    except _NOT_OURS as exc:
        raise bad_cursor() from exc
    return after


def page_of(items: Sequence[T], *, cursor: str | None, limit: int) -> tuple[list[T], str | None]:
    """A page of a list that is already ranked, by offset."""
    start = decode_cursor(cursor) if cursor else 0
    if not isinstance(start, int) or not 0 <= start <= 100_000:
        raise bad_cursor()
    end = start + limit
    return list(items[start:end]), encode_cursor(end) if end < len(items) else None


def bad_cursor() -> Problem:
    """What a list says to a cursor that we never gave out."""
    words = LocalizedText("翻页标记无效", "The page cursor is not valid")
    return Problem("bad_cursor", words, errors=[{"field": "cursor", "message": words.localized()}])


def read_limit(params: Mapping[str, str], default: int = 20, maximum: int = 50) -> int:
    """The ``limit`` parameter, kept within 1 and ``maximum``."""
    raw = params.get("limit", "")
    return (
        min(maximum, max(1, int(raw)))
        if isinstance(raw, str) and raw.isdecimal() and len(raw) < 6
        else default
    )
