"""What everyone sees: series, episodes and how to play them, all through the gate. A series or an
episode is changed at the same address.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import Prefetch
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.accounts.middleware import account_of
from huaben.core.access import requires
from huaben.core.pagination import page_newest, page_of, read_limit
from huaben.core.responses import (
    page_serializer,
    respond,
    respond_list,
    respond_page,
    serializer_of,
)
from huaben.core.serializers import validated
from huaben.media.playback import previewer_of

from .. import selectors, services
from ..models import Collection, Genre
from ..presenters import (
    CollectionShelf,
    EpisodeCard,
    GenreCard,
    NextEpisode,
    Playback,
    SeriesCard,
    SeriesDetail,
    StudioSeries,
    present_collections,
    present_episode_cards,
    present_genre,
    present_next_episode,
    present_playbacks,
    present_series_cards,
    present_series_detail,
    present_studio_series,
)
from ..search import search_series
from ..serializers import EpisodeWriteSerializer, SeriesChangeSerializer, SeriesWriteSerializer
from .studio import find_own_episode, find_own_series

MAX_SEARCH_RESULTS = 200
MAX_QUERY_LENGTH = 100


class GenreListView(APIView):
    """Every genre, in order."""

    permission_classes = [AllowAny]

    @extend_schema(responses=serializer_of(GenreCard)(many=True))
    def get(self, request: Request) -> Response:
        return respond_list(GenreCard, [present_genre(genre) for genre in Genre.objects.all()])


class SeriesListView(APIView):
    """The theatre: browse and search; or make a series."""

    def get_permissions(self) -> list[BasePermission]:
        return [(requires("catalog.make_series") if self.request.method == "POST" else AllowAny)()]

    @extend_schema(
        responses=page_serializer(SeriesCard),
        parameters=[
            OpenApiParameter("q", description="Words of the title, synopsis, genre or creator."),
            OpenApiParameter("genre"),
            OpenApiParameter("cursor"),
            OpenApiParameter("limit", int),
        ],
    )
    def get(self, request: Request) -> Response:
        params = request.query_params
        rows = selectors.published_series()
        if genre := params.get("genre"):
            rows = rows.filter(genres__slug=genre)
        limit, cursor = read_limit(params), params.get("cursor")
        if query := params.get("q", "").strip():
            # A search is ranked, so its pages are parts of one short list.
            ranked = search_series(rows, query[:MAX_QUERY_LENGTH])[:MAX_SEARCH_RESULTS]
            found, after = page_of(list(ranked), cursor=cursor, limit=limit)
        else:
            found, after = page_newest(rows, cursor=cursor, limit=limit)
        return respond_page(SeriesCard, present_series_cards(found).values(), after)

    @extend_schema(request=SeriesWriteSerializer, responses={201: serializer_of(StudioSeries)})
    def post(self, request: Request) -> Response:
        fields = validated(SeriesWriteSerializer(data=request.data))
        series = services.create_series(creator=account_of(request), **fields)
        return respond(present_studio_series(series, previewer_of(request)), status=201)


class SeriesView(APIView):
    """One series with its shown episodes; its creator may change it."""

    def get_permissions(self) -> list[BasePermission]:
        return [(requires("catalog.make_series") if self.request.method == "PATCH" else AllowAny)()]

    @extend_schema(responses=serializer_of(SeriesDetail))
    def get(self, request: Request, series_id: UUID) -> Response:
        series = selectors.find_published_series(series_id)
        return respond(present_series_detail(series, selectors.list_published_episodes(series)))

    @extend_schema(request=SeriesChangeSerializer, responses=serializer_of(StudioSeries))
    def patch(self, request: Request, series_id: UUID) -> Response:
        series = find_own_series(request, series_id)
        fields = validated(SeriesChangeSerializer(data=request.data))
        series = services.update_series(series=series, **fields)
        return respond(present_studio_series(series, previewer_of(request)))


class EpisodeView(APIView):
    """One shown episode; its creator may retitle it."""

    def get_permissions(self) -> list[BasePermission]:
        return [(requires("catalog.make_series") if self.request.method == "PATCH" else AllowAny)()]

    @extend_schema(responses=serializer_of(EpisodeCard))
    def get(self, request: Request, episode_id: UUID) -> Response:
        published = selectors.find_published_episode(episode_id)
        return respond(present_episode_cards([published])[episode_id])

    @extend_schema(request=EpisodeWriteSerializer, responses={204: None})
    def patch(self, request: Request, episode_id: UUID) -> Response:
        episode = find_own_episode(request, episode_id)
        fields = validated(EpisodeWriteSerializer(data=request.data))
        services.update_episode(episode=episode, title=fields["title"])
        return Response(status=204)


class PlaybackView(APIView):
    """How to play an episode this moment; 404 once the gate has closed."""

    permission_classes = [AllowAny]

    @extend_schema(responses=serializer_of(Playback))
    def get(self, request: Request, episode_id: UUID) -> Response:
        published = selectors.find_published_episode(episode_id)
        return respond(present_playbacks([published])[episode_id])


class NextEpisodeView(APIView):
    """The episode that follows, when there is one way on; 204 when there is a choice or the end."""

    permission_classes = [AllowAny]

    @extend_schema(responses={200: serializer_of(NextEpisode), 204: None})
    def get(self, request: Request, episode_id: UUID) -> Response:
        published = selectors.find_published_episode(episode_id)
        following = selectors.get_next_published(published.episode)
        if following is None:
            return Response(status=204)
        return respond(present_next_episode(following))


class CollectionListView(APIView):
    """The shelves of the theatre, without those that are empty."""

    permission_classes = [AllowAny]

    @extend_schema(responses=serializer_of(CollectionShelf)(many=True))
    def get(self, request: Request) -> Response:
        series = Prefetch(
            "series", queryset=selectors.published_series().order_by("collectionitem__position")
        )
        collections = Collection.objects.prefetch_related(series)
        return respond_list(CollectionShelf, present_collections(collections))
