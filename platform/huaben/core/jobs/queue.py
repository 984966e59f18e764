"""Writing jobs, stopping them, and handing them out again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from ..locks import LockSpace, lock_until_commit
from ..logs import current_request_id
from ..metrics import JOBS_WAITING
from ..models import ACTIVE, Job
from ..outbox import outbox_topic, send_after_commit
from ..types import JsonObject
from .ending import INTERNAL_ERROR, end_job, publish_job_event
from .registry import job_kinds

SWEEP_LIMIT = 500


def enqueue_job(
    kind: str,
    args: JsonObject,
    *,
    key: str = "",
    owner_id: UUID | None = None,
    rooms: Sequence[str] = (),
    delay: timedelta = timedelta(0),
) -> Job:
    """Write a job with the present transaction; it starts after the commit.

    With a ``key``, a job of the same kind and key that is still active is returned instead of a
    second one. Raises KeyError for a kind that no handler has.
    """
    how = job_kinds[kind]
    with transaction.atomic():
        if key:
            lock_until_commit(LockSpace.JOB_KEY, f"{kind} {key}")
            active = Job.objects.filter(kind=kind, key=key, state__in=ACTIVE).first()
            if active is not None:
                return active
        job = Job.objects.create(
            kind=kind,
            queue=how.queue,
            key=key,
            args=dict(args),
            rooms=list(rooms),
            max_attempts=how.max_attempts,
            run_after=timezone.now() + delay,
            announced_at=None if delay else timezone.now(),
            owner_id=owner_id,
            request_id=current_request_id(),
        )
        publish_job_event(job)
        if not delay:
            send_after_commit("job", {"job_id": str(job.pk), "queue": job.queue})
    return job


def cancel_job(job_id: UUID) -> Job:
    """Ask a job to stop: a waiting one ends at once, a running one at its next check.

    Ended jobs stay as they are.
    """
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=job_id)
        if job.state == Job.State.QUEUED:
            end_job(job, Job.State.CANCELLED)
        elif job.state == Job.State.RUNNING:
            job.cancel_requested = True
            job.save(update_fields=["cancel_requested"])
    return job


def sweep_jobs() -> int:
    """Hand out again every job that is due and unheld; fail those that died too often.

    Returns how many were handed out.
    """
    now = timezone.now()
    # A job that waits in a long queue is on its way already; only when the broker may have lost it
    # is it announced again.
    unannounced = Q(announced_at=None) | Q(
        announced_at__lt=now - timedelta(seconds=settings.JOB_REANNOUNCE_SECONDS)
    )
    waiting = Job.objects.filter(unannounced, state=Job.State.QUEUED, run_after__lte=now).order_by(
        "run_after"
    )
    dead = Job.objects.filter(state=Job.State.RUNNING, lease_until__lt=now).order_by("lease_until")
    # The dead first: nobody else would ever hand them out, however many wait.
    candidates = [
        *dead.values_list("id", flat=True)[:SWEEP_LIMIT],
        *waiting.values_list("id", flat=True)[:SWEEP_LIMIT],
    ]
    handed_out = sum(_hand_out_again(job_id) for job_id in candidates)
    for row in Job.objects.filter(state=Job.State.QUEUED).values("queue").annotate(n=Count("pk")):
        JOBS_WAITING.labels(row["queue"]).set(row["n"])
    return handed_out


def _hand_out_again(job_id: UUID) -> bool:
    """Announce one job anew unless it is locked, held, ended, or has died too often."""
    now = timezone.now()
    with transaction.atomic():
        job = Job.objects.select_for_update(skip_locked=True).filter(pk=job_id).first()
        if job is None:
            return False
        if job.state == Job.State.RUNNING and job.lease_until and job.lease_until < now:
            if job.attempts >= job.max_attempts:
                job.error = INTERNAL_ERROR
                end_job(job, Job.State.FAILED)
                return False
            job.state, job.holder, job.lease_until, job.run_after = Job.State.QUEUED, "", None, now
        elif job.state != Job.State.QUEUED:
            return False
        job.announced_at = now
        job.save(update_fields=["state", "holder", "lease_until", "run_after", "announced_at"])
        send_after_commit("job", {"job_id": str(job.pk), "queue": job.queue})
    return True


@outbox_topic("job")
def announce_to_celery(payload: JsonObject) -> None:
    """Tell Celery to look at a job."""
    from ..celery import app

    app.send_task(
        "huaben.core.run_job", args=[payload["job_id"]], queue=payload["queue"], retry=False
    )
