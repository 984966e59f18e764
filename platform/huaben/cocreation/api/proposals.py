"""Proposals and credit over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.catalog.models import Series
from huaben.catalog.serializers import PersonSerializer
from huaben.core.access import find_allowed, may, requires
from huaben.core.localized import LocalizedText
from huaben.core.pagination import read_limit
from huaben.core.problems import Conflict
from huaben.core.responses import page_serializer
from huaben.core.serializers import LocalizedTextSerializer
from huaben.speech.models import Speech

from .. import services
from ..models import Proposal
from ..replies import PARTS, REPLIES
from ..selectors import proposals as selectors
from ..services.proposals import CHOICE_MOST, TEXT_MOST, TITLE_MOST


class BranchEpisodeSerializer(serializers.Serializer):
    """The episode that a proposed branch leaves."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    title = serializers.CharField()


class ProposalSerializer(serializers.Serializer):
    """Where somebody of the audience would like the story to go."""

    id = serializers.UUIDField()
    series_id = serializers.UUIDField()
    author = PersonSerializer()
    kind = serializers.ChoiceField(Proposal.Kind.choices)
    title = serializers.CharField()
    text = serializers.CharField()
    from_episode = BranchEpisodeSerializer(allow_null=True)
    choice_text = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(Proposal.State.choices)
    reply = LocalizedTextSerializer(allow_null=True)
    supports = serializers.IntegerField()
    supported = serializers.BooleanField()
    mine = serializers.BooleanField()
    speech_state = serializers.ChoiceField(
        Speech.State.choices, help_text="How its check went; shown for all but one's own."
    )
    reason = LocalizedTextSerializer(
        allow_null=True, help_text="Why it is held or was refused; its author alone is told."
    )
    may_request_review = serializers.BooleanField(
        help_text="Refused by the check alone: its author may ask for a person's look."
    )
    project_id = serializers.UUIDField(
        allow_null=True, help_text="The maker's project that began with it."
    )
    created_at = serializers.DateTimeField()


class ProposalWriteSerializer(serializers.Serializer):
    """A proposal. The id is the client's, so that it may be sent again."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(Proposal.Kind.choices)
    title = serializers.CharField(
        max_length=4000, help_text=f"At most {TITLE_MOST} characters are kept."
    )
    text = serializers.CharField(
        max_length=4000, help_text=f"At most {TEXT_MOST} characters are kept."
    )
    from_episode_id = serializers.UUIDField(required=False, allow_null=True)
    choice_text = serializers.CharField(
        max_length=4000,
        required=False,
        allow_blank=True,
        help_text=f"At most {CHOICE_MOST} characters are kept.",
    )


class SupportSerializer(serializers.Serializer):
    """How many would like to see it, and whether one does oneself."""

    supports = serializers.IntegerField()
    supported = serializers.BooleanField()


class ProposalReplySerializer(serializers.Serializer):
    """One of the maker's answers."""

    code = serializers.CharField()
    text = LocalizedTextSerializer()


class DeclineSerializer(serializers.Serializer):
    """With which answer."""

    reply = serializers.ChoiceField(list(REPLIES), required=False, allow_blank=True)


class AdoptSerializer(DeclineSerializer):
    """What else to do at once."""

    project = serializers.BooleanField(
        default=False, help_text="Begin an episode with it in the studio."
    )
    co_writer = serializers.BooleanField(
        default=False, help_text="Let its author into the writing room."
    )


class CreditedSerializer(serializers.Serializer):
    """Somebody who had a part; without a handle who has left."""

    handle = serializers.CharField(allow_blank=True)
    display_name = serializers.CharField()


class CreditSerializer(serializers.Serializer):
    """One part, and who had it."""

    part = serializers.ChoiceField(list(PARTS))
    label = LocalizedTextSerializer()  # type: ignore[assignment]
    people = CreditedSerializer(many=True)


class TogetherSerializer(serializers.Serializer):
    """Who made a series together."""

    credits = CreditSerializer(many=True)
    writes = serializers.BooleanField(help_text="Whether one writes in its room oneself.")


PAGED = [OpenApiParameter("cursor"), OpenApiParameter("limit", int)]
ORDERED = [OpenApiParameter("order", enum=["support", "newest"]), *PAGED]


class ProposalListView(APIView):
    """What the audience would like: ``mine`` for one's own, however they fare. Or propose
    something.
    """

    def get_permissions(self) -> list[BasePermission]:
        return [(requires("cocreation.propose") if self.request.method == "POST" else AllowAny)()]

    @extend_schema(
        responses=page_serializer(ProposalSerializer),
        parameters=[OpenApiParameter("mine", bool), *ORDERED],
    )
    def get(self, request: Request, series_id: UUID) -> Response:
        series = selectors.find_shown_series(series_id)
        if request.query_params.get("mine") in ("1", "true"):
            return _page(request, selectors.own_proposals(series, request.user), order="newest")
        return _page(request, selectors.public_proposals(series, request.user))

    @extend_schema(request=ProposalWriteSerializer, responses={201: ProposalSerializer})
    def post(self, request: Request, series_id: UUID) -> Response:
        series = selectors.find_shown_series(series_id)
        given = ProposalWriteSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        facts: dict[str, Any] = dict(given.validated_data)
        proposal = services.propose(
            proposal_id=facts.pop("id"), author=request.user, series=series, **facts
        )
        return Response(_view(request, proposal.pk), status=201)


