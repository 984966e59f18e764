"""Reads about projects."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from huaben.accounts.models import User

from .models import Project


def list_projects(*, owner: User) -> QuerySet[Project]:
    """Somebody's projects, with the job of each."""
    return Project.objects.filter(owner=owner).select_related("job")


def get_project(project_id: UUID | str) -> Project:
    """A project with its owner, job and Cut. Raises Project.DoesNotExist."""
    return Project.objects.select_related("owner", "job", "cut").get(pk=project_id)
