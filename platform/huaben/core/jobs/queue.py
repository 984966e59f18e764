"""Writing jobs, stopping them, and handing them out again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ..clock import MARGIN, database_now, past_or_impossible
from ..locks import LockSpace, lock_until_commit
from ..logs import current_request_id
from ..models import ACTIVE, Job
from ..outbox import outbox_topic, send_after_commit
from ..types import JsonObject
from .ending import INTERNAL_ERROR, end_job, is_due, is_unheld, publish_job_event
from .registry import job_kinds

SWEEP_LIMIT = 500
# Seconds by how often a job's worker has died: machines that lack memory, or restart, get time, and
# one bad quarter of an hour does not use all attempts up.
_WAIT_AFTER_DEATH = {0: 0, 1: 0, 2: 30, 3: 120}


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
    """Ask a job to stop: one that waits, or whose worker died, ends at once, a running one at its
    next check.

    Ended jobs stay as they are.
    """
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=job_id)
        # A worker that died hears of no wish any more.
        dead = Job.objects.filter(is_unheld(database_now()), pk=job_id).exists()
        if job.state == Job.State.QUEUED or dead:
            end_job(job, Job.State.CANCELLED)
        elif job.state == Job.State.RUNNING:
            job.cancel_requested = True
            job.save(update_fields=["cancel_requested"])
    return job


def sweep_jobs() -> int:
    """Hand out again every job that is due and unheld; fail those that died too often.

    Returns how many were handed out.
    """
    now = database_now()
    # A job that waits in a long queue is on its way already; only when the broker may have lost it
    # is it announced again.
    again = timedelta(seconds=settings.JOB_REANNOUNCE_SECONDS)
    unannounced = Q(announced_at=None) | past_or_impossible(
        "announced_at", now - again, at_most_ahead=again + MARGIN
    )
    waiting = Job.objects.filter(unannounced, is_due(now)).order_by("run_after")
    dead = Job.objects.filter(is_unheld(now)).order_by("lease_until")
    # The dead first: nobody else would ever hand them out, however many wait.
    candidates = [
        *dead.values_list("id", flat=True)[:SWEEP_LIMIT],
        *waiting.values_list("id", flat=True)[:SWEEP_LIMIT],
    ]
    return sum(_hand_out_again(job_id) for job_id in candidates)


def _hand_out_again(job_id: UUID) -> bool:
    """Announce one job anew unless it is locked, held, ended, or has died too often."""
    now = database_now()
    with transaction.atomic():
        found = Job.objects.select_for_update(skip_locked=True)
        job = found.filter(is_unheld(now) | Q(state=Job.State.QUEUED), pk=job_id).first()
        if job is None:
            return False
        if job.state == Job.State.RUNNING:
            if job.attempts >= job.max_attempts:
                job.error = INTERNAL_ERROR
                end_job(job, Job.State.FAILED)
                return False
            job.state, job.holder, job.lease_until = Job.State.QUEUED, "", None
            wait = timedelta(seconds=_WAIT_AFTER_DEATH.get(job.attempts, 600))
            job.run_after = now + wait
            if wait:
                job.announced_at = None  # the sweep after that tells Celery
                job.save(
                    update_fields=["state", "holder", "lease_until", "run_after", "announced_at"]
                )
                return False
        job.run_after = min(job.run_after, now)
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
