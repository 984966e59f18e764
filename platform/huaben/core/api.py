"""Jobs over HTTP."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from . import policies  # noqa: F401
from .access import find_allowed, requires
from .jobs import cancel_job, job_view
from .models import Job
from .pagination import page_newest, read_limit
from .serializers import JobSerializer, page_serializer


class JobListView(APIView):
    """Every job, newest first, for an operator."""

    permission_classes = [requires("core.list_jobs")]

    @extend_schema(
        responses=page_serializer(JobSerializer),
        parameters=[
            OpenApiParameter("state"),
            OpenApiParameter("cursor"),
            OpenApiParameter("limit", int),
        ],
    )
    def get(self, request: Request) -> Response:
        rows = Job.objects.all()
        if state := request.query_params.get("state"):
            rows = rows.filter(state=state)
        found, after = page_newest(
            rows, cursor=request.query_params.get("cursor"), limit=read_limit(request.query_params)
        )
        return Response({"results": [job_view(job) for job in found], "next_cursor": after})


class JobView(APIView):
    """One job of one's own."""

    permission_classes = [requires("core.use_jobs")]

    @extend_schema(responses=JobSerializer)
    def get(self, request: Request, job_id: UUID) -> Response:
        return Response(
            job_view(find_allowed(Job.objects.all(), request.user, "core.view_job", pk=job_id))
        )


class JobCancelView(APIView):
    """Stops a job."""

    permission_classes = [requires("core.use_jobs")]

    @extend_schema(request=None, responses=JobSerializer)
    def post(self, request: Request, job_id: UUID) -> Response:
        job = find_allowed(Job.objects.all(), request.user, "core.cancel_job", pk=job_id)
        return Response(job_view(cancel_job(job.pk)))
