"""How a job's row ends, and how its rooms hear where it stands."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from ..clock import MARGIN, past_or_impossible
from ..localized import LocalizedText
from ..models import Job
from ..presenters import present_job
from ..responses import as_json
from ..rooms import publish_event
from .registry import job_kinds

# Longer than any retry waits.
MAX_RETRY_WAIT = timedelta(hours=1)

INTERNAL_ERROR = {
    "code": "internal",
    "title": LocalizedText(
        "多次尝试后仍未完成，我们已记录",
        "This did not work after several tries; it has been logged",
    ).as_dict(),
    "detail": None,
}


def is_due(now: datetime) -> Q:
    """Waiting jobs whose time has come; also those whose time was told by a clock that was
    ahead.
    """
    waits_for_a_wrong_clock = Q(created_at__gt=now + MARGIN, announced_at__isnull=False) | Q(
        attempts__gt=0, run_after__gt=now + MAX_RETRY_WAIT
    )
    return Q(state=Job.State.QUEUED) & (Q(run_after__lte=now) | waits_for_a_wrong_clock)


def is_unheld(now: datetime) -> Q:
    """Running jobs whose lease is over, or reaches further than any lease does."""
    longest = timedelta(seconds=2 * settings.JOB_LEASE_SECONDS)
    return Q(state=Job.State.RUNNING) & past_or_impossible(
        "lease_until", now, at_most_ahead=longest
    )


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
