"""The copyright admin's desk: claims on their way, and the terms that they go by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.core.access import find_allowed, requires
from huaben.core.idempotency import IDEMPOTENCY_KEY_PARAMETER, idempotency_key_of, run_idempotently
from huaben.core.pagination import read_limit
from huaben.core.responses import page_serializer
from huaben.core.serializers import validated

from .. import selectors, services
from ..models import Claim, Profile
from . import telling
from .notices import SuitSerializer
from .shapes import ClaimCardSerializer, ClaimSerializer, JurisdictionSerializer


class ClaimListSerializer(serializers.Serializer):
    """Which claims: all that are on their way, or those in one state."""

    state = serializers.ChoiceField(["open", *Claim.State.values], default="open")


class CompleteSerializer(serializers.Serializer):
    """By which jurisdiction's terms the claim goes; empty: the one that it has."""

    profile_kind = serializers.SlugField(max_length=20, allow_blank=True, default="")


class MissingSerializer(serializers.Serializer):
    """What the notice lacks."""

    missing = serializers.CharField(max_length=2000, help_text="Told to the claimant.")


class WhySerializer(serializers.Serializer):
    """Why a claim ends."""

    reason = serializers.CharField(max_length=2000, help_text="Told to claimant and creator.")


class ProofSerializer(serializers.Serializer):
    """What the claimant showed."""

    note = serializers.CharField(max_length=1000)


def _answer(request: Request, claim_id: UUID) -> Response:
    claim = find_allowed(selectors.claims(), request.user, "rights.keep_claims", pk=claim_id)
    return Response(ClaimSerializer(telling.for_desk(claim, request.user)).data)


class _ActView(APIView):
    """One act of the desk on a claim."""

    permission_classes = [requires("rights.keep_claims")]

    def act(
        self, request: Request, claim_id: UUID, verb: str, form: Any, do: Callable[..., Claim]
    ) -> Response:
        given = validated(form(data=request.data))

        def act() -> tuple[int, None]:
            do(claim_id=claim_id, by=request.user, **given)
            return 200, None

        run_idempotently(
            scope=f"rights.claim.{verb}:{request.user.pk}",
            key=idempotency_key_of(request),
            request={"claim": str(claim_id), **given},
            act=act,
        )
        return _answer(request, claim_id)


class ClaimListView(APIView):
    """Claims by state; ``open`` has what is due first at the top."""

    permission_classes = [requires("rights.keep_claims")]

    @extend_schema(
        responses=page_serializer(ClaimCardSerializer),
        parameters=[
            ClaimListSerializer,
            OpenApiParameter("cursor"),
            OpenApiParameter("limit", int),
        ],
    )
    def get(self, request: Request) -> Response:
        params = request.query_params
        state = validated(ClaimListSerializer(data=params))["state"]
        found, after = selectors.page_of_claims(
            state=state, cursor=params.get("cursor"), limit=read_limit(params)
        )
        results = ClaimCardSerializer([telling.card(claim) for claim in found], many=True).data
        return Response({"results": results, "next_cursor": after})


class ClaimView(APIView):
    """One claim, whole."""

    permission_classes = [requires("rights.keep_claims")]

    @extend_schema(responses=ClaimSerializer)
    def get(self, request: Request, claim_id: UUID) -> Response:
        return _answer(request, claim_id)


class ClaimCompleteView(_ActView):
    """Finds a notice complete: blocks its target at once and tells the creator."""

    @extend_schema(
        request=CompleteSerializer, responses=ClaimSerializer, parameters=IDEMPOTENCY_KEY_PARAMETER
    )
    def post(self, request: Request, claim_id: UUID) -> Response:
        return self.act(request, claim_id, "complete", CompleteSerializer, services.confirm_claim)


class ClaimIncompleteView(_ActView):
    """Asks the claimant for what is missing."""

    @extend_schema(
        request=MissingSerializer, responses=ClaimSerializer, parameters=IDEMPOTENCY_KEY_PARAMETER
    )
    def post(self, request: Request, claim_id: UUID) -> Response:
        return self.act(
            request, claim_id, "incomplete", MissingSerializer, services.mark_incomplete
        )


class ClaimRejectView(_ActView):
    """Ends a claim that does not hold."""

    @extend_schema(
        request=WhySerializer, responses=ClaimSerializer, parameters=IDEMPOTENCY_KEY_PARAMETER
    )
    def post(self, request: Request, claim_id: UUID) -> Response:
        return self.act(request, claim_id, "reject", WhySerializer, services.reject_claim)


class ClaimUpholdView(_ActView):
    """Ends a claim that holds; its block stays."""

    @extend_schema(
        request=WhySerializer, responses=ClaimSerializer, parameters=IDEMPOTENCY_KEY_PARAMETER
    )
    def post(self, request: Request, claim_id: UUID) -> Response:
        return self.act(request, claim_id, "uphold", WhySerializer, services.uphold_claim)


class ClaimSuitView(_ActView):
    """Writes down a suit that the admin was told of."""

    @extend_schema(
        request=SuitSerializer, responses=ClaimSerializer, parameters=IDEMPOTENCY_KEY_PARAMETER
    )
    def post(self, request: Request, claim_id: UUID) -> Response:
        return self.act(request, claim_id, "suit", SuitSerializer, services.record_suit)


class ClaimExtendView(_ActView):
    """Gives the longer wait, on proof."""

    @extend_schema(
        request=ProofSerializer, responses=ClaimSerializer, parameters=IDEMPOTENCY_KEY_PARAMETER
    )
    def post(self, request: Request, claim_id: UUID) -> Response:
        return self.act(request, claim_id, "extend", ProofSerializer, services.extend_wait)


class RightsProfilesView(APIView):
    """The jurisdictions' terms: every version, and a way to correct them without a release."""

    permission_classes = [requires("rights.keep_claims")]

    @extend_schema(responses=JurisdictionSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response(JurisdictionSerializer(selectors.profiles(), many=True).data)

    @extend_schema(request=JurisdictionSerializer, responses={201: JurisdictionSerializer})
    def post(self, request: Request) -> Response:
        given = validated(JurisdictionSerializer(data=request.data))
        profile: Profile = services.add_profile(
            by=request.user, **{**given, "terms": dict(given["terms"])}
        )
        return Response(JurisdictionSerializer(profile).data, status=201)
