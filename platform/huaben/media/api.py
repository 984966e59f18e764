"""Uploads over HTTP: tus 1.0 with creation, creation-with-upload, termination, checksum and
expiration.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.http.request import UnreadablePostError
from django.utils.http import http_date
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.parsers import BaseParser
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.core.access import find_allowed, requires
from huaben.core.localized import LocalizedText
from huaben.core.problems import Problem
from huaben.core.serializers import LocalizedTextSerializer

from . import services
from .models import Upload
from .services.uploads import CHECKSUMS, ConnectionCut, Read, check_open, safe_offset

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,termination,checksum,expiration"
BYTES = "application/offset+octet-stream"
_OVERRIDES = {"PATCH", "DELETE", "HEAD"}


class UploadProblemSerializer(serializers.Serializer):
    """Why a finished upload was refused."""

    code = serializers.CharField()
    title = LocalizedTextSerializer()
    detail = LocalizedTextSerializer(allow_null=True)


class UploadSerializer(serializers.Serializer):
    """How an upload stands."""

    id = serializers.UUIDField()
    filename = serializers.CharField()
    length = serializers.IntegerField()
    offset = serializers.IntegerField()
    state = serializers.ChoiceField(["receiving", "received", "accepted", "refused"])
    problem = UploadProblemSerializer(allow_null=True)
    expires_at = serializers.DateTimeField()


class BytesParser(BaseParser):
    """Leaves the body where it is: the view reads it piece by piece."""

    media_type = BYTES

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        return stream


class TusView(APIView):
    """What every address of the protocol does: its version, its headers, and methods that a proxy
    would not let through.
    """

    parser_classes = [BytesParser]

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        asked = request.headers.get("X-HTTP-Method-Override", "").upper()
        if request.method == "POST" and asked in _OVERRIDES:
            request.method = asked
        return super().initialize_request(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if (
            request.method not in ("OPTIONS", "GET")
            and request.headers.get("Tus-Resumable") != VERSION
        ):
            raise Problem(
                "tus_version",
                LocalizedText("不支持的 tus 版本", "This tus version is not supported"),
                status=412,
            )

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Tus-Resumable"] = VERSION
        if response.status_code == 412:
            response["Tus-Version"] = VERSION
        response["Cache-Control"] = "no-store"
        return response

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        return Response(
            status=204,
            headers={
                "Tus-Version": VERSION,
                "Tus-Extension": EXTENSIONS,
                "Tus-Max-Size": str(settings.UPLOAD_MAX_BYTES),
                "Tus-Checksum-Algorithm": ",".join(CHECKSUMS),
            },
        )

    def policy(self) -> str:
        """The policy that opens this address."""
        raise NotImplementedError

    def get_permissions(self) -> list[BasePermission]:
        return [(AllowAny if self.request.method == "OPTIONS" else requires(self.policy()))()]


class UploadListView(TusView):
    """Where uploads begin."""

    def policy(self) -> str:
        return "media.make_upload"

    @extend_schema(
        request={BYTES: OpenApiTypes.BINARY},
        responses={201: None},
        parameters=[
            OpenApiParameter("Tus-Resumable", location="header", required=True),
            OpenApiParameter("Upload-Length", int, location="header", required=True),
            OpenApiParameter("Upload-Metadata", location="header", description="filename, base64"),
        ],
    )
    def post(self, request: Request) -> Response:
        length = _number(request, "Upload-Length")
        upload = services.create_upload(
            owner=request.user, length=length, filename=_filename(request)
        )
        if request.content_type == BYTES and request.headers.get("Content-Length") != "0":
            upload = _append(request, upload, 0)
        headers = {
            "Location": f"{request.path.rstrip('/')}/{upload.pk}",
            "Upload-Offset": str(upload.offset),
        }
        return Response(status=201, headers=headers | _expiry(upload))


class UploadView(TusView):
    """One upload of one's own."""

    def policy(self) -> str:
        return "media.make_upload"

    @extend_schema(responses=UploadSerializer)
    def get(self, request: Request, upload_id: UUID) -> Response:
        return Response(UploadSerializer(_view(_find(request, upload_id))).data)

    def head(self, request: Request, upload_id: UUID) -> Response:
        upload = _find(request, upload_id)
        check_open(upload)
        headers = {"Upload-Offset": str(safe_offset(upload)), "Upload-Length": str(upload.length)}
        return Response(headers=headers | _expiry(upload))

    @extend_schema(
        request={BYTES: OpenApiTypes.BINARY},
        responses={204: None},
        parameters=[
            OpenApiParameter("Tus-Resumable", location="header", required=True),
            OpenApiParameter("Upload-Offset", int, location="header", required=True),
            OpenApiParameter("Upload-Checksum", location="header"),
        ],
    )
    def patch(self, request: Request, upload_id: UUID) -> Response:
        upload = _find(request, upload_id)
        if request.content_type != BYTES:
            raise Problem(
                "unsupported_media_type",
                LocalizedText("不支持这种格式", "This format is not supported"),
                status=415,
            )
        upload = _append(request, upload, _number(request, "Upload-Offset"))
        return Response(status=204, headers={"Upload-Offset": str(upload.offset)} | _expiry(upload))

    @extend_schema(
        responses={204: None},
        parameters=[OpenApiParameter("Tus-Resumable", location="header", required=True)],
    )
    def delete(self, request: Request, upload_id: UUID) -> Response:
        services.delete_upload(upload=_find(request, upload_id))
        return Response(status=204)


