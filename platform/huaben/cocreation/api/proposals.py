"""Proposals and credit over HTTP."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.accounts.models import User
from huaben.catalog.models import Series
from huaben.catalog.selectors import find_published_series
from huaben.core.access import find_allowed, may, requires
from huaben.core.localized import LocalizedText
from huaben.core.pagination import read_limit
from huaben.core.problems import Conflict
from huaben.core.responses import (
    page_serializer,
    respond,
    respond_list,
    respond_page,
    serializer_of,
)
from huaben.core.serializers import validated

from .. import services
from ..models import Proposal
from ..presenters import (
    ProposalCard,
    ProposalReply,
    SeriesCredits,
    SupportCount,
    present_credits,
    present_proposal,
    present_replies,
    present_support,
)
from ..selectors import proposals as selectors
from ..serializers import AdoptSerializer, DeclineSerializer, ProposalWriteSerializer

PAGE_PARAMETERS = [OpenApiParameter("cursor"), OpenApiParameter("limit", int)]
LIST_PARAMETERS = [OpenApiParameter("order", enum=["support", "newest"]), *PAGE_PARAMETERS]
TRUE = ("1", "true")


class ProposalListView(APIView):
    """What the audience would like: ``mine`` for the caller's own in any state. Or propose
    something.
    """

    def get_permissions(self) -> list[BasePermission]:
        return [(requires("cocreation.propose") if self.request.method == "POST" else AllowAny)()]

    @extend_schema(
        responses=page_serializer(ProposalCard),
        parameters=[OpenApiParameter("mine", bool), *LIST_PARAMETERS],
    )
    def get(self, request: Request, series_id: UUID) -> Response:
        series = find_published_series(series_id)
        if request.query_params.get("mine") in TRUE:
            rows = selectors.list_own_proposals(series, request.user)
            return _respond_page(request, rows, order="newest")
        return _respond_page(request, selectors.list_public_proposals(series, request.user))

    @extend_schema(request=ProposalWriteSerializer, responses={201: serializer_of(ProposalCard)})
    def post(self, request: Request, series_id: UUID) -> Response:
        series = find_published_series(series_id)
        fields = validated(ProposalWriteSerializer(data=request.data))
        proposal = services.create_proposal(
            proposal_id=fields.pop("id"), author=cast(User, request.user), series=series, **fields
        )
        return _respond(request, proposal.pk, status=201)


class ProposalView(APIView):
    """A proposal of the caller's, withdrawn."""

    permission_classes = [requires("cocreation.propose")]

    @extend_schema(
        responses={204: None}, description="Again changes nothing; not once the maker has decided."
    )
    def delete(self, request: Request, proposal_id: UUID) -> Response:
        rows = Proposal.objects.select_related("speech")
        proposal = find_allowed(rows, request.user, "cocreation.withdraw", pk=proposal_id)
        services.withdraw_proposal(proposal=proposal, by=cast(User, request.user))
        return Response(status=204)


class ProposalSupportView(APIView):
    """“I would like to see it, too.”"""

    permission_classes = [requires("cocreation.support")]

    @extend_schema(request=None, responses=serializer_of(SupportCount))
    def put(self, request: Request, proposal_id: UUID) -> Response:
        proposal = self._find(request, proposal_id)
        services.create_support(proposal=proposal, by=cast(User, request.user))
        return self._respond(request, proposal_id)

    @extend_schema(responses={200: serializer_of(SupportCount)})
    def delete(self, request: Request, proposal_id: UUID) -> Response:
        proposal = self._find(request, proposal_id)
        services.delete_support(proposal=proposal, by=cast(User, request.user))
        return self._respond(request, proposal_id)

    def _find(self, request: Request, proposal_id: UUID) -> Proposal:
        proposal = selectors.find_public_proposal(proposal_id, request.user)
        if not may(request.user, "cocreation.support", proposal):
            raise Conflict(
                "own_proposal", LocalizedText("这是你自己的主意", "This is a proposal of your own")
            )
        return proposal

    def _respond(self, request: Request, proposal_id: UUID) -> Response:
        proposal = selectors.list_proposals(request.user).get(pk=proposal_id)
        return respond(present_support(proposal))


class ProposalReplyListView(APIView):
    """What a maker may answer."""

    permission_classes = [AllowAny]

    @extend_schema(responses=serializer_of(ProposalReply)(many=True))
    def get(self, request: Request) -> Response:
        return respond_list(ProposalReply, present_replies())


class StudioProposalListView(APIView):
    """What the audience proposed for a series of the caller's: open, or decided."""

    permission_classes = [requires("cocreation.use_proposals")]

    @extend_schema(
        responses=page_serializer(ProposalCard),
        parameters=[OpenApiParameter("decided", bool), *LIST_PARAMETERS],
    )
    def get(self, request: Request, series_id: UUID) -> Response:
        series = find_allowed(
            Series.objects.all(), request.user, "catalog.change_series", pk=series_id
        )
        decided = request.query_params.get("decided") in TRUE
        rows = selectors.list_proposals_to_decide(series, request.user, decided=decided)
        return _respond_page(request, rows)


class ProposalAdoptView(APIView):
    """Takes a proposal into the story. Again adds only what was not done yet."""

    permission_classes = [requires("cocreation.use_proposals")]

    @extend_schema(request=AdoptSerializer, responses=serializer_of(ProposalCard))
    def post(self, request: Request, proposal_id: UUID) -> Response:
        _ensure_may_decide(request, proposal_id)
        fields = validated(AdoptSerializer(data=request.data))
        services.adopt_proposal(proposal_id=proposal_id, by=cast(User, request.user), **fields)
        return _respond(request, proposal_id)


class ProposalDeclineView(APIView):
    """Leaves a proposal be."""

    permission_classes = [requires("cocreation.use_proposals")]

    @extend_schema(request=DeclineSerializer, responses=serializer_of(ProposalCard))
    def post(self, request: Request, proposal_id: UUID) -> Response:
        _ensure_may_decide(request, proposal_id)
        fields = validated(DeclineSerializer(data=request.data))
        services.decline_proposal(proposal_id=proposal_id, by=cast(User, request.user), **fields)
        return _respond(request, proposal_id)


class SeriesCreditsView(APIView):
    """Who made a series together with its maker."""

    permission_classes = [AllowAny]

    @extend_schema(responses=serializer_of(SeriesCredits))
    def get(self, request: Request, series_id: UUID) -> Response:
        return respond(present_credits(find_published_series(series_id), request.user))


def _respond_page(request: Request, rows: QuerySet[Proposal], *, order: str = "") -> Response:
    params = request.query_params
    order = order or ("newest" if params.get("order") == "newest" else "support")
    proposals, next_cursor = selectors.page_of_proposals(
        rows, order=order, cursor=params.get("cursor"), limit=read_limit(params)
    )
    cards = [present_proposal(proposal, request.user) for proposal in proposals]
    return respond_page(ProposalCard, cards, next_cursor)


def _respond(request: Request, proposal_id: UUID, *, status: int = 200) -> Response:
    proposal = selectors.list_proposals(request.user).get(pk=proposal_id)
    return respond(present_proposal(proposal, request.user), status=status)


def _ensure_may_decide(request: Request, proposal_id: UUID) -> None:
    find_allowed(
        Proposal.objects.select_related("series"), request.user, "cocreation.decide", pk=proposal_id
    )
