"""The headers of the tus protocol, read and checked (tus.io, resumable upload 1.0)."""

from __future__ import annotations

import base64
import binascii
import re

from rest_framework.request import Request

from huaben.core.inputs import BAD_TEXT, NOT_UTF8, is_storable
from huaben.core.localized import LocalizedText
from huaben.core.problems import Problem

from .services.uploads import CHECKSUMS

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,termination,checksum,expiration"
CONTENT_TYPE = "application/offset+octet-stream"
# Line breaks among them: the name comes back in headers and logs.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_METADATA_KEY = re.compile(r"[!-+\--~]+")  # visible ASCII without a comma
MAX_METADATA_LENGTH = 2000
TOO_LONG = LocalizedText(
    f"最多 {MAX_METADATA_LENGTH} 个字符", f"has more than {MAX_METADATA_LENGTH} characters"
)
OVERRIDABLE_METHODS = frozenset({"PATCH", "DELETE", "HEAD"})


def read_number(request: Request, name: str) -> int:
    """A header that is a whole number of bytes. Raises Problem ``bad_header``."""
    raw = request.headers.get(name, "")
    if not raw.isdecimal() or len(raw) > 15:
        raise _bad_header(name)
    return int(raw)


def read_filename(request: Request) -> str:
    """The file's name of ``Upload-Metadata``, without control characters; "" without one. Raises
    Problem ``bad_header`` for one that is not UTF-8 in base64, or holds NUL.
    """
    name = _metadata_values(read_metadata(request)).get("filename", b"")
    try:
        text = name.decode()
    except UnicodeDecodeError as exc:
        raise _bad_header("Upload-Metadata", NOT_UTF8) from exc
    if not is_storable(text):
        raise _bad_header("Upload-Metadata", BAD_TEXT)
    return _CONTROL.sub(" ", text).strip()


def read_metadata(request: Request) -> str:
    """``Upload-Metadata`` as it came: pairs of an ASCII key and a value in base64, which the answer
    to HEAD repeats. Raises Problem ``bad_header``.
    """
    metadata = request.headers.get("Upload-Metadata", "").strip()
    if len(metadata) > MAX_METADATA_LENGTH:
        raise _bad_header("Upload-Metadata", TOO_LONG)
    _metadata_values(metadata)
    return metadata


def _metadata_values(metadata: str) -> dict[str, bytes]:
    values: dict[str, bytes] = {}
    for pair in metadata.split(",") if metadata else ():
        key, _, value = pair.strip().partition(" ")
        try:
            decoded = base64.b64decode(value, validate=True)
        except ValueError as exc:
            raise _bad_header("Upload-Metadata") from exc
        if not _METADATA_KEY.fullmatch(key) or key in values:
            raise _bad_header("Upload-Metadata")
        values[key] = decoded
    return values


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


def _bad_header(name: str, words: LocalizedText | None = None) -> Problem:
    title = LocalizedText(f"请求头 {name} 有误", f"The header {name} is not valid")
    message = (words or title).localized()
    return Problem("bad_header", title, errors=[{"field": name, "message": message}])
