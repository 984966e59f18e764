"""What stands around every request: its id, and a calm answer when something goes wrong."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

import structlog
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from pghistory.middleware import HistoryMiddleware

from .addresses import client_address
from .health import healthz, readyz
from .ids import new_id
from .inputs import BAD_TEXT, NOT_UTF8, UnreadableInput, is_storable, load_json
from .localized import LocalizedText
from .logs import path_for_logs
from .metrics import REQUEST_SECONDS
from .problems import invalid_input, is_database_away, problem_page

log = structlog.get_logger(__name__)
PROBES = {"/healthz": healthz, "/readyz": readyz}
ALLAUTH_PREFIX = "/_allauth/"
MAX_NAME_LENGTH = 100
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
        matched = getattr(request.resolver_match, "route", None)
        route = request.path if request.path in PROBES else matched or "unknown"
        REQUEST_SECONDS.labels(request.method or "", route, str(response.status_code)).observe(
            seconds
        )
        response["X-Request-Id"] = request_id
        if request.path == "/healthz":
            # Also on a refusal (of the Host, say): the supervisor asks whether this is its own.
            response["X-Huaben-Instance"] = os.environ.get("HUABEN_INSTANCE", "")
        if response.status_code >= 500 or seconds > 1:
            path = path_for_logs(request.path)
            log.warning(
                "slow or failed request",
                path=path,
                status=response.status_code,
                client=client_address(request),
                seconds=round(seconds, 3),
            )
        return response


class ProbeMiddleware:
    """Answers ``/healthz`` and ``/readyz`` before anybody asks for TLS or a host name: a probe
    comes to the process itself, by its address.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path)
        return probe(request) if probe is not None else self.get_response(request)


class ReadableInputMiddleware:
    """Refuses an address that holds what cannot be stored, with 400 and its place, before anybody
    reads it; drops cookies that do.

    Bodies are read by ``parsers.JsonParser``, but for allauth's, which reads its own: they are
    checked here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # A header may name any codec, also one that is none for text. The public setter would read
        # the query with that codec first.
        request._encoding = "utf-8"  # type: ignore[attr-defined]
        for name in [n for n, value in request.COOKIES.items() if not is_storable(value)]:
            del request.COOKIES[name]
        try:
            _check_address(request)
            if request.path.startswith(ALLAUTH_PREFIX) and request.method != "GET" and request.body:
                load_json(request.body)
        except UnreadableInput as fault:
            with translation.override(translation.get_language_from_request(request)):
                problem = invalid_input(fault)
                return problem_page(
                    request, problem.code, problem.title, problem.status, errors=problem.errors
                )
        return self.get_response(request)


def _check_address(request: HttpRequest) -> None:
    """Raise UnreadableInput for a path or a query parameter that cannot be stored."""
    if not is_storable(request.path):
        raise UnreadableInput("path", BAD_TEXT)
    for part in request.META.get("QUERY_STRING", "").split("&"):
        raw_name, _, raw_value = part.replace("+", " ").partition("=")
        name = unquote_to_bytes(raw_name).decode(errors="replace").replace("\0", "\ufffd")
        try:
            texts = [unquote_to_bytes(raw).decode() for raw in (raw_name, raw_value)]
        except UnicodeDecodeError as exc:
            raise UnreadableInput(name[:MAX_NAME_LENGTH], NOT_UTF8) from exc
        if not all(map(is_storable, texts)):
            raise UnreadableInput(name[:MAX_NAME_LENGTH], BAD_TEXT)


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
