"""Premieres over HTTP, and their shapes on the wire; what changes while one runs goes over the
WebSocket.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.accounts.middleware import viewer_id_from
from huaben.catalog.models import Series
from huaben.catalog.serializers import (
    EpisodeCardSerializer,
    NextEpisodeSerializer,
    PlaybackSerializer,
    SeriesCardSerializer,
)
from huaben.core.access import find_allowed, requires
from huaben.core.idempotency import IDEMPOTENCY_KEY_PARAMETER, idempotency_key_of, run_idempotently
from huaben.core.localized import LocalizedText
from huaben.core.pagination import read_limit
from huaben.core.problems import Problem
from huaben.core.responses import page_serializer
from huaben.core.serializers import LocalizedTextSerializer

from .. import selectors
from ..models import Premiere, Vote
from ..premieres import VOTE_SECONDS, cancel_premiere, schedule_premiere
from ..scene import scenes
from ..votes import cast_vote, vote_of
from .playthroughs import OpenChoiceSerializer

PAGE = [OpenApiParameter("cursor"), OpenApiParameter("limit", int)]
PHASES = ["scheduled", "playing", "voting", "ended", "cancelled"]


class PremiereCardSerializer(serializers.Serializer):
    """A premiere in a list."""

    id = serializers.UUIDField()
    series_id = serializers.UUIDField()
    phase = serializers.ChoiceField(PHASES)
    starts_at = serializers.DateTimeField()
    doors_open_at = serializers.DateTimeField()
    vote_seconds = serializers.IntegerField()
    present = serializers.IntegerField(help_text="Viewers in front of it, roughly.")
    ending = LocalizedTextSerializer(allow_null=True, help_text="Why it is over.")


class ProgrammeItemSerializer(PremiereCardSerializer):
    """A premiere on the programme, with the series."""

    series = SeriesCardSerializer()


class BallotChoiceSerializer(OpenChoiceSerializer):
    """A choice that is voted on, and how the vote stands."""

    votes = serializers.IntegerField()
    percent = serializers.IntegerField()


class TallySerializer(serializers.Serializer):
    """What one choice got."""

    choice_id = serializers.UUIDField()
    text = serializers.CharField()
    seal = serializers.CharField()
    votes = serializers.IntegerField()


class TurnSerializer(serializers.Serializer):
    """One turn that was taken: the episode that was left, and the way."""

    seq = serializers.IntegerField()
    episode_id = serializers.UUIDField()
    number = serializers.IntegerField()
    title = serializers.CharField()
    choice_id = serializers.UUIDField(allow_null=True)
    choice_text = serializers.CharField(allow_blank=True)
    tally = TallySerializer(many=True)


class VoteSerializer(serializers.Serializer):
    """One's own vote."""

    round = serializers.IntegerField()
    choice_id = serializers.UUIDField()


class PremiereSerializer(serializers.Serializer):
    """A premiere as everybody in front of it sees it."""

    id = serializers.UUIDField()
    seq = serializers.IntegerField()
    phase = serializers.ChoiceField(PHASES)
    server_now = serializers.DateTimeField()
    starts_at = serializers.DateTimeField()
    doors_open_at = serializers.DateTimeField()
    vote_seconds = serializers.IntegerField()
    phase_started_at = serializers.DateTimeField()
    phase_ends_at = serializers.DateTimeField()
    series = SeriesCardSerializer(allow_null=True)
    episode = EpisodeCardSerializer(allow_null=True)
    playback = PlaybackSerializer(allow_null=True)
    round = serializers.IntegerField()
    choices = BallotChoiceSerializer(many=True)
    upcoming = NextEpisodeSerializer(many=True)
    present = serializers.IntegerField()
    turns = TurnSerializer(many=True)
    ending = LocalizedTextSerializer(allow_null=True)
    finished = serializers.BooleanField(help_text="It came to the end of its story.")


class PremiereVisitSerializer(PremiereSerializer):
    """The same, with one's own vote of the present round."""

    my_vote = VoteSerializer(allow_null=True)


class PremiereWriteSerializer(serializers.Serializer):
    """A premiere to be put on the programme."""

    starts_at = serializers.DateTimeField()
    vote_seconds = serializers.IntegerField(
        min_value=VOTE_SECONDS[0], max_value=VOTE_SECONDS[1], default=20
    )


class VoteWriteSerializer(serializers.Serializer):
    """A vote, under a key that the client makes up; said again under the same key it is the same
    vote.
    """

    key = serializers.UUIDField()
    round = serializers.IntegerField(min_value=1, max_value=1000)
    choice_id = serializers.UUIDField()


