"""No text comes in without a door: the table is held against the schema, and doors are tried."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from huaben.api.text_doors import API, ELSEWHERE, FIELDS, Door
from huaben.catalog.models import Series
from tests.contract import SCHEMA
from tests.platform.watching.works import show_series

DOCUMENT = json.loads(SCHEMA.read_text())
# Not prose: their form is checked by the serializer.
FORMS = {"uuid", "date-time", "date", "uri", "email", "binary"}


def texts_of(schema: dict[str, Any], path: str = "") -> Iterator[str]:
    """The path of every field that takes a text, or anything at all."""
    if "$ref" in schema:
        yield from texts_of(
            DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]], path
        )
        return
    parts = [part for key in ("allOf", "anyOf", "oneOf") for part in schema.get(key, [])]
    for part in parts:
        yield from texts_of(part, path)
    kind = schema.get("type")
    kinds = set(kind) if isinstance(kind, list) else {kind}
    for name, field in schema.get("properties", {}).items():
        yield from texts_of(field, f"{path}.{name}" if path else name)
    if isinstance(schema.get("additionalProperties"), dict):
        yield from texts_of(schema["additionalProperties"], f"{path}.*")
    if "array" in kinds:
        yield from texts_of(schema.get("items", {}), f"{path}[]")
    anything = kind is None and not parts and "enum" not in schema and "properties" not in schema
    text = "string" in kinds and "enum" not in schema and schema.get("format") not in FORMS
    if path and (text or anything):
        yield path


def sent() -> dict[str, set[str]]:
    """The text fields of every operation that takes a body, as the schema has them."""
    found: dict[str, set[str]] = {}
    for address, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            bodies = operation.get("requestBody", {}).get("content", {})
            if "application/json" in bodies:
                fields = set(texts_of(bodies["application/json"]["schema"]))
                if fields:
                    found[f"{method.upper()} {address.removeprefix(API)}"] = fields
    return found


def test_every_text_of_the_schema_has_a_door_and_no_door_leads_nowhere():
    known = {operation: set(fields) for operation, fields in FIELDS.items()}
    assert known == sent()


def test_uploads_say_their_name_in_a_header_and_nothing_else_is_prose():
    bodies = {
        content
        for methods in DOCUMENT["paths"].values()
        for operation in methods.values()
        for content in operation.get("requestBody", {}).get("content", {})
    }
    others = bodies - {"application/json"}
    assert others <= {
        "application/offset+octet-stream",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    }
    assert any("Upload-Metadata" in name for name in ELSEWHERE)


def through(door: Door) -> list[tuple[str, str]]:
    return [
        (operation, field)
        for operation, fields in FIELDS.items()
        for field, by in fields.items()
        if by == door
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("operation", "field"),
    [*through(Door.WORDS), *through(Door.SPEECH), *through(Door.NAME)],
)
def test_a_text_that_shows_nothing_passes_no_door(operation, field, signed_in):
    creator = signed_in("viewer", "creator")
    series = show_series("灯影录", episodes=2, creator=creator.user)
    first, second = series.episodes.all()
    method, _, path = operation.partition(" ")
    address = API + path.format(series_id=series.pk, episode_id=first.pk)
    edge = {"from_episode_id": str(first.pk), "to_episode_id": str(second.pk), "text": "去"}
    body: dict[str, Any] = {
        "id": str(first.pk),
        "title": "题",
        "text": "话",
        "kind": "idea",
        "position_ms": 0,
        "choices": [edge],
    }
    if field == "choice_text":
        body |= {"kind": "branch", "from_episode_id": str(first.pk)}
    target = edge if field.startswith("choices[].") else body
    target[field.rpartition(".")[2]] = "\u200b\u202e"
    answer = getattr(creator, method.lower())(address, body, format="json")
    assert answer.status_code == 400, answer.content
    assert Series.objects.count() == 1
