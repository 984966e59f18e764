"""Validates every answer that a test gets against the published schema, ``frontend/openapi.json``.

``middleware`` is the outermost middleware in the process of a test (the test client's and the
``server`` fixture's alike). It appends each difference from the schema to ``violations``;
``tests/platform/conftest.py`` fails the test that caused it. It also records which operations
succeeded: ``unseen`` names those that succeeded in no test of the run.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

SCHEMA = Path(__file__).parents[1] / "frontend" / "openapi.json"
PROBLEM = "application/problem+json"
METHODS = ("get", "post", "put", "patch", "delete")

violations: list[str] = []
_seen: set[str] = set()


@sync_and_async_middleware
def middleware(get_response: Callable[..., Any]) -> Callable[..., Any]:
    """The outermost middleware of tests: validates each answer as a client would get it."""
    if iscoroutinefunction(get_response):

        async def validate_async(request: HttpRequest) -> HttpResponseBase:
            response = await get_response(request)
            _validate(request, response)
            return response

        return validate_async

    def validate(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        _validate(request, response)
        return response

    return validate


def operations() -> Iterator[str]:
    """Every operation of the schema, as ``GET /api/v1/feed``."""
    for path, methods in _published()["paths"].items():
        yield from (f"{method.upper()} {path}" for method in METHODS if method in methods)


def write_seen() -> None:
    """Write the operations that this process has seen to where the main process reads them."""
    folder = _seen_folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / str(os.getpid())).write_text("\n".join(sorted(_seen)))


def unseen() -> list[str]:
    """The operations that succeeded in no process of this run."""
    seen = {name for file in _seen_folder().glob("*") for name in file.read_text().splitlines()}
    return sorted(set(operations()) - seen)


def _seen_folder() -> Path:
    return Path(os.environ["HUABEN_TEST_FILES"]) / "answers"


def _validate(request: HttpRequest, response: HttpResponseBase) -> None:
    if request.resolver_match is None or request.method in ("HEAD", "OPTIONS"):
        return
    path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", request.resolver_match.route)
    operation = _published()["paths"].get(path, {}).get(str(request.method).lower())
    if not path.startswith("/api/v1/") or (operation is None and response.status_code != 405):
        return
    name = f"{request.method} {path}"
    violation = _violation(name, operation, response)
    if violation is not None:
        violations.append(f"{name} answered {response.status_code}: {violation}")
    elif response.status_code < 400:
        _seen.add(name)


def _violation(name: str, operation: Any, response: HttpResponseBase) -> str | None:
    """How an answer differs from the schema, or None."""
    status, content_type = (
        str(response.status_code),
        response.get("Content-Type", "").partition(";")[0],
    )
    if response.status_code == 304:
        return None
    described = (operation or {}).get("responses", {}).get(status)
    if described is None:
        if response.status_code < 400 or content_type != PROBLEM:
            return (
                f"an answer of this status and content type ({content_type}) is not in the schema"
            )
        return _first_error("problem", response)
    content = described.get("content", {})
    if not content:
        return "it has a body" if getattr(response, "content", b"") else None
    if content_type not in content:
        return f"{content_type} is none of {', '.join(content)}"
    return (
        _first_error(f"{name} {status}", response) if content_type == "application/json" else None
    )


def _first_error(name: str, response: HttpResponseBase) -> str | None:
    body = json.loads(getattr(response, "content", b""))
    error = next(_validator(name).iter_errors(body), None)
    if error is None:
        return None
    location = "/".join(str(step) for step in error.instance_path)
    return f"{location or 'the body'}: {error.message[:300]}"


@cache
def _validator(name: str) -> Any:
    """``problem``, or an operation and its status: ``GET /api/v1/feed 200``."""
    if name == "problem":
        schema: Any = {"$ref": "#/components/schemas/Problem"}
    else:
        method, path, status = name.split(" ")
        answer = _published()["paths"][path][method.lower()]["responses"][status]
        schema = _closed(answer["content"]["application/json"]["schema"])
    components = {"schemas": _closed(_published()["components"]["schemas"])}
    return jsonschema_rs.Draft202012Validator(
        {**schema, "components": components}, validate_formats=True
    )


@cache
def _published() -> Any:
    return json.loads(SCHEMA.read_text())


def _closed(schema: Any) -> Any:
    """The schema with ``additionalProperties: false`` wherever an object names its fields."""
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(part) for key, part in schema.items()}
    if isinstance(schema.get("properties"), dict) and "type" in schema:
        closed.setdefault("additionalProperties", False)
    return closed
