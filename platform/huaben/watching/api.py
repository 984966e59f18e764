"""Watching over HTTP."""

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

from huaben.catalog.serializers import (
    CreatorSerializer,
    EpisodeCardSerializer,
    SeriesCardSerializer,
)
from huaben.core.localized import LocalizedText
from huaben.core.pagination import page_of, read_limit
from huaben.core.problems import Problem
from huaben.core.responses import page_serializer

from . import selectors, services
from .batches import LONGEST_MS, MOST_BYTES, MOST_EVENTS, read_batch
from .limits import Buckets
from .models import EventKind
from .origins import SameOriginSession, ensure_same_origin

PAGE = [OpenApiParameter("cursor"), OpenApiParameter("limit", int)]


class WatchEventSerializer(serializers.Serializer):
    """One thing that the viewer did. Only describes; ``batches.read_batch`` reads it."""

    id = serializers.UUIDField(help_text="The client's own, made once for each event.")
    kind = serializers.ChoiceField(EventKind.choices)
    episode_id = serializers.UUIDField()
    cut_id = serializers.UUIDField()
    impression_id = serializers.UUIDField(required=False, allow_null=True)
    at = serializers.DateTimeField(help_text="By the client's clock, with its time zone.")
    position_ms = serializers.IntegerField(min_value=0, max_value=LONGEST_MS)
    watched_ms = serializers.IntegerField(
        min_value=0, max_value=LONGEST_MS, help_text="Since this viewing began."
    )
    duration_ms = serializers.IntegerField(min_value=0, max_value=LONGEST_MS)


class EventBatchSerializer(serializers.Serializer):
    """Up to 200 events."""

    events = WatchEventSerializer(many=True)


class AcceptedSerializer(serializers.Serializer):
    """What became of a batch. All of it may be dropped from the client's queue."""

    accepted = serializers.IntegerField()
    duplicates = serializers.IntegerField(help_text="Stored before; sending again does no harm.")
    ignored = serializers.IntegerField(
        help_text="About an episode or Cut that does not exist any more."
    )


class HistoryItemSerializer(serializers.Serializer):
    """An episode and how far the viewer is in it."""

    series = SeriesCardSerializer()
    episode = EpisodeCardSerializer()
    watched_at = serializers.DateTimeField()
    position_ms = serializers.IntegerField()
    completed = serializers.BooleanField()


class EventsView(APIView):
    """What a player has to tell, in batches; also by ``navigator.sendBeacon``."""

    permission_classes = [AllowAny]
    authentication_classes = [SameOriginSession]
    buckets = Buckets()

    @extend_schema(
        request={"application/json": EventBatchSerializer},
        responses={202: AcceptedSerializer},
        auth=[{"session": []}, {}],  # type: ignore[list-item]
        description=f"At most {MOST_EVENTS} events. Answers when they are durable; may be repeated at will. A fault of any "
        "item refuses the batch, naming each item at fault by index and field, and stores nothing.",
    )
    def post(self, request: Request) -> Response:
        ensure_same_origin(
            request._request
        )  # DRF asks the authentication only for those who are signed in
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            raise Problem(
                "events_too_large",
                LocalizedText("这批记录太大", "This batch is too large"),
                status=413,
            )
        now = timezone.now()
        # The body as it is: a beacon may call its JSON text/plain.
        events = read_batch(request._request.body, now=now)
        viewer_id = viewer_of(request)
        self.buckets.take(viewer_id, len(events))
        stored = services.record_events(viewer_id=viewer_id, events=events, now=now)
        return Response(
            {
                "accepted": stored.accepted,
                "duplicates": stored.duplicates,
                "ignored": stored.ignored,
            },
            status=202,
        )


class HistoryView(APIView):
    """What the viewer watched, newest first; or have all of it forgotten."""

    permission_classes = [AllowAny]

    @extend_schema(responses=page_serializer(HistoryItemSerializer), parameters=PAGE)
    def get(self, request: Request) -> Response:
        params = request.query_params
        items, after = selectors.history_page(
            viewer_of(request), cursor=params.get("cursor"), limit=read_limit(params)
        )
        return Response({"results": items, "next_cursor": after})

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        services.forget_history(viewer_id=viewer_of(request))
        return Response(status=204)


