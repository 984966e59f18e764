"""Every operation of the schema, asked with what cannot be stored, is too deep, too long, or of
another type than its fields: never a server error, and the place is named.

There are some twenty thousand such requests. Each run asks the same fifth of them, at least one of
each place; ``FUZZ_SEED`` chooses another fifth, ``FUZZ_SHARE=1`` asks them all.
"""

from __future__ import annotations

import copy
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import pytest
from django.apps import apps
from django.core.cache import cache as django_cache
from rest_framework.test import APIClient

from huaben.media.models import Upload
from tests import contract
from tests.factories import UserFactory
from tests.platform.api.entering import ROLES
from tests.platform.rights.claims import made as made_claim
from tests.platform.watching.works import show_series

T = TypeVar("T")
SEED = os.environ.get("FUZZ_SEED", "1")
SHARE = float(os.environ.get("FUZZ_SHARE", "0.2"))
DEEP = "[" * 3000 + "]" * 3000
# As they stand in a JSON text.
BAD_VALUES = {
    "NUL": r'"a\u0000b"',
    "half a pair": r'"\ud83d"',
    "deep": DEEP,
    "long number": "9" * 5000,
    "infinite": "1e999",
    "not a number": "NaN",
}
OTHER_TYPES = ["true", "null", "[]", "{}", "[[1]]", '{"a": {"b": []}}', str(2**63 - 1), "-1", "1.5",
               '"x"', '""', '"' + "长" * 5000 + '"']  # fmt: skip
BAD_QUERY = ["%00", "a%00b", "%ED%A0%80", "%FF"]
BAD_PARTS = ["\0", "a\0b", "9" * 5000, "9" * 30, "-1", "x" * 3000, "\U0001f600", "%00", "null"]
ODD_QUERY = ["9" * 400, "-1", "1e999", "true", "[]", "%F0%9F%98%80", "x" * 3000, ""]


