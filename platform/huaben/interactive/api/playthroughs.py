"""Play-throughs over HTTP; steps go over the WebSocket."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.accounts.middleware import viewer_id_from
from huaben.core.responses import respond, serializer_of
from huaben.core.serializers import validated

from .. import selectors, services
from ..presenters import PlaythroughState, present_playthrough
from ..serializers import PlaythroughOpenSerializer


class PlaythroughListView(APIView):
    """Opens a play-through, or finds the one that is open."""

    permission_classes = [AllowAny]

    @extend_schema(request=PlaythroughOpenSerializer, responses=serializer_of(PlaythroughState))
    def post(self, request: Request) -> Response:
        fields = validated(PlaythroughOpenSerializer(data=request.data))
        playthrough = services.open_playthrough(viewer_id=viewer_id_from(request), **fields)
        return respond(present_playthrough(playthrough))


class PlaythroughView(APIView):
    """The viewer's play-through."""

    permission_classes = [AllowAny]

    @extend_schema(responses=serializer_of(PlaythroughState))
    def get(self, request: Request, playthrough_id: UUID) -> Response:
        playthrough = selectors.find_playthrough(
            playthrough_id=playthrough_id, viewer_id=viewer_id_from(request)
        )
        return respond(present_playthrough(playthrough))


class RestartView(APIView):
    """Begins the series anew."""

    permission_classes = [AllowAny]

    @extend_schema(request=None, responses=serializer_of(PlaythroughState))
    def post(self, request: Request, playthrough_id: UUID) -> Response:
        playthrough = services.restart_playthrough(
            playthrough_id=playthrough_id, viewer_id=viewer_id_from(request)
        )
        return respond(present_playthrough(playthrough))
