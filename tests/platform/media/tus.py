"""Uploads by hand, one tus request at a time."""

from __future__ import annotations

import base64

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
