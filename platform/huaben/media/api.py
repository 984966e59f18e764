"""Uploads over HTTP: tus 1.0 with creation, creation-with-upload, termination, checksum and
expiration.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.http.request import UnreadablePostError
from django.utils.http import http_date
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.parsers import BaseParser
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.core.access import find_allowed, requires
from huaben.core.localized import LocalizedText
from huaben.core.problems import Problem
from huaben.core.responses import respond, serializer_of

from . import services, tus
from .models import Upload
from .presenters import UploadStatus, present_upload
from .services.uploads import CHECKSUMS, ConnectionCut, Read, ensure_receiving, safe_offset


class BytesParser(BaseParser):
    """Leaves the body where it is: the view reads it piece by piece."""

    media_type = tus.CONTENT_TYPE

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        return stream


class TusView(APIView):
    """What every address of the protocol does: its version, its headers, and methods that a proxy
    would not let through.
    """

    parser_classes = [BytesParser]

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        asked = request.headers.get("X-HTTP-Method-Override", "").upper()
        if request.method == "POST" and asked in tus.OVERRIDABLE_METHODS:
            request.method = asked
        return super().initialize_request(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if (
            request.method not in ("OPTIONS", "GET")
            and request.headers.get("Tus-Resumable") != tus.VERSION
        ):
            raise Problem(
                "tus_version",
                LocalizedText("不支持的 tus 版本", "This tus version is not supported"),
                status=412,
            )

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Tus-Resumable"] = tus.VERSION
        if response.status_code == 412:
            response["Tus-Version"] = tus.VERSION
        response["Cache-Control"] = "no-store"
        return response

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        return Response(
            status=204,
            headers={
                "Tus-Version": tus.VERSION,
                "Tus-Extension": tus.EXTENSIONS,
                "Tus-Max-Size": str(settings.UPLOAD_MAX_BYTES),
                "Tus-Checksum-Algorithm": ",".join(CHECKSUMS),
            },
        )

    def get_permissions(self) -> list[BasePermission]:
        asks_only = self.request.method == "OPTIONS"
        return [(AllowAny if asks_only else requires("media.make_upload"))()]


class UploadListView(TusView):
    """Where uploads begin."""

    @extend_schema(
        request={tus.CONTENT_TYPE: OpenApiTypes.BINARY},
        responses={201: None},
        parameters=[
            OpenApiParameter("Tus-Resumable", location="header", required=True),
            OpenApiParameter("Upload-Length", int, location="header", required=True),
            OpenApiParameter("Upload-Metadata", location="header", description="filename, base64"),
        ],
    )
    def post(self, request: Request) -> Response:
        length = tus.read_number(request, "Upload-Length")
        upload = services.create_upload(
            owner=request.user,
            length=length,
            filename=tus.read_filename(request),
            metadata=tus.read_metadata(request),
        )
        if (
            request.content_type == tus.CONTENT_TYPE
            and request.headers.get("Content-Length") != "0"
        ):
            upload = _append(request, upload, 0)
        headers = {
            "Location": f"{request.path.rstrip('/')}/{upload.pk}",
            "Upload-Offset": str(upload.offset),
        }
        return Response(status=201, headers=headers | _expiry(upload))


class UploadView(TusView):
    """One upload of the caller's."""

    @extend_schema(responses=serializer_of(UploadStatus))
    def get(self, request: Request, upload_id: UUID) -> Response:
        return respond(present_upload(_find(request, upload_id)))

    def head(self, request: Request, upload_id: UUID) -> Response:
        upload = _find(request, upload_id)
        ensure_receiving(upload)
        headers = {"Upload-Offset": str(safe_offset(upload)), "Upload-Length": str(upload.length)}
        if upload.metadata:
            headers["Upload-Metadata"] = upload.metadata
        return Response(headers=headers | _expiry(upload))

    @extend_schema(
        request={tus.CONTENT_TYPE: OpenApiTypes.BINARY},
        responses={204: None},
        parameters=[
            OpenApiParameter("Tus-Resumable", location="header", required=True),
            OpenApiParameter("Upload-Offset", int, location="header", required=True),
            OpenApiParameter("Upload-Checksum", location="header"),
        ],
    )
    def patch(self, request: Request, upload_id: UUID) -> Response:
        upload = _find(request, upload_id)
        if request.content_type != tus.CONTENT_TYPE:
            raise Problem(
                "unsupported_media_type",
                LocalizedText("不支持这种格式", "This format is not supported"),
                status=415,
            )
        upload = _append(request, upload, tus.read_number(request, "Upload-Offset"))
        return Response(status=204, headers={"Upload-Offset": str(upload.offset)} | _expiry(upload))

    @extend_schema(
        responses={204: None},
        parameters=[OpenApiParameter("Tus-Resumable", location="header", required=True)],
    )
    def delete(self, request: Request, upload_id: UUID) -> Response:
        services.delete_upload(upload=_find(request, upload_id))
        return Response(status=204)


def _find(request: Request, upload_id: UUID) -> Upload:
    uploads = Upload.objects.select_related("asset", "examination")
    return find_allowed(uploads, request.user, "media.use_upload", pk=upload_id)


def _append(request: Request, upload: Upload, offset: int) -> Upload:
    checksum = tus.read_checksum(request)
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

    def read(max_bytes: int) -> bytes:
        nonlocal left
        try:
            piece: bytes = body.read(max_bytes)
        except (OSError, UnreadablePostError) as exc:
            raise ConnectionCut from exc
        left -= len(piece)
        if (
            not piece and left > 0
        ):  # a WSGI server ends the body quietly when the connection is lost
            raise ConnectionCut
        return piece

    return read


def _expiry(upload: Upload) -> dict[str, str]:
    return (
        {"Upload-Expires": http_date(upload.expires_at.timestamp())}
        if upload.asset_id is None
        else {}
    )
