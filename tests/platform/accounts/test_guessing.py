"""Wrong passwords stop those who guess, and never keep the owner out."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from huaben.accounts import devices
from tests.factories import UserFactory
from tests.platform.accounts.mails import deliver, link_in

pytestmark = pytest.mark.django_db
AUTH = "/_allauth/browser/v1"
PASSWORD = "a long password"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def strict(settings, monkeypatch):
    """Few guesses for an account from everywhere; the count for one address does not come first."""
    settings.AXES_ENABLED = True
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "1000/m/ip"}
    monkeypatch.setitem(devices.RATES, "unknown_device", "6/h/key")


def post(client, path, body, **extra):
    return client.post(f"{AUTH}{path}", body, content_type="application/json", **extra)


def sign_in(client, email, password=PASSWORD, address="127.0.0.1"):
    credentials = {"email": email, "password": password}
    return post(client, "/auth/login", credentials, REMOTE_ADDR=address)


def guess(email, times, address=None):
    for number in range(times):
        sign_in(Client(), email, "a wrong password", address or f"192.0.2.{number + 1}")


def test_five_wrong_passwords_from_anywhere_do_not_lock_the_owner_out(settings):
    settings.AXES_ENABLED = True
    user = UserFactory()
    guess(user.email, 5)
    assert sign_in(Client(), user.email, address="198.51.100.1").status_code == 200


def test_guesses_from_everywhere_are_counted_together_and_a_known_browser_gets_in(strict):
    user, known = UserFactory(language="en"), Client()
    assert sign_in(known, user.email).status_code == 200
    known.delete(f"{AUTH}/auth/session")
    guess(user.email, 7)
    stranger = sign_in(Client(), user.email, address="198.51.100.1")
    assert stranger.status_code == 400
    assert stranger.json()["errors"][0]["code"] == "too_many_login_attempts"
    assert sign_in(known, user.email).status_code == 200

    (notice,) = deliver()
    assert notice.to == [user.email] and "not locked out" in notice.body
    assert link_in(notice) == "/password/reset"
    guess(user.email, 3)
    assert deliver() == [], "told once a day"


def test_a_known_browser_gets_past_the_lock_of_its_address_but_not_for_another_account(settings):
    settings.AXES_ENABLED, settings.AXES_FAILURE_LIMIT = True, 3
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "1000/m/ip"}
    user, other, known = UserFactory(), UserFactory(), Client()
    assert sign_in(known, user.email, address="192.0.2.9").status_code == 200
    known.delete(f"{AUTH}/auth/session")
    for victim in (user, other):
        guess(victim.email, 4, "192.0.2.9")
    assert sign_in(Client(), user.email, address="192.0.2.9").status_code == 429
    assert sign_in(known, other.email, address="192.0.2.9").status_code == 429
    assert sign_in(known, user.email, address="192.0.2.9").status_code == 200


def test_a_known_browser_may_not_guess_without_end_either(strict, monkeypatch):
    monkeypatch.setitem(devices.RATES, "known_device", "3/15m/key")
    user, known = UserFactory(), Client()
    sign_in(known, user.email)
    known.delete(f"{AUTH}/auth/session")
    for _ in range(3):
        sign_in(known, user.email, "a wrong password")
    assert sign_in(known, user.email).json()["errors"][0]["code"] == "too_many_login_attempts"


def test_a_reset_lets_the_owner_in_while_strangers_guess(strict):
    user, owner = UserFactory(), Client()
    guess(user.email, 7)
    post(owner, "/auth/password/request", {"email": user.email})
    key = next(link_in(each) for each in deliver() if "/key/" in each.body).rsplit("/", 1)[1]
    post(owner, "/auth/password/reset", {"key": key, "password": "another long password"})
    assert sign_in(owner, user.email, "another long password").status_code == 200


def test_a_cookie_that_somebody_made_up_names_no_known_browser(strict):
    user, known = UserFactory(), Client()
    sign_in(known, user.email)
    forged = Client()
    forged.cookies[devices.COOKIE] = known.cookies[devices.COOKIE].value[:-2] + "xx"
    guess(user.email, 7)
    assert sign_in(forged, user.email).status_code == 400
