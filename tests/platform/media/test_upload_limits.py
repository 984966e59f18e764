"""Uploads on a full disk, over a quota, from slow senders, and more than one person may have."""

from __future__ import annotations

import subprocess

import httpx
import pytest
from django.conf import settings

from huaben.media.services import claim_upload
from tests.platform.media.films import make_film
from tests.platform.media.tus import begin, is_held, offset_of, send, start_sending, upload_at
from tests.waiting import wait_until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("stored_in", "uploads_in"),
]


@pytest.fixture
def small_disk(settings, tmp_path):
    """A folder of uploads on a disk of 4 MB."""
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
    assert claim_upload(upload_id=upload_at(address).pk, owner=creator.user).size == len(data)


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
