"""Uploads on a full disk, over a quota, from slow senders, and more than one person may have."""

from __future__ import annotations

import shutil
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from django.conf import settings
from django.db import connection

from huaben.core.problems import Problem
from huaben.media.models import Upload
from huaben.media.services import create_upload
from tests.platform.media.films import make_film
from tests.platform.media.tus import begin, is_held, offset_of, send, start_sending, take
from tests.waiting import wait_until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("stored_in", "uploads_in"),
]


@pytest.fixture
def small_disk(settings, tmp_path):
    """A folder of uploads on a disk of 4 MB, of which nothing is kept."""
    settings.DISK_KEPT_SHARE = 0
    folder = tmp_path / "disk"
    folder.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder], check=False, capture_output=True
    ).returncode:
        pytest.skip("only root may mount a small disk; the test of a full quota runs everywhere")
    settings.UPLOAD_ROOT = folder
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_a_full_disk_is_said_clearly_and_the_upload_goes_on_once_there_is_room(
    small_disk, browser, creator, tmp_path
):
    film = make_film(tmp_path / "f.mp4", seconds=2)
    data = film.read_bytes()
    assert (
        browser.post("/api/v1/uploads/", headers={"Upload-Length": str(8 << 20)}).status_code == 507
    )
    address = begin(browser, len(data))
    assert send(browser, address, data[:5000]).status_code == 204
    filler = small_disk / "filler"
    with filler.open("wb", buffering=0) as file, pytest.raises(OSError):
        while True:
            file.write(bytes(4096))
    answer = send(browser, address, data[5000:], 5000)
    assert (answer.status_code, answer.json()["code"]) == (507, "disk_full")
    assert "存储空间不足" in answer.json()["title"]
    assert offset_of(browser, address) == 5000
    assert (small_disk / address.rpartition("/")[2]).stat().st_size == 5000
    filler.unlink()
    assert send(browser, address, data[5000:], 5000).status_code == 204
    assert take(address, creator).size == len(data)


def test_a_full_quota_is_the_same(start_server, creator, headers_of, tmp_path):
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000))"
    server, _ = start_server(tmp_path / "files", before=limit)
    with httpx.Client(
        base_url=server, headers=headers_of(creator, **{"Accept-Language": "en"}), timeout=30
    ) as browser:
        address = begin(browser, 10_000_000)
        assert send(browser, address, bytes(2_000_000)).status_code == 204
        answer = send(browser, address, bytes(2_000_000), 2_000_000)
        assert (answer.status_code, answer.json()["code"]) == (507, "disk_full")
        assert "no room" in answer.json()["title"]
        assert offset_of(browser, address) == 2_000_000


def test_slow_senders_leave_the_database_to_others(browser, server, creator, headers_of):
    """More of them than there are connections, each in the middle of a body."""
    many = settings.DATABASES["default"]["OPTIONS"]["pool"]["max_size"] + 2
    headers = headers_of(creator)
    addresses = [begin(browser, 5000) for _ in range(many)]
    lines = [start_sending(server, headers, address, "5000", b"x" * 100) for address in addresses]
    try:
        wait_until(lambda: all(is_held(address) for address in addresses))
        assert httpx.get(f"{server}/api/v1/feed", timeout=60).status_code == 200
    finally:
        for line in lines:
            line.close()


def test_one_person_may_not_leave_countless_uploads_open(browser):
    for _ in range(20):
        begin(browser, 10)
    assert browser.post("/api/v1/uploads/", headers={"Upload-Length": "10"}).status_code == 429


def open_at_once(creator, length, times):
    """So many uploads begun in the same moment; their codes, "" for one that was begun."""
    gate = threading.Barrier(times)

    def begin_upload(_):
        gate.wait()
        try:
            create_upload(owner=creator.user, length=length)
        except Problem as problem:
            return problem.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(begin_upload, range(times)))


def test_uploads_begun_in_the_same_moment_do_not_pass_the_limit_together(creator, settings):
    settings.UPLOAD_MAX_OPEN = 3
    codes = open_at_once(creator, 10, 12)
    assert sorted(codes) == [""] * 3 + ["too_many_uploads"] * 9
    assert Upload.objects.count() == 3


def test_the_disk_is_promised_once_however_many_ask_and_a_share_is_kept(creator, settings):
    """On a disk of which all but 50 MB is kept, three of 20 MB at most may be promised."""
    settings.UPLOAD_ROOT.mkdir()
    usage = shutil.disk_usage(settings.UPLOAD_ROOT)
    settings.DISK_KEPT_SHARE, settings.DISK_KEPT_BYTES = 1, usage.free - (50 << 20)
    codes = open_at_once(creator, 20 << 20, 8)
    assert codes.count("") in (1, 2, 3) and set(codes) == {"", "disk_full"}
    assert len(list(settings.UPLOAD_ROOT.iterdir())) == Upload.objects.count() == codes.count("")


def test_what_one_person_may_promise_is_bounded_in_bytes(browser, settings):
    settings.UPLOAD_MAX_OPEN_BYTES = 1000
    begin(browser, 600)
    answer = browser.post("/api/v1/uploads/", headers={"Upload-Length": "600"})
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_uploads")


def test_bytes_that_would_eat_postgresqls_share_are_not_taken(browser, settings):
    address = begin(browser, 10_000)
    assert send(browser, address, b"x" * 1000).status_code == 204
    settings.DISK_KEPT_SHARE, settings.DISK_KEPT_BYTES = 1, 1 << 60
    answer = send(browser, address, b"x" * 1000, 1000)
    assert (answer.status_code, answer.json()["code"]) == (507, "disk_full")
    settings.DISK_KEPT_BYTES = 0
    assert send(browser, address, b"x" * 1000, 1000).status_code == 204
