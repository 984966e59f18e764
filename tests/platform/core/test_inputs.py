"""What no door lets in: texts that cannot be stored, nesting without bounds, numbers past all
columns.
"""

from __future__ import annotations

import base64
import json
from urllib.parse import quote

import httpx
import pytest

from huaben.core.inputs import MAX_DEPTH, MAX_INTEGER, UnreadableInput, load_json
from huaben.core.pagination import decode_cursor
from huaben.core.problems import Problem
from tests.factories import UserFactory


def _fault(text: str | bytes) -> tuple[str, str]:
    with pytest.raises(UnreadableInput) as refused:
        load_json(text)
    return refused.value.place, refused.value.words.en


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (r'{"title": "\u0000"}', "title"),
        (r'{"title": "\ud83d"}', "title"),
        (r'{"title": "\ude00\ud83d"}', "title"),
        (r'{"choices": [{"text": "a"}, {"text": "\u0000"}]}', "choices[1].text"),
        (r'{"outline": {"\u0000": 1}}', "outline.\ufffd"),
        (r'["a", "\udfff"]', "[1]"),
        ('{"number": 1e400}', "number"),
        ('{"number": NaN}', "number"),
        (f'{{"number": [-{MAX_INTEGER + 1}]}}', "number[0]"),
        ('{"a": {"number": ' + "9" * 5000 + "}}", "a.number"),
        ('{"title": "[", "outline": ' + "[" * 3000 + "]" * 3000 + "}", "outline"),
        ('{"outline": ' + '{"a": ' * 3000 + "1" + "}" * 3000 + "}", "outline"),
        ("[" * 3000, ""),
        ('{"title": ', ""),
        (b'{"title": "\xff"}', ""),
    ],
)
def test_what_no_door_lets_in_is_named_with_its_place(text: str | bytes, place: str) -> None:
    assert _fault(text)[0] == place


def test_what_is_within_bounds_comes_through_as_it_is() -> None:
    deepest = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    for text in (deepest, f'{{"n": {MAX_INTEGER}}}', r'"\ud83d\ude00"', '"' + "[" * 3000 + '"'):
        assert load_json(text) == json.loads(text)


@pytest.mark.parametrize(
    "value",
    ["[" * 3000 + "]" * 3000, '"\\u0000"', '"\\ud800"', "1e999", "9" * 400, "x", '"' * 9000],
)
def test_a_cursor_of_no_list_of_ours_is_told(value: str) -> None:
    with pytest.raises(Problem) as refused:
        decode_cursor(base64.urlsafe_b64encode(value.encode()).decode())
    assert (refused.value.code, refused.value.errors[0]["field"]) == ("bad_cursor", "cursor")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("genre=%00", "genre"),
        ("limit=5&q=a%00b", "q"),
        ("q=%ED%A0%80", "q"),
        ("q=%FF", "q"),
        ("a%00b=1", "a\ufffdb"),
    ],
)
def test_a_query_that_cannot_be_stored_is_refused_with_its_parameter(api, query, place):
    answer = api.get(f"/api/v1/series?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == place


@pytest.mark.django_db
def test_the_refusal_is_in_the_readers_language(api):
    answer = api.get("/api/v1/series?genre=%00", headers={"Accept-Language": "en"})
    assert answer.json()["title"] == "What was sent is not valid"
    answer = api.get("/api/v1/series?genre=%00", headers={"Accept-Language": "zh-CN"})
    assert answer.json()["title"] == "提交的内容有误"


def test_a_path_that_cannot_be_stored_is_refused(server):
    for path in ("/api/v1/people/%00", "/anything/%00", "/media/%00/x", "/static/%00"):
        answer = httpx.get(server + path)
        assert answer.status_code in (400, 404), path
    assert httpx.get(f"{server}/x/%00").json()["errors"][0]["field"] == "path"


@pytest.mark.parametrize("charset", ["hex", "rot13", "zlib", "utf-16", "nothing", "idna"])
def test_a_character_set_in_a_header_changes_nothing(server, charset):
    answer = httpx.post(
        f"{server}/api/v1/rights/notices?x=%E7%81%AF",
        content='{"title": "\\u0000", "更": 1}'.encode(),
        headers={"Content-Type": f"application/json; charset={charset}"},
    )
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "title")


@pytest.mark.django_db
def test_a_cookie_that_cannot_be_stored_is_no_cookie(client):
    answer = client.get("/api/v1/me", headers={"Cookie": r'sessionid="\000abc"; viewer="\000"'})
    assert answer.status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        '{"email": "\\u0000", "password": "x"}',
        '{"email": "a@b.example", "password": "\\ud800"}',
        '{"email": ' + "[" * 3000 + "]" * 3000 + "}",
        '{"email": {"a": [1]}, "password": [1e999]}',
    ],
)
@pytest.mark.parametrize("address", ["auth/login", "auth/signup", "auth/password/request"])
def test_allauths_addresses_refuse_it_too(client, address, body):
    UserFactory()
    answer = client.post(f"/_allauth/browser/v1/{address}", body, content_type="application/json")
    assert answer.status_code == 400, quote(body[:80])
