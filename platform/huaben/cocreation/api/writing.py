"""Writing rooms over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.accounts.models import User
from huaben.catalog.models import Series
from huaben.catalog.serializers import PersonSerializer
from huaben.core.access import find_allowed, requires
from huaben.core.idempotency import (
    IDEMPOTENCY_KEY_PARAMETER,
    StatusAndBody,
    idempotency_key_of,
    run_idempotently,
)
from huaben.core.pagination import page_newest, read_limit
from huaben.core.problems import NotFound
from huaben.core.responses import page_serializer
from huaben.core.types import JsonObject

from .. import services
from ..models import Version, WritingRoom
from ..selectors import writing as selectors

PAGED = [OpenApiParameter("cursor"), OpenApiParameter("limit", int)]


class SeriesLineSerializer(serializers.Serializer):
    """The series of a room, shown or not."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    language = serializers.ChoiceField(["zh", "en"])


class WritingRoomCardSerializer(serializers.Serializer):
    """A room in which one writes, in a list."""

    id = serializers.UUIDField()
    series = SeriesLineSerializer()
    maker = PersonSerializer()
    writers = serializers.IntegerField()
    changed_at = serializers.DateTimeField()


class WriterSerializer(serializers.Serializer):
    """Somebody who writes in a room."""

    person = PersonSerializer()
    maker = serializers.BooleanField()
    wrote = serializers.BooleanField(help_text="At least one edit of theirs is in the book.")
    joined_at = serializers.DateTimeField()


class WritingRoomSerializer(serializers.Serializer):
    """A room as its page shows it; the text comes over ``/ws/writing/{id}/``."""

    id = serializers.UUIDField()
    series = SeriesLineSerializer()
    keeps = serializers.BooleanField(
        help_text="Whether one may let others in, and begin an episode."
    )
    writers = WriterSerializer(many=True)
    text_most = serializers.IntegerField()


class InviteSerializer(serializers.Serializer):
    """Whom to let in."""

    handle = serializers.CharField(max_length=41)


class VersionSerializer(serializers.Serializer):
    """A marked version in a list."""

    id = serializers.UUIDField()
    name = serializers.CharField(allow_blank=True)
    before = serializers.CharField(
        allow_null=True,
        allow_blank=True,
        help_text="Kept by itself before going back to the version of this name.",
    )
    by = PersonSerializer(allow_null=True)
    created_at = serializers.DateTimeField()


class VersionTextSerializer(VersionSerializer):
    """A marked version with its text."""

    text = serializers.CharField()


class VersionWriteSerializer(serializers.Serializer):
    """The name of a version to mark."""

    name = serializers.CharField(max_length=40)


class EpisodeIdeaSerializer(serializers.Serializer):
    """What to begin an episode with: nothing for the whole text, or a part of it."""

    idea = serializers.CharField(required=False, allow_blank=True, max_length=2000)
    seconds = serializers.IntegerField(min_value=24, max_value=120, default=60)


class BegunSerializer(serializers.Serializer):
    """The studio's project that has begun."""

    project_id = serializers.UUIDField()


def find_room(request: Request, room_id: UUID, policy: str = "cocreation.write") -> WritingRoom:
    """A room of one's own, or NotFound."""
    return find_allowed(
        WritingRoom.objects.select_related("series__creator"), request.user, policy, pk=room_id
    )


def _find_version(request: Request, room_id: UUID, version_id: UUID) -> Version:
    room = find_room(request, room_id)
    version = (
        Version.objects.filter(room=room, pk=version_id).select_related("by", "before").first()
    )
    if version is None:
        raise NotFound
    return version


class WritingRoomListView(APIView):
    """The rooms in which one writes, newest first."""

    permission_classes = [requires("cocreation.use_rooms")]

    @extend_schema(responses=page_serializer(WritingRoomCardSerializer), parameters=PAGED)
    def get(self, request: Request) -> Response:
        params = request.query_params
        found, after = page_newest(
            selectors.rooms_of(request.user), cursor=params.get("cursor"), limit=read_limit(params)
        )
        results = WritingRoomCardSerializer(
            [selectors.room_card(room) for room in found], many=True
        ).data
        return Response({"results": results, "next_cursor": after})


