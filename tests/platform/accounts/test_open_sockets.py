"""An open socket tells nothing more once the role, the session or the account is gone."""

from __future__ import annotations

import json

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from huaben.accounts.models import User
from huaben.accounts.services import deactivate_account, revoke_role
from huaben.core.models import RoomEvent
from huaben.core.rooms import publish_event
from tests.factories import UserFactory


@pytest.fixture
def moderator(server):
    """A moderator's browser, signed in as people sign in."""
    user, client = UserFactory(roles=["moderator"]), Client()
    body = {"email": user.email, "password": "a long password"}
    client.post("/_allauth/browser/v1/auth/login", body, content_type="application/json")
    client.user = user
    return client


@pytest.fixture
def listening(server, moderator, cookie_of):
    """Their socket in the room of the review queue."""
    address = f"{server.replace('http', 'ws')}/ws/rooms/review/"
    cookie = {"Cookie": cookie_of(moderator)}
    with connect(address, origin=server, additional_headers=cookie) as socket:
        publish_event("review", {"case": 1})
        assert json.loads(socket.recv(timeout=10))["events"][0]["event"] == {"case": 1}
        yield socket


def assert_closed(socket):
    with pytest.raises(ConnectionClosed) as closed:
        socket.recv(timeout=10)
    assert closed.value.rcvd.code == 4404


def test_a_role_that_is_taken_closes_the_socket(listening, moderator):
    revoke_role(user_id=moderator.user.pk, role="moderator", by=UserFactory(roles=["operator"]))
    assert_closed(listening)


def test_an_account_that_is_shut_closes_the_socket(listening, moderator):
    deactivate_account(user_id=moderator.user.pk, by=UserFactory(roles=["operator"]))
    assert_closed(listening)


def test_a_session_that_is_ended_elsewhere_closes_the_socket(listening, moderator):
    own = UserSession.objects.get(user=moderator.user)
    moderator.delete(
        "/_allauth/browser/v1/auth/sessions",
        {"sessions": [own.pk]},
        content_type="application/json",
    )
    assert_closed(listening)


def test_signing_out_closes_the_socket(listening, moderator):
    moderator.delete("/_allauth/browser/v1/auth/session")
    assert_closed(listening)


def test_a_change_that_nobody_announced_closes_a_silent_socket(server, moderator, settings):
    settings.ROOM_CHECK_SECONDS = 0.2
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in moderator.cookies.items())
    address = f"{server.replace('http', 'ws')}/ws/rooms/review/"
    with connect(address, origin=server, additional_headers={"Cookie": cookie}) as socket:
        User.objects.filter(pk=moderator.user.pk).update(roles=["viewer"])
        assert_closed(socket)


def test_a_change_that_nobody_announced_is_found_out_before_anything_is_told(
    listening, moderator, settings
):
    settings.ROOM_CHECK_SECONDS = 0
    User.objects.filter(pk=moderator.user.pk).update(roles=["viewer"])
    RoomEvent.objects.create(room="review", payload={"case": 2})
    listening.send('{"type": "ping"}')
    assert_closed(listening)