class ProposalView(APIView):
    """One's own proposal, taken back."""

    permission_classes = [requires("cocreation.propose")]

    @extend_schema(
        responses={204: None}, description="Again changes nothing; not once the maker has decided."
    )
    def delete(self, request: Request, proposal_id: UUID) -> Response:
        rows = Proposal.objects.select_related("speech")
        proposal = find_allowed(rows, request.user, "cocreation.withdraw", pk=proposal_id)
        services.withdraw_proposal(proposal=proposal, by=request.user)
        return Response(status=204)


class ProposalSupportView(APIView):
    """“I would like to see it, too.”"""

    permission_classes = [requires("cocreation.support")]

    @extend_schema(request=None, responses=SupportSerializer)
    def put(self, request: Request, proposal_id: UUID) -> Response:
        return self._set(request, proposal_id, services.support_proposal)

    @extend_schema(responses={200: SupportSerializer})
    def delete(self, request: Request, proposal_id: UUID) -> Response:
        return self._set(request, proposal_id, services.drop_support)

    def _set(self, request: Request, proposal_id: UUID, act: Callable[..., None]) -> Response:
        proposal = selectors.find_public(proposal_id, request.user)
        if not may(request.user, "cocreation.support", proposal):
            raise Conflict(
                "own_proposal", LocalizedText("这是你自己的主意", "This is a proposal of your own")
            )
        act(proposal=proposal, by=request.user)
        return Response(SupportSerializer(_view(request, proposal_id)).data)


class ProposalReplyListView(APIView):
    """What a maker may answer."""

    permission_classes = [AllowAny]

    @extend_schema(responses=ProposalReplySerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response([{"code": code, "text": text.as_dict()} for code, text in REPLIES.items()])


class StudioProposalListView(APIView):
    """What the audience proposed for a series of one's own: open, or decided."""

    permission_classes = [requires("cocreation.use_proposals")]

    @extend_schema(
        responses=page_serializer(ProposalSerializer),
        parameters=[OpenApiParameter("decided", bool), *ORDERED],
    )
    def get(self, request: Request, series_id: UUID) -> Response:
        series = find_allowed(
            Series.objects.all(), request.user, "catalog.change_series", pk=series_id
        )
        decided = request.query_params.get("decided") in ("1", "true")
        return _page(request, selectors.proposals_to_decide(series, request.user, decided=decided))


class ProposalAdoptView(APIView):
    """Takes a proposal into the story. Again adds only what was not done yet."""

    permission_classes = [requires("cocreation.use_proposals")]

    @extend_schema(request=AdoptSerializer, responses=ProposalSerializer)
    def post(self, request: Request, proposal_id: UUID) -> Response:
        _find_to_decide(request, proposal_id)
        given = AdoptSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        services.adopt_proposal(proposal_id=proposal_id, by=request.user, **given.validated_data)
        return Response(_view(request, proposal_id))


class ProposalDeclineView(APIView):
    """Leaves a proposal be."""

    permission_classes = [requires("cocreation.use_proposals")]

    @extend_schema(request=DeclineSerializer, responses=ProposalSerializer)
    def post(self, request: Request, proposal_id: UUID) -> Response:
        _find_to_decide(request, proposal_id)
        given = DeclineSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        services.decline_proposal(proposal_id=proposal_id, by=request.user, **given.validated_data)
        return Response(_view(request, proposal_id))


class TogetherView(APIView):
    """Who made a series together with its maker."""

    permission_classes = [AllowAny]

    @extend_schema(responses=TogetherSerializer)
    def get(self, request: Request, series_id: UUID) -> Response:
        series = selectors.find_shown_series(series_id)
        return Response(TogetherSerializer(selectors.together_view(series, request.user)).data)


def _page(request: Request, rows: QuerySet[Proposal], *, order: str = "") -> Response:
    params = request.query_params
    order = order or ("newest" if params.get("order") == "newest" else "support")
    found, after = selectors.page_of_proposals(
        rows, order=order, cursor=params.get("cursor"), limit=read_limit(params)
    )
    views = [selectors.proposal_view(proposal, request.user) for proposal in found]
    return Response({"results": ProposalSerializer(views, many=True).data, "next_cursor": after})


def _view(request: Request, proposal_id: UUID) -> dict[str, Any]:
    proposal = selectors.proposals(request.user).get(pk=proposal_id)
    return dict(ProposalSerializer(selectors.proposal_view(proposal, request.user)).data)


def _find_to_decide(request: Request, proposal_id: UUID) -> None:
    find_allowed(
        Proposal.objects.select_related("series"), request.user, "cocreation.decide", pk=proposal_id
    )
