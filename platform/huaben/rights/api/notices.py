"""A claimant files a notice and follows it by a secret link; no account is needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from axes.helpers import get_client_ip_address
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.accounts.middleware import viewer_id_from
from huaben.core.idempotency import IDEMPOTENCY_KEY_PARAMETER, idempotency_key_of, run_idempotently
from huaben.core.problems import NotFound
from huaben.core.serializers import validated

from .. import selectors, services
from ..models import Claim
from . import telling
from .shapes import (
    FiledNoticeSerializer,
    NoticeFiledSerializer,
    NoticeWriteSerializer,
    SupplementSerializer,
)


class SuitSerializer(serializers.Serializer):
    """Which court or authority has the matter, and under what number."""

    note = serializers.CharField(max_length=1000)


def _claim(claim_id: UUID) -> Claim:
    claim = selectors.claims().filter(pk=claim_id).first()
    if claim is None:
        raise NotFound
    return claim


def _answer(claim_id: UUID) -> Response:
    return Response(FiledNoticeSerializer(telling.for_claimant(_claim(claim_id))).data)


def _act(
    request: Request, secret: str, verb: str, given: dict[str, Any], do: Callable[..., Claim]
) -> Response:
    claim_id = services.claim_id_of(secret)

    def act() -> tuple[int, None]:
        do(claim_id=claim_id, **given)
        return 200, None

    run_idempotently(
        scope=f"rights.notice.{verb}:{claim_id}",
        key=idempotency_key_of(request),
        request=given,
        act=act,
    )
    return _answer(claim_id)


class NoticeListView(APIView):
    """Takes in a copyright notice."""

    permission_classes = [AllowAny]

    @extend_schema(
        request=NoticeWriteSerializer,
        responses={201: NoticeFiledSerializer},
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request) -> Response:
        given = validated(NoticeWriteSerializer(data=request.data))
        viewer_id = viewer_id_from(request)
        address = get_client_ip_address(request._request) or ""

        def act() -> tuple[int, dict[str, str]]:
            claim = services.receive_notice(viewer_id=viewer_id, network_address=address, **given)
            return 201, {"claim_id": str(claim.pk)}

        # The answer that is kept holds no secret: it is signed anew.
        status, kept = run_idempotently(
            scope=f"rights.notice:{viewer_id}",
            key=idempotency_key_of(request),
            request=given,
            act=act,
        )
        claim = _claim(UUID(kept["claim_id"]))
        body = {"number": claim.number, "secret": services.secret_of(claim)}
        return Response(NoticeFiledSerializer(body).data, status=status)


class NoticeView(APIView):
    """One's own notice, by its secret."""

    permission_classes = [AllowAny]

    @extend_schema(responses=FiledNoticeSerializer)
    def get(self, request: Request, secret: str) -> Response:
        return _answer(services.claim_id_of(secret))


class NoticeSupplementView(APIView):
    """Completes a notice that was found incomplete."""

    permission_classes = [AllowAny]

    @extend_schema(
        request=SupplementSerializer,
        responses=FiledNoticeSerializer,
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, secret: str) -> Response:
        given = validated(SupplementSerializer(data=request.data))
        return _act(request, secret, "supplement", given, services.supplement_notice)


class NoticeSuitView(APIView):
    """Tells of a suit, so that nothing is restored by the clock."""

    permission_classes = [AllowAny]

    @extend_schema(
        request=SuitSerializer,
        responses=FiledNoticeSerializer,
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, secret: str) -> Response:
        return _act(
            request,
            secret,
            "suit",
            validated(SuitSerializer(data=request.data)),
            services.note_suit,
        )


class NoticeWithdrawView(APIView):
    """Takes a notice back."""

    permission_classes = [AllowAny]

    @extend_schema(
        request=None, responses=FiledNoticeSerializer, parameters=IDEMPOTENCY_KEY_PARAMETER
    )
    def post(self, request: Request, secret: str) -> Response:
        return _act(request, secret, "withdraw", {}, services.withdraw_claim)
