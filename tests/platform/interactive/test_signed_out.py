"""Sockets of premieres and play-throughs end with the session or the account that opened them, and
do nothing more for whoever holds on to one.
"""

from __future__ import annotations

import json
import uuid
from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from huaben.accounts.models import User
from huaben.accounts.services import deactivate_account
from huaben.interactive.models import Playthrough, Vote
from tests.factories import UserFactory
from tests.platform.interactive.stories import choice, forked_tale, premiere_at_eight

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tale():
    return forked_tale()


@pytest.fixture
def viewer(signed_in):
    return signed_in(user=UserFactory(roles=["viewer"]))


@pytest.fixture
def open_socket(server, viewer, cookie_of, tale):
    """Opens the viewer's socket of a kind, and hears its first state."""
    lines = ExitStack()

    def open_kind(kind):
        if kind == "premieres":
            now = timezone.now()
            before = now - timedelta(minutes=1)
            key = premiere_at_eight(tale, starts_at=now, now=before).pk
        else:
            body = {"series_id": str(tale.pk)}
            key = viewer.post("/api/v1/playthroughs", body, format="json").json()["id"]
        address = f"{server.replace('http', 'ws')}/ws/{kind}/{key}/"
        cookie = {"Cookie": cookie_of(viewer)}
        line = connect(address, origin=server, additional_headers=cookie)
        socket = lines.enter_context(line)
        while json.loads(socket.recv(timeout=10))["type"] != "state":
            pass
        return socket

    with lines:
        yield open_kind


def assert_signed_out(socket):
    with pytest.raises(ConnectionClosed) as closed:
        while True:
            socket.recv(timeout=10)
    assert closed.value.rcvd.code == 4407


BOTH = pytest.mark.parametrize("kind", ["premieres", "playthroughs"])


@BOTH
def test_signing_out_closes_the_socket(open_socket, viewer, kind):
    socket = open_socket(kind)
    viewer.delete("/_allauth/browser/v1/auth/session")
    assert_signed_out(socket)


@BOTH
def test_an_account_that_is_shut_closes_the_socket(open_socket, viewer, kind):
    socket = open_socket(kind)
    deactivate_account(user_id=viewer.user.pk, by=UserFactory(roles=["operator"]))
    assert_signed_out(socket)


@BOTH
def test_a_change_that_nobody_announced_is_found_out_by_the_clock(
    open_socket, viewer, settings, kind
):
    settings.ROOM_CHECK_SECONDS = 0.2
    socket = open_socket(kind)
    User.objects.filter(pk=viewer.user.pk).update(is_active=False)
    assert_signed_out(socket)


def test_a_socket_that_outlived_its_session_unheard_casts_no_vote(
    open_socket, viewer, settings, tale
):
    socket = open_socket("premieres")
    settings.ROOM_CHECK_SECONDS = 0
    Session.objects.all()._raw_delete("default")
    vote = {"type": "vote", "key": str(uuid.uuid4()), "round": 1}
    socket.send(json.dumps({**vote, "choice_id": str(choice(tale, "收下玉佩").pk)}))
    assert_signed_out(socket)
    assert not Vote.objects.exists()


def test_a_socket_that_outlived_its_session_unheard_takes_no_choice(
    open_socket, viewer, settings, tale
):
    socket = open_socket("playthroughs")
    settings.ROOM_CHECK_SECONDS = 0
    Session.objects.all()._raw_delete("default")
    step = {"type": "choose", "key": str(uuid.uuid4())}
    socket.send(json.dumps({**step, "choice_id": str(choice(tale, "收下玉佩").pk)}))
    assert_signed_out(socket)
    assert Playthrough.objects.get().seq == 0


def test_another_session_of_the_same_person_stays(open_socket, viewer, signed_in):
    socket = open_socket("premieres")
    signed_in(user=viewer.user).delete("/_allauth/browser/v1/auth/session")
    socket.send('{"type": "ping", "t": 1}')
    while json.loads(socket.recv(timeout=10))["type"] != "pong":
        pass