def render(scene: dict[str, Any]) -> dict[str, Any]:
    """A scene as plain data, the same over HTTP and WebSocket."""
    return dict(PremiereSerializer(scene).data)


def render_vote(vote: Vote | None) -> dict[str, Any] | None:
    """One's own vote as plain data."""
    return dict(VoteSerializer(vote).data) if vote is not None else None


class ProgrammeView(APIView):
    """The premieres that are to come or under way, the next one first."""

    permission_classes = [AllowAny]

    @extend_schema(
        responses=page_serializer(ProgrammeItemSerializer),
        parameters=[OpenApiParameter("series_id", description="Of one series only."), *PAGE],
    )
    def get(self, request: Request) -> Response:
        params = request.query_params
        found, after = selectors.programme_page(
            timezone.now(),
            cursor=params.get("cursor"),
            limit=read_limit(params),
            series_id=_series_id(params.get("series_id")),
        )
        return Response(
            {"results": ProgrammeItemSerializer(found, many=True).data, "next_cursor": after}
        )


class PremiereView(APIView):
    """One premiere, as it stands this moment."""

    permission_classes = [AllowAny]

    @extend_schema(responses=PremiereVisitSerializer)
    def get(self, request: Request, premiere_id: UUID) -> Response:
        premiere = selectors.find_premiere(premiere_id)
        scene = scenes.get(premiere, timezone.now())
        mine = vote_of(premiere=premiere, viewer_id=viewer_id_from(request))
        return Response({**render(scene), "my_vote": render_vote(mine)})


class VoteListView(APIView):
    """Votes, or changes one's vote while the vote is open."""

    permission_classes = [AllowAny]

    @extend_schema(request=VoteWriteSerializer, responses=VoteSerializer)
    def post(self, request: Request, premiere_id: UUID) -> Response:
        given = VoteWriteSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        vote = cast_vote(
            premiere_id=premiere_id,
            viewer_id=viewer_id_from(request),
            key=given.validated_data["key"],
            round_=given.validated_data["round"],
            choice_id=given.validated_data["choice_id"],
            now=timezone.now(),
        )
        return Response(render_vote(vote))


class StudioPremiereListView(APIView):
    """The premieres of one's own series, newest first; or puts one on the programme."""

    permission_classes = [requires("interactive.use_premieres")]

    @extend_schema(responses=page_serializer(PremiereCardSerializer), parameters=PAGE)
    def get(self, request: Request, series_id: UUID) -> Response:
        series = _own_series(request, series_id)
        params = request.query_params
        found, after = selectors.premieres_of(
            series, timezone.now(), cursor=params.get("cursor"), limit=read_limit(params)
        )
        return Response(
            {"results": PremiereCardSerializer(found, many=True).data, "next_cursor": after}
        )

    @extend_schema(
        request=PremiereWriteSerializer,
        responses={201: PremiereCardSerializer},
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, series_id: UUID) -> Response:
        series = _own_series(request, series_id)
        given = PremiereWriteSerializer(data=request.data)
        given.is_valid(raise_exception=True)

        def act() -> tuple[int, Any]:
            premiere = schedule_premiere(
                series=series, host=request.user, now=timezone.now(), **given.validated_data
            )
            return 201, _card(premiere)

        status, card = run_idempotently(
            scope=f"interactive.premiere:{request.user.pk}",
            key=idempotency_key_of(request),
            request={"series": str(series.pk), **given.validated_data},
            act=act,
        )
        return Response(card, status=status)


class PremiereCancelView(APIView):
    """Calls one's own premiere off."""

    permission_classes = [requires("interactive.use_premieres")]

    @extend_schema(request=None, responses=PremiereCardSerializer)
    def post(self, request: Request, premiere_id: UUID) -> Response:
        premiere = find_allowed(
            Premiere.objects.all(), request.user, "interactive.cancel_premiere", pk=premiere_id
        )
        return Response(_card(cancel_premiere(premiere_id=premiere.pk, now=timezone.now())))


def _own_series(request: Request, series_id: UUID) -> Series:
    return find_allowed(
        Series.objects.all(), request.user, "interactive.schedule_premiere", pk=series_id
    )


def _card(premiere: Premiere) -> dict[str, Any]:
    cards = selectors.cards_of([premiere], timezone.now())
    return dict(PremiereCardSerializer(cards[premiere.pk]).data)


def _series_id(text: str | None) -> UUID | None:
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError as error:
        raise Problem(
            "bad_series_id",
            LocalizedText("没有这部剧", "There is no such series"),
            errors=[
                {
                    "field": "series_id",
                    "message": LocalizedText("要是一个编号", "It must be an id").localized(),
                }
            ],
        ) from error
