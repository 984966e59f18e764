"""Who may see and change projects: their owners, and nobody else."""

from __future__ import annotations

from uuid import UUID

import rules

from huaben.core.access import has_role, may
from huaben.core.rooms import room_access
from huaben.core.types import Requester

from .models import Project


@rules.predicate
def owns_project(user: Requester, project: Project | None) -> bool:
    return project is not None and project.owner_id == user.pk


rules.add_perm("studio.use_projects", has_role("creator"))
rules.add_perm("studio.change_project", has_role("creator") & owns_project)


@room_access("project")
def may_hear_project(user: Requester, viewer_id: UUID | None, key: str) -> bool:
    try:
        project = Project.objects.filter(pk=UUID(key)).first()
    except ValueError:
        return False
    return project is not None and may(user, "studio.change_project", project)
