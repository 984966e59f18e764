"""A premiere over real sockets: the same phase and tally everywhere, votes, bad messages, and what
it costs.
"""

from __future__ import annotations

import json
import threading
import uuid
from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.db.backends.signals import connection_created
from django.test import Client
from django.utils import timezone
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from huaben.interactive.models import Premiere, Vote
from huaben.interactive.state_cache import premiere_states
from huaben.rights.services import block_series
from tests.platform.interactive.stories import (
    admin,
    choice,
    forked_tale,
    premiere_at_eight,
    turn,
    vote,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tale():
    return forked_tale()


class Guest:
    """A browser with a cookie of its own."""

    def __init__(self, server):
        self.server, self.client = server, Client()
        self.client.get("/api/v1/me")

    def sit(self, premiere_id):
        cookies = "; ".join(
            f"{name}={morsel.value}" for name, morsel in self.client.cookies.items()
        )
        address = f"{self.server.replace('http', 'ws')}/ws/premieres/{premiere_id}/"
        return connect(address, origin=self.server, additional_headers={"Cookie": cookies})


def _hear(socket, kind, holds=lambda facts: True):
    """The next message of a kind for which something holds."""
    while True:
        message = json.loads(socket.recv(timeout=20))
        facts = message.get(kind, message)
        if message["type"] == kind and holds(facts):
            return facts


def _say_vote(socket, state, text, *, key=None, round_=None):
    chosen = next(choice["id"] for choice in state["choices"] if choice["text"] == text)
    key = key or str(uuid.uuid4())
    said = {"type": "vote", "key": key, "round": round_ or state["round"], "choice_id": chosen}
    socket.send(json.dumps(said))
    return key


def _votes_of(pulse):
    return [choice["votes"] for choice in pulse["choices"]]


def _voting(series, seconds=60):
    """A premiere whose first vote has just opened by the wall clock, and stays open for so long."""
    now = timezone.now()
    premiere = premiere_at_eight(
        series, starts_at=now, now=now - timedelta(minutes=1), vote_seconds=60
    )
    premiere = turn(premiere, now)
    Premiere.objects.filter(pk=premiere.pk).update(phase_ends_at=now)
    premiere = turn(premiere, now)
    Premiere.objects.filter(pk=premiere.pk).update(phase_ends_at=now + timedelta(seconds=seconds))
    premiere.refresh_from_db()
    return premiere


def test_two_viewers_see_the_same_phase_and_the_same_tally_and_the_same_branch(server, tale):
    premiere = _voting(tale, seconds=8)
    with Guest(server).sit(premiere.pk) as left, Guest(server).sit(premiere.pk) as right:
        left_state, right_state = _hear(left, "state"), _hear(right, "state")
        assert (left_state["phase"], left_state["round"], left_state["phase_ends_at"]) == (
            "voting",
            1,
            right_state["phase_ends_at"],
        )
        _say_vote(left, left_state, "转身走进雨里")
        _say_vote(right, right_state, "转身走进雨里")
        assert (
            _hear(left, "mine", lambda mine: mine["vote"])["vote"]["choice_id"]
            == left_state["choices"][1]["id"]
        )
        for socket in (left, right):
            pulse = _hear(socket, "pulse", lambda pulse: _votes_of(pulse) == [0, 2])
            assert pulse["choices"][1]["percent"] == 100
        for socket in (left, right):
            state = _hear(socket, "state", lambda state: state["phase"] == "playing")
            assert (state["episode"]["number"], state["turns"][-1]["choice_text"]) == (
                3,
                "转身走进雨里",
            )


def test_the_sockets_themselves_begin_a_premiere_without_beat(server, tale):
    now = timezone.now()
    premiere = premiere_at_eight(tale, starts_at=now + timedelta(seconds=2), now=now)
    with Guest(server).sit(premiere.pk) as socket:
        assert _hear(socket, "state")["phase"] == "scheduled"
        state = _hear(socket, "state", lambda state: state["phase"] == "playing")
        assert (state["episode"]["number"], state["seq"]) == (1, 1)


def test_a_dropped_line_finds_its_vote_again_and_the_same_key_is_the_same_vote(server, tale):
    premiere, guest = _voting(tale), Guest(server)
    with guest.sit(premiere.pk) as socket:
        state = _hear(socket, "state")
        key = _say_vote(socket, state, "收下玉佩")
        _hear(socket, "mine", lambda mine: mine["vote"])
    with guest.sit(premiere.pk) as socket:
        mine = _hear(socket, "mine")
        assert mine["vote"] == {"round": 1, "choice_id": state["choices"][0]["id"]}
        _say_vote(socket, state, "收下玉佩", key=key)
        assert _hear(socket, "mine")["key"] == key
    assert Vote.objects.get().keys == [uuid.UUID(key)]


def test_a_vote_in_one_window_shows_in_the_viewers_other_window(server, tale):
    premiere, guest = _voting(tale), Guest(server)
    with guest.sit(premiere.pk) as left, guest.sit(premiere.pk) as right:
        state = _hear(left, "state")
        _hear(right, "state")
        _say_vote(left, state, "收下玉佩")
        assert _hear(right, "mine", lambda mine: mine["vote"])["vote"]["round"] == 1


def test_a_refused_vote_is_told_with_its_reason_and_the_line_stays(server, tale):
    premiere = _voting(tale)
    with Guest(server).sit(premiere.pk) as socket:
        state = _hear(socket, "state")
        key = _say_vote(socket, state, "收下玉佩", round_=7)
        refused = _hear(socket, "refused")
        assert (refused["key"], refused["problem"]["code"]) == (key, "vote_closed")
        assert refused["problem"]["title"] == {"zh": "这一轮已经收票", "en": "This vote has closed"}
        socket.send('{"type": "ping", "t": 5}')
        assert _hear(socket, "pong")["t"] == 5


@pytest.mark.parametrize(
    "message",
    ["[]", "7", '{"type": "vote"}', '{"type": "dance"}',
     '{"type": "vote", "key": "x", "round": 1, "choice_id": "y"}',
     '{"type": "vote", "key": "01890a5d-ac96-774b-bcce-b302099a8057", "round": true, '
     '"choice_id": 5}'],
)  # fmt: skip
def test_a_message_that_makes_no_sense_is_refused_and_the_line_stays(server, tale, message):
    premiere = _voting(tale)
    with Guest(server).sit(premiere.pk) as socket:
        socket.send(message)
        assert _hear(socket, "refused")["problem"]["code"] == "invalid_message"
        socket.send('{"type": "ping"}')
        _hear(socket, "pong")


def test_a_gate_that_closes_ends_it_for_everybody_in_front_of_it(server, tale):
    premiere = _voting(tale)
    with Guest(server).sit(premiere.pk) as socket:
        playback = _hear(socket, "state")["playback"]
        block_series(series_id=tale.pk, by=admin(), reason="a complaint", evidence="a deposit")
        state = _hear(socket, "state", lambda state: state["phase"] == "ended")
        assert state["ending"]["zh"] == "这部戏撤下了，首映到此为止"
        assert (state["series"], state["episode"], state["playback"], state["upcoming"]) == (
            None,
            None,
            None,
            [],
        )
    assert Client().get(playback["manifest_url"]).status_code == 404


def test_a_branch_that_is_taken_down_is_gone_from_the_vote_at_once(server, tale):
    premiere = _voting(tale)
    three = tale.episodes.get(number=3)
    with Guest(server).sit(premiere.pk) as socket:
        assert len(_hear(socket, "state")["choices"]) == 2
        block_series(
            series_id=tale.pk,
            cut_id=three.cuts.get().pk,
            by=admin(),
            reason="a complaint",
            evidence="a deposit",
        )
        assert [choice["text"] for choice in _hear(socket, "state")["choices"]] == ["收下玉佩"]


def test_a_change_that_another_process_made_is_heard(server, tale):
    premiere = _voting(tale)
    with Guest(server).sit(premiere.pk) as socket:
        _hear(socket, "state")
        turn(premiere, premiere.phase_ends_at)  # as beat's task would, in another process
        assert (
            _hear(socket, "state", lambda state: state["phase"] == "playing")["episode"]["number"]
            == 2
        )


def test_how_many_sit_there_is_counted_by_viewers_and_not_by_windows(server, tale):
    premiere, guest = _voting(tale), Guest(server)
    with guest.sit(premiere.pk) as socket, guest.sit(premiere.pk), Guest(server).sit(premiere.pk):
        assert _hear(socket, "pulse", lambda pulse: pulse["present"] == 2)
        assert Client().get("/api/v1/premieres").json()["results"][0]["present"] == 2


def test_nobody_sits_at_a_premiere_that_does_not_exist_or_without_a_cookie(server, tale):
    with pytest.raises(InvalidStatus):
        Guest(server).sit(uuid.uuid4())
    stranger = Guest(server)
    stranger.client.cookies.clear()
    with pytest.raises(InvalidStatus):
        stranger.sit(_voting(tale).pk)


def test_a_hundred_sockets_ask_the_database_what_one_asks(server, tale):
    premiere = _voting(tale)
    asked, counting = [], threading.Event()

    def count(execute, sql, params, many, context):
        if counting.is_set():
            asked.append(sql)
        return execute(sql, params, many, context)

    def watch(connection, **facts):
        if count not in connection.execute_wrappers:
            connection.execute_wrappers.append(count)

    connection_created.connect(watch)
    guest = Guest(server)
    with ExitStack() as seats:
        seats.callback(connection_created.disconnect, watch)
        sockets = [seats.enter_context(guest.sit(premiere.pk)) for _ in range(100)]
        for socket in sockets:
            _hear(socket, "state")
        readings = premiere_states.reads
        counting.set()
        for votes in range(1, 4):  # three ticks, each of which everybody hears
            vote(premiere, "收下玉佩", timezone.now())
            for socket in sockets:
                _hear(socket, "pulse", lambda pulse, votes=votes: _votes_of(pulse)[0] == votes)
        counting.clear()
        looks = premiere_states.reads - readings
        scene_queries = [sql for sql in asked if "catalog_" in sql or "interactive_" in sql]
        assert looks >= 3
        # A look and its vote: some thirty questions, whether one sits there or a hundred.
        assert len(scene_queries) <= 35 * (looks + 1), (looks, len(scene_queries))
        assert choice(tale, "收下玉佩").pk == Vote.objects.first().choice_id
