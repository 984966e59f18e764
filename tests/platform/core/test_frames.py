"""Every socket of the house, sent what no page of ours sends."""

from __future__ import annotations

import json
import socket as sockets
import struct
import threading
from urllib.parse import urlsplit

import psutil
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from huaben.cocreation.services.writing_rooms import get_or_create_writing_room
from huaben.core.frames import MAX_TEXT_LENGTH, InvalidFrame, MalformedFrame, Ping, read_frame
from huaben.core.handshake import is_own_origin
from huaben.core.rooms import room_access
from huaben.interactive.consumers import CastVote
from huaben.interactive.hub import MAX_QUEUED, Connection
from tests.factories import UserFactory
from tests.platform.interactive.stories import forked_tale, premiere_at_eight

room_access("frames")(lambda user, viewer_id, key: True)
KEY = "01890a5d-ac96-774b-bcce-b302099a8057"
NOT_JSON = [
    "not json",
    "",
    "{",
    "NaN",
    '{"type": "ping", "t": "\\u0000"}',
    '{"type": "\\ud800"}',
    "[" * 3000 + "]" * 3000,
    '{"t": ' + "9" * 4000 + "}",
    '{"t": 1e999, "type": "ping"}',
    "x" * (MAX_TEXT_LENGTH + 1),
]


@pytest.mark.parametrize("text", NOT_JSON, ids=lambda text: repr(text[:14]))
def test_what_is_no_json_is_malformed(text):
    with pytest.raises(MalformedFrame):
        read_frame(text, {"ping": Ping})


@pytest.mark.parametrize(
    "fields",
    [
        {"round": True},
        {"round": 0},
        {"round": 10**12},
        {"round": None},
        {"round": [1]},
        {"key": 5.5},
        {"key": "x"},
        {"choice_id": {}},
        {"type": "dance"},
        {"type": ["vote"]},
        {"type": None},
    ],
)
def test_a_message_with_a_wrong_field_is_invalid_and_keeps_its_key(fields):
    message = {"type": "vote", "key": KEY, "round": 1, "choice_id": KEY} | fields
    with pytest.raises(InvalidFrame) as refused:
        read_frame(json.dumps(message), {"vote": CastVote})
    assert refused.value.key == (message["key"] if isinstance(message["key"], str) else None)


def _connect(server, path, **more):
    return connect(f"{server.replace('http', 'ws')}{path}", origin=server, **more)


@pytest.fixture
def addresses(server, signed_in, cookie_of):
    """The address of each kind of socket, with the headers of somebody who may open it."""
    tale = forked_tale()
    maker = signed_in(user=tale.creator)
    started = maker.post("/api/v1/playthroughs", {"series_id": str(tale.pk)}, format="json")
    found = {
        "room": "/ws/rooms/frames:a/",
        "premiere": f"/ws/premieres/{premiere_at_eight(tale).pk}/",
        "playthrough": f"/ws/playthroughs/{started.json()['id']}/",
        "writing": f"/ws/writing/{get_or_create_writing_room(series=tale).pk}/",
    }
    return found, {"Cookie": cookie_of(maker)}


def _close_code(line):
    with pytest.raises(ConnectionClosed) as closed:
        while True:
            line.recv(timeout=20)
    return closed.value.rcvd.code if closed.value.rcvd else 1006


def test_every_socket_closes_with_a_code_of_ours_and_one_line_of_log(server, addresses, caplog):
    found, headers = addresses
    for path in found.values():
        for text in ["not json", "[" * 3000, '{"type": "ping", "t": "\\ud800"}']:
            caplog.clear()
            with _connect(server, path, additional_headers=headers) as line:
                line.send(text)
                assert _close_code(line) == 4400, (path, text)
            logged = [record for record in caplog.records if record.levelname != "DEBUG"]
            assert len(logged) == 1 and logged[0].exc_info is None, path


def test_a_text_that_is_not_utf_8_closes_the_socket_without_a_traceback(server, caplog, db):
    with _connect(server, "/ws/rooms/frames:b/") as line:
        line.send(b"\xff\xfe", text=True)
        assert _close_code(line) == 1007
    assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.parametrize(
    "cookie", ['sessionid="\\000abc"', "viewer=x:y:z", 'sessionid="' + "\\377" * 20 + '"']
)
def test_an_odd_cookie_opens_nothing_and_breaks_nothing(server, caplog, db, cookie):
    try:
        with _connect(server, "/ws/rooms/frames:c/", additional_headers={"Cookie": cookie}) as line:
            line.send('{"type": "ping"}')
    except InvalidStatus as refused:
        assert refused.response.status_code == 403
    assert not [record for record in caplog.records if record.exc_info]


def _flood(server, path, frame):
    """Send a frame again and again, read nothing; returns how many bytes were taken before the
    server stopped to read, or closed the line. Grows for ever where nothing is bounded.
    """
    where = urlsplit(server)
    line = sockets.create_connection((where.hostname, where.port))
    line.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
    line.sendall(
        f"GET {path} HTTP/1.1\r\nHost: {where.netloc}\r\nOrigin: {server}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
    )
    assert line.recv(12) == b"HTTP/1.1 101"
    piece = frame * 2000
    sent = 0
    line.settimeout(3)
    try:
        while sent < 60_000_000:
            sent += line.send(piece)
    except (TimeoutError, OSError):
        pass
    finally:
        line.close()
    return sent


@pytest.mark.parametrize("kind", ["control", "text"])
def test_pings_whose_answers_nobody_reads_do_not_fill_the_memory(server, db, kind):
    payload = b"p" * 100 if kind == "control" else b'{"type": "ping"}'
    head = 0x89 if kind == "control" else 0x81
    frame = struct.pack("!BB", head, 0x80 | len(payload)) + b"\0\0\0\0" + payload
    before = psutil.Process().memory_info().rss
    _flood(server, "/ws/rooms/frames:d/", frame)
    grown = psutil.Process().memory_info().rss - before
    assert grown < 30_000_000


def test_a_connection_that_takes_nothing_is_closed_instead_of_queued_for(event_loop_policy):
    import asyncio

    closed = []

    async def run():
        async def send(text):
            await asyncio.sleep(0)

        async def close():
            closed.append(True)

        connection = Connection(UserFactory.build().pk, send, close)
        for _ in range(MAX_QUEUED + 1):
            connection.queue_message({"type": "pong"})
        assert not connection._messages
        await connection.send_queued()

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    thread.join()
    assert closed == [True]


@pytest.mark.parametrize(
    ("origin", "host", "scheme", "own"),
    [
        ("http://localhost:8000", "localhost:8000", "ws", True),
        ("http://localhost:9000", "localhost:8000", "ws", False),
        ("http://localhost", "localhost:8000", "ws", False),
        ("http://localhost", "localhost", "ws", True),
        ("https://localhost", "localhost", "ws", True),
        ("https://localhost:8443", "localhost", "ws", False),
        ("http://127.0.0.1:8000", "localhost:8000", "ws", False),
        ("http://elsewhere.example", "elsewhere.example", "ws", False),
        ("null", "localhost", "ws", False),
        ("", "localhost", "ws", False),
        ("http://[", "localhost", "ws", False),
        ("http://localhost:99999", "localhost:99999", "ws", False),
        ("https://studio.example", "localhost", "ws", True),
    ],
)
def test_a_page_may_connect_to_its_own_address_port_and_all(settings, origin, host, scheme, own):
    settings.CSRF_TRUSTED_ORIGINS = ["https://studio.example"]
    assert is_own_origin(origin, host, scheme) is own
