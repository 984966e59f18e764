"""How a job's row ends, and how its rooms hear where it stands."""

from __future__ import annotations

from django.utils import timezone

from ..localized import LocalizedText
from ..metrics import JOBS_ENDED
from ..models import Job
from ..presenters import present_job
from ..responses import as_json
from ..rooms import publish_event
from .registry import job_kinds

INTERNAL_ERROR = {
    "code": "internal",
    "title": LocalizedText(
        "多次尝试后仍未完成，我们已记录",
        "This did not work after several tries; it has been logged",
    ).as_dict(),
    "detail": None,
}


def publish_job_event(job: Job) -> None:
    """Tell the job's rooms how it stands, with the present transaction."""
    status = as_json(present_job(job))
    for room in [f"job:{job.pk}", *job.rooms]:
        publish_event(room, {"kind": "job", "job": status})


def end_job(job: Job, state: Job.State) -> None:
    """End a job, with the present transaction, which holds its row.

    ``on_failure`` of its kind is called when it did not succeed.
    """
    job.state, job.lease_until, job.finished_at = state, None, timezone.now()
    job.save(update_fields=["state", "lease_until", "finished_at", "result", "error"])
    kind = job_kinds.get(job.kind)
    if state != Job.State.SUCCEEDED and kind is not None and kind.on_failure is not None:
        kind.on_failure(job)
    publish_job_event(job)
    JOBS_ENDED.labels(job.kind, state).inc()
