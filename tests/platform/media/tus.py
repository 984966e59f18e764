"""Uploads by hand, one tus request at a time."""

from __future__ import annotations

import base64
import socket
from pathlib import Path
from urllib.parse import urlsplit

from huaben.core.jobs import run_job
from huaben.core.models import Job
from huaben.media.models import Asset, Upload
from huaben.media.services import claim_upload
from huaben.media.services.uploads import path_of
from tests.waiting import wait_until

BYTES = "application/offset+octet-stream"


def begin(browser, length, name="film.mp4"):
    """Begin an upload; returns its address."""
    named = f"filename {base64.b64encode(name.encode()).decode()}"
    answer = browser.post(
        "/api/v1/uploads/", headers={"Upload-Length": str(length), "Upload-Metadata": named}
    )
    assert answer.status_code == 201, answer.text
    return answer.headers["Location"]


def send(browser, address, data, offset=0, **headers):
    more = {"Content-Type": BYTES, "Upload-Offset": str(offset), **headers}
    return browser.patch(address, content=data, headers=more)


def offset_of(browser, address):
    answer = browser.head(address)
    assert answer.status_code == 200
    return int(answer.headers["Upload-Offset"])


def upload_at(address):
    return Upload.objects.get(pk=address.rpartition("/")[2])


def start_sending(server, headers, address, announced, data):
    """Send a request's head and a part of its body over a socket of our own, which stays open."""
    where = urlsplit(server)
    line = socket.create_connection((where.hostname, where.port))
    lines = {
        **headers,
        "Host": where.netloc,
        "Content-Type": BYTES,
        "Upload-Offset": "0",
        "Content-Length": announced,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    line.sendall(f"PATCH {address} HTTP/1.1\r\n{head}\r\n".encode() + data)
    return line


def hold(server, headers, address, announced, data):
    """``start_sending``, until the server has the request in hand."""
    line = start_sending(server, headers, address, announced, data)
    wait_until(lambda: is_held(address))
    return line


def is_held(address):
    """Whether somebody is writing, by the kernel's table of file locks: a request that asked for
    the lock could take it from the one that is waited for.
    """
    inode = path_of(upload_at(address)).stat().st_ino
    locks = Path("/proc/locks").read_text().splitlines()
    return any("FLOCK" in lock and f":{inode} " in lock for lock in locks)


def examine_waiting():
    """Run the examinations that wait, as a worker would."""
    waiting = Job.objects.filter(kind="media.examine_upload", state="queued")
    for job_id in waiting.values_list("pk", flat=True):
        run_job(job_id)


def take(address, creator) -> Asset:
    """The asset of an upload, examined and claimed by its owner."""
    examine_waiting()
    return claim_upload(upload_id=upload_at(address).pk, owner=creator.user)
