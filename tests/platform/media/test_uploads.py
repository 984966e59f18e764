"""tus 1.0 against a real server, with a real client, on bad days too."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import signal
from datetime import timedelta

import httpx
import pytest
from django.utils import timezone
from tusclient.client import TusClient

from huaben.media.models import Upload
from huaben.media.services import sweep_uploads
from huaben.media.services.uploads import path_of
from tests.platform.media.tus import (
    BYTES,
    begin,
    hold,
    is_held,
    offset_of,
    send,
    start_sending,
    take,
    upload_at,
)
from tests.waiting import wait_until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("stored_in", "uploads_in"),
]


def test_a_real_client_uploads_a_film_in_pieces_and_it_becomes_an_asset(
    server, creator, headers_of, film, uploads_in, stored_in
):
    client = TusClient(f"{server}/api/v1/uploads/", headers=headers_of(creator))
    uploader = client.uploader(
        str(film), chunk_size=film.stat().st_size // 3, metadata={"filename": "灯影.mp4"}
    )
    uploader.upload()
    upload = upload_at(uploader.url)
    asset = take(uploader.url, creator)
    assert upload.filename == "灯影.mp4"
    assert asset.sha256 == hashlib.sha256(film.read_bytes()).hexdigest()
    assert (stored_in / asset.file).read_bytes() == film.read_bytes()
    assert list(uploads_in.iterdir()) == []


def test_an_upload_whose_connection_was_cut_keeps_what_came_and_is_resumed_by_a_real_client(
    server, browser, creator, headers_of, film, settings
):
    settings.UPLOAD_CHUNK_BYTES = 4096
    address, data = begin(browser, film.stat().st_size), film.read_bytes()
    half = len(data) // 2
    line = start_sending(server, headers_of(creator), address, len(data), data[:half])
    wait_until(lambda: path_of(upload_at(address)).stat().st_size >= half - 4096)
    line.close()
    wait_until(lambda: not is_held(address))
    assert half - 4096 <= offset_of(browser, address) <= half
    client = TusClient(f"{server}/api/v1/uploads/", headers=headers_of(creator))
    client.uploader(str(film), url=server + address, chunk_size=100_000).upload()
    assert take(address, creator).size == len(data)


def test_a_killed_web_process_leaves_an_upload_that_tells_the_truth(
    start_server, server, browser, creator, headers_of, tmp_path, settings, film
):
    """The row may know fewer bytes than lie in the file, never more."""
    settings.UPLOAD_ROOT = tmp_path / "files" / "uploads"
    data = film.read_bytes() + bytes(40_000_000)
    doomed, process = start_server(tmp_path / "files")
    address = begin(browser, len(data))
    start_sending(doomed, headers_of(creator), address, len(data), data[:30_000_000])
    wait_until(lambda: upload_at(address).offset > 0)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    counted, path = upload_at(address).offset, settings.UPLOAD_ROOT / address.rpartition("/")[2]
    assert 0 < counted <= path.stat().st_size
    assert path.read_bytes()[:counted] == data[:counted]
    assert offset_of(browser, address) == counted
    answer = send(browser, address, data[counted : counted + 1000], counted)
    assert (answer.status_code, offset_of(browser, address)) == (204, counted + 1000)


def test_bytes_that_a_disk_lost_are_asked_for_again(browser, uploads_in):
    address = begin(browser, 5000)
    assert send(browser, address, bytes(4000)).status_code == 204
    os.truncate(uploads_in / address.rpartition("/")[2], 1000)
    assert offset_of(browser, address) == 1000
    assert send(browser, address, bytes(100), 1000).headers["Upload-Offset"] == "1100"


def test_only_one_writer_at_a_time(server, browser, creator, headers_of):
    address = begin(browser, 5000)
    line = hold(server, headers_of(creator), address, 4000, bytes(10))
    assert browser.delete(address).status_code == 423
    line.close()
    wait_until(lambda: offset_of(browser, address) == 10)
    assert send(browser, address, b"x", 10).status_code == 204


def test_bytes_count_only_when_their_checksum_matches(browser):
    address = begin(browser, 5000)
    right = {
        name: base64.b64encode(hashlib.new(name, b"x" * 50).digest()).decode()
        for name in ("sha1", "sha256")
    }
    for name, digest in right.items():
        wrong = send(browser, address, b"y" * 50, **{"Upload-Checksum": f"{name} {digest}"})
        assert (wrong.status_code, wrong.json()["code"]) == (460, "upload_checksum")
    assert offset_of(browser, address) == 0
    for place, (name, digest) in enumerate(right.items()):
        answer = send(
            browser, address, b"x" * 50, 50 * place, **{"Upload-Checksum": f"{name} {digest}"}
        )
        assert answer.status_code == 204
    assert offset_of(browser, address) == 100
    assert send(browser, address, b"x", 100, **{"Upload-Checksum": "crc32 AAAA"}).status_code == 400


def test_a_checked_piece_that_was_cut_does_not_count(server, browser, creator, headers_of):
    address = begin(browser, 5000)
    digest = base64.b64encode(hashlib.sha1(bytes(4000)).digest()).decode()
    headers = headers_of(creator, **{"Upload-Checksum": f"sha1 {digest}"})
    line = hold(server, headers, address, 4000, bytes(2000))
    line.close()
    wait_until(lambda: not is_held(address))
    assert offset_of(browser, address) == 0


def test_a_wrong_offset_is_refused_and_nothing_is_written(browser):
    address = begin(browser, 5000)
    answer = send(browser, address, b"x" * 10, 7)
    assert (answer.status_code, answer.json()["code"], offset_of(browser, address)) == (
        409,
        "upload_offset",
        0,
    )


def test_more_bytes_than_announced_are_refused_and_nothing_of_them_is_kept(browser):
    address = begin(browser, 10)
    assert (send(browser, address, b"x" * 11).status_code, offset_of(browser, address)) == (413, 0)


def test_a_terminated_upload_is_gone_with_its_bytes(browser, uploads_in):
    address = begin(browser, 5000)
    send(browser, address, b"x" * 10)
    assert browser.delete(address).status_code == 204
    assert browser.head(address).status_code == send(browser, address, b"x", 10).status_code == 404
    assert (list(uploads_in.iterdir()), Upload.objects.count()) == ([], 0)


def test_an_expired_upload_takes_no_more_and_is_swept_with_its_bytes(browser, uploads_in):
    address, fresh = begin(browser, 5000), begin(browser, 5000)
    assert "Upload-Expires" in browser.head(address).headers
    send(browser, address, b"x" * 10)
    Upload.objects.filter(pk=upload_at(address).pk).update(
        expires_at=timezone.now() - timedelta(seconds=1)
    )
    assert browser.head(address).status_code == send(browser, address, b"x", 10).status_code == 410
    stray = uploads_in / "00000000-0000-7000-8000-000000000000"
    stray.write_bytes(b"left by a row that is gone")
    os.utime(stray, (0, 0))
    assert sweep_uploads() == 1
    assert browser.head(address).status_code == 404
    assert [path.name for path in uploads_in.iterdir()] == [fresh.rpartition("/")[2]]


def test_anothers_upload_does_not_exist(browser, server, signed_in, headers_of):
    address = begin(browser, 5000)
    with httpx.Client(base_url=server, headers=headers_of(signed_in("creator"))) as other:
        answers = [
            other.get(address),
            other.head(address),
            other.delete(address),
            send(other, address, b"x"),
        ]
        assert [answer.status_code for answer in answers] == [404, 404, 404, 404]
    assert offset_of(browser, address) == 0


def test_uploads_are_for_signed_in_creators_and_need_the_csrf_token(
    server, signed_in, creator, headers_of
):
    length = {"Upload-Length": "10", "Tus-Resumable": "1.0.0"}
    where = f"{server}/api/v1/uploads/"
    assert httpx.post(where, headers=length).status_code == 401
    assert httpx.post(where, headers=headers_of(signed_in("viewer")) | length).status_code == 403
    bare = headers_of(creator) | length
    del bare["X-CSRFToken"]
    assert httpx.post(where, headers=bare).status_code == 403
    assert Upload.objects.count() == 0


def test_the_server_says_what_it_can_and_refuses_what_it_cannot(browser, server, settings):
    settings.UPLOAD_MAX_BYTES = 1000
    able = httpx.options(f"{server}/api/v1/uploads/").headers
    assert able["Tus-Version"] == "1.0.0" and able["Tus-Max-Size"] == "1000"
    assert set(able["Tus-Extension"].split(",")) >= {
        "creation",
        "termination",
        "checksum",
        "expiration",
    }
    assert able["Tus-Checksum-Algorithm"] == "sha1,sha256"
    assert browser.post("/api/v1/uploads/", headers={"Upload-Length": "1001"}).status_code == 413
    assert browser.post("/api/v1/uploads/", headers={"Upload-Length": "-1"}).status_code == 400
    assert browser.post("/api/v1/uploads/", headers={"Upload-Defer-Length": "1"}).status_code == 400
    old = browser.post(
        "/api/v1/uploads/", headers={"Upload-Length": "10", "Tus-Resumable": "0.2.2"}
    )
    assert (old.status_code, old.headers["Tus-Version"]) == (412, "1.0.0")
    address = begin(browser, 10)
    assert browser.patch(address, content=b"x", headers={"Upload-Offset": "0"}).status_code == 415


def test_an_upload_may_begin_with_its_first_bytes_and_methods_may_be_named_in_a_header(browser):
    answer = browser.post(
        "/api/v1/uploads/",
        content=b"x" * 10,
        headers={"Upload-Length": "5000", "Content-Type": BYTES},
    )
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, "10")
    address = answer.headers["Location"]
    more = {"X-HTTP-Method-Override": "PATCH", "Content-Type": BYTES, "Upload-Offset": "10"}
    assert (
        browser.post(address, content=io.BytesIO(b"y" * 5).read(), headers=more).status_code == 204
    )
    assert offset_of(browser, address) == 15
