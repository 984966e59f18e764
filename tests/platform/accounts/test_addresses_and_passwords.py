"""Confirming and changing an address, resetting and changing a password, over allauth's API."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from huaben.accounts.mails import MAILS, enqueue_mail
from huaben.accounts.models import User
from huaben.core.models import Job
from tests.factories import UserFactory
from tests.platform.accounts.mails import deliver, link_in

pytestmark = pytest.mark.django_db
AUTH = "/_allauth/browser/v1"
PASSWORD = "a long password"
NEW = "another long password"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def post(client, path, body, method="post"):
    send = getattr(client, method)
    return send(f"{AUTH}{path}", body, content_type="application/json", headers=ENGLISH)


def sign_in(client, email, password=PASSWORD):
    return post(client, "/auth/login", {"email": email, "password": password})


def who(client):
    return client.get("/api/v1/me").json()["user"]


def pending(answer):
    flows = answer.json().get("data", {}).get("flows", [])
    return [flow["id"] for flow in flows if flow.get("is_pending")]


def key_in(message):
    return link_in(message).rsplit("/", 1)[1]


def test_nobody_comes_in_before_the_address_is_confirmed():
    client = Client()
    signed_up = post(client, "/auth/signup", {"email": "New@example.com", "password": PASSWORD})
    assert signed_up.status_code == 401 and pending(signed_up) == ["verify_email"]
    assert who(client) is None
    assert client.get(f"{AUTH}/account/authenticators/totp").status_code == 401
    (message,) = deliver()
    assert message.to == ["new@example.com"] and link_in(message).startswith("/email/confirm/")
    assert sign_in(Client(), "new@example.com").status_code == 400

    shown = Client().get(
        f"{AUTH}/auth/email/verify", headers={"X-Email-Verification-Key": key_in(message)}
    )
    assert shown.json()["data"]["email"] == "new@example.com"
    confirmed = post(client, "/auth/email/verify", {"key": key_in(message)})
    assert confirmed.status_code == 200, confirmed.content
    assert who(client)["email"] == "new@example.com", "signed in where they signed up"
    assert sign_in(Client(), "new@example.com").status_code == 200


def test_signing_in_right_after_signing_up_tells_nobody_whether_the_address_was_taken():
    known = UserFactory(password="their own password")
    told = []
    for email in (known.email, "unknown@example.com"):
        cache.clear()
        client = Client()
        post(client, "/auth/signup", {"email": email, "password": PASSWORD})
        tries = [sign_in(client, email), sign_in(Client(), email), sign_in(client, email, NEW)]
        told.append([(answer.status_code, answer.json()) for answer in tries])
    assert told[0] == told[1]
    assert told[0][0][0] == 400


def test_whoever_signs_in_unconfirmed_gets_the_mail_once_more():
    post(Client(), "/auth/signup", {"email": "a@example.com", "password": PASSWORD})
    deliver()
    cache.clear()  # the mail goes out once in three minutes
    sign_in(Client(), "a@example.com")
    (message,) = deliver()
    assert message.to == ["a@example.com"] and link_in(message).startswith("/email/confirm/")
    cache.clear()
    sign_in(Client(), "a@example.com", NEW)
    assert deliver() == []


def test_confirming_elsewhere_signs_nobody_in_there():
    post(Client(), "/auth/signup", {"email": "a@example.com", "password": PASSWORD})
    (message,) = deliver()
    other = Client()
    assert post(other, "/auth/email/verify", {"key": key_in(message)}).status_code == 401
    assert who(other) is None and EmailAddress.objects.get().verified
    again = post(Client(), "/auth/email/verify", {"key": key_in(message)})
    assert again.status_code == 400
    assert again.json()["errors"][0]["code"] == "invalid_or_expired_key"


def test_signing_up_looks_the_same_whether_an_account_exists_or_not():
    known = UserFactory()
    answers = [
        post(Client(), "/auth/signup", {"email": email, "password": PASSWORD})
        for email in (known.email, "unknown@example.com")
    ]
    assert answers[0].status_code == answers[1].status_code == 401
    assert answers[0].json()["data"] == answers[1].json()["data"]
    to_known, to_unknown = deliver()
    assert to_known.to == [known.email] and "has a Huaben account already" in to_known.body
    assert "/email/confirm/" in to_unknown.body
    assert User.objects.filter(email=known.email).count() == 1


def test_asking_for_a_reset_looks_the_same_whether_an_account_exists_or_not():
    known = UserFactory()
    answers = [
        post(Client(), "/auth/password/request", {"email": email})
        for email in (known.email, "unknown@example.com")
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].content == answers[1].content
    assert len(deliver()) == 2


def test_a_forgotten_password_is_reset_by_mail_once_and_other_sessions_end():
    user = UserFactory(language="en")
    elsewhere, client = Client(), Client()
    sign_in(elsewhere, user.email)
    post(client, "/auth/password/request", {"email": user.email})
    (message,) = deliver()
    key = key_in(message)
    assert link_in(message).startswith("/password/reset/key/")
    weak = post(client, "/auth/password/reset", {"key": key, "password": "short"})
    assert weak.json()["errors"][0]["code"] == "password_too_short"
    assert post(client, "/auth/password/reset", {"key": key, "password": NEW}).status_code == 401
    assert who(elsewhere) is None
    assert sign_in(Client(), user.email, PASSWORD).status_code == 400
    assert sign_in(Client(), user.email, NEW).status_code == 200
    again = post(client, "/auth/password/reset", {"key": key, "password": PASSWORD})
    assert again.json()["errors"][0]["code"] == "invalid_password_reset"
    assert "was just reset" in deliver()[0].body


def test_the_owner_of_an_address_ends_the_factors_of_a_stranger_who_signed_up_with_it():
    stranger = UserFactory(confirmed=False)
    Authenticator.objects.create(user=stranger, type="totp", data={"secret": "x"})
    post(Client(), "/auth/password/request", {"email": stranger.email})
    owner = Client()
    key = key_in(deliver()[0])
    post(owner, "/auth/password/reset", {"key": key, "password": NEW})
    assert sign_in(owner, stranger.email, NEW).status_code == 200
    assert who(owner)["email"] == stranger.email
    assert not Authenticator.objects.filter(user=stranger).exists()


def test_a_mailbox_alone_does_not_undo_a_second_factor():
    user = UserFactory()
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    post(Client(), "/auth/password/request", {"email": user.email})
    key = key_in(deliver()[0])
    post(Client(), "/auth/password/reset", {"key": key, "password": NEW})
    assert pending(sign_in(Client(), user.email, NEW)) == ["mfa_authenticate"]


def test_a_password_is_changed_by_who_knows_it_and_other_sessions_end():
    user = UserFactory()
    elsewhere, client = Client(), Client()
    for each in (elsewhere, client):
        sign_in(each, user.email)
    wrong = post(
        client, "/account/password/change", {"current_password": "wrong", "new_password": NEW}
    )
    assert wrong.json()["errors"][0]["code"] == "enter_current_password"
    change = {"current_password": PASSWORD, "new_password": NEW}
    assert post(client, "/account/password/change", change).status_code == 200
    assert who(client) is not None and who(elsewhere) is None
    assert "was just changed" in deliver()[0].body or "刚刚修改" in deliver()[0].body


def test_an_address_changes_once_the_new_one_is_confirmed():
    user, client = UserFactory(email="old@example.com", language="en"), Client()
    sign_in(client, user.email)
    new = {"email": "new@example.com"}
    assert post(client, "/account/email", new).status_code == 401, "asks for the password first"
    post(client, "/auth/reauthenticate", {"password": PASSWORD})
    assert post(client, "/account/email", new).status_code == 200
    assert who(client)["email"] == "old@example.com"
    (message,) = deliver()
    assert message.to == ["new@example.com"]
    post(client, "/auth/email/verify", {"key": key_in(message)})
    assert who(client)["email"] == "new@example.com"
    assert list(EmailAddress.objects.values_list("email", "verified")) == [
        ("new@example.com", True)
    ]
    (notice,) = deliver()
    assert notice.to == ["old@example.com"] and "new@example.com" in notice.body
    assert sign_in(Client(), "old@example.com").status_code == 400
    assert sign_in(Client(), "new@example.com").status_code == 200


def test_sessions_are_listed_and_ended_one_by_one():
    user = UserFactory()
    phone, desk = Client(HTTP_USER_AGENT="phone"), Client(HTTP_USER_AGENT="desk")
    for client in (phone, desk):
        sign_in(client, user.email)
    sessions = desk.get(f"{AUTH}/auth/sessions").json()["data"]
    assert {(each["user_agent"], each["is_current"]) for each in sessions} == {
        ("phone", False),
        ("desk", True),
    }
    (other,) = [each["id"] for each in sessions if not each["is_current"]]
    stranger = Client()
    sign_in(stranger, UserFactory().email)
    assert post(stranger, "/auth/sessions", {"sessions": [other]}, "delete").status_code == 400
    left = post(desk, "/auth/sessions", {"sessions": [other]}, "delete").json()["data"]
    assert [each["user_agent"] for each in left] == ["desk"]
    assert who(phone) is None and who(desk) is not None


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", sorted(MAILS))
def test_every_mail_has_words_in_both_languages(name, language):
    names = (
        "site activate_url password_reset_url signup_url reset_url email from_email to_email "
        "deleted_email ip name reason handle settings_url"
    )
    values = {value: f"<{value}>" for value in names.split()}
    enqueue_mail(name, to="a@example.com", language=language, values=values)
    (message,) = deliver()
    assert "{" not in message.body and message.subject
    assert Job.objects.get().args == {}, "links do not stay in the table of jobs"
