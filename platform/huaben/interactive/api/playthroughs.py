"""Play-throughs over HTTP and their shapes on the wire; steps go over the WebSocket."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.accounts.middleware import viewer_id_from
from huaben.catalog.serializers import EpisodeCardSerializer, PlaybackSerializer

from .. import services
from ..selectors import find_playthrough, state_of


class OpenChoiceSerializer(serializers.Serializer):
    """A choice that is open now."""

    id = serializers.UUIDField()
    text = serializers.CharField()
    seal = serializers.CharField()
    to_episode_id = serializers.UUIDField()


class PathSerializer(serializers.Serializer):
    """One step that was made."""

    episode_id = serializers.UUIDField()
    choice_id = serializers.UUIDField(allow_null=True)


class PlaythroughSerializer(serializers.Serializer):
    """Where a viewer stands in a series."""

    id = serializers.UUIDField()
    series_id = serializers.UUIDField()
    seq = serializers.IntegerField()
    episode = EpisodeCardSerializer()
    playback = PlaybackSerializer(allow_null=True)
    choices = OpenChoiceSerializer(many=True)
    upcoming = PlaybackSerializer(many=True)
    variables = serializers.DictField()
    ended = serializers.BooleanField()
    path = PathSerializer(many=True)


class PlaythroughOpenSerializer(serializers.Serializer):
    """Which series, and at which episode if not where one stands."""

    series_id = serializers.UUIDField()
    episode_id = serializers.UUIDField(required=False, allow_null=True)


def render(state: dict[str, Any]) -> dict[str, Any]:
    """A state as plain data, the same over HTTP and WebSocket."""
    return dict(PlaythroughSerializer(state).data)


class PlaythroughListView(APIView):
    """Opens a play-through, or finds the one that is open."""

    permission_classes = [AllowAny]

    @extend_schema(request=PlaythroughOpenSerializer, responses=PlaythroughSerializer)
    def post(self, request: Request) -> Response:
        given = PlaythroughOpenSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        playthrough = services.open_playthrough(
            viewer_id=viewer_id_from(request), **given.validated_data
        )
        return Response(render(state_of(playthrough)))


class PlaythroughView(APIView):
    """One's own play-through."""

    permission_classes = [AllowAny]

    @extend_schema(responses=PlaythroughSerializer)
    def get(self, request: Request, playthrough_id: UUID) -> Response:
        found = find_playthrough(playthrough_id=playthrough_id, viewer_id=viewer_id_from(request))
        return Response(render(state_of(found)))


class RestartView(APIView):
    """Begins the series anew."""

    permission_classes = [AllowAny]

    @extend_schema(request=None, responses=PlaythroughSerializer)
    def post(self, request: Request, playthrough_id: UUID) -> Response:
        anew = services.restart_playthrough(
            playthrough_id=playthrough_id, viewer_id=viewer_id_from(request)
        )
        return Response(render(state_of(anew)))
