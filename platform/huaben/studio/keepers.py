"""What studio answers when somebody exports their data."""

from __future__ import annotations

from collections.abc import Iterable

from huaben.accounts.exports import Owner, export_part
from huaben.core.types import ValuesRow

from .models import Project, ProjectStory


@export_part("studio_projects")
def export_projects(owner: Owner) -> Iterable[ValuesRow]:
    return Project.objects.filter(owner=owner.user).values()


@export_part("studio_stories")
def export_stories(owner: Owner) -> Iterable[ValuesRow]:
    return ProjectStory.objects.filter(project__owner=owner.user).values()
