"""Watching over HTTP."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.accounts.middleware import viewer_id_from
from huaben.accounts.presenters import Person, present_person
from huaben.catalog.presenters import SeriesCard, present_series_cards
from huaben.catalog.selectors import find_published_series
from huaben.core.addresses import client_address, network_digest
from huaben.core.localized import LocalizedText
from huaben.core.pagination import page_of, read_limit
from huaben.core.problems import Problem
from huaben.core.responses import page_serializer, respond, respond_page, serializer_of

from ..batches import MAX_BATCH_BYTES, MAX_BATCH_EVENTS, read_batch
from ..limits import Buckets
from ..origins import SameOriginSession, ensure_same_origin
from ..presenters.viewing import HistoryItem, SeriesMarks, present_history, present_series_marks
from ..selectors import viewing as selectors
from ..serializers import EventBatchSerializer
from ..services import viewing as services

PAGE = [OpenApiParameter("cursor"), OpenApiParameter("limit", int)]


class EventsView(APIView):
    """What a player has to tell, in batches; also by ``navigator.sendBeacon``."""

    permission_classes = [AllowAny]
    authentication_classes = [SameOriginSession]
    buckets = Buckets()

    @extend_schema(
        request={"application/json": EventBatchSerializer},
        responses={202: serializer_of(services.Accepted)},
        auth=[{"session": []}, {}],  # type: ignore[list-item]
        description=f"At most {MAX_BATCH_EVENTS} events. Answers when they are durable; may be "
        "repeated at will. A fault of any item refuses the batch, naming each item at fault by "
        "index and field, and stores nothing.",
    )
    def post(self, request: Request) -> Response:
        ensure_same_origin(
            request._request
        )  # DRF asks the authentication only for those who are signed in
        if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BATCH_BYTES:
            raise Problem(
                "events_too_large",
                LocalizedText("这批记录太大", "This batch is too large"),
                status=413,
            )
        now = timezone.now()
        # The body as it is: a beacon may call its JSON text/plain.
        events = read_batch(request._request.body, now=now)
        viewer_id = viewer_id_from(request)
        self.buckets.take(viewer_id, len(events))
        stored = services.record_events(
            viewer_id=viewer_id,
            events=events,
            now=now,
            network=network_digest(client_address(request._request)),
        )
        return respond(stored, status=202)


class HistoryView(APIView):
    """What the viewer watched, newest first; or have all of it forgotten."""

    permission_classes = [AllowAny]

    @extend_schema(responses=page_serializer(HistoryItem), parameters=PAGE)
    def get(self, request: Request) -> Response:
        params = request.query_params
        items, after = selectors.list_history(
            viewer_id_from(request), cursor=params.get("cursor"), limit=read_limit(params)
        )
        return respond_page(HistoryItem, present_history(items), after)

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        services.forget_history(viewer_id=viewer_id_from(request))
        return Response(status=204)


class HistoryItemView(APIView):
    """Have one episode forgotten."""

    permission_classes = [AllowAny]

    @extend_schema(responses={204: None})
    def delete(self, request: Request, episode_id: UUID) -> Response:
        services.forget_history(viewer_id=viewer_id_from(request), episode_id=episode_id)
        return Response(status=204)


class ContinueWatchingView(APIView):
    """Where to go on."""

    permission_classes = [AllowAny]

    @extend_schema(responses=page_serializer(HistoryItem), parameters=PAGE)
    def get(self, request: Request) -> Response:
        params = request.query_params
        found = selectors.list_continue_watching(viewer_id_from(request))
        page, after = page_of(found, cursor=params.get("cursor"), limit=read_limit(params))
        return respond_page(HistoryItem, present_history(page), after)


class FavouriteListView(APIView):
    """The series that the viewer keeps."""

    permission_classes = [AllowAny]

    @extend_schema(responses=page_serializer(SeriesCard), parameters=PAGE)
    def get(self, request: Request) -> Response:
        params = request.query_params
        items, after = selectors.list_favourites(
            viewer_id_from(request), cursor=params.get("cursor"), limit=read_limit(params)
        )
        return respond_page(SeriesCard, present_series_cards(items).values(), after)


class FollowingListView(APIView):
    """The creators whom the viewer follows."""

    permission_classes = [AllowAny]

    @extend_schema(responses=page_serializer(Person), parameters=PAGE)
    def get(self, request: Request) -> Response:
        params = request.query_params
        items, after = selectors.list_followed_creators(
            viewer_id_from(request), cursor=params.get("cursor"), limit=read_limit(params)
        )
        return respond_page(Person, [present_person(creator) for creator in items], after)


class SeriesMarksView(APIView):
    """What the viewer has said of one series."""

    permission_classes = [AllowAny]

    @extend_schema(responses=serializer_of(SeriesMarks))
    def get(self, request: Request, series_id: UUID) -> Response:
        series = find_published_series(series_id)
        return respond(present_series_marks(viewer_id_from(request), series))


class FavouriteView(APIView):
    """Keep a series, or not."""

    permission_classes = [AllowAny]

    @extend_schema(request=None, responses={204: None})
    def put(self, request: Request, series_id: UUID) -> Response:
        find_published_series(series_id)
        services.add_favourite(viewer_id=viewer_id_from(request), series_id=series_id)
        return Response(status=204)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, series_id: UUID) -> Response:
        services.remove_favourite(viewer_id=viewer_id_from(request), series_id=series_id)
        return Response(status=204)


class NotInterestedView(APIView):
    """Do not show a series again, or do."""

    permission_classes = [AllowAny]

    @extend_schema(request=None, responses={204: None})
    def put(self, request: Request, series_id: UUID) -> Response:
        find_published_series(series_id)
        services.add_not_interested(viewer_id=viewer_id_from(request), series_id=series_id)
        return Response(status=204)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, series_id: UUID) -> Response:
        services.remove_not_interested(viewer_id=viewer_id_from(request), series_id=series_id)
        return Response(status=204)


class FollowView(APIView):
    """Follow a creator, or not."""

    permission_classes = [AllowAny]

    @extend_schema(request=None, responses={204: None})
    def put(self, request: Request, creator_id: UUID) -> Response:
        selectors.find_published_creator(creator_id)
        services.add_follow(viewer_id=viewer_id_from(request), creator_id=creator_id)
        return Response(status=204)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, creator_id: UUID) -> Response:
        services.remove_follow(viewer_id=viewer_id_from(request), creator_id=creator_id)
        return Response(status=204)
