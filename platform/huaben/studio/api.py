"""The studio over HTTP."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
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
from huaben.core.problems import NotFound
from huaben.core.responses import page_serializer, respond, respond_page, serializer_of
from huaben.core.serializers import validated

from . import selectors, services
from .engine import artefact_store
from .models import Project
from .presenters import ProjectState, StoryState, present_project, present_story
from .serializers import (
    AdvanceSerializer,
    CorrectionsWriteSerializer,
    KeepDraftSerializer,
    MaterialWriteSerializer,
    OutlineWriteSerializer,
    ProjectWriteSerializer,
    ScriptWriteSerializer,
)


class ProjectListView(APIView):
    """The caller's projects; a new one begins with an idea."""

    permission_classes = [requires("studio.use_projects")]

    @extend_schema(
        responses=page_serializer(ProjectState),
        parameters=[OpenApiParameter("cursor"), OpenApiParameter("limit", int)],
    )
    def get(self, request: Request) -> Response:
        params = request.query_params
        projects, next_cursor = page_newest(
            selectors.list_projects(owner=cast(User, request.user)),
            cursor=params.get("cursor"),
            limit=read_limit(params),
        )
        return respond_page(ProjectState, map(present_project, projects), next_cursor)

    @extend_schema(
        request=ProjectWriteSerializer,
        responses={201: serializer_of(ProjectState)},
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request) -> Response:
        fields = validated(ProjectWriteSerializer(data=request.data))
        request_fields = dict(fields)
        series_id = fields.pop("series_id", None)
        series = None
        if series_id is not None:
            series = find_allowed(
                Series.objects.all(), request.user, "catalog.change_series", pk=series_id
            )

        def create() -> StatusAndBody:
            project = services.create_project(
                owner=cast(User, request.user), series=series, **fields
            )
            return 201, {"project_id": str(project.pk)}

        status, created = run_idempotently(
            scope=f"project:{request.user.pk}",
            key=idempotency_key_of(request),
            request=request_fields,
            act=create,
        )
        project = _find_own(request, UUID(created["project_id"]))
        return respond(present_project(project), status=status)


class ProjectView(APIView):
    """One of the caller's projects."""

    permission_classes = [requires("studio.use_projects")]

    @extend_schema(responses=serializer_of(ProjectState))
    def get(self, request: Request, project_id: UUID) -> Response:
        return respond(present_project(_find_own(request, project_id)))


class ProjectOutlineView(APIView):
    """Replaces the outline."""

    permission_classes = [requires("studio.use_projects")]

    @extend_schema(request=OutlineWriteSerializer, responses=serializer_of(ProjectState))
    def put(self, request: Request, project_id: UUID) -> Response:
        project = _find_own(request, project_id)
        fields = validated(OutlineWriteSerializer(data=request.data))
        project = services.replace_outline(project=project, **fields)
        return respond(present_project(project))


class ProjectScriptView(APIView):
    """Replaces the script."""

    permission_classes = [requires("studio.use_projects")]

    @extend_schema(request=ScriptWriteSerializer, responses=serializer_of(ProjectState))
    def put(self, request: Request, project_id: UUID) -> Response:
        project = _find_own(request, project_id)
        fields = validated(ScriptWriteSerializer(data=request.data))
        project = services.replace_script(project=project, **fields)
        return respond(present_project(project))


class ProjectAdvanceView(APIView):
    """Starts the next step."""

    permission_classes = [requires("studio.use_projects")]

    @extend_schema(request=AdvanceSerializer, responses=serializer_of(ProjectState))
    def post(self, request: Request, project_id: UUID) -> Response:
        project = _find_own(request, project_id)
        fields = validated(AdvanceSerializer(data=request.data))
        project = services.advance_project(project=project, **fields)
        return respond(present_project(project))


class StoryView(APIView):
    """What was read in a project's idea, the drafts to choose from, and the story report."""

    permission_classes = [requires("studio.use_projects")]

    @extend_schema(responses=serializer_of(StoryState))
    def get(self, request: Request, project_id: UUID) -> Response:
        project = _find_own(request, project_id)
        return respond(present_story(project, selectors.get_story(project)))


class StoryCorrectionsView(APIView):
    """Replaces the corrections of the facts."""

    permission_classes = [requires("studio.use_projects")]

    @extend_schema(request=CorrectionsWriteSerializer, responses=serializer_of(StoryState))
    def put(self, request: Request, project_id: UUID) -> Response:
        project = _find_own(request, project_id)
        fields = validated(CorrectionsWriteSerializer(data=request.data))
        story = services.replace_corrections(project=project, **fields)
        return respond(present_story(project, story))


class StoryMaterialView(APIView):
    """Says how the idea is to be taken."""

    permission_classes = [requires("studio.use_projects")]

    @extend_schema(request=MaterialWriteSerializer, responses=serializer_of(StoryState))
    def put(self, request: Request, project_id: UUID) -> Response:
        project = _find_own(request, project_id)
        fields = validated(MaterialWriteSerializer(data=request.data))
        services.choose_material(project=project, **fields)
        project = _find_own(request, project_id)
        return respond(present_story(project, selectors.get_story(project)))


class DraftKeepView(APIView):
    """Makes a draft the project's outline."""

    permission_classes = [requires("studio.use_projects")]

    @extend_schema(request=KeepDraftSerializer, responses=serializer_of(ProjectState))
    def post(self, request: Request, project_id: UUID, seed: int) -> Response:
        project = _find_own(request, project_id)
        fields = validated(KeepDraftSerializer(data=request.data))
        project = services.keep_draft(project=project, seed=seed, **fields)
        return respond(present_project(project))


class StillView(APIView):
    """The picture of one shot."""

    permission_classes = [requires("studio.use_projects")]

    @extend_schema(responses={(200, "image/jpeg"): OpenApiTypes.BINARY})
    def get(self, request: Request, project_id: UUID, number: int) -> FileResponse:
        shots = _find_own(request, project_id).shots
        key = shots[number].get("still") if number < len(shots) else ""
        store = artefact_store()
        if not key or not store.has(key, ".picture"):
            raise NotFound
        path = store.path(key, ".picture")
        content_type = "image/png" if path.read_bytes()[:4] == b"\x89PNG" else "image/jpeg"
        return FileResponse(
            path.open("rb"),
            content_type=content_type,
            headers={"Cache-Control": "private, max-age=31536000, immutable"},
        )


def _find_own(request: Request, project_id: UUID) -> Project:
    rows = Project.objects.select_related("job", "owner")
    return find_allowed(rows, request.user, "studio.change_project", pk=project_id)
