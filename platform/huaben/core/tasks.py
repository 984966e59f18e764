"""Celery tasks of the core: run a job; and periodic ones that repeat, deliver and delete."""

from __future__ import annotations

from datetime import datetime, timedelta

from celery import shared_task
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from . import jobs, outbox
from .models import IdempotentResponse, Job, JobTotal, OutboxMessage, RoomEvent
from .task_runs import RELAY, SWEEP, record_run


@shared_task(name="huaben.core.run_job", ignore_result=True)
def run_job(job_id: str) -> None:
    """Run what is next in the queue of a job: that job, or one of somebody who had less."""
    jobs.run_next_job(job_id)


@shared_task(name="huaben.core.sweep_jobs", ignore_result=True, expires=30)
def sweep_jobs() -> None:
    """Hand out again what nobody holds."""
    jobs.sweep_jobs()
    record_run(SWEEP)


@shared_task(name="huaben.core.relay_outbox", ignore_result=True, expires=30)
def relay_outbox() -> None:
    """Deliver what a commit promised and the broker has not had yet."""
    outbox.relay_outbox()
    record_run(RELAY)


@shared_task(name="huaben.core.delete_expired_rows", ignore_result=True, expires=3600)
def delete_expired_rows() -> None:
    """Delete delivered outbox messages after a day, room events after two, answers kept for an
    Idempotency-Key after seven, and jobs 90 days after their end.
    """
    now = timezone.now()
    OutboxMessage.objects.filter(sent_at__lt=now - timedelta(days=1)).delete()
    RoomEvent.objects.filter(created_at__lt=now - timedelta(days=2)).delete()
    IdempotentResponse.objects.filter(created_at__lt=now - timedelta(days=7)).delete()
    _forget_jobs(now - timedelta(days=90))


@transaction.atomic
def _forget_jobs(before: datetime) -> None:
    """Delete ended jobs, and add them to the totals that the metrics count."""
    old = Job.objects.filter(finished_at__lt=before)
    for row in old.order_by().values("kind", "state").annotate(n=Count("pk")):
        total, _ = JobTotal.objects.select_for_update().get_or_create(
            kind=row["kind"], state=row["state"], defaults={"count": 0}
        )
        total.count += row["n"]
        total.save(update_fields=["count"])
    old.delete()
