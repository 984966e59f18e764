"""Errors that a person is told of: RFC 9457 problem details with a stable ``code``.

A service raises a ``Problem``; the API turns it, and everything that Django and DRF raise, into one
shape.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NotRequired, TypedDict

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response

from .inputs import UnreadableInput
from .localized import LocalizedText
from .logs import current_request_id
from .types import JsonObject

CONTENT_TYPE = "application/problem+json"


class FieldError(TypedDict):
    """One field at fault; ``index`` where it is one of many."""

    field: str
    message: str
    index: NotRequired[int]


class Problem(Exception):
    """Something a person should know: what happened, and what to do. Nothing was changed when it is
    raised.

    ``errors`` names the fields at fault: ``{"field", "message", "index"?}``.
    """

    def __init__(
        self,
        code: str,
        title: LocalizedText,
        *,
        detail: LocalizedText | None = None,
        status: int = 400,
        errors: Sequence[FieldError] = (),
    ) -> None:
        super().__init__(code)
        self.code, self.title, self.detail, self.status, self.errors = (
            code,
            title,
            detail,
            status,
            list(errors),
        )


class NotFound(Problem):
    """There is no such thing, or the person may not know of it."""

    def __init__(self) -> None:
        super().__init__("not_found", LocalizedText("没有找到", "Not found"), status=404)


class Refused(Problem):
    """The person may know of the thing, but may not do this with it."""

    def __init__(self, code: str = "refused", title: LocalizedText | None = None) -> None:
        super().__init__(
            code,
            title or LocalizedText("你没有权限做这件事", "You are not allowed to do this"),
            status=403,
        )


class Conflict(Problem):
    """The thing is in a state in which this cannot be done."""

    def __init__(
        self, code: str, title: LocalizedText, *, detail: LocalizedText | None = None
    ) -> None:
        super().__init__(code, title, detail=detail, status=409)


class TooSoon(Problem):
    """The person does this too often. ``wait``: seconds after which it may be tried again; told as
    Retry-After.
    """

    def __init__(self, code: str, title: LocalizedText, *, wait: float) -> None:
        super().__init__(code, title, status=429)
        self.wait = wait


def invalid_input(fault: UnreadableInput) -> Problem:
    """What is said of an input that no door lets in, with its place."""
    _, title = _TITLES[400]
    return Problem(
        "invalid", title, errors=[{"field": fault.place, "message": fault.words.localized()}]
    )


def problem_data(
    code: str,
    title: str,
    status: int,
    *,
    detail: str | None = None,
    errors: Sequence[FieldError] = (),
) -> JsonObject:
    """The body of a problem, as RFC 9457 lays it out."""
    body: dict[str, Any] = {
        "type": f"urn:huaben:problem:{code}",
        "title": title,
        "status": status,
        "code": code,
    }
    if detail:
        body["detail"] = detail
    if errors:
        body["errors"] = list(errors)
    body["request_id"] = current_request_id()
    return body


_TITLES = {
    400: ("invalid", LocalizedText("提交的内容有误", "What was sent is not valid")),
    401: ("sign_in_needed", LocalizedText("请先登录", "Please sign in")),
    403: ("refused", LocalizedText("你没有权限做这件事", "You are not allowed to do this")),
    404: ("not_found", LocalizedText("没有找到", "Not found")),
    405: ("method_not_allowed", LocalizedText("不支持这种操作", "This cannot be done here")),
    415: (
        "unsupported_media_type",
        LocalizedText("不支持这种格式", "This format is not supported"),
    ),
    429: (
        "too_many_requests",
        LocalizedText("操作太快了，请稍候再试", "Too many requests; please wait a little"),
    ),
}


def _flatten(detail: object, field: str = "") -> list[FieldError]:
    if isinstance(detail, Mapping):
        return [
            e
            for name, value in detail.items()
            for e in _flatten(value, f"{field}.{name}" if field else str(name))
        ]
    if isinstance(detail, list):
        return [
            e
            for index, value in enumerate(detail)
            for e in _flatten(value, field if isinstance(value, str) else f"{field}[{index}]")
        ]
    return [{"field": field, "message": str(detail)}]


def problem_response(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: every error in the one shape; a database that is away is 503, never
    500.
    """
    if isinstance(exc, Problem):
        body = problem_data(
            exc.code,
            exc.title.localized(),
            exc.status,
            detail=exc.detail.localized() if exc.detail else None,
            errors=exc.errors,
        )
        headers = {"Retry-After": str(int(exc.wait) + 1)} if isinstance(exc, TooSoon) else None
        return Response(body, status=exc.status, headers=headers, content_type=CONTENT_TYPE)
    if isinstance(exc, Http404):
        exc = exceptions.NotFound()
    elif isinstance(exc, PermissionDenied):
        exc = exceptions.PermissionDenied()
    if not isinstance(exc, exceptions.APIException):
        return None
    code, title = _TITLES.get(
        exc.status_code, ("error", LocalizedText("出错了", "Something went wrong"))
    )
    errors = _flatten(exc.detail) if isinstance(exc, exceptions.ValidationError) else []
    detail = None if errors or isinstance(exc.detail, dict | list) else str(exc.detail)
    response = Response(
        problem_data(code, title.localized(), exc.status_code, detail=detail, errors=errors),
        status=exc.status_code,
        content_type=CONTENT_TYPE,
    )
    if wait := getattr(exc, "wait", None):  # of Throttled
        response["Retry-After"] = str(int(wait) + 1)
    return response


def problem_page(
    request: HttpRequest,
    code: str,
    title: LocalizedText,
    status: int,
    *,
    errors: Sequence[FieldError] = (),
) -> JsonResponse:
    """A problem from outside DRF: a middleware, Django's own error handlers."""
    return JsonResponse(
        problem_data(code, title.localized(), status, errors=errors),
        status=status,
        content_type=CONTENT_TYPE,
    )


def is_database_away(exc: BaseException) -> bool:
    """Whether an error says that PostgreSQL cannot be reached, rather than that a statement was
    wrong.
    """
    return isinstance(exc, OperationalError | InterfaceError) or (
        isinstance(exc, DatabaseError) and "connection" in str(exc).lower()
    )