class HistoryItemView(APIView):
    """Have one episode forgotten."""

    permission_classes = [AllowAny]

    @extend_schema(responses={204: None})
    def delete(self, request: Request, episode_id: UUID) -> Response:
        services.forget_history(viewer_id=viewer_of(request), episode_id=episode_id)
        return Response(status=204)


class ContinueWatchingView(APIView):
    """Where to go on."""

    permission_classes = [AllowAny]

    @extend_schema(responses=page_serializer(HistoryItemSerializer), parameters=PAGE)
    def get(self, request: Request) -> Response:
        params = request.query_params
        found = selectors.continue_watching(viewer_of(request))
        page, after = page_of(found, cursor=params.get("cursor"), limit=read_limit(params))
        return Response({"results": selectors.history_items(page), "next_cursor": after})


class FavouriteListView(APIView):
    """The series that the viewer keeps."""

    permission_classes = [AllowAny]

    @extend_schema(responses=page_serializer(SeriesCardSerializer), parameters=PAGE)
    def get(self, request: Request) -> Response:
        params = request.query_params
        items, after = selectors.favourites_page(
            viewer_of(request), cursor=params.get("cursor"), limit=read_limit(params)
        )
        return Response({"results": items, "next_cursor": after})


class FollowingListView(APIView):
    """The creators whom the viewer follows."""

    permission_classes = [AllowAny]

    @extend_schema(responses=page_serializer(CreatorSerializer), parameters=PAGE)
    def get(self, request: Request) -> Response:
        params = request.query_params
        items, after = selectors.following_page(
            viewer_of(request), cursor=params.get("cursor"), limit=read_limit(params)
        )
        return Response({"results": items, "next_cursor": after})


class MarksSerializer(serializers.Serializer):
    """What the viewer has said of a series and its creator."""

    favourite = serializers.BooleanField()
    not_interested = serializers.BooleanField()
    following = serializers.BooleanField()


class MarksView(APIView):
    """What the viewer has said of one series."""

    permission_classes = [AllowAny]

    @extend_schema(responses=MarksSerializer)
    def get(self, request: Request, series_id: UUID) -> Response:
        series = selectors.find_shown_series(series_id)
        return Response(MarksSerializer(selectors.marks_on(viewer_of(request), series)).data)


class FavouriteView(APIView):
    """Keep a series, or not."""

    permission_classes = [AllowAny]

    @extend_schema(request=None, responses={204: None})
    def put(self, request: Request, series_id: UUID) -> Response:
        selectors.find_shown_series(series_id)
        services.add_favourite(viewer_id=viewer_of(request), series_id=series_id)
        return Response(status=204)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, series_id: UUID) -> Response:
        services.remove_favourite(viewer_id=viewer_of(request), series_id=series_id)
        return Response(status=204)


class NotInterestedView(APIView):
    """Do not show a series again, or do."""

    permission_classes = [AllowAny]

    @extend_schema(request=None, responses={204: None})
    def put(self, request: Request, series_id: UUID) -> Response:
        selectors.find_shown_series(series_id)
        services.add_not_interested(viewer_id=viewer_of(request), series_id=series_id)
        return Response(status=204)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, series_id: UUID) -> Response:
        services.remove_not_interested(viewer_id=viewer_of(request), series_id=series_id)
        return Response(status=204)


class FollowView(APIView):
    """Follow a creator, or not."""

    permission_classes = [AllowAny]

    @extend_schema(request=None, responses={204: None})
    def put(self, request: Request, creator_id: UUID) -> Response:
        selectors.find_shown_creator(creator_id)
        services.add_follow(viewer_id=viewer_of(request), creator_id=creator_id)
        return Response(status=204)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, creator_id: UUID) -> Response:
        services.remove_follow(viewer_id=viewer_of(request), creator_id=creator_id)
        return Response(status=204)


def viewer_of(request: Any) -> UUID:
    """The viewer behind a request, as a plain id."""
    return UUID(str(request._request.viewer_id))
