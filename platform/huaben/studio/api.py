"""The studio over HTTP."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.catalog.models import Series
from huaben.core.access import find_allowed, requires
from huaben.core.idempotency import IDEMPOTENCY_KEY_PARAMETER, idempotency_key_of, run_idempotently
from huaben.core.pagination import page_newest, read_limit
from huaben.core.problems import NotFound
from huaben.core.responses import page_serializer
from huaben.core.serializers import JobSerializer, LocalizedTextSerializer

from . import services
from .engine import store
from .models import Project
from .selectors import project_view


class ShotSerializer(serializers.Serializer):
    """A shot of the storyboard."""

    id = serializers.CharField()
    summary = serializers.CharField()
    framing = serializers.CharField()
    move = serializers.CharField()
    duration = serializers.FloatField(help_text="Seconds.")
    still_url = serializers.CharField(allow_null=True)
    state = serializers.ChoiceField(["waiting", "done"])


class StoryboardSerializer(serializers.Serializer):
    """The storyboard as a page shows it."""

    shots = ShotSerializer(many=True)


class ProjectSerializer(serializers.Serializer):
    """An idea on its way to an episode."""

    id = serializers.UUIDField()
    series_id = serializers.UUIDField(allow_null=True)
    episode_id = serializers.UUIDField(allow_null=True)
    cut_id = serializers.UUIDField(allow_null=True)
    idea = serializers.CharField()
    language = serializers.ChoiceField(["zh", "en"])
    seconds = serializers.IntegerField()
    seed = serializers.IntegerField()
    style = serializers.CharField()  # type: ignore[assignment]
    engine = LocalizedTextSerializer()
    understood = serializers.ListField(child=serializers.CharField())
    not_understood = serializers.ListField(child=serializers.CharField())
    stage = serializers.ChoiceField(Project.Stage.values)
    outline = serializers.DictField(allow_null=True)
    script = serializers.DictField(allow_null=True)
    storyboard = StoryboardSerializer(allow_null=True)
    job = JobSerializer(allow_null=True)
    created_at = serializers.DateTimeField()


class ProjectWriteSerializer(serializers.Serializer):
    """A new idea."""

    idea = serializers.CharField(max_length=2000)
    language = serializers.ChoiceField(["zh", "en"])
    seconds = serializers.IntegerField(min_value=24, max_value=120, default=60)
    seed = serializers.IntegerField(
        min_value=0, max_value=2**31 - 1, required=False, allow_null=True
    )
    style = serializers.ChoiceField(["ink"], default="ink")  # type: ignore[assignment]
    series_id = serializers.UUIDField(required=False, allow_null=True)


class OutlineWriteSerializer(serializers.Serializer):
    """An edited outline, whole."""

    outline = serializers.DictField()


class ScriptWriteSerializer(serializers.Serializer):
    """An edited script, whole."""

    script = serializers.DictField()


class AdvanceSerializer(serializers.Serializer):
    """Which step to start."""

    to = serializers.ChoiceField(["outline", "script", "storyboard", "render"])


class ProjectListView(APIView):
    """One's own projects; a new one begins with an idea."""

    permission_classes = [requires("studio.use_projects")]

    @extend_schema(
        responses=page_serializer(ProjectSerializer),
        parameters=[OpenApiParameter("cursor"), OpenApiParameter("limit", int)],
    )
    def get(self, request: Request) -> Response:
        rows = Project.objects.filter(owner_id=request.user.pk).select_related("job")
        params = request.query_params
        found, after = page_newest(rows, cursor=params.get("cursor"), limit=read_limit(params))
        return Response(
            {"results": [project_view(project) for project in found], "next_cursor": after}
        )

    @extend_schema(
        request=ProjectWriteSerializer,
        responses={201: ProjectSerializer},
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request) -> Response:
        given = ProjectWriteSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        facts: dict[str, Any] = dict(given.validated_data)
        series_id = facts.pop("series_id", None)
        series = None
        if series_id is not None:
            series = find_allowed(
                Series.objects.all(), request.user, "catalog.change_series", pk=series_id
            )

        def act() -> tuple[int, Any]:
            project = services.create_project(owner=request.user, series=series, **facts)
            return 201, {"project_id": str(project.pk)}

        status, kept = run_idempotently(
            scope=f"project:{request.user.pk}",
            key=idempotency_key_of(request),
            request=given.validated_data,
            act=act,
        )
        return Response(project_view(_own(request, UUID(kept["project_id"]))), status=status)


class ProjectView(APIView):
    """One of one's own projects."""

    permission_classes = [requires("studio.use_projects")]

    @extend_schema(responses=ProjectSerializer)
    def get(self, request: Request, project_id: UUID) -> Response:
        return Response(project_view(_own(request, project_id)))


class ProjectOutlineView(APIView):
    """Replaces the outline."""

    permission_classes = [requires("studio.use_projects")]

    @extend_schema(request=OutlineWriteSerializer, responses=ProjectSerializer)
    def put(self, request: Request, project_id: UUID) -> Response:
        given = OutlineWriteSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        project = services.set_outline(
            project=_own(request, project_id), outline=given.validated_data["outline"]
        )
        return Response(project_view(project))


class ProjectScriptView(APIView):
    """Replaces the script."""

    permission_classes = [requires("studio.use_projects")]

    @extend_schema(request=ScriptWriteSerializer, responses=ProjectSerializer)
    def put(self, request: Request, project_id: UUID) -> Response:
        given = ScriptWriteSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        project = services.set_script(
            project=_own(request, project_id), script=given.validated_data["script"]
        )
        return Response(project_view(project))


class ProjectAdvanceView(APIView):
    """Starts the next step."""

    permission_classes = [requires("studio.use_projects")]

    @extend_schema(request=AdvanceSerializer, responses=ProjectSerializer)
    def post(self, request: Request, project_id: UUID) -> Response:
        given = AdvanceSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        project = services.advance_project(
            project=_own(request, project_id), to=given.validated_data["to"]
        )
        return Response(project_view(project))


class StillView(APIView):
    """The picture of one shot."""

    permission_classes = [requires("studio.use_projects")]

    @extend_schema(responses={(200, "image/jpeg"): OpenApiTypes.BINARY})
    def get(self, request: Request, project_id: UUID, number: int) -> FileResponse:
        shots = _own(request, project_id).shots
        key = shots[number].get("still") if number < len(shots) else ""
        if not key or not store().has(key, ".picture"):
            raise NotFound
        path = store().path(key, ".picture")
        kind = "image/png" if path.read_bytes()[:4] == b"\x89PNG" else "image/jpeg"
        return FileResponse(
            path.open("rb"),
            content_type=kind,
            headers={"Cache-Control": "private, max-age=31536000, immutable"},
        )


def _own(request: Request, project_id: UUID) -> Project:
    rows = Project.objects.select_related("job", "owner")
    return find_allowed(rows, request.user, "studio.change_project", pk=project_id)
