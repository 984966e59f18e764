"""A creator sees the claims against their own works, and answers them."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.accounts.middleware import account_of
from huaben.core.access import requires
from huaben.core.idempotency import IDEMPOTENCY_KEY_PARAMETER, idempotency_key_of, run_idempotently
from huaben.core.pagination import page_newest, read_limit
from huaben.core.problems import NotFound
from huaben.core.responses import page_serializer, respond, respond_page, serializer_of
from huaben.core.serializers import validated

from .. import selectors, services
from ..presenters.claims import (
    ForwardedClaim,
    ForwardedClaimCard,
    present_forwarded_claim,
    present_forwarded_claim_card,
)
from ..serializers import CounterNoticeWriteSerializer, ForwardedClaimListSerializer


def _respond_claim(request: Request, claim_id: UUID) -> Response:
    claim = selectors.forwarded_claims(user=request.user).filter(pk=claim_id).first()
    if claim is None:
        raise NotFound
    return respond(present_forwarded_claim(claim))


class StudioClaimListView(APIView):
    """Claims against the caller's works, newest first."""

    permission_classes = [requires("rights.see_own_claims")]

    @extend_schema(
        responses=page_serializer(ForwardedClaimCard),
        parameters=[
            ForwardedClaimListSerializer,
            OpenApiParameter("cursor"),
            OpenApiParameter("limit", int),
        ],
    )
    def get(self, request: Request) -> Response:
        params = request.query_params
        rows = selectors.forwarded_claims(
            user=request.user, **validated(ForwardedClaimListSerializer(data=params))
        )
        claims, next_cursor = page_newest(
            rows, cursor=params.get("cursor"), limit=read_limit(params)
        )
        return respond_page(
            ForwardedClaimCard, map(present_forwarded_claim_card, claims), next_cursor
        )


class StudioClaimView(APIView):
    """One claim against a work of the caller's, as the rules forward it."""

    permission_classes = [requires("rights.see_own_claims")]

    @extend_schema(responses=serializer_of(ForwardedClaim))
    def get(self, request: Request, claim_id: UUID) -> Response:
        return _respond_claim(request, claim_id)


class StudioClaimCounterView(APIView):
    """Answers a claim with a counter-notice."""

    permission_classes = [requires("rights.see_own_claims")]

    @extend_schema(
        request=CounterNoticeWriteSerializer,
        responses=serializer_of(ForwardedClaim),
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, claim_id: UUID) -> Response:
        fields = validated(CounterNoticeWriteSerializer(data=request.data))

        def act() -> tuple[int, None]:
            services.counter_claim(claim_id=claim_id, by=account_of(request), **fields)
            return 200, None

        run_idempotently(
            scope=f"rights.counter:{request.user.pk}",
            key=idempotency_key_of(request),
            request={"claim": str(claim_id), **fields},
            act=act,
        )
        return _respond_claim(request, claim_id)
