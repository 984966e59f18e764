"""Writing rooms over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.accounts.models import User
from huaben.catalog.models import Series
from huaben.core.access import find_allowed, requires
from huaben.core.idempotency import (
    IDEMPOTENCY_KEY_PARAMETER,
    StatusAndBody,
    idempotency_key_of,
    run_idempotently,
)
from huaben.core.pagination import page_newest, read_limit
from huaben.core.responses import page_serializer, respond, respond_page, serializer_of
from huaben.core.serializers import validated
from huaben.core.types import JsonObject

from .. import services
from ..models import Version, WritingRoom
from ..presenters import (
    BookVersion,
    BookVersionText,
    StartedProject,
    WritingRoomCard,
    WritingRoomDetail,
    present_version,
    present_version_text,
    present_writing_room,
    present_writing_room_card,
)
from ..selectors import writing_rooms as selectors
from ..serializers import EpisodeIdeaSerializer, InviteSerializer, VersionWriteSerializer

PAGE_PARAMETERS = [OpenApiParameter("cursor"), OpenApiParameter("limit", int)]
WRITE, MANAGE = "cocreation.write", "cocreation.manage_writing_room"


class WritingRoomListView(APIView):
    """The rooms in which one writes, newest first."""

    permission_classes = [requires("cocreation.use_writing_rooms")]

    @extend_schema(responses=page_serializer(WritingRoomCard), parameters=PAGE_PARAMETERS)
    def get(self, request: Request) -> Response:
        params = request.query_params
        rooms, next_cursor = page_newest(
            selectors.list_writing_rooms(writer=cast(User, request.user)),
            cursor=params.get("cursor"),
            limit=read_limit(params),
        )
        return respond_page(WritingRoomCard, map(present_writing_room_card, rooms), next_cursor)


class SeriesWritingRoomView(APIView):
    """The writing room of a series, for those who write there; its maker opens it."""

    permission_classes = [requires("cocreation.use_writing_rooms")]

    @extend_schema(responses=serializer_of(WritingRoomDetail))
    def get(self, request: Request, series_id: UUID) -> Response:
        rows = WritingRoom.objects.select_related("series__creator")
        room = find_allowed(rows, request.user, WRITE, series_id=series_id)
        return respond(present_writing_room(room, request.user))

    @extend_schema(request=None, responses=serializer_of(WritingRoomDetail))
    def post(self, request: Request, series_id: UUID) -> Response:
        rows = Series.objects.select_related("creator")
        series = find_allowed(rows, request.user, "catalog.change_series", pk=series_id)
        room = services.get_or_create_writing_room(series=series)
        return respond(present_writing_room(room, request.user))


class WriterListView(APIView):
    """Lets somebody in."""

    permission_classes = [requires("cocreation.use_writing_rooms")]

    @extend_schema(request=InviteSerializer, responses=serializer_of(WritingRoomDetail))
    def post(self, request: Request, room_id: UUID) -> Response:
        room = _find_writing_room(request, room_id, MANAGE)
        fields = validated(InviteSerializer(data=request.data))
        services.invite_writer(room=room, by=cast(User, request.user), handle=fields["handle"])
        return respond(present_writing_room(room, request.user))


class WriterView(APIView):
    """Shows somebody out, or leaves."""

    permission_classes = [requires("cocreation.use_writing_rooms")]

    @extend_schema(responses={204: None})
    def delete(self, request: Request, room_id: UUID, user_id: UUID) -> Response:
        policy = WRITE if user_id == request.user.pk else MANAGE
        room = _find_writing_room(request, room_id, policy)
        services.remove_writer(room=room, user_id=user_id)
        return Response(status=204)


class VersionListView(APIView):
    """The marked versions of a book, newest first; or marks one."""

    permission_classes = [requires("cocreation.use_writing_rooms")]

    @extend_schema(responses=page_serializer(BookVersion), parameters=PAGE_PARAMETERS)
    def get(self, request: Request, room_id: UUID) -> Response:
        params = request.query_params
        versions, next_cursor = page_newest(
            selectors.list_versions(_find_writing_room(request, room_id)),
            cursor=params.get("cursor"),
            limit=read_limit(params),
        )
        return respond_page(BookVersion, map(present_version, versions), next_cursor)

    @extend_schema(
        request=VersionWriteSerializer,
        responses={201: serializer_of(BookVersion)},
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, room_id: UUID) -> Response:
        room = _find_writing_room(request, room_id)
        fields = validated(VersionWriteSerializer(data=request.data))

        def mark() -> StatusAndBody:
            version = services.mark_version(
                room=room, by=cast(User, request.user), name=fields["name"]
            )
            return 201, {"version_id": str(version.pk)}

        status, marked = _run_once(request, f"version:{room_id}", fields, mark)
        version = _find_version(request, room_id, UUID(marked["version_id"]))
        return respond(present_version(version), status=status)


class VersionView(APIView):
    """One marked version with its text."""

    permission_classes = [requires("cocreation.use_writing_rooms")]

    @extend_schema(responses=serializer_of(BookVersionText))
    def get(self, request: Request, room_id: UUID, version_id: UUID) -> Response:
        return respond(present_version_text(_find_version(request, room_id, version_id)))


class VersionRestoreView(APIView):
    """Goes back to a marked version."""

    permission_classes = [requires("cocreation.use_writing_rooms")]

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, room_id: UUID, version_id: UUID) -> Response:
        version = _find_version(request, room_id, version_id)
        services.restore_version(version=version, by=cast(User, request.user))
        return Response(status=204)


class WritingRoomProjectView(APIView):
    """Begins an episode with what was written."""

    permission_classes = [requires("cocreation.use_writing_rooms")]

    @extend_schema(
        request=EpisodeIdeaSerializer,
        responses={201: serializer_of(StartedProject)},
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, room_id: UUID) -> Response:
        room = _find_writing_room(request, room_id, MANAGE)
        fields = validated(EpisodeIdeaSerializer(data=request.data))

        def start() -> StatusAndBody:
            project = services.start_project(room=room, by=cast(User, request.user), **fields)
            return 201, {"project_id": str(project.pk)}

        status, started = _run_once(request, f"room_project:{room_id}", fields, start)
        return respond(StartedProject(UUID(started["project_id"])), status=status)


def _find_writing_room(request: Request, room_id: UUID, policy: str = WRITE) -> WritingRoom:
    rows = WritingRoom.objects.select_related("series__creator")
    return find_allowed(rows, request.user, policy, pk=room_id)


def _find_version(request: Request, room_id: UUID, version_id: UUID) -> Version:
    return selectors.find_version(_find_writing_room(request, room_id), version_id)


def _run_once(
    request: Request, action: str, fields: JsonObject, act: Callable[[], StatusAndBody]
) -> StatusAndBody:
    """Act once for each Idempotency-Key, where the client sends one."""
    return run_idempotently(
        scope=f"{action}:{request.user.pk}",
        key=idempotency_key_of(request),
        request=fields,
        act=act,
    )
