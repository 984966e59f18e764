"""A web process without a proxy in front: clients that keep a head or a body back, or send more
than anybody reads, keep nobody else out.
"""

from __future__ import annotations

import json
import socket
import threading
from contextlib import ExitStack

import httpx
import pytest
import uvicorn

from huaben.asgi import application
from huaben.runtime.http_protocol import BoundedHttp
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)
MIB = 1024**2


@pytest.fixture
def serve(transactional_db):
    """``serve(header_seconds=1)``: a web process with such bounds; its host and port."""
    running = []

    def start(**bounds):
        protocol = type("TestedHttp", (BoundedHttp,), {**bounds, "_waiting": {}})
        config = uvicorn.Config(
            application, port=0, lifespan="off", log_level="critical", http=protocol
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        running.append((server, thread))
        wait_until(lambda: server.started)
        return server.servers[0].sockets[0].getsockname()

    yield start
    for server, thread in running:
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture
def lines():
    """Opens lines of its own, which are closed in the end."""
    with ExitStack() as stack:

        def open_line(address, data=b""):
            line = stack.enter_context(socket.create_connection(address, timeout=20))
            line.sendall(data)
            return line

        yield open_line


def status_of(line):
    """The status that a line is answered with, 0 when it is closed without a word."""
    first = line.makefile("rb").readline().split()
    return int(first[1]) if first else 0


def answers(address):
    return httpx.get(f"http://{address[0]}:{address[1]}/healthz", timeout=20).status_code == 200


def test_a_head_that_does_not_come_whole_ends_the_line(serve, lines):
    address = serve(header_seconds=0.3)
    assert status_of(lines(address)) == 408, "not a byte"
    assert status_of(lines(address, b"GET /healthz HTTP/1.1\r\nHost: lo")) == 408


def test_the_second_head_of_a_kept_line_has_a_deadline_too(serve, lines):
    address = serve(header_seconds=0.5)
    line = lines(address, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
    reader = line.makefile("rb")
    assert reader.readline().split()[1] == b"200"
    line.sendall(b"GET /healthz HTTP/1.1\r\n")
    assert b"HTTP/1.1 408" in reader.read()


def test_more_half_sent_heads_than_connections_keep_nobody_out(serve, lines):
    address = serve(max_connections=40, header_seconds=60)
    held = [lines(address, b"GET / HTTP/1.1\r\nHost: lo") for _ in range(120)]
    assert answers(address)
    assert status_of(held[0]) == 408, "the one that waited longest made room"


def test_a_head_without_an_end_is_refused_at_a_bound(serve, lines):
    address = serve(max_header_bytes=10_000)
    line = lines(address, b"GET / HTTP/1.1\r\n")
    try:
        while True:
            line.sendall(b"X-More: " + b"x" * 1000 + b"\r\n")
    except OSError:
        pass
    assert answers(address)


def head(method, path, length, **more):
    fields = {"Host": "localhost", "Content-Length": length, "Content-Type": "application/json"}
    lines = "".join(f"{name}: {value}\r\n" for name, value in {**fields, **more}.items())
    return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode()


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/api/v1/me"), ("PUT", "/api/v1/uploads/"), ("POST", "/nowhere"), ("PUT", "/")],
)
def test_a_body_of_400_mb_is_refused_before_a_byte_of_it_is_read(serve, lines, method, path):
    line = lines(serve(), head(method, path, 400 * MIB))
    assert status_of(line) == 413


def test_an_upload_to_an_address_that_takes_none_is_answered_and_the_line_closed(serve, lines):
    address = "/api/v1/uploads/01890a5d-ac96-774b-bcce-b302099a8057"
    line = lines(serve(), head("POST", address, 400 * MIB))
    answer = line.makefile("rb").read()  # to the end: nobody waits for the 400 MB
    assert answer.split()[1] in (b"401", b"403", b"405")
    assert b"connection: close" in answer.lower()


def test_a_body_of_unknown_length_is_cut_at_the_bound(serve, lines, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    fields = {"Transfer-Encoding": "chunked"}
    start = head("POST", "/api/v1/events", 0, **fields).replace(b"Content-Length: 0\r\n", b"")
    line = lines(serve(), start)
    piece = b"%x\r\n%s\r\n" % (4000, b"x" * 4000)
    line.sendall(piece * 3)
    assert status_of(line) == 413


def test_a_body_that_does_not_come_is_given_up_with_words(serve, lines, settings):
    settings.BODY_SECONDS = 0.3
    line = lines(serve(), head("POST", "/api/v1/events", 1000) + b"{")
    top, _, body = line.makefile("rb").read().partition(b"\r\n\r\n")
    assert top.split()[1] == b"408"
    assert json.loads(body)["code"] == "too_slow"


def test_slow_bodies_together_are_bounded_and_reading_goes_on(serve, lines, settings):
    settings.BODIES_MAX_MEMORY = 50_000
    address = serve()
    for _ in range(9):
        lines(address, head("POST", "/api/v1/events", 10_000) + b"x" * 5000)
    refused = lines(address, head("POST", "/api/v1/events", 40_000) + b"x" * 39_000)
    assert status_of(refused) == 503
    assert answers(address)


def test_more_uploads_at_once_than_a_process_takes_are_told_to_come_back(serve, lines, settings):
    settings.UPLOAD_MAX_ARRIVING = 0
    line = lines(serve(), head("PATCH", "/api/v1/uploads/x", 1000))
    assert status_of(line) == 503


def test_a_body_within_the_bounds_is_read_as_ever(serve):
    host, port = serve()
    answer = httpx.post(f"http://{host}:{port}/_allauth/browser/v1/auth/login", json={"email": "x"})
    assert answer.status_code in (400, 403)


def test_the_schema_is_made_once_whatever_is_asked_with_it(client):
    first = client.get(
        "/api/v1/schema?version=evil&lang=xx", headers={"Accept": "application/json"}
    )
    again = client.get("/api/v1/schema", headers={"Accept": "application/json"})
    assert first.content == again.content
    assert json.loads(again.content)["info"]["version"] == "1"
