"""Who may see and stop jobs."""

from __future__ import annotations

from typing import Any

import rules

from .access import has_role, signed_in
from .models import Job
from .rooms import register_room


@rules.predicate
def owns_job(user: Any, job: Job | None) -> bool:
    return job is not None and job.owner_id is not None and job.owner_id == user.pk


rules.add_perm("core.use_jobs", signed_in)
rules.add_perm("core.view_job", signed_in & (owns_job | has_role("operator")))
rules.add_perm("core.cancel_job", signed_in & (owns_job | has_role("operator")))
rules.add_perm("core.list_jobs", has_role("operator"))


def _may_hear_job(user: Any, viewer_id: Any, key: str) -> bool:
    from uuid import UUID

    try:
        job = Job.objects.filter(pk=UUID(key)).first()
    except ValueError:
        return False
    return job is not None and bool(rules.has_perm("core.view_job", user, job))


register_room("job", _may_hear_job)
