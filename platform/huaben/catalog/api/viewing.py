"""What everyone sees: series, episodes and how to play them, all through the gate."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.core.access import requires
from huaben.core.pagination import page_newest, page_of, read_limit
from huaben.core.problems import NotFound
from huaben.core.responses import page_serializer

from .. import selectors, serializers, services
from ..making import studio_series
from ..models import Collection, Genre
from ..search import search_series
from .making import find_own, find_own_episode


class GenreListView(APIView):
    """Every genre, in order."""

    permission_classes = [AllowAny]

    @extend_schema(responses=serializers.GenreSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response([selectors.genre_card(genre) for genre in Genre.objects.all()])


class SeriesListView(APIView):
    """The theatre: browse and search; or make a series."""

    def get_permissions(self) -> list[BasePermission]:
        return [(requires("catalog.make_series") if self.request.method == "POST" else AllowAny)()]

    @extend_schema(
        responses=page_serializer(serializers.SeriesCardSerializer),
        parameters=[
            OpenApiParameter("q", description="Words of the title, synopsis, genre or creator."),
            OpenApiParameter("genre"),
            OpenApiParameter("cursor"),
            OpenApiParameter("limit", int),
        ],
    )
    def get(self, request: Request) -> Response:
        params = request.query_params
        rows = selectors.shown_series()
        if genre := params.get("genre"):
            rows = rows.filter(genres__slug=genre)
        limit, cursor = read_limit(params), params.get("cursor")
        if query := params.get("q", "").strip():
            # A search is ranked, so its pages are parts of one short list.
            found, after = page_of(
                list(search_series(rows, query[:100])[:200]), cursor=cursor, limit=limit
            )
        else:
            found, after = page_newest(rows, cursor=cursor, limit=limit)
        cards = selectors.series_cards(found)
        return Response(
            _render_page(serializers.SeriesCardSerializer, [cards[one.pk] for one in found], after)
        )

    @extend_schema(
        request=serializers.SeriesWriteSerializer,
        responses={201: serializers.StudioSeriesSerializer},
    )
    def post(self, request: Request) -> Response:
        given = serializers.SeriesWriteSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        series = services.create_series(creator=request.user, **given.validated_data)
        return Response(
            serializers.StudioSeriesSerializer(studio_series(series, request.user)).data, status=201
        )


class SeriesView(APIView):
    """One series with its shown episodes; its creator may change it."""

    def get_permissions(self) -> list[BasePermission]:
        return [(requires("catalog.make_series") if self.request.method == "PATCH" else AllowAny)()]

    @extend_schema(responses=serializers.SeriesDetailSerializer)
    def get(self, request: Request, series_id: UUID) -> Response:
        series = selectors.shown_series().filter(pk=series_id).first()
        if series is None:
            raise NotFound
        shown = selectors.episodes_shown_of(series)
        episodes = selectors.episode_cards(shown)
        choices = [
            c
            for c in series.choices.all()
            if c.from_episode_id in episodes and c.to_episode_id in episodes
        ]
        body = {
            **selectors.series_cards([series])[series.pk],
            "episodes": list(episodes.values()),
            "choices": choices,
        }
        return Response(serializers.SeriesDetailSerializer(body).data)

    @extend_schema(
        request=serializers.SeriesChangeSerializer, responses=serializers.StudioSeriesSerializer
    )
    def patch(self, request: Request, series_id: UUID) -> Response:
        series = find_own(request, series_id)
        given = serializers.SeriesChangeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        series = services.update_series(series=series, **given.validated_data)
        return Response(
            serializers.StudioSeriesSerializer(studio_series(series, request.user)).data
        )


class EpisodeView(APIView):
    """One shown episode; its creator may retitle it."""

    def get_permissions(self) -> list[BasePermission]:
        return [(requires("catalog.make_series") if self.request.method == "PATCH" else AllowAny)()]

    @extend_schema(responses=serializers.EpisodeCardSerializer)
    def get(self, request: Request, episode_id: UUID) -> Response:
        shown = _shown(episode_id)
        card = selectors.episode_cards([shown])[episode_id]
        return Response(serializers.EpisodeCardSerializer(card).data)

    @extend_schema(request=serializers.EpisodeWriteSerializer, responses={204: None})
    def patch(self, request: Request, episode_id: UUID) -> Response:
        episode = find_own_episode(request, episode_id)
        given = serializers.EpisodeWriteSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        services.update_episode(episode=episode, title=given.validated_data["title"])
        return Response(status=204)


class PlaybackView(APIView):
    """How to play an episode this moment; 404 once the gate has closed."""

    permission_classes = [AllowAny]

    @extend_schema(responses=serializers.PlaybackSerializer)
    def get(self, request: Request, episode_id: UUID) -> Response:
        card = selectors.playback_cards([_shown(episode_id)])[episode_id]
        return Response(serializers.PlaybackSerializer(card).data)


class NextView(APIView):
    """The episode that follows, when there is one way on; 204 when there is a choice or the end."""

    permission_classes = [AllowAny]

    @extend_schema(responses={200: serializers.NextSerializer, 204: None})
    def get(self, request: Request, episode_id: UUID) -> Response:
        following = selectors.next_shown(_shown(episode_id).episode)
        if following is None:
            return Response(status=204)
        key = following.episode.pk
        body = {
            "episode": selectors.episode_cards([following])[key],
            "playback": selectors.playback_cards([following])[key],
        }
        return Response(serializers.NextSerializer(body).data)


class CollectionListView(APIView):
    """The shelves of the theatre, without those that are empty."""

    permission_classes = [AllowAny]

    @extend_schema(responses=serializers.CollectionSerializer(many=True))
    def get(self, request: Request) -> Response:
        shelf = Prefetch(
            "series", queryset=selectors.shown_series().order_by("collectionitem__position")
        )
        shelves = list(Collection.objects.prefetch_related(shelf))
        cards = selectors.series_cards(
            list({one.pk: one for c in shelves for one in c.series.all()}.values())
        )
        body = [
            {
                "slug": c.slug,
                "title": {"zh": c.title_zh, "en": c.title_en},
                "series": [cards[one.pk] for one in c.series.all()],
            }
            for c in shelves
            if c.series.all()
        ]
        return Response(serializers.CollectionSerializer(body, many=True).data)


def _shown(episode_id: UUID) -> selectors.Shown:
    shown = selectors.shown_episodes([episode_id]).get(episode_id)
    if shown is None:
        raise NotFound
    return shown


def _render_page(serializer: Any, items: list[Any], after: str | None) -> dict[str, Any]:
    return {"results": serializer(items, many=True).data, "next_cursor": after}