def _find(request: Request, upload_id: UUID) -> Upload:
    return find_allowed(Upload.objects.all(), request.user, "media.use_upload", pk=upload_id)


def _append(request: Request, upload: Upload, offset: int) -> Upload:
    checksum = _checksum(request.headers.get("Upload-Checksum", ""))
    try:
        return services.append_to_upload(
            upload=upload, offset=offset, read=_reader(request), checksum=checksum
        )
    except ConnectionCut:
        upload.refresh_from_db()
        return upload  # nobody hears the answer; the next HEAD tells how far it came


def _reader(request: Request) -> Read:
    """Read the body as it arrives, under ASGI and WSGI alike."""
    inner: Any = request._request
    body = getattr(inner, "scope", {}).get("huaben.body", inner)
    left = int(request.headers.get("Content-Length") or -1)

    def read(most: int) -> bytes:
        nonlocal left
        try:
            piece: bytes = body.read(most)
        except (OSError, UnreadablePostError) as exc:
            raise ConnectionCut from exc
        left -= len(piece)
        if (
            not piece and left > 0
        ):  # a WSGI server ends the body quietly when the connection is lost
            raise ConnectionCut
        return piece

    return read


def _number(request: Request, name: str) -> int:
    raw = request.headers.get(name, "")
    if not raw.isdecimal() or len(raw) > 15:
        raise Problem(
            "bad_header", LocalizedText(f"请求头 {name} 有误", f"The header {name} is not valid")
        )
    return int(raw)


def _filename(request: Request) -> str:
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        key, _, value = pair.strip().partition(" ")
        if key == "filename":
            try:
                return base64.b64decode(value, validate=True).decode()
            except ValueError as exc:
                wrong = LocalizedText(
                    "请求头 Upload-Metadata 有误", "The header Upload-Metadata is not valid"
                )
                raise Problem("bad_header", wrong) from exc
    return ""


def _checksum(header: str) -> tuple[str, bytes] | None:
    if not header:
        return None
    algorithm, _, value = header.partition(" ")
    try:
        digest = base64.b64decode(value, validate=True)
    except binascii.Error:
        digest = b""
    if algorithm not in CHECKSUMS or not digest:
        raise Problem(
            "bad_header",
            LocalizedText("请求头 Upload-Checksum 有误", "The header Upload-Checksum is not valid"),
        )
    return algorithm, digest


def _expiry(upload: Upload) -> dict[str, str]:
    return (
        {"Upload-Expires": http_date(upload.expires_at.timestamp())}
        if upload.asset_id is None
        else {}
    )


def _view(upload: Upload) -> dict[str, Any]:
    received = upload.offset == upload.length
    state = (
        "refused"
        if upload.problem
        else "accepted"
        if upload.asset_id
        else "received"
        if received
        else "receiving"
    )
    return {
        "id": upload.pk,
        "filename": upload.filename,
        "length": upload.length,
        "offset": safe_offset(upload),
        "state": state,
        "problem": upload.problem,
        "expires_at": upload.expires_at,
    }
