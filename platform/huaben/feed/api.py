"""The feed over HTTP."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.accounts.middleware import viewer_id_from
from huaben.core.access import may, requires
from huaben.core.localized import LocalizedText
from huaben.core.pagination import PAGE_PARAMETERS, read_limit
from huaben.core.presenters import JobStatus, present_job
from huaben.core.problems import Problem
from huaben.core.responses import respond, serializer_of
from huaben.core.serializers import validated

from . import pages, selectors, services
from .presenters import (
    Chart,
    FeedPage,
    FeedPreferences,
    Why,
    present_chart,
    present_explanation,
    present_feed_page,
    present_preferences,
)
from .serializers import FeedPreferencesChangeSerializer


class FeedView(APIView):
    """What to watch next."""

    permission_classes = [AllowAny]

    @extend_schema(responses=serializer_of(FeedPage), parameters=PAGE_PARAMETERS)
    def get(self, request: Request) -> Response:
        params = request.query_params
        page = pages.feed_page(
            viewer_id=viewer_id_from(request),
            cursor=params.get("cursor"),
            limit=read_limit(params, default=8, maximum=20),
            now=timezone.now(),
        )
        return respond(present_feed_page(page))


class FollowingFeedView(APIView):
    """New episodes of kept series and followed creators."""

    permission_classes = [AllowAny]

    @extend_schema(responses=serializer_of(FeedPage), parameters=PAGE_PARAMETERS)
    def get(self, request: Request) -> Response:
        params = request.query_params
        page = pages.following_page(
            viewer_id=viewer_id_from(request),
            cursor=params.get("cursor"),
            limit=read_limit(params, default=8, maximum=20),
            now=timezone.now(),
        )
        return respond(present_feed_page(page))


class WhyView(APIView):
    """Why the feed showed this, as it was decided then."""

    permission_classes = [AllowAny]

    @extend_schema(responses=serializer_of(Why))
    def get(self, request: Request, episode_id: UUID) -> Response:
        explanation = selectors.explain_episode(viewer_id_from(request), episode_id)
        return respond(present_explanation(explanation))


class PreferencesView(APIView):
    """What the feed may do, and what it has learned."""

    permission_classes = [AllowAny]

    @extend_schema(responses=serializer_of(FeedPreferences))
    def get(self, request: Request) -> Response:
        return respond(_read_preferences(viewer_id_from(request)))

    @extend_schema(
        request=FeedPreferencesChangeSerializer, responses=serializer_of(FeedPreferences)
    )
    def patch(self, request: Request) -> Response:
        change = validated(FeedPreferencesChangeSerializer(data=request.data))
        viewer_id = viewer_id_from(request)
        services.update_preferences(viewer_id=viewer_id, **change)
        return respond(_read_preferences(viewer_id))


class TasteView(APIView):
    """Have a taste forgotten."""

    permission_classes = [AllowAny]

    @extend_schema(responses={204: None})
    def delete(self, request: Request, slug: str) -> Response:
        services.forget_taste(viewer_id=viewer_id_from(request), slug=slug, now=timezone.now())
        return Response(status=204)


class ChartView(APIView):
    """What is watched to the end most often."""

    permission_classes = [AllowAny]

    @extend_schema(
        responses=serializer_of(Chart),
        parameters=[OpenApiParameter("window", enum=list(selectors.CHART_WINDOWS), default="week")],
    )
    def get(self, request: Request) -> Response:
        window = _read_window(request.query_params.get("window", "week"))
        rows = selectors.list_most_finished(window, now=timezone.now())
        for_staff = may(request.user, "feed.see_suspicion")
        return respond(present_chart(window, rows, for_staff=for_staff))


class TrainView(APIView):
    """Have the recommender trained now."""

    permission_classes = [requires("feed.train_model")]

    @extend_schema(request=None, responses={202: serializer_of(JobStatus)})
    def post(self, request: Request) -> Response:
        return respond(present_job(services.request_training(owner=request.user)), status=202)


def _read_preferences(viewer_id: UUID) -> FeedPreferences:
    preferences = selectors.get_preferences(viewer_id)
    tastes = selectors.list_tastes(viewer_id, preferences.forgotten, now=timezone.now())
    return present_preferences(preferences, tastes)


def _read_window(value: str) -> selectors.ChartWindow:
    for window in selectors.CHART_WINDOWS:
        if value == window:
            return window
    raise Problem(
        "unknown_window",
        LocalizedText("只有日榜和周榜", "There is a chart of the day and one of the week"),
    )
