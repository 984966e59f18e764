"""Reads about projects."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from huaben.accounts.models import User
from huaben.core.types import JsonObject

from .models import Project, ProjectStory

MAX_COMPARED_FILMS = 20


def list_projects(*, owner: User) -> QuerySet[Project]:
    """Somebody's projects, with the job of each."""
    return Project.objects.filter(owner=owner).select_related("job")


def get_project(project_id: UUID | str) -> Project:
    """A project with its owner, job and Cut. Raises Project.DoesNotExist."""
    return Project.objects.select_related("owner", "job", "cut").get(pk=project_id)


def get_story(project: Project) -> ProjectStory:
    """What was read in a project's idea; an unsaved, empty one before anything was."""
    return ProjectStory.objects.filter(project=project).first() or ProjectStory(project=project)


def list_other_storyboards(project: Project) -> list[JsonObject]:
    """The storyboards of the owner's other films, the newest ``MAX_COMPARED_FILMS``."""
    rows = Project.objects.filter(owner=project.owner_id, cut__isnull=False).exclude(pk=project.pk)
    newest = rows.exclude(storyboard=None).order_by("-created_at")
    boards = newest.values_list("storyboard", flat=True)[:MAX_COMPARED_FILMS]
    return [board for board in boards if board is not None]
