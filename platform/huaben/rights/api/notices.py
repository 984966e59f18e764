"""A claimant files a notice and follows it by a secret link; no account is needed."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.accounts.middleware import viewer_id_from
from huaben.core.addresses import client_address
from huaben.core.idempotency import IDEMPOTENCY_KEY_PARAMETER, idempotency_key_of, run_idempotently
from huaben.core.problems import NotFound
from huaben.core.responses import respond, serializer_of
from huaben.core.serializers import validated
from huaben.core.types import JsonObject

from .. import selectors, services
from ..claim_links import read_claim_secret
from ..models import Claim
from ..presenters.claims import (
    FiledNotice,
    NoticeReceipt,
    present_filed_notice,
    present_notice_receipt,
)
from ..serializers import NoticeWriteSerializer, SuitSerializer, SupplementSerializer


def _get_claim(claim_id: UUID) -> Claim:
    claim = selectors.claims().filter(pk=claim_id).first()
    if claim is None:
        raise NotFound
    return claim


def _respond_notice(claim_id: UUID) -> Response:
    return respond(present_filed_notice(_get_claim(claim_id)))


def _run_service(
    request: Request,
    secret: str,
    verb: str,
    fields: JsonObject,
    service: Callable[..., Claim],
) -> Response:
    claim_id = read_claim_secret(secret)

    def act() -> tuple[int, None]:
        service(claim_id=claim_id, **fields)
        return 200, None

    run_idempotently(
        scope=f"rights.notice.{verb}:{claim_id}",
        key=idempotency_key_of(request),
        request=fields,
        act=act,
    )
    return _respond_notice(claim_id)


class NoticeListView(APIView):
    """Takes in a copyright notice."""

    permission_classes = [AllowAny]

    @extend_schema(
        request=NoticeWriteSerializer,
        responses={201: serializer_of(NoticeReceipt)},
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request) -> Response:
        fields = validated(NoticeWriteSerializer(data=request.data))
        viewer_id = viewer_id_from(request)
        address = client_address(request._request) or ""

        def act() -> tuple[int, dict[str, str]]:
            claim = services.create_claim(viewer_id=viewer_id, network_address=address, **fields)
            return 201, {"claim_id": str(claim.pk)}

        # The stored answer holds no secret: it is signed anew.
        status, body = run_idempotently(
            scope=f"rights.notice:{viewer_id}",
            key=idempotency_key_of(request),
            request=fields,
            act=act,
        )
        claim = _get_claim(UUID(body["claim_id"]))
        return respond(present_notice_receipt(claim), status=status)


class NoticeView(APIView):
    """The claimant's own notice, by its secret."""

    permission_classes = [AllowAny]

    @extend_schema(responses=serializer_of(FiledNotice))
    def get(self, request: Request, secret: str) -> Response:
        return _respond_notice(read_claim_secret(secret))


class NoticeSupplementView(APIView):
    """Completes a notice that was found incomplete."""

    permission_classes = [AllowAny]

    @extend_schema(
        request=SupplementSerializer,
        responses=serializer_of(FiledNotice),
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, secret: str) -> Response:
        fields = validated(SupplementSerializer(data=request.data))
        return _run_service(request, secret, "supplement", fields, services.supplement_claim)


class NoticeSuitView(APIView):
    """Tells of a suit, so that nothing is restored by the clock."""

    permission_classes = [AllowAny]

    @extend_schema(
        request=SuitSerializer,
        responses=serializer_of(FiledNotice),
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, secret: str) -> Response:
        return _run_service(
            request,
            secret,
            "suit",
            validated(SuitSerializer(data=request.data)),
            services.record_suit,
        )


class NoticeWithdrawView(APIView):
    """Takes a notice back."""

    permission_classes = [AllowAny]

    @extend_schema(
        request=None, responses=serializer_of(FiledNotice), parameters=IDEMPOTENCY_KEY_PARAMETER
    )
    def post(self, request: Request, secret: str) -> Response:
        return _run_service(request, secret, "withdraw", {}, services.withdraw_claim)
