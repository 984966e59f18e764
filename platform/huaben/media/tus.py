"""The headers of the tus protocol, read and checked (tus.io, resumable upload 1.0)."""

from __future__ import annotations

import base64
import binascii

from rest_framework.request import Request

from huaben.core.localized import LocalizedText
from huaben.core.problems import Problem

from .services.uploads import CHECKSUMS

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,termination,checksum,expiration"
CONTENT_TYPE = "application/offset+octet-stream"
OVERRIDABLE_METHODS = frozenset({"PATCH", "DELETE", "HEAD"})


def read_number(request: Request, name: str) -> int:
    """A header that is a whole number of bytes. Raises Problem ``bad_header``."""
    raw = request.headers.get(name, "")
    if not raw.isdecimal() or len(raw) > 15:
        raise _bad_header(name)
    return int(raw)


def read_filename(request: Request) -> str:
    """The file's name of ``Upload-Metadata``; "" without one. Raises Problem ``bad_header``."""
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        key, _, value = pair.strip().partition(" ")
        if key == "filename":
            try:
                return base64.b64decode(value, validate=True).decode()
            except ValueError as exc:
                raise _bad_header("Upload-Metadata") from exc
    return ""


def read_checksum(request: Request) -> tuple[str, bytes] | None:
    """Algorithm and digest of ``Upload-Checksum``, or None. Raises Problem ``bad_header``."""
    header = request.headers.get("Upload-Checksum", "")
    if not header:
        return None
    algorithm, _, value = header.partition(" ")
    try:
        digest = base64.b64decode(value, validate=True)
    except binascii.Error:
        digest = b""
    if algorithm not in CHECKSUMS or not digest:
        raise _bad_header("Upload-Checksum")
    return algorithm, digest


def _bad_header(name: str) -> Problem:
    return Problem(
        "bad_header", LocalizedText(f"请求头 {name} 有误", f"The header {name} is not valid")
    )
