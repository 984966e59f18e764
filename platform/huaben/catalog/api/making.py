"""What creators do with their own series, and what they and staff see of a Cut."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.core.access import find_allowed, requires
from huaben.core.idempotency import IDEMPOTENCY_KEY_PARAMETER, idempotency_key_of, run_idempotently
from huaben.core.pagination import page_newest, read_limit
from huaben.core.responses import page_serializer
from huaben.media.services import take_upload

from .. import selectors, serializers, services
from ..gate import checklist
from ..making import cut_view, studio_series
from ..models import Cut, Episode, Series


def find_own(request: Request, series_id: UUID) -> Series:
    """One's own series, or NotFound."""
    return find_allowed(
        Series.objects.select_related("creator"),
        request.user,
        "catalog.change_series",
        pk=series_id,
    )


def find_own_episode(request: Request, episode_id: UUID) -> Episode:
    """An episode of one's own series, or NotFound."""
    return find_allowed(
        Episode.objects.select_related("series__creator"),
        request.user,
        "catalog.change_series",
        pk=episode_id,
    )


def find_cut(request: Request, cut_id: UUID) -> Cut:
    """A Cut that is one's own or that one's office may see, or NotFound."""
    rows = Cut.objects.select_related("source", "asset", "episode__series")
    return find_allowed(rows, request.user, "catalog.view_unshown", pk=cut_id)


class StudioSeriesListView(APIView):
    """One's own series, newest first."""

    permission_classes = [requires("catalog.use_studio")]

    @extend_schema(
        responses=page_serializer(serializers.SeriesCardSerializer),
        parameters=[OpenApiParameter("cursor"), OpenApiParameter("limit", int)],
    )
    def get(self, request: Request) -> Response:
        rows = (
            Series.objects.filter(creator_id=request.user.pk)
            .select_related("creator")
            .prefetch_related("genres")
        )
        params = request.query_params
        found, after = page_newest(rows, cursor=params.get("cursor"), limit=read_limit(params))
        cards = selectors.series_cards(found)
        results = serializers.SeriesCardSerializer([cards[one.pk] for one in found], many=True).data
        return Response({"results": results, "next_cursor": after})


class StudioSeriesView(APIView):
    """One of one's own series with every version of every episode."""

    permission_classes = [requires("catalog.use_studio")]

    @extend_schema(responses=serializers.StudioSeriesSerializer)
    def get(self, request: Request, series_id: UUID) -> Response:
        series = find_own(request, series_id)
        return Response(
            serializers.StudioSeriesSerializer(studio_series(series, request.user)).data
        )


class EpisodeListView(APIView):
    """Adds an episode."""

    permission_classes = [requires("catalog.make_series")]

    @extend_schema(
        request=serializers.EpisodeWriteSerializer,
        responses={201: serializers.StudioEpisodeSerializer},
    )
    def post(self, request: Request, series_id: UUID) -> Response:
        series = find_own(request, series_id)
        given = serializers.EpisodeWriteSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        episode = services.create_episode(series=series, title=given.validated_data["title"])
        body = {"id": episode.pk, "number": episode.number, "title": episode.title, "cuts": []}
        return Response(serializers.StudioEpisodeSerializer(body).data, status=201)


class GraphView(APIView):
    """The story graph as its author reads and writes it, as a whole."""

    permission_classes = [requires("catalog.make_series")]

    @extend_schema(responses=serializers.GraphSerializer)
    def get(self, request: Request, series_id: UUID) -> Response:
        series = find_own(request, series_id)
        return Response(serializers.GraphSerializer({"choices": list(series.choices.all())}).data)

    @extend_schema(request=serializers.GraphSerializer, responses=serializers.GraphSerializer)
    def put(self, request: Request, series_id: UUID) -> Response:
        series = find_own(request, series_id)
        given = serializers.GraphSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        choices = services.replace_graph(series=series, choices=given.validated_data["choices"])
        return Response(serializers.GraphSerializer({"choices": choices}).data)


class CutListView(APIView):
    """Makes a Cut of a finished upload; with an Idempotency-Key, once however often it is sent."""

    permission_classes = [requires("catalog.make_series")]

    @extend_schema(
        request=serializers.CutWriteSerializer,
        responses={201: serializers.CutSerializer},
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, episode_id: UUID) -> Response:
        episode = find_own_episode(request, episode_id)
        given = serializers.CutWriteSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        upload_id = given.validated_data["upload_id"]

        def act() -> tuple[int, dict[str, str]]:
            asset = take_upload(upload_id=upload_id, owner=request.user)
            cut = services.create_cut(
                episode=episode,
                source=asset,
                origin=Cut.Origin.UPLOADED,
                declaration=given.validated_data["ai_declaration"],
            )
            return 201, {"cut_id": str(cut.pk)}

        # An upload becomes a Cut once, so its id will do where the client sends no key of its own.
        key = idempotency_key_of(request) or str(upload_id)
        status, kept = run_idempotently(
            scope=f"cut:{request.user.pk}",
            key=key,
            request={"episode": str(episode_id), **given.validated_data},
            act=act,
        )
        cut = find_cut(request, UUID(kept["cut_id"]))
        return Response(serializers.CutSerializer(cut_view(cut, request.user)).data, status=status)


class CutView(APIView):
    """One version of an episode, for its creator and for staff."""

    permission_classes = [requires("catalog.use_unshown")]

    @extend_schema(responses=serializers.CutSerializer)
    def get(self, request: Request, cut_id: UUID) -> Response:
        return Response(
            serializers.CutSerializer(cut_view(find_cut(request, cut_id), request.user)).data
        )


class GateView(APIView):
    """The gate's checklist of one Cut."""

    permission_classes = [requires("catalog.use_unshown")]

    @extend_schema(responses=serializers.GateSerializer)
    def get(self, request: Request, cut_id: UUID) -> Response:
        return Response(serializers.GateSerializer(checklist(find_cut(request, cut_id))).data)