@pytest.fixture
def browsers(db: None) -> list[APIClient]:
    """One of nobody, and one of somebody with every role who owns the one series that is shown."""
    series = show_series("input")
    made_claim(series)
    owner = series.creator
    owner.roles = [role for role in ROLES if role != "nobody"]
    owner.save()
    Upload.objects.create(owner=owner, length=10, expires_at="2099-01-01T00:00:00Z")
    everybody = APIClient(raise_request_exception=False)
    everybody.force_login(owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    UserFactory()
    return [APIClient(raise_request_exception=False), everybody]


def _resolved(schema: Any, depth: int = 0) -> Any:
    if depth > 12:
        return {}
    if "$ref" in schema:
        named = schema["$ref"].rpartition("/")[2]
        return _resolved(contract._published()["components"]["schemas"][named], depth + 1)
    return {
        key: _resolved(part, depth + 1)
        if isinstance(part, dict)
        else [_resolved(item, depth + 1) if isinstance(item, dict) else item for item in part]
        if isinstance(part, list)
        else part
        for key, part in schema.items()
    }


def _body_of(name: str) -> Any:
    """The schema of a JSON body, with every reference put in; None for an operation without."""
    method, path = name.split(" ")
    operation = contract._published()["paths"][path][method.lower()]
    content = operation.get("requestBody", {}).get("content", {})
    return (
        _resolved(content["application/json"]["schema"]) if "application/json" in content else None
    )


WITH_BODY = [name for name in sorted(contract.operations()) if _body_of(name) is not None]


@pytest.mark.parametrize("name", WITH_BODY)
def test_no_body_is_answered_with_a_server_error(name: str, browsers: list[APIClient]) -> None:
    method, path = name.split(" ")
    shape = _body_of(name)
    assert shape is not None
    address = _address(path)
    for fields, place in _places(shape):
        for kind, text in _some(BAD_VALUES.items(), name, place):
            body = _with(fields, place, text)
            for browser in browsers:
                answer = _send(browser, method, address, body)
                _check(answer, name, kind)
                if browser is browsers[1] and "{" not in path:
                    assert answer.status_code == 400, (name, place, kind, answer.content[:300])
                    named = answer.json()["errors"][0]["field"]
                    assert named.startswith(place.split(".")[0]), (name, place, kind)
        for text in _some(OTHER_TYPES, name, place):
            _check(_send(browsers[1], method, address, _with(fields, place, text)), name, text)
    for text in (DEEP, '"\\ud800"', "1e999", "7", "null", "[]", '[{"a": "\\u0000"}]', "{", "\xff"):
        _check(_send(browsers[1], method, address, text), name, text)


@pytest.mark.parametrize("name", sorted(contract.operations()))
def test_no_query_is_answered_with_a_server_error(name: str, browsers: list[APIClient]) -> None:
    method, path = name.split(" ")
    described = contract._published()["paths"][path][method.lower()].get("parameters", [])
    address = _address(path)
    for parameter in [item["name"] for item in described if item["in"] == "query"] + ["other"]:
        for value in _some(BAD_QUERY, name, parameter):
            answer = browsers[1].generic(method, address, QUERY_STRING=f"{parameter}={value}")
            assert answer.status_code == 400, (name, parameter, value)
            assert answer.json()["errors"][0]["field"] == parameter
        for value in _some(ODD_QUERY, name, parameter):
            django_cache.clear()
            answer = browsers[1].generic(method, address, QUERY_STRING=f"{parameter}={value}")
            _check(answer, name, (parameter, value))


@pytest.mark.parametrize(
    "path", sorted({name.split(" ")[1] for name in contract.operations() if "{" in name})
)
def test_no_path_is_answered_with_a_server_error(path: str, browsers: list[APIClient]) -> None:
    asked = [
        (path.replace(part, value), value, method)
        for part in path.split("/")
        if part.startswith("{")
        for value in BAD_PARTS
        for method in ("GET", "POST", "PATCH", "DELETE")
    ]
    for address, value, method in _some(asked, path):
        answer = browsers[1].generic(method, _address(address))
        _check(answer, path, value)
        if "\0" in value:
            assert answer.status_code == 400, (path, value)
            assert answer.json()["errors"][0]["field"] == "path"


def _some(values: Iterable[T], *place: object) -> list[T]:
    """The share of ``values`` that this seed asks at a place, never none of them."""
    chosen = sorted(values, key=lambda value: zlib.crc32(repr((SEED, *place, value)).encode()))
    return chosen[: max(1, round(len(chosen) * SHARE))]


def _check(answer: Any, *what: object) -> None:
    assert answer.status_code < 500, (*what, answer.status_code, answer.content[:300])


def _send(browser: APIClient, method: str, address: str, text: str) -> Any:
    django_cache.clear()
    return browser.generic(
        method, address, text.encode("utf-8", "surrogatepass"), content_type="application/json"
    )


def _address(path: str) -> str:
    """The path with ids of rows that are there, or of none."""
    models = {model._meta.model_name: model for model in apps.get_models()}
    for part in path.split("/"):
        if not part.startswith("{"):
            continue
        model = models.get(part.strip("{}").removesuffix("_id"))
        row = model._default_manager.first() if model else None
        none = "0" if part == "{number}" else "01890a5d-ac96-774b-bcce-b302099a8057"
        path = path.replace(part, str(row.pk) if row is not None else none)
    return path


def _places(schema: Any) -> Iterator[tuple[Any, str]]:
    """A body that the schema allows, with the place of each of its fields in turn."""
    body = _example(schema)
    if not isinstance(body, dict):
        return
    for place in _leaves(body):
        yield body, place


def _leaves(value: Any, place: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, part in value.items():
            where = f"{place}.{name}" if place else name
            yield where
            if isinstance(part, dict):
                yield from _leaves(part, where)


def _with(body: Any, place: str, text: str) -> str:
    """The body as JSON text, with this text in a place."""
    changed = copy.deepcopy(body)
    *before, last = place.split(".")
    part = changed
    for name in before:
        part = part[name]
    part[last] = "@here@"
    return json.dumps(changed).replace('"@here@"', text)


def _example(schema: Any) -> Any:
    if "enum" in schema:
        return schema["enum"][0]
    for many in ("oneOf", "anyOf", "allOf"):
        if many in schema:
            return _example(schema[many][0])
    kind = schema.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object" or "properties" in schema:
        return {name: _example(part) for name, part in schema.get("properties", {}).items()}
    if kind == "array":
        return [_example(schema.get("items", {}))]
    examples = {"integer": 1, "number": 1, "boolean": True, "null": None}
    if kind in examples:
        return examples[kind]
    by_format = {
        "uuid": "01890a5d-ac96-774b-bcce-b302099a8057",
        "date-time": "2026-11-30T12:00:00Z",
        "date": "2026-11-30",
        "uri": "https://example.com/",
        "email": "a@example.com",
    }
    return by_format.get(schema.get("format", ""), "灯")
