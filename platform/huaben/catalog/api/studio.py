"""What creators do with their own series, and what they and staff see of a Cut."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.core.access import find_allowed, requires
from huaben.core.idempotency import IDEMPOTENCY_KEY_PARAMETER, idempotency_key_of, run_idempotently
from huaben.core.pagination import PAGE_PARAMETERS, page_newest, read_limit
from huaben.core.responses import page_serializer, respond, respond_page, serializer_of
from huaben.core.serializers import validated
from huaben.media.playback import previewer_of
from huaben.media.services import claim_upload

from .. import services
from ..models import Cut, Episode, Series, WordsRevision
from ..presenters import (
    GateChecklist,
    SeriesCard,
    StoryGraph,
    StudioCut,
    StudioEpisode,
    StudioSeries,
    WordsVersion,
    present_choice,
    present_cut,
    present_gate,
    present_new_episode,
    present_series_cards,
    present_studio_series,
    present_words_version,
)
from ..serializers import (
    CutWriteSerializer,
    EpisodeWriteSerializer,
    StoryGraphWriteSerializer,
)


def find_own_series(request: Request, series_id: UUID) -> Series:
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
        responses=page_serializer(SeriesCard),
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
        return respond_page(SeriesCard, present_series_cards(found).values(), after)


class StudioSeriesView(APIView):
    """One of one's own series with every version of every episode."""

    permission_classes = [requires("catalog.use_studio")]

    @extend_schema(responses=serializer_of(StudioSeries))
    def get(self, request: Request, series_id: UUID) -> Response:
        series = find_own_series(request, series_id)
        return respond(present_studio_series(series, previewer_of(request)))


class StudioWordsListView(APIView):
    """Every revision of the words of one of one's own series, newest first."""

    permission_classes = [requires("catalog.use_studio")]

    @extend_schema(responses=page_serializer(WordsVersion), parameters=PAGE_PARAMETERS)
    def get(self, request: Request, series_id: UUID) -> Response:
        series, params = find_own_series(request, series_id), request.query_params
        found, after = page_newest(
            series.words_revisions.all(),
            cursor=params.get("cursor"),
            limit=read_limit(params),
        )
        return respond_page(WordsVersion, map(present_words_version, found), after)


class StudioWordsWithdrawView(APIView):
    """Takes new words back before they are cleared; those on stage stay."""

    permission_classes = [requires("catalog.make_series")]

    @extend_schema(request=None, responses=serializer_of(WordsVersion))
    def post(self, request: Request, revision_id: UUID) -> Response:
        rows = WordsRevision.objects.select_related("series__creator")
        revision = find_allowed(rows, request.user, "catalog.change_series", pk=revision_id)
        revision = services.withdraw_revision(revision_id=revision.pk)
        return respond(present_words_version(revision))


class EpisodeListView(APIView):
    """Adds an episode."""

    permission_classes = [requires("catalog.make_series")]

    @extend_schema(request=EpisodeWriteSerializer, responses={201: serializer_of(StudioEpisode)})
    def post(self, request: Request, series_id: UUID) -> Response:
        series = find_own_series(request, series_id)
        fields = validated(EpisodeWriteSerializer(data=request.data))
        episode = services.create_episode(series=series, title=fields["title"])
        return respond(present_new_episode(episode), status=201)


class GraphView(APIView):
    """The story graph as its author reads and writes it, as a whole."""

    permission_classes = [requires("catalog.make_series")]

    @extend_schema(responses=serializer_of(StoryGraph))
    def get(self, request: Request, series_id: UUID) -> Response:
        series = find_own_series(request, series_id)
        return respond(StoryGraph([present_choice(choice) for choice in series.choices.all()]))

    @extend_schema(request=StoryGraphWriteSerializer, responses=serializer_of(StoryGraph))
    def put(self, request: Request, series_id: UUID) -> Response:
        series = find_own_series(request, series_id)
        fields = validated(StoryGraphWriteSerializer(data=request.data))
        choices = services.replace_graph(series=series, choices=fields["choices"])
        return respond(StoryGraph([present_choice(choice) for choice in choices]))


class CutListView(APIView):
    """Makes a Cut of a finished upload; with an Idempotency-Key, once however often it is sent."""

    permission_classes = [requires("catalog.make_series")]

    @extend_schema(
        request=CutWriteSerializer,
        responses={201: serializer_of(StudioCut)},
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, episode_id: UUID) -> Response:
        episode = find_own_episode(request, episode_id)
        fields = validated(CutWriteSerializer(data=request.data))
        upload_id = fields["upload_id"]

        def create() -> tuple[int, dict[str, str]]:
            asset = claim_upload(upload_id=upload_id, owner=request.user)
            cut = services.create_cut(
                episode=episode,
                source=asset,
                origin=Cut.Origin.UPLOADED,
                declaration=fields["ai_declaration"],
            )
            return 201, {"cut_id": str(cut.pk)}

        # An upload becomes a Cut once, so its id will do where the client sends no key of its own.
        key = idempotency_key_of(request) or str(upload_id)
        status, stored = run_idempotently(
            scope=f"cut:{request.user.pk}",
            key=key,
            request={"episode": str(episode_id), **fields},
            act=create,
        )
        cut = find_cut(request, UUID(stored["cut_id"]))
        return respond(present_cut(cut, previewer_of(request)), status=status)


class CutView(APIView):
    """One version of an episode, for its creator and for staff."""

    permission_classes = [requires("catalog.use_unshown")]

    @extend_schema(responses=serializer_of(StudioCut))
    def get(self, request: Request, cut_id: UUID) -> Response:
        return respond(present_cut(find_cut(request, cut_id), previewer_of(request)))


class GateView(APIView):
    """The gate's checklist of one Cut."""

    permission_classes = [requires("catalog.use_unshown")]

    @extend_schema(responses=serializer_of(GateChecklist))
    def get(self, request: Request, cut_id: UUID) -> Response:
        return respond(present_gate(find_cut(request, cut_id)))
