"""The feed over HTTP."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.accounts.middleware import viewer_id_from
from huaben.catalog.presenters import present_genre
from huaben.core.access import requires
from huaben.core.localized import LocalizedText
from huaben.core.pagination import read_limit
from huaben.core.presenters import JobStatus, present_job
from huaben.core.problems import Problem
from huaben.core.responses import as_json, respond, serializer_of
from huaben.watching.api.viewing import PAGE

from . import pages, selectors, serializers, services


class FeedView(APIView):
    """What to watch next."""

    permission_classes = [AllowAny]

    @extend_schema(responses=serializers.FeedPageSerializer, parameters=PAGE)
    def get(self, request: Request) -> Response:
        params = request.query_params
        limit = read_limit(params, default=8, maximum=20)
        return Response(
            pages.feed_page(viewer_id_from(request), cursor=params.get("cursor"), limit=limit)
        )


class FollowingFeedView(APIView):
    """New episodes of kept series and followed creators."""

    permission_classes = [AllowAny]

    @extend_schema(responses=serializers.FeedPageSerializer, parameters=PAGE)
    def get(self, request: Request) -> Response:
        params = request.query_params
        limit = read_limit(params, default=8, maximum=20)
        return Response(
            pages.following_page(viewer_id_from(request), cursor=params.get("cursor"), limit=limit)
        )


class WhyView(APIView):
    """Why the feed showed this, as it was decided then."""

    permission_classes = [AllowAny]

    @extend_schema(responses=serializers.WhySerializer)
    def get(self, request: Request, episode_id: UUID) -> Response:
        return Response(selectors.why_shown(viewer_id_from(request), episode_id))


class PreferencesView(APIView):
    """What the feed may do, and what it has learned."""

    permission_classes = [AllowAny]

    @extend_schema(responses=serializers.FeedPreferencesSerializer)
    def get(self, request: Request) -> Response:
        return Response(_preferences(viewer_id_from(request)))

    @extend_schema(
        request=serializers.FeedPreferencesChangeSerializer,
        responses=serializers.FeedPreferencesSerializer,
    )
    def patch(self, request: Request) -> Response:
        change = serializers.FeedPreferencesChangeSerializer(data=request.data)
        change.is_valid(raise_exception=True)
        viewer_id = viewer_id_from(request)
        services.update_preferences(viewer_id=viewer_id, **change.validated_data)
        return Response(_preferences(viewer_id))


class TasteView(APIView):
    """Have a taste forgotten."""

    permission_classes = [AllowAny]

    @extend_schema(responses={204: None})
    def delete(self, request: Request, slug: str) -> Response:
        services.forget_taste(viewer_id=viewer_id_from(request), slug=slug)
        return Response(status=204)


class ChartView(APIView):
    """What is watched to the end most often."""

    permission_classes = [AllowAny]

    @extend_schema(
        responses=serializers.ChartSerializer,
        parameters=[OpenApiParameter("window", enum=list(selectors.WINDOWS), default="week")],
    )
    def get(self, request: Request) -> Response:
        window = request.query_params.get("window", "week")
        if window not in selectors.WINDOWS:
            raise Problem(
                "unknown_window",
                LocalizedText("只有日榜和周榜", "There is a chart of the day and one of the week"),
            )
        return Response({"window": window, "results": selectors.chart(window)})


class TrainView(APIView):
    """Have the recommender trained now."""

    permission_classes = [requires("feed.train_model")]

    @extend_schema(request=None, responses={202: serializer_of(JobStatus)})
    def post(self, request: Request) -> Response:
        return respond(present_job(services.request_training(owner=request.user)), status=202)


def _preferences(viewer_id: UUID) -> dict[str, Any]:
    preferences = selectors.preferences_of(viewer_id)
    return {
        "personalised": preferences.personalised,
        "recommendations": preferences.recommendations,
        "tastes": [
            {**as_json(present_genre(taste.genre)), "weight": taste.weight}
            for taste in selectors.tastes_of(viewer_id)
        ],
        "muted_genres": preferences.muted_genres,
    }
