"""Operators keep what never appears; every check that begins after the commit knows it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from huaben.core.calendar import today
from huaben.speech.engine import check_text
from huaben.speech.models import NeverPhrase

pytestmark = pytest.mark.django_db
LIST = "/api/v1/never-list"


def add(client, phrase="紫薯精", **changes):
    body = {
        "phrase": phrase,
        "category": "insult",
        "language": "zh",
        "form": "word",
        "reason": "近来拿来骂人",
        **changes,
    }
    return client.post(LIST, body, format="json")


def retire(client, phrase_id, reason="拦错了"):
    return client.post(f"{LIST}/{phrase_id}/retire", {"reason": reason}, format="json")


def test_an_added_phrase_holds_and_a_retired_one_does_not(signed_in):
    operator = signed_in("operator")
    before = check_text("你个紫薯精走开")
    assert before.verdict == "pass"
    answer = add(operator)
    assert answer.status_code == 201, answer.json()
    held = check_text("你个紫薯精走开")
    assert held.verdict == "review"
    assert {finding.policy for finding in held.findings} >= {"never.insult"}
    assert held.versions["never"].startswith(before.versions["never"] + "+")
    assert operator.get(f"{LIST}/summary").json()["version"] == held.versions["never"]
    answer = retire(operator, answer.json()["id"])
    assert (answer.status_code, answer.json()["retired"]) == (200, True)
    assert check_text("你个紫薯精走开").verdict == "pass"
    assert retire(operator, answer.json()["id"]).json()["code"] == "phrase_retired"
    assert add(operator).status_code == 201, "it may come again"


def test_a_display_name_with_an_added_phrase_is_refused_by_the_web_process(signed_in):
    client = signed_in()
    add(signed_in("operator"))
    refused = client.patch("/api/v1/me", {"display_name": "紫薯精一号"}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (400, "name_refused")


def test_a_phrase_of_the_engines_list_is_found_and_retired(signed_in):
    operator = signed_in("operator")
    found = operator.get(LIST, {"q": "肥猪滚"}).json()["results"]
    assert [(row["phrase"], row["shipped"]) for row in found] == [("肥猪滚", True)]
    count = operator.get(f"{LIST}/summary").json()["entry_count"]
    assert retire(operator, found[0]["id"]).status_code == 200
    assert operator.get(LIST, {"q": "肥猪滚"}).json()["results"] == []
    gone = operator.get(LIST, {"state": "retired"}).json()["results"]
    assert [(row["phrase"], row["changed_by"]) for row in gone] == [("肥猪滚", operator.user.name)]
    assert operator.get(f"{LIST}/summary").json()["entry_count"] == count - 1


def test_the_list_is_paged_own_phrases_first(signed_in):
    operator = signed_in("operator")
    add(operator, "紫薯精")
    add(operator, "青椒怪")
    page = operator.get(LIST, {"limit": 3}).json()
    assert [row["phrase"] for row in page["results"]][:2] == ["青椒怪", "紫薯精"]
    following = operator.get(LIST, {"limit": 3, "cursor": page["next_cursor"]}).json()
    assert following["results"][0]["shipped"] is True


def test_a_phrase_counts_on_its_days(signed_in):
    operator = signed_in("operator")
    add(operator, effective=str(today() + timedelta(days=1)))
    add(operator, "青椒怪", until=str(today()))
    assert check_text("紫薯精").verdict == "pass"
    assert check_text("青椒怪").verdict == "review"


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"phrase": "……"}, "bad_phrase", "符号"),
        ({"phrase": "你 ~99 紫薯", "form": "pattern"}, "bad_phrase", "12"),
        ({"phrase": "@nobody 紫薯", "form": "pattern"}, "bad_phrase", "词类"),
        ({"phrase": "…|、 精", "form": "pattern"}, "bad_phrase", "空"),
        ({"phrase": "a ~1 b ~1 c ~1 d ~1 e", "form": "pattern"}, "bad_phrase", "间隔"),
        ({"phrase": "好", "form": "word"}, "too_broad", "例如"),
        ({"category": "rude"}, "unknown_category", ""),
        ({"effective": "2026-12-02", "until": "2026-12-01"}, "bad_days", ""),
        ({"form": "regex"}, "invalid", ""),
        ({"reason": " "}, "invalid", ""),
    ],
)
def test_what_cannot_be_read_or_holds_too_much_is_refused_in_words(changes, code, words, signed_in):
    answer = add(signed_in("operator"), **changes)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert words in str(answer.json())
    assert not NeverPhrase.objects.exists()


def test_what_is_in_the_list_is_not_added_again(signed_in):
    operator = signed_in("operator")
    add(operator)
    for phrase in ("紫薯精", " 紫薯精 "):
        assert add(operator, phrase).json()["code"] == "phrase_known"


def test_who_did_what_and_why_is_kept_for_good(signed_in):
    first, second = signed_in("operator"), signed_in("operator")
    phrase_id = add(first).json()["id"]
    retire(second, phrase_id)
    changes = second.get(f"{LIST}/changes").json()["results"]
    assert [(row["action"], row["by"], row["reason"]) for row in changes] == [
        ("retired", second.user.name, "拦错了"),
        ("added", first.user.name, "近来拿来骂人"),
    ]
    assert changes[0]["version"] != changes[1]["version"]
    with (
        pytest.raises(DatabaseError, match="append_only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("delete from speech_neverchange")


def test_only_operators_keep_the_list(signed_in, api):
    for client in (api, signed_in("moderator", "creator")):
        assert client.get(LIST).status_code in (401, 403)
        assert add(client).status_code in (401, 403)
    assert not NeverPhrase.objects.exists()