class SeriesWritingView(APIView):
    """The writing room of a series, for those who write there; its maker opens it."""

    permission_classes = [requires("cocreation.use_rooms")]

    @extend_schema(responses=WritingRoomSerializer)
    def get(self, request: Request, series_id: UUID) -> Response:
        rows = WritingRoom.objects.select_related("series__creator")
        room = find_allowed(rows, request.user, "cocreation.write", series_id=series_id)
        return Response(WritingRoomSerializer(selectors.room_view(room, request.user)).data)

    @extend_schema(request=None, responses=WritingRoomSerializer)
    def post(self, request: Request, series_id: UUID) -> Response:
        rows = Series.objects.select_related("creator")
        series = find_allowed(rows, request.user, "catalog.change_series", pk=series_id)
        room = services.open_room(series=series)
        return Response(WritingRoomSerializer(selectors.room_view(room, request.user)).data)


class WriterListView(APIView):
    """Lets somebody in."""

    permission_classes = [requires("cocreation.use_rooms")]

    @extend_schema(request=InviteSerializer, responses=WritingRoomSerializer)
    def post(self, request: Request, room_id: UUID) -> Response:
        room = find_room(request, room_id, "cocreation.keep_room")
        given = InviteSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        services.invite_writer(room=room, by=request.user, handle=given.validated_data["handle"])
        return Response(WritingRoomSerializer(selectors.room_view(room, request.user)).data)


class WriterView(APIView):
    """Shows somebody out, or leaves."""

    permission_classes = [requires("cocreation.use_rooms")]

    @extend_schema(responses={204: None})
    def delete(self, request: Request, room_id: UUID, user_id: UUID) -> Response:
        policy = "cocreation.write" if user_id == request.user.pk else "cocreation.keep_room"
        services.remove_writer(room=find_room(request, room_id, policy), user_id=user_id)
        return Response(status=204)


class VersionListView(APIView):
    """The marked versions of a book, newest first; or marks one."""

    permission_classes = [requires("cocreation.use_rooms")]

    @extend_schema(responses=page_serializer(VersionSerializer), parameters=PAGED)
    def get(self, request: Request, room_id: UUID) -> Response:
        params = request.query_params
        found, after = page_newest(
            selectors.versions_of(find_room(request, room_id)),
            cursor=params.get("cursor"),
            limit=read_limit(params),
        )
        results = VersionSerializer(
            [selectors.version_card(version) for version in found], many=True
        ).data
        return Response({"results": results, "next_cursor": after})

    @extend_schema(
        request=VersionWriteSerializer,
        responses={201: VersionSerializer},
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, room_id: UUID) -> Response:
        room = find_room(request, room_id)
        given = VersionWriteSerializer(data=request.data)
        given.is_valid(raise_exception=True)

        def act() -> StatusAndBody:
            version = services.mark_version(
                room=room, by=request.user, name=given.validated_data["name"]
            )
            return 201, {"version_id": str(version.pk)}

        status, kept = _once(request, f"version:{room_id}", given.validated_data, act)
        version = _find_version(request, room_id, UUID(kept["version_id"]))
        return Response(VersionSerializer(selectors.version_card(version)).data, status=status)


class VersionView(APIView):
    """One marked version with its text."""

    permission_classes = [requires("cocreation.use_rooms")]

    @extend_schema(responses=VersionTextSerializer)
    def get(self, request: Request, room_id: UUID, version_id: UUID) -> Response:
        version = _find_version(request, room_id, version_id)
        body = {**selectors.version_card(version), "text": version.text}
        return Response(VersionTextSerializer(body).data)


class VersionRestoreView(APIView):
    """Goes back to a marked version."""

    permission_classes = [requires("cocreation.use_rooms")]

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, room_id: UUID, version_id: UUID) -> Response:
        services.restore_version(
            version=_find_version(request, room_id, version_id), by=request.user
        )
        return Response(status=204)


class RoomProjectView(APIView):
    """Begins an episode with what was written."""

    permission_classes = [requires("cocreation.use_rooms")]

    @extend_schema(
        request=EpisodeIdeaSerializer,
        responses={201: BegunSerializer},
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, room_id: UUID) -> Response:
        room = find_room(request, room_id, "cocreation.keep_room")
        given = EpisodeIdeaSerializer(data=request.data)
        given.is_valid(raise_exception=True)

        def act() -> StatusAndBody:
            project = services.begin_episode(
                room=room, by=cast(User, request.user), **given.validated_data
            )
            return 201, {"project_id": str(project.pk)}

        status, kept = _once(request, f"room_project:{room_id}", given.validated_data, act)
        return Response(BegunSerializer(kept).data, status=status)


def _once(
    request: Request, act_name: str, facts: JsonObject, act: Callable[[], StatusAndBody]
) -> StatusAndBody:
    """The act, once for each Idempotency-Key where the client sends one."""
    return run_idempotently(
        scope=f"{act_name}:{request.user.pk}",
        key=idempotency_key_of(request),
        request=facts,
        act=act,
    )
