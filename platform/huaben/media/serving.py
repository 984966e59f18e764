"""Hands out the files of packages to players."""

from __future__ import annotations

import re

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.crypto import constant_time_compare

from huaben.core.localized import LocalizedText
from huaben.core.problems import problem_page

from . import storage
from .models import Asset
from .playback import (
    PlaybackTicket,
    TicketExpired,
    is_package_file,
    may_play,
    may_preview,
    previewer_of,
    read_ticket,
)
from .rejections import STORAGE_AWAY

_TYPES = {
    "m3u8": "application/vnd.apple.mpegurl",
    "mp4": "video/mp4",
    "m4s": "video/iso.segment",
    "webp": "image/webp",
}
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_KEEP_SECONDS = {"webp": 300, "m3u8": 30, "mp4": 60, "m4s": 60}


def package_file(request: HttpRequest, ticket: str, path: str) -> HttpResponseBase:
    """One file of a package: 404 when the gate is closed or there is none, 410 when the ticket's
    time is over.

    The gate is asked each time, so a film that is taken down stops in the middle. Files are a few
    hundred kilobytes each (two seconds of film), so they are answered whole and hold no thread
    while a slow viewer reads them.
    """
    if request.method not in ("GET", "HEAD"):
        return problem_page(
            request,
            "method_not_allowed",
            LocalizedText("不支持这种操作", "This cannot be done here"),
            405,
        )
    try:
        playback_ticket = read_ticket(ticket)
    except TicketExpired:
        title = LocalizedText(
            "播放地址已过期，请刷新", "This playback address has expired; please ask for a new one"
        )
        return problem_page(request, "playback_expired", title, 410)
    except BadSignature:
        return _not_found(request)
    if not is_package_file(path) or not _may_fetch(request, playback_ticket):
        return _not_found(request)
    row = (
        Asset.objects.filter(pk=playback_ticket.asset_id, state=Asset.State.READY)
        .values_list("package", "package_sha256")
        .first()
    )
    if row is None:
        return _not_found(request)
    package, sha256 = row
    etag = f'"{sha256[:24]}-{path}"'  # a package never changes: another one has another digest
    try:
        response = get_conditional_response(request, etag=etag) or _read(
            request, f"{package}/{path}", etag
        )
    except storage.StorageAway:
        return problem_page(request, "storage_away", STORAGE_AWAY, 503)
    if response is None:
        return _not_found(request)
    kind = path.rpartition(".")[2]
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = f"private, max-age={_KEEP_SECONDS[kind]}"
    if response.status_code in (200, 206):
        response["Content-Type"] = _TYPES[kind]
    return response


def _may_fetch(request: HttpRequest, playback_ticket: PlaybackTicket) -> bool:
    if playback_ticket.preview_for is not None:
        if not request.user.is_authenticated:
            return False
        previewer = previewer_of(request)
        # The role may be gone since the address was given.
        return constant_time_compare(
            previewer.binding, playback_ticket.preview_for
        ) and may_preview(previewer.user, playback_ticket.asset_id)
    return may_play(playback_ticket.asset_id)


def _read(request: HttpRequest, name: str, etag: str) -> HttpResponse | None:
    try:
        with storage.open_stored(name) as file:
            size = file.seek(0, 2)
            start, end, status = _parse_range(request, size, etag)
            if status == 416:
                return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
            file.seek(start)
            body = file.read(end - start) if request.method == "GET" else b""
    except FileNotFoundError:
        return None
    response = HttpResponse(body, status=status)
    response["Content-Length"] = str(end - start)
    if status == 206:
        response["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return response


def _parse_range(request: HttpRequest, size: int, etag: str) -> tuple[int, int, int]:
    """Start, end and status for the request's range (RFC 9110, 14): one range is served, several
    get the whole file.
    """
    given = _RANGE.fullmatch(request.headers.get("Range", ""))
    if given is None or not any(given.groups()) or request.headers.get("If-Range", etag) != etag:
        return 0, size, 200
    first, last = given.groups()
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1 if last else size)
    return (start, end, 206) if start < end else (0, 0, 416)


def _not_found(request: HttpRequest) -> HttpResponse:
    return problem_page(request, "not_found", LocalizedText("没有找到", "Not found"), 404)
