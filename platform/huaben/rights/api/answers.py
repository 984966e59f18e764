"""A creator sees the claims against their own works, and answers them."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.core.access import requires
from huaben.core.idempotency import IDEMPOTENCY_KEY_PARAMETER, idempotency_key_of, run_idempotently
from huaben.core.pagination import page_newest, read_limit
from huaben.core.problems import NotFound
from huaben.core.responses import page_serializer
from huaben.core.serializers import validated

from .. import selectors, services
from ..models import Claim
from . import telling
from .shapes import (
    ClaimedCutSerializer,
    ClaimedSeriesSerializer,
    ForwardedClaimSerializer,
    LinksField,
)


class OwnClaimSerializer(serializers.Serializer):
    """A claim against one's own work, in a list."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    state = serializers.ChoiceField(Claim.State.choices)
    series = ClaimedSeriesSerializer()
    cut = ClaimedCutSerializer(allow_null=True)
    claimant_name = serializers.CharField()
    work_title = serializers.CharField()
    due_at = serializers.DateTimeField(allow_null=True)


class OwnClaimListSerializer(serializers.Serializer):
    """Of which series (none: of all one's own), and whether only those on their way."""

    series_id = serializers.UUIDField(required=False)
    on_their_way = serializers.BooleanField(default=False)


class CounterWriteSerializer(serializers.Serializer):
    """A counter-notice; the claimant is shown all of it."""

    statement = serializers.CharField(max_length=5000)
    proofs = LinksField(max_length=10, default=list)
    good_faith = serializers.BooleanField()
    signature = serializers.CharField(max_length=120)


def _answer(request: Request, claim_id: UUID) -> Response:
    claim = selectors.forwarded_claims(user=request.user).filter(pk=claim_id).first()
    if claim is None:
        raise NotFound
    return Response(ForwardedClaimSerializer(telling.for_creator(claim)).data)


class StudioClaimListView(APIView):
    """Claims against one's own works, newest first."""

    permission_classes = [requires("rights.see_own_claims")]

    @extend_schema(
        responses=page_serializer(OwnClaimSerializer),
        parameters=[
            OwnClaimListSerializer,
            OpenApiParameter("cursor"),
            OpenApiParameter("limit", int),
        ],
    )
    def get(self, request: Request) -> Response:
        params = request.query_params
        rows = selectors.forwarded_claims(
            user=request.user, **validated(OwnClaimListSerializer(data=params))
        )
        found, after = page_newest(rows, cursor=params.get("cursor"), limit=read_limit(params))
        results = OwnClaimSerializer([telling.card(claim) for claim in found], many=True).data
        return Response({"results": results, "next_cursor": after})


class StudioClaimView(APIView):
    """One claim against one's own work, as the rules forward it."""

    permission_classes = [requires("rights.see_own_claims")]

    @extend_schema(responses=ForwardedClaimSerializer)
    def get(self, request: Request, claim_id: UUID) -> Response:
        return _answer(request, claim_id)


class StudioClaimCounterView(APIView):
    """Answers a claim with a counter-notice."""

    permission_classes = [requires("rights.see_own_claims")]

    @extend_schema(
        request=CounterWriteSerializer,
        responses=ForwardedClaimSerializer,
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, claim_id: UUID) -> Response:
        given = validated(CounterWriteSerializer(data=request.data))

        def act() -> tuple[int, None]:
            services.counter_claim(claim_id=claim_id, by=request.user, **given)
            return 200, None

        run_idempotently(
            scope=f"rights.counter:{request.user.pk}",
            key=idempotency_key_of(request),
            request={"claim": str(claim_id), **given},
            act=act,
        )
        return _answer(request, claim_id)
