"""Premieres over HTTP; what changes while one runs goes over the WebSocket."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.accounts.middleware import viewer_id_from
from huaben.accounts.models import User
from huaben.catalog.models import Series
from huaben.core.access import find_allowed, requires
from huaben.core.addresses import client_address, network_digest
from huaben.core.idempotency import (
    IDEMPOTENCY_KEY_PARAMETER,
    StatusAndBody,
    idempotency_key_of,
    run_idempotently,
)
from huaben.core.localized import LocalizedText
from huaben.core.pagination import page_by_time, page_newest, read_limit
from huaben.core.problems import Problem
from huaben.core.responses import as_json, page_serializer, respond, respond_page, serializer_of
from huaben.core.serializers import validated

from .. import selectors, services
from ..models import Premiere
from ..presenters import (
    OwnVote,
    PremiereCard,
    PremiereVisit,
    ProgrammeItem,
    present_premiere_card,
    present_premiere_cards,
    present_programme,
    present_vote,
)
from ..serializers import PremiereWriteSerializer, VoteWriteSerializer
from ..state_cache import premiere_states

PAGE_PARAMETERS = [OpenApiParameter("cursor"), OpenApiParameter("limit", int)]


class ProgrammeView(APIView):
    """The premieres that are to come or under way, the next one first."""

    permission_classes = [AllowAny]

    @extend_schema(
        responses=page_serializer(ProgrammeItem),
        parameters=[
            OpenApiParameter("series_id", description="Of one series only."),
            *PAGE_PARAMETERS,
        ],
    )
    def get(self, request: Request) -> Response:
        params = request.query_params
        premieres, next_cursor = page_by_time(
            selectors.list_programme(series_id=_read_series_id(params.get("series_id"))),
            cursor=params.get("cursor"),
            limit=read_limit(params),
            field="starts_at",
            newest_first=False,
        )
        items = present_programme(premieres, now=timezone.now())
        return respond_page(ProgrammeItem, items, next_cursor)


class PremiereView(APIView):
    """One premiere, as it stands this moment."""

    permission_classes = [AllowAny]

    @extend_schema(responses=serializer_of(PremiereVisit))
    def get(self, request: Request, premiere_id: UUID) -> Response:
        premiere = selectors.find_premiere(premiere_id)
        state = premiere_states.get(premiere, now=timezone.now())
        vote = selectors.find_vote(premiere=premiere, viewer_id=viewer_id_from(request))
        return respond(PremiereVisit(**vars(state), my_vote=present_vote(vote) if vote else None))


class VoteListView(APIView):
    """Votes, or changes one's vote while the vote is open."""

    permission_classes = [AllowAny]

    @extend_schema(request=VoteWriteSerializer, responses=serializer_of(OwnVote))
    def post(self, request: Request, premiere_id: UUID) -> Response:
        fields = validated(VoteWriteSerializer(data=request.data))
        vote = services.cast_vote(
            premiere_id=premiere_id,
            viewer_id=viewer_id_from(request),
            key=fields["key"],
            round_=fields["round"],
            choice_id=fields["choice_id"],
            now=timezone.now(),
            network=network_digest(client_address(request._request)),
        )
        return respond(present_vote(vote))


class StudioPremiereListView(APIView):
    """The premieres of a series of the caller's, newest first; or schedules one."""

    permission_classes = [requires("interactive.use_premieres")]

    @extend_schema(responses=page_serializer(PremiereCard), parameters=PAGE_PARAMETERS)
    def get(self, request: Request, series_id: UUID) -> Response:
        series = _find_own_series(request, series_id)
        params = request.query_params
        premieres, next_cursor = page_newest(
            Premiere.objects.filter(series=series),
            cursor=params.get("cursor"),
            limit=read_limit(params),
        )
        cards = present_premiere_cards(premieres, now=timezone.now())
        return respond_page(PremiereCard, cards, next_cursor)

    @extend_schema(
        request=PremiereWriteSerializer,
        responses={201: serializer_of(PremiereCard)},
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, series_id: UUID) -> Response:
        series = _find_own_series(request, series_id)
        fields = validated(PremiereWriteSerializer(data=request.data))
        now = timezone.now()

        def schedule() -> StatusAndBody:
            premiere = services.schedule_premiere(
                series=series, host=cast(User, request.user), now=now, **fields
            )
            return 201, as_json(present_premiere_card(premiere, now=now))

        status, card = run_idempotently(
            scope=f"interactive.premiere:{request.user.pk}",
            key=idempotency_key_of(request),
            request={"series": str(series.pk), **fields},
            act=schedule,
        )
        return Response(card, status=status)


class PremiereCancelView(APIView):
    """Cancels a premiere of the caller's."""

    permission_classes = [requires("interactive.use_premieres")]

    @extend_schema(request=None, responses=serializer_of(PremiereCard))
    def post(self, request: Request, premiere_id: UUID) -> Response:
        premiere = find_allowed(
            Premiere.objects.all(), request.user, "interactive.cancel_premiere", pk=premiere_id
        )
        now = timezone.now()
        premiere = services.cancel_premiere(premiere_id=premiere.pk, now=now)
        return respond(present_premiere_card(premiere, now=now))


def _find_own_series(request: Request, series_id: UUID) -> Series:
    return find_allowed(
        Series.objects.all(), request.user, "interactive.schedule_premiere", pk=series_id
    )


def _read_series_id(text: str | None) -> UUID | None:
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
