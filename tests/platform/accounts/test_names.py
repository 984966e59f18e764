"""Display names, over HTTP: at sign-up and in one's settings."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from huaben.accounts.models import User
from huaben.accounts.names import display_name_checks
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
SIGN_UP = "/_allauth/browser/v1/auth/signup"
PASSWORD = "a long password"
CLEANED = [
    ("提灯\u202e人", "提灯人"),
    ("提灯\n人\r\n甲", "提灯 人 甲"),
    ("  提灯   人 ", "提灯 人"),
    ("e" + "\u0301" * 30, "é\u0301\u0301\u0301"),
    ("Badminton Li", "Badminton Li"),
    ("Ann-Marie 安", "Ann-Marie 安"),
    ("👩\u200d🚀", "👩\u200d🚀"),
]
HOUSE_NAMES = [
    "话本 Huaben",
    "話 本",
    "话\u200b本小助手",
    "ｈｕａｂｅｎ",
    "Huаbеn",  # Cyrillic a and e
    "HU4B3N",
    "H.u.a.b.e.n",
    "官方客服",
    "Admin",
    "аdmіn",  # Cyrillic a and i
    "4dm1n",
    "Admin Li",
    "Μοderator",  # Greek capital mu, omicron
    "rnoderator",
    "审看员小王",
    "審核員",
]


@pytest.fixture(autouse=True)
def nobody_signed_up_before():
    """The limit on sign-ups from one address would answer for the rest."""
    cache.clear()
    yield
    cache.clear()


def sign_up(client, name, email="new@example.com"):
    body = {"email": email, "password": PASSWORD, "display_name": name}
    return client.post(SIGN_UP, body, content_type="application/json")


def rename(client, name):
    return client.patch("/api/v1/me", {"display_name": name}, format="json")


@pytest.mark.parametrize(("name", "kept"), CLEANED)
def test_the_chosen_name_is_kept_cleaned(name, kept, signed_in):
    # 401: made, and waiting for the address to be confirmed.
    assert sign_up(Client(), name).status_code == 401
    assert User.objects.get(email="new@example.com").display_name == kept
    answer = rename(signed_in(), name)
    assert (answer.status_code, answer.json()["user"]["display_name"]) == (200, kept)


@pytest.mark.parametrize("name", [*HOUSE_NAMES, "\u200b", "\u2800\u3164", "你这个傻逼"])
def test_what_nobody_may_bear_is_refused_with_a_reason_beside_the_field(name, signed_in):
    client = Client()
    answer = sign_up(client, name)
    assert answer.status_code == 400, answer.content
    assert [error["param"] for error in answer.json()["errors"]] == ["display_name"]
    assert not User.objects.exists()
    browser = signed_in()
    answer = rename(browser, name)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "display_name")
    browser.user.refresh_from_db()
    assert browser.user.display_name == ""


def test_the_reason_is_in_the_language_of_whoever_reads_it():
    said = [
        Client(headers={"Accept-Language": language})
        .post(
            SIGN_UP,
            {"email": "a@example.com", "password": PASSWORD, "display_name": "Huaben"},
            content_type="application/json",
        )
        .json()["errors"][0]["message"]
        for language in ("zh-CN", "en")
    ]
    assert "像本馆" in said[0] and "reads like the house" in said[1]


def test_nobody_takes_the_name_of_somebody_who_works_here(signed_in):
    keeper = UserFactory(display_name="林见月", handle="lin", roles=["moderator"])
    UserFactory(display_name="苏小小", roles=["viewer"])
    browser = signed_in()
    for name in ("林见月", "林 见月", "林\u2060见月", "LlN"):
        assert rename(browser, name).json()["code"] == "house_name"
    assert rename(browser, "苏小小").status_code == 200
    assert rename(signed_in(user=keeper), "话本审看员 林").status_code == 200


def test_a_name_may_be_given_up_for_the_handle(signed_in):
    browser = signed_in()
    rename(browser, "提灯人")
    assert rename(browser, "").json()["user"]["display_name"] == browser.user.handle


def test_an_app_above_may_have_something_against_a_name(signed_in):
    with display_name_checks.overridden({}):
        assert rename(signed_in(), "你这个傻逼").status_code == 200
