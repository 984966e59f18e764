"""Who may see and stop jobs."""

from __future__ import annotations

from uuid import UUID

import rules

from .access import has_role, signed_in
from .models import Job
from .rooms import room_access
from .types import Requester


@rules.predicate
def owns_job(user: Requester, job: Job | None) -> bool:
    return job is not None and job.owner_id is not None and job.owner_id == user.pk


rules.add_perm("core.use_jobs", signed_in)
rules.add_perm("core.view_job", signed_in & (owns_job | has_role("operator")))
rules.add_perm("core.cancel_job", signed_in & (owns_job | has_role("operator")))
rules.add_perm("core.list_jobs", has_role("operator"))


@room_access("job")
def may_hear_job(user: Requester, viewer_id: UUID | None, key: str) -> bool:
    try:
        job = Job.objects.filter(pk=UUID(key)).first()
    except ValueError:
        return False
    return job is not None and bool(rules.has_perm("core.view_job", user, job))
