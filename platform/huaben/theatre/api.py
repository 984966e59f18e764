"""The season's progress over HTTP."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.core.serializers import JobSerializer

from .selectors import season_view


class BillingSerializer(serializers.Serializer):
    """One episode on the bill."""

    episode_id = serializers.UUIDField()
    episode_title = serializers.CharField()
    series_id = serializers.UUIDField()
    series_title = serializers.CharField()
    state = serializers.ChoiceField(["waiting", "making", "checking", "shown", "failed"])
    job = JobSerializer(allow_null=True)
    poster_url = serializers.CharField(allow_null=True)


class SeasonSerializer(serializers.Serializer):
    """The demo's season; empty outside the demo."""

    season = BillingSerializer(many=True)
    done = serializers.IntegerField()
    total = serializers.IntegerField()


class TheatreView(APIView):
    """What the house is making for the demo."""

    permission_classes = [AllowAny]

    @extend_schema(responses=SeasonSerializer)
    def get(self, request: Request) -> Response:
        return Response(SeasonSerializer(season_view()).data)
