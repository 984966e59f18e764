"""The headers of tus: what a client said of its file, and what no file is called."""

from __future__ import annotations

import base64

import pytest

from huaben.media.models import Upload
from tests.platform.media.tus import upload_at


def _pair(key: str, value: bytes) -> str:
    return f"{key} {base64.b64encode(value).decode()}"


def _begin(browser, metadata):
    return browser.post(
        "/api/v1/uploads/", headers={"Upload-Length": "10", "Upload-Metadata": metadata}
    )


@pytest.mark.parametrize(
    "metadata",
    [
        _pair("filename", "灯.mp4".encode()),
        f"{_pair('filename', b'a.mp4')},{_pair('filetype', b'video/mp4')},is_confidential",
        _pair("anything", b"\xff\x00"),
    ],
)
def test_head_repeats_what_was_said_at_the_beginning(browser, metadata):
    address = _begin(browser, metadata).headers["Location"]
    assert browser.head(address).headers["Upload-Metadata"] == metadata


def test_head_of_an_upload_that_said_nothing_has_no_such_header(browser):
    address = browser.post("/api/v1/uploads/", headers={"Upload-Length": "10"}).headers["Location"]
    assert "Upload-Metadata" not in browser.head(address).headers


@pytest.mark.parametrize(
    "metadata",
    [
        _pair("filename", b"a\x00.mp4"),
        _pair("filename", b"\xed\xa0\x80.mp4"),
        "filename %%%",
        _pair("filename", b"a") + "," + _pair("filename", b"b"),
        _pair("filename", b"a" * 3000),
    ],
)
def test_what_is_no_metadata_is_refused_and_leaves_no_bytes(browser, uploads_in, metadata):
    answer = _begin(browser, metadata)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_header")
    assert answer.json()["errors"][0]["field"] == "Upload-Metadata"
    assert Upload.objects.count() == 0
    assert list(uploads_in.glob("*")) == []


def test_line_breaks_do_not_stay_in_a_name(browser):
    answer = _begin(browser, _pair("filename", "a\r\nSet-Cookie: x=1\u2028.mp4".encode()))
    assert upload_at(answer.headers["Location"]).filename == "a Set-Cookie: x=1 .mp4"
