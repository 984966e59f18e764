"""One's own data over HTTP: all of it as a file, and the end of the account."""

from __future__ import annotations

from uuid import UUID

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.core.files.storage import default_storage
from django.http import FileResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.core.access import requires
from huaben.core.localized import LocalizedText
from huaben.core.problems import NotFound, Refused
from huaben.core.responses import respond, respond_list, serializer_of

from .. import selectors, services
from ..middleware import account_of
from ..presenters import DataExport, present_export


class AccountView(APIView):
    """Deletes one's account. The password was asked for again in the last minutes."""

    permission_classes = [requires("accounts.delete_account")]

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        _ensure_recently_reauthenticated(request)
        services.delete_account(user=account_of(request), site=request.get_host())
        request._request.session.flush()
        return Response(status=204)


class ExportListView(APIView):
    """The exports of one's data, newest first; and a new one."""

    permission_classes = [requires("accounts.export_data")]

    @extend_schema(responses=serializer_of(DataExport)(many=True))
    def get(self, request: Request) -> Response:
        exports = selectors.list_exports(account_of(request))
        return respond_list(DataExport, map(present_export, exports))

    @extend_schema(request=None, responses={201: serializer_of(DataExport)})
    def post(self, request: Request) -> Response:
        export = services.request_export(user=account_of(request))
        return respond(present_export(export), status=201)


class ExportFileView(APIView):
    """The file of an export; one's own, until it expires."""

    permission_classes = [requires("accounts.export_data")]

    @extend_schema(responses={(200, "application/zip"): OpenApiTypes.BINARY})
    def get(self, request: Request, export_id: UUID) -> FileResponse:
        export = next(
            (each for each in selectors.list_exports(account_of(request)) if each.pk == export_id),
            None,
        )
        if export is None or not export.file or not default_storage.exists(export.file):
            raise NotFound
        name = f"huaben-{timezone.localdate():%Y-%m-%d}.zip"
        answer = FileResponse(
            default_storage.open(export.file),
            as_attachment=True,
            filename=name,
            content_type="application/zip",
        )
        answer["Cache-Control"] = "private, no-store"
        return answer


def _ensure_recently_reauthenticated(request: Request) -> None:
    if not did_recently_reauthenticate(request._request):
        raise Refused(
            "reauthentication_needed",
            LocalizedText("请先再输入一次密码", "Please give your password once more"),
        )
