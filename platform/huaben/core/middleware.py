"""What stands around every request: its id, and a calm answer when something goes wrong."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse, JsonResponse
from pghistory.middleware import HistoryMiddleware

from .ids import new_id
from .localized import LocalizedText
from .logs import path_for_logs
from .metrics import REQUEST_SECONDS
from .problems import is_database_away, problem_page

log = structlog.get_logger(__name__)
_GIVEN_ID = re.compile(r"^[A-Za-z0-9-]{8,64}$")


class RequestIdMiddleware:
    """Binds the request's id to its log lines and returns it; a proxy's own id is taken over when
    it is well formed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-Id", "")
        request_id = given if _GIVEN_ID.match(given) else str(new_id())
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - started
        route = getattr(request.resolver_match, "route", None) or "unknown"
        REQUEST_SECONDS.labels(request.method or "", route, str(response.status_code)).observe(
            seconds
        )
        response["X-Request-Id"] = request_id
        if response.status_code >= 500 or seconds > 1:
            path = path_for_logs(request.path)
            log.warning(
                "slow or failed request",
                path=path,
                status=response.status_code,
                seconds=round(seconds, 3),
            )
        return response


class AuditMiddleware(HistoryMiddleware):
    """Writes beside every audited change who made it and where, without the secrets of the
    address.
    """

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().get_context(request), "url": path_for_logs(request.path)}


def server_error(request: HttpRequest) -> JsonResponse:
    """Django's ``handler500``: 503 with Retry-After while PostgreSQL is away, wherever it was
    missed; 500 for the rest.
    """
    error = sys.exc_info()[1]
    if error is not None and is_database_away(error):
        log.warning("database away", path=path_for_logs(request.path))
        title = LocalizedText(
            "服务正在恢复，请稍后再试；没有任何内容丢失",
            "The service is recovering; nothing was lost. Please try again shortly",
        )
        response = problem_page(request, "unavailable", title, 503)
        response["Retry-After"] = "2"
        return response
    return problem_page(
        request,
        "internal",
        LocalizedText("出错了，我们已记录", "Something went wrong; it has been logged"),
        500,
    )
