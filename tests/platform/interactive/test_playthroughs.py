"""Play-throughs over a real socket: choices, dropped lines, a restarted server, a branch that is
taken down.
"""

from __future__ import annotations

import json
import uuid

import pytest
from django.test import Client
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from huaben.catalog.services import replace_graph
from huaben.interactive.models import Playthrough
from huaben.rights.services import block_series
from tests.factories import UserFactory
from tests.platform.watching.works import clear_all_words, show_series

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tale():
    """Four episodes: 1 ends in a choice between 2 and 3; 3 opens only to whoever kept the jade; 2
    and 3 lead to 4.
    """
    series = show_series("第七盏灯", episodes=4)
    first, second, third, fourth = series.episodes.all()
    jade = {"var": "jade", "op": "set", "value": True}
    replace_graph(
        series=series,
        choices=[
            {
                "from_episode_id": first.pk, "to_episode_id": second.pk,
                "text": "收下玉佩",
                "seal": "收",
                "effects": [jade],
            },
            {"from_episode_id": first.pk, "to_episode_id": third.pk, "text": "转身走进雨里"},
            {"from_episode_id": second.pk, "to_episode_id": fourth.pk, "text": "还给她",
             "condition": {"var": "jade", "op": "eq", "value": True}},
            {"from_episode_id": second.pk, "to_episode_id": third.pk, "text": "从没收过",
             "condition": {"var": "jade", "op": "ne", "value": True}},
            {"from_episode_id": third.pk, "to_episode_id": fourth.pk},
        ],
    )  # fmt: skip
    clear_all_words(series)
    return series


class Viewer:
    """A browser with a cookie of its own that plays one series over a real socket."""

    def __init__(self, server, series):
        self.server, self.client = server, Client()
        self.client.get("/api/v1/me")
        body = {"series_id": str(series.pk)}
        self.state = self.client.post(
            "/api/v1/playthroughs", body, content_type="application/json"
        ).json()
        self.id = self.state["id"]

    def connect(self, playthrough_id=None):
        cookies = "; ".join(
            f"{name}={morsel.value}" for name, morsel in self.client.cookies.items()
        )
        address = (
            f"{self.server.replace('http', 'ws')}/ws/playthroughs/{playthrough_id or self.id}/"
        )
        return connect(address, origin=self.server, additional_headers={"Cookie": cookies})


def _hear(socket, kind="state"):
    while True:
        message = json.loads(socket.recv(timeout=10))
        if message["type"] == kind:
            return message.get("state") or message


def _say(socket, kind, **facts):
    key = facts.pop("key", str(uuid.uuid4()))
    socket.send(
        json.dumps(
            {"type": kind, "key": key, **{name: str(value) for name, value in facts.items()}}
        )
    )
    return key


def _choice(state, text):
    return next(choice["id"] for choice in state["choices"] if choice["text"] == text)


def test_the_chosen_branch_plays_and_conditions_remember_what_was_chosen(server, tale):
    viewer = Viewer(server, tale)
    with viewer.connect() as socket:
        state = _hear(socket)
        assert state["episode"]["number"] == 1
        assert [(c["text"], c["seal"]) for c in state["choices"]] == [
            ("收下玉佩", "收"),
            ("转身走进雨里", "转"),
        ]
        assert len(state["upcoming"]) == 2 and state["playback"]["manifest_url"]
        _say(socket, "choose", choice_id=_choice(state, "收下玉佩"))
        state = _hear(socket)
        assert state["episode"]["number"] == 2 and state["variables"] == {"jade": True}
        assert [c["text"] for c in state["choices"]] == ["还给她"]


def test_a_dropped_line_and_a_restarted_server_go_on_at_the_same_place(server, tale):
    viewer = Viewer(server, tale)
    with viewer.connect() as socket:
        state = _hear(socket)
        key = _say(socket, "choose", choice_id=_choice(state, "转身走进雨里"))
        chosen = _choice(state, "转身走进雨里")
        _hear(socket)
    # The answer never came, so the client says the same again on its next line.
    with viewer.connect() as socket:
        state = _hear(socket)
        assert (state["episode"]["number"], state["seq"]) == (3, 1)
        _say(socket, "choose", key=key, choice_id=chosen)
        state = _hear(socket)
        assert (state["episode"]["number"], state["seq"]) == (3, 1)
    again = viewer.client.post(
        "/api/v1/playthroughs", {"series_id": str(tale.pk)}, content_type="application/json"
    )
    assert (again.json()["id"], again.json()["episode"]["number"]) == (viewer.id, 3)


