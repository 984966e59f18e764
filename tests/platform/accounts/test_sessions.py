"""Signing up and in over allauth's headless API, with a second factor and with a passkey."""

from __future__ import annotations

import pytest
from django.test import Client

from huaben.accounts.models import User
from tests.factories import UserFactory
from tests.platform.accounts.mails import deliver, link_in
from tests.platform.accounts.passkeys import SoftwareKey

pytestmark = pytest.mark.django_db
AUTH = "/_allauth/browser/v1"
PASSWORD = "a long password"


def _post(client, path, body, **more):
    return client.post(f"{AUTH}{path}", body, content_type="application/json", **more)


def _totp(secret):
    from allauth.mfa.totp.internal.auth import (
        format_hotp_value,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_whoever_signs_up_may_watch_and_make_and_tells_nobody_their_address():
    client = Client()
    answer = _post(client, "/auth/signup", {"email": "New@Example.com", "password": PASSWORD})
    assert answer.status_code == 401, answer.content  # the address is to be confirmed
    key = link_in(deliver()[0]).rsplit("/", 1)[1]
    assert _post(client, "/auth/email/verify", {"key": key}).status_code == 200
    me = client.get("/api/v1/me").json()["user"]
    assert me["roles"] == ["viewer", "creator"]
    assert "new" not in me["handle"].lower()
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize("password", ["short", "1234567890", "password123"])
def test_a_weak_password_is_refused(password):
    answer = _post(Client(), "/auth/signup", {"email": "a@example.com", "password": password})
    assert answer.status_code == 400 and not User.objects.exists()


def test_signing_in_and_out():
    user = UserFactory()
    client = Client()
    assert (
        _post(
            client, "/auth/login", {"email": user.email, "password": "wrong password"}
        ).status_code
        == 400
    )
    assert (
        _post(
            client, "/auth/login", {"email": user.email.upper(), "password": PASSWORD}
        ).status_code
        == 200
    )
    assert client.get("/api/v1/me").json()["user"]["handle"] == user.handle
    client.delete(f"{AUTH}/auth/session")
    assert client.get("/api/v1/me").json()["user"] is None


def test_a_session_gets_a_new_key_at_sign_in():
    user = UserFactory()
    client = Client()
    client.get("/api/v1/me")
    before = client.cookies.get("sessionid")
    _post(client, "/auth/login", {"email": user.email, "password": PASSWORD})
    assert client.cookies["sessionid"].value != (before.value if before else None)


def test_signing_up_with_a_known_address_does_not_tell_that_it_is_known():
    user = UserFactory()
    known = _post(Client(), "/auth/signup", {"email": user.email, "password": PASSWORD})
    assert b"already" not in known.content
    assert User.objects.count() == 1


def test_a_second_factor_is_asked_for_once_it_is_set_up():
    user = UserFactory()
    client = Client()
    _post(client, "/auth/login", {"email": user.email, "password": PASSWORD})
    secret = client.get(f"{AUTH}/account/authenticators/totp").json()["meta"]["secret"]
    assert _post(client, "/account/authenticators/totp", {"code": "000000"}).status_code == 400
    # A borrowed session cannot set up a factor of its own.
    assert _post(client, "/account/authenticators/totp", {"code": _totp(secret)}).status_code == 401
    assert _post(client, "/auth/reauthenticate", {"password": PASSWORD}).status_code == 200
    assert _post(client, "/account/authenticators/totp", {"code": _totp(secret)}).status_code == 200

    again = Client()
    first = _post(again, "/auth/login", {"email": user.email, "password": PASSWORD})
    assert first.status_code == 401
    assert {"id": "mfa_authenticate", "is_pending": True} in [
        {key: flow[key] for key in ("id", "is_pending") if key in flow}
        for flow in first.json()["data"]["flows"]
    ]
    assert again.get("/api/v1/me").json()["user"] is None
    from django.core.cache import cache

    cache.clear()  # a code is good once; the next half minute's is not waited for
    assert _post(again, "/auth/2fa/authenticate", {"code": _totp(secret)}).status_code == 200
    assert again.get("/api/v1/me").json()["user"]["handle"] == user.handle


def test_a_passkey_signs_in_without_a_password():
    user = UserFactory()
    client = Client(SERVER_NAME="localhost")
    _post(client, "/auth/login", {"email": user.email, "password": PASSWORD})
    _post(client, "/auth/reauthenticate", {"password": PASSWORD})
    key = SoftwareKey("http://localhost")
    options = client.get(f"{AUTH}/account/authenticators/webauthn?passwordless").json()["data"][
        "creation_options"
    ]
    made = _post(
        client,
        "/account/authenticators/webauthn",
        {"name": "phone", "credential": key.create(options["publicKey"])},
    )
    assert made.status_code == 200, made.content

    again = Client(SERVER_NAME="localhost")
    options = again.get(f"{AUTH}/auth/webauthn/login").json()["data"]["request_options"]
    entered = _post(again, "/auth/webauthn/login", {"credential": key.get(options["publicKey"])})
    assert entered.status_code == 200, entered.content
    assert again.get("/api/v1/me").json()["user"]["handle"] == user.handle


def test_too_many_wrong_passwords_lock_the_account_for_a_while(settings):
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = 3
    settings.ACCOUNT_RATE_LIMITS = False
    user = UserFactory()
    for _ in range(3):
        last = _post(Client(), "/auth/login", {"email": user.email, "password": "wrong password"})
    assert last.status_code in (403, 429), last.content
    right = _post(Client(), "/auth/login", {"email": user.email, "password": PASSWORD})
    assert right.status_code != 200
    elsewhere = _post(
        Client(), "/auth/login", {"email": user.email, "password": PASSWORD}, REMOTE_ADDR="10.9.8.7"
    )
    assert elsewhere.status_code == 200


def test_a_form_from_another_site_cannot_act(settings):
    client = Client(enforce_csrf_checks=True)
    user = UserFactory()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    refused = client.patch("/api/v1/me", {"display_name": "x"}, content_type="application/json")
    assert refused.status_code == 403
    client.get("/api/v1/me")
    token = client.cookies["csrftoken"].value
    done = client.patch(
        "/api/v1/me",
        {"display_name": "阿蘅"},
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )
    assert done.json()["user"]["display_name"] == "阿蘅"


def test_demo_accounts_exist_nowhere_but_in_the_demo(settings):
    from huaben.accounts.demo import create_demo_accounts

    assert Client().get("/api/v1/me").json()["demo_accounts"] == []
    with pytest.raises(RuntimeError):
        create_demo_accounts()
    settings.DEMO = True
    create_demo_accounts()
    create_demo_accounts()
    shown = Client().get("/api/v1/me").json()["demo_accounts"]
    assert {account["role"] for account in shown} == {
        "viewer",
        "creator",
        "moderator",
        "filing_admin",
        "copyright_admin",
        "operator",
    }
    for account in shown:
        client = Client()
        assert (
            _post(client, "/auth/login", {k: account[k] for k in ("email", "password")}).status_code
            == 200
        )


def test_the_page_carries_a_strict_policy_for_scripts():
    policy = Client().get("/")["Content-Security-Policy"]
    assert (
        "script-src 'self'" in policy
        and "object-src 'none'" in policy
        and "frame-ancestors 'none'" in policy
    )
