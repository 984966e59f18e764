"""Real-time rooms: nothing committed is missed."""

from __future__ import annotations

import json
import threading
from contextlib import ExitStack

import pytest
from django.db import connection, transaction
from django.db.backends.signals import connection_created
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from huaben.core.models import RoomEvent
from huaben.core.rooms import publish_event, retract_events, room_access
from tests.waiting import wait_until

room_access("test")(lambda user, viewer_id, key: key != "secret")


def _join(server, room, after=0, **more):
    return connect(
        f"{server.replace('http', 'ws')}/ws/rooms/{room}/?after={after}", origin=server, **more
    )


def _next(socket):
    """The one event of the next frame."""
    (event,) = json.loads(socket.recv(timeout=5))["events"]
    return event


def test_a_listener_gets_what_came_before_and_what_comes_after(server):
    publish_event("test:a", {"n": 1})
    with _join(server, "test:a") as socket:
        assert _next(socket)["event"] == {"n": 1}
        publish_event("test:a", {"n": 2})
        second = _next(socket)
        assert second["event"] == {"n": 2}
    publish_event("test:a", {"n": 3})
    with _join(server, "test:a", after=second["id"]) as socket:
        assert _next(socket)["event"] == {"n": 3}


def test_a_lost_poke_is_made_good_by_the_next_ping(server):
    with _join(server, "test:b") as socket:
        RoomEvent.objects.create(room="test:b", payload={"quiet": True})
        socket.send('{"type": "ping"}')
        assert _next(socket)["event"] == {"quiet": True}


def test_what_was_retracted_is_told_to_nobody_who_comes_later(server):
    publish_event("test:d", {"n": 1})
    with _join(server, "test:d") as early:
        _next(early)
        publish_event("test:d", {"n": 2})
        _next(early)
        retract_events("test:d", {"n": 2})
        with _join(server, "test:d") as late:
            assert _next(late)["event"] == {"n": 1}
            publish_event("test:d", {"n": 3})
            assert _next(late)["event"] == {"n": 3}


def test_fifty_listeners_ask_the_database_what_one_asks(server):
    asked, counting = [], threading.Event()

    def count(execute, sql, params, many, context):
        if counting.is_set() and "core_roomevent" in sql and sql.startswith("SELECT"):
            asked.append(sql)
        return execute(sql, params, many, context)

    def watch(connection, **facts):
        if count not in connection.execute_wrappers:
            connection.execute_wrappers.append(count)

    connection_created.connect(watch)
    with ExitStack() as seats:
        seats.callback(connection_created.disconnect, watch)
        publish_event("test:e", {"n": 0})
        sockets = [seats.enter_context(_join(server, "test:e")) for _ in range(50)]
        for socket in sockets:
            _next(socket)
        counting.set()
        for n in range(1, 4):
            publish_event("test:e", {"n": n})
            for socket in sockets:
                assert _next(socket)["event"] == {"n": n}
        counting.clear()
    # Each batch, and the look that finds no more; a poke may come twice.
    assert 3 <= len(asked) <= 15, asked


@pytest.mark.parametrize(
    "room", ["test:secret", "nobody-registered-this", "job:not-a-uuid", "cut:x", "review"]
)
def test_a_room_that_one_may_not_hear_is_closed(server, room):
    with pytest.raises(InvalidStatus) as refused:
        _join(server, room)
    assert refused.value.response.status_code == 403


def test_another_sites_page_cannot_open_a_socket(server):
    with pytest.raises(InvalidStatus):
        connect(
            f"{server.replace('http', 'ws')}/ws/rooms/test:a/", origin="http://elsewhere.example"
        )


def test_ids_of_a_room_rise_in_the_order_of_commit(transactional_db):
    """Who publishes while another's event is not committed waits for it, and takes its id after."""

    def publish_second():
        try:
            publish_event("test:c", {"n": 2})
        finally:
            connection.close()

    def somebody_waits():
        with connection.cursor() as cursor:
            cursor.execute(
                "select 1 from pg_locks join pg_database on pg_database.oid = database "
                "where datname = current_database() and locktype = 'advisory' and not granted"
            )
            return cursor.fetchone()

    second = threading.Thread(target=publish_second)
    with transaction.atomic():
        publish_event("test:c", {"n": 1})
        second.start()
        wait_until(somebody_waits)
    second.join()
    rows = RoomEvent.objects.filter(room="test:c").order_by("pk")
    assert [row.payload["n"] for row in rows] == [1, 2]
