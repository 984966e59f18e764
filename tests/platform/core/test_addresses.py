"""Who is behind a proxy has an address of their own, and nobody makes one up."""

from __future__ import annotations

import httpx
import pytest

from huaben.core.addresses import address_of_client
from tests.factories import UserFactory
from tests.platform.rights.claims import NOTICES, WORDS
from tests.platform.watching.works import show_series
from tests.proxy import reverse_proxy

LOGIN = "/_allauth/browser/v1/auth/login"
PASSWORD = "a long password"
PROXY = "127.0.0.1"


@pytest.fixture
def behind_proxy(server, settings):
    """The application behind a proxy that it believes."""
    settings.TRUSTED_PROXIES = [PROXY]
    with reverse_proxy(server) as url:
        yield url


def person_at(address, url, **headers):
    """A browser whose connections come from ``address``, one of the loopback network's."""
    client = httpx.Client(
        base_url=url,
        headers=headers,
        timeout=30,
        transport=httpx.HTTPTransport(local_address=address),
    )
    client.get("/api/v1/me")
    client.headers["X-CSRFToken"] = client.cookies["csrftoken"]
    return client


def sign_in(client, email, password):
    return client.post(LOGIN, json={"email": email, "password": password}).status_code


def guess_until_locked(client, email):
    return [sign_in(client, email, "a wrong password") for _ in range(4)][-1]


@pytest.fixture
def strict(settings):
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = 3


def test_behind_a_proxy_wrong_passwords_lock_their_own_address_alone(behind_proxy, strict):
    user = UserFactory()
    assert guess_until_locked(person_at("127.0.0.2", behind_proxy), user.email) == 429
    assert sign_in(person_at("127.0.0.2", behind_proxy), user.email, PASSWORD) == 429
    assert sign_in(person_at("127.0.0.3", behind_proxy), user.email, PASSWORD) == 200


def test_an_address_that_the_client_claims_behind_the_proxy_is_not_believed(behind_proxy, strict):
    user = UserFactory()
    for number in range(3):
        liar = person_at("127.0.0.4", behind_proxy, **{"X-Forwarded-For": f"203.0.113.{number}"})
        sign_in(liar, user.email, "a wrong password")
    assert sign_in(person_at("127.0.0.4", behind_proxy), user.email, PASSWORD) == 429


def test_a_peer_that_is_no_trusted_proxy_cannot_say_whom_it_speaks_for(server, settings, strict):
    settings.TRUSTED_PROXIES = [PROXY]
    user = UserFactory()
    for number in range(3):
        liar = person_at("127.0.0.5", server, **{"X-Forwarded-For": f"203.0.113.{number}"})
        sign_in(liar, user.email, "a wrong password")
    assert sign_in(person_at("127.0.0.5", server), user.email, PASSWORD) == 429
    assert sign_in(person_at("127.0.0.6", server), user.email, PASSWORD) == 200


def test_notices_of_some_addresses_leave_the_door_open_for_others(behind_proxy, settings):
    settings.RIGHTS_NOTICES_PER_ADDRESS = 1

    def file(address, number):
        notice = {**WORDS, "series_id": str(series.pk), "work_title": f"断桥旧事{number}"}
        return person_at(address, behind_proxy).post(NOTICES, json=notice).status_code

    series = show_series("断桥")
    assert [file("127.0.0.7", 1), file("127.0.0.7", 2), file("127.0.0.8", 3)] == [201, 429, 201]


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "address"),
    [
        ("10.0.0.1", ["198.51.100.7"], ["10.0.0.0/8"], "198.51.100.7"),
        ("10.0.0.1", ["203.0.113.1, 198.51.100.7"], ["10.0.0.0/8"], "198.51.100.7"),
        ("10.0.0.1", ["198.51.100.7, 10.0.0.2"], ["10.0.0.0/8"], "198.51.100.7"),
        ("10.0.0.1", ["198.51.100.7", "10.0.0.2"], ["10.0.0.0/8"], "198.51.100.7"),
        ("10.0.0.1", ["198.51.100.7:4711"], ["10.0.0.0/8"], "198.51.100.7"),
        ("10.0.0.1", ["[2001:db8::7]:4711"], ["10.0.0.0/8"], "2001:db8::7"),
        ("::ffff:10.0.0.1", ["198.51.100.7"], ["10.0.0.0/8"], "198.51.100.7"),
        ("10.0.0.1", ["198.51.100.7, unknown"], ["10.0.0.0/8"], "10.0.0.1"),
        ("10.0.0.1", [], ["10.0.0.0/8"], "10.0.0.1"),
        ("10.0.0.1", ["198.51.100.7"], [], "10.0.0.1"),
        (None, ["198.51.100.7"], ["unix"], "198.51.100.7"),
        (None, ["198.51.100.7"], [], ""),
    ],
)
def test_forwarded_addresses_are_read_from_the_end_as_far_as_they_are_trusted(
    peer, forwarded, trusted, address
):
    assert address_of_client(peer, forwarded, trusted) == address
