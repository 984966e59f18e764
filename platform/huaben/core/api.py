"""Jobs over HTTP."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from . import policies  # noqa: F401
from .access import find_allowed, requires
from .jobs import cancel_job
from .models import Job
from .pagination import page_newest, read_limit
from .presenters import JobStatus, present_job
from .responses import page_serializer, respond, respond_page, serializer_of


class JobListView(APIView):
    """Every job, newest first, for an operator."""

    permission_classes = [requires("core.list_jobs")]

    @extend_schema(
        responses=page_serializer(JobStatus),
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
        return respond_page(JobStatus, [present_job(job) for job in found], after)


class JobView(APIView):
    """One job of the caller's."""

    permission_classes = [requires("core.use_jobs")]

    @extend_schema(responses=serializer_of(JobStatus))
    def get(self, request: Request, job_id: UUID) -> Response:
        job = find_allowed(Job.objects.all(), request.user, "core.view_job", pk=job_id)
        return respond(present_job(job))


class JobCancelView(APIView):
    """Stops a job."""

    permission_classes = [requires("core.use_jobs")]

    @extend_schema(request=None, responses=serializer_of(JobStatus))
    def post(self, request: Request, job_id: UUID) -> Response:
        job = find_allowed(Job.objects.all(), request.user, "core.cancel_job", pk=job_id)
        return respond(present_job(cancel_job(job.pk)))
