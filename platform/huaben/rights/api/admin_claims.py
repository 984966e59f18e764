"""A copyright admin reads claims, and decides about them."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.core.access import find_allowed, requires
from huaben.core.idempotency import IDEMPOTENCY_KEY_PARAMETER, idempotency_key_of, run_idempotently
from huaben.core.pagination import read_limit
from huaben.core.responses import page_serializer, respond, respond_page, serializer_of
from huaben.core.serializers import validated

from .. import selectors, services
from ..models import Claim
from ..presenters.claims import ClaimCard, ClaimDetails, present_claim, present_claim_card
from ..serializers import (
    ClaimEndSerializer,
    ClaimListSerializer,
    CompleteSerializer,
    ExtensionSerializer,
    MissingSerializer,
    NarrowSerializer,
    SuitSerializer,
)


def _respond_claim(request: Request, claim_id: UUID) -> Response:
    claim = find_allowed(selectors.claims(), request.user, "rights.keep_claims", pk=claim_id)
    return respond(present_claim(claim, request.user))


class _ClaimActionView(APIView):
    """Runs one service on a claim, and answers with the claim afterwards."""

    permission_classes = [requires("rights.keep_claims")]

    def run_service(
        self,
        request: Request,
        claim_id: UUID,
        verb: str,
        serializer: type[serializers.Serializer[None]],
        service: Callable[..., Claim],
    ) -> Response:
        fields = validated(serializer(data=request.data))

        def act() -> tuple[int, None]:
            service(claim_id=claim_id, by=request.user, **fields)
            return 200, None

        run_idempotently(
            scope=f"rights.claim.{verb}:{request.user.pk}",
            key=idempotency_key_of(request),
            request={"claim": str(claim_id), **fields},
            act=act,
        )
        return _respond_claim(request, claim_id)


class ClaimListView(APIView):
    """Claims by state; ``open`` has what is due first at the top."""

    permission_classes = [requires("rights.keep_claims")]

    @extend_schema(
        responses=page_serializer(ClaimCard),
        parameters=[
            ClaimListSerializer,
            OpenApiParameter("cursor"),
            OpenApiParameter("limit", int),
        ],
    )
    def get(self, request: Request) -> Response:
        params = request.query_params
        state = validated(ClaimListSerializer(data=params))["state"]
        claims, next_cursor = selectors.list_claims(
            state=state, cursor=params.get("cursor"), limit=read_limit(params)
        )
        return respond_page(ClaimCard, map(present_claim_card, claims), next_cursor)


class ClaimView(APIView):
    """One claim, whole."""

    permission_classes = [requires("rights.keep_claims")]

    @extend_schema(responses=serializer_of(ClaimDetails))
    def get(self, request: Request, claim_id: UUID) -> Response:
        return _respond_claim(request, claim_id)


class ClaimCompleteView(_ClaimActionView):
    """Finds a notice complete: blocks its target at once and tells the creator."""

    @extend_schema(
        request=CompleteSerializer,
        responses=serializer_of(ClaimDetails),
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, claim_id: UUID) -> Response:
        return self.run_service(
            request, claim_id, "complete", CompleteSerializer, services.confirm_claim
        )


class ClaimIncompleteView(_ClaimActionView):
    """Asks the claimant for what is missing."""

    @extend_schema(
        request=MissingSerializer,
        responses=serializer_of(ClaimDetails),
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, claim_id: UUID) -> Response:
        return self.run_service(
            request, claim_id, "incomplete", MissingSerializer, services.mark_incomplete
        )


class ClaimRejectView(_ClaimActionView):
    """Ends a claim that does not hold."""

    @extend_schema(
        request=ClaimEndSerializer,
        responses=serializer_of(ClaimDetails),
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, claim_id: UUID) -> Response:
        return self.run_service(
            request, claim_id, "reject", ClaimEndSerializer, services.reject_claim
        )


class ClaimUpholdView(_ClaimActionView):
    """Ends a claim that holds; its block stays."""

    @extend_schema(
        request=ClaimEndSerializer,
        responses=serializer_of(ClaimDetails),
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, claim_id: UUID) -> Response:
        return self.run_service(
            request, claim_id, "uphold", ClaimEndSerializer, services.uphold_claim
        )


class ClaimNarrowView(_ClaimActionView):
    """Narrows a claim against a whole series to some of its episodes."""

    @extend_schema(
        request=NarrowSerializer,
        responses=serializer_of(ClaimDetails),
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, claim_id: UUID) -> Response:
        return self.run_service(
            request, claim_id, "narrow", NarrowSerializer, services.narrow_claim
        )


class ClaimSuitView(_ClaimActionView):
    """Records a suit of which the admin has written proof."""

    @extend_schema(
        request=SuitSerializer,
        responses=serializer_of(ClaimDetails),
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, claim_id: UUID) -> Response:
        return self.run_service(
            request, claim_id, "suit", SuitSerializer, services.record_suit_as_admin
        )


class ClaimExtendView(_ClaimActionView):
    """Gives the longer wait, on proof."""

    @extend_schema(
        request=ExtensionSerializer,
        responses=serializer_of(ClaimDetails),
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, claim_id: UUID) -> Response:
        return self.run_service(
            request, claim_id, "extend", ExtensionSerializer, services.extend_wait
        )