def test_where_there_is_one_way_on_the_next_episode_follows_and_the_story_ends(server, tale):
    viewer = Viewer(server, tale)
    with viewer.connect() as socket:
        state = _hear(socket)
        _say(socket, "choose", choice_id=_choice(state, "转身走进雨里"))
        state = _hear(socket)
        _say(socket, "finished", episode_id=state["episode"]["id"])
        state = _hear(socket)
        while state["episode"]["number"] == 3:
            state = _hear(socket)
        assert state["episode"]["number"] == 4 and not state["ended"]
        _say(socket, "finished", episode_id=state["episode"]["id"])
        while not state["ended"]:
            state = _hear(socket)
        assert [step["choice_id"] is not None for step in state["path"]] == [True, True, False]
    anew = viewer.client.post(f"/api/v1/playthroughs/{viewer.id}/restart").json()
    assert (anew["episode"]["number"], anew["path"], anew["variables"]) == (1, [], {})


def test_finishing_an_episode_that_ends_in_a_choice_waits_for_the_choice(server, tale):
    viewer = Viewer(server, tale)
    with viewer.connect() as socket:
        state = _hear(socket)
        _say(socket, "finished", episode_id=state["episode"]["id"])
        assert _hear(socket)["seq"] == 0


def test_a_choice_that_is_not_open_here_is_refused_and_nothing_moves(server, tale):
    viewer = Viewer(server, tale)
    closed = tale.choices.get(text="还给她").pk
    with viewer.connect() as socket:
        _hear(socket)
        key = _say(socket, "choose", choice_id=closed)
        refused = _hear(socket, "refused")
        assert (refused["key"], refused["problem"]["code"]) == (key, "choice_not_here")
    assert Playthrough.objects.get().seq == 0


@pytest.mark.parametrize(
    "message", ["[]", "7", '{"type": "choose"}', '{"type": "choose", "key": "x", "choice_id": "y"}']
)
def test_a_message_that_makes_no_sense_is_refused_and_the_line_stays(server, tale, message):
    viewer = Viewer(server, tale)
    with viewer.connect() as socket:
        _hear(socket)
        socket.send(message)
        assert _hear(socket, "refused")["problem"]["code"] == "invalid_message"
        socket.send('{"type": "ping"}')
        _hear(socket, "pong")


def test_a_branch_that_is_taken_down_is_gone_from_the_choices_at_once(server, tale):
    viewer = Viewer(server, tale)
    three = tale.episodes.get(number=3)
    admin = UserFactory(roles=["copyright_admin"])
    with viewer.connect() as socket:
        state = _hear(socket)
        wanted = _choice(state, "转身走进雨里")
        block_series(
            series_id=tale.pk,
            cut_id=three.cuts.get().pk,
            by=admin,
            reason="a complaint",
            evidence="a deposit",
        )
        _say(socket, "choose", choice_id=wanted)
        assert _hear(socket, "refused")["problem"]["code"] == "branch_not_shown"
        assert [c["text"] for c in _hear(socket)["choices"]] == ["收下玉佩"]


def test_somebody_elses_playthrough_does_not_exist(server, tale):
    mine, other = Viewer(server, tale), Viewer(server, tale)
    assert other.client.get(f"/api/v1/playthroughs/{mine.id}").status_code == 404
    with pytest.raises(InvalidStatus):
        other.connect(mine.id)


def test_two_windows_of_one_viewer_stay_together(server, tale):
    viewer = Viewer(server, tale)
    with viewer.connect() as left, viewer.connect() as right:
        state = _hear(left)
        _hear(right)
        _say(left, "choose", choice_id=_choice(state, "收下玉佩"))
        assert _hear(right)["episode"]["number"] == 2


def test_what_a_browser_played_goes_on_after_sign_in(server, tale):
    viewer = Viewer(server, tale)
    user = UserFactory()
    login = {"email": user.email, "password": "a long password"}
    viewer.client.post("/_allauth/browser/v1/auth/login", login, content_type="application/json")
    again = viewer.client.post(
        "/api/v1/playthroughs", {"series_id": str(tale.pk)}, content_type="application/json"
    )
    assert again.json()["id"] == viewer.id
