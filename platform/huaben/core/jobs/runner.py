"""Running one job: claim its row, keep the lease by a heartbeat, write its end."""

from __future__ import annotations

import secrets
import threading
import time
from datetime import timedelta
from typing import Any
from uuid import UUID

import pghistory
import structlog
from django.conf import settings
from django.db import close_old_connections, connection, transaction
from django.db.models import F, QuerySet

from ..clock import database_now
from ..localized import LocalizedText
from ..models import Job
from ..problems import Problem
from ..types import JsonObject
from .ending import INTERNAL_ERROR, end_job, is_due, is_unheld, publish_job_event
from .registry import job_kinds

log = structlog.get_logger(__name__)
MIN_PROGRESS_INTERVAL_SECONDS = 0.3
HEARTBEAT_JOIN_SECONDS = 5


class JobCancelled(Exception):
    """The person asked for this job to stop."""


class LeaseLost(Exception):
    """Somebody else holds this job now; whatever this worker has in hand must not be written."""


class RunningJob:
    """A claimed job as its handler sees it."""

    def __init__(self, job: Job, holder: str) -> None:
        self.id: UUID = job.pk
        self.args: dict[str, Any] = job.args
        self.owner_id = job.owner_id
        self.attempt: int = job.attempts
        self._holder = holder
        self._progress_at = 0.0
        self._step = ""
        self._cancelled = threading.Event()
        self._lease_lost = threading.Event()

    def cancelled(self) -> bool:
        """Whether to stop. Cheap: the heartbeat learns it from the row."""
        return self._cancelled.is_set() or self._lease_lost.is_set()

    def check(self) -> None:
        """Raise JobCancelled or LeaseLost when the work in hand is no longer wanted."""
        if self._lease_lost.is_set():
            raise LeaseLost
        if self._cancelled.is_set():
            raise JobCancelled

    def progress(
        self,
        step: str,
        done: float = 0,
        total: float = 1,
        *,
        note: LocalizedText | None = None,
        preview_url: str | None = None,
    ) -> None:
        """Tell listeners how far the work is.

        At most once in ``MIN_PROGRESS_INTERVAL_SECONDS``, but always when a step begins or ends.
        Raises JobCancelled and LeaseLost as ``check`` does.
        """
        self.check()
        now = time.monotonic()
        too_soon = now - self._progress_at < MIN_PROGRESS_INTERVAL_SECONDS
        if step == self._step and done < total and too_soon and not preview_url:
            return
        self._progress_at, self._step = now, step
        progress = {
            "step": step,
            "done": done,
            "total": total,
            "note": note.as_dict() if note else None,
            "preview_url": preview_url,
        }
        with transaction.atomic():
            if not self._held().update(progress=progress):
                self._lease_lost.set()
                raise LeaseLost
            publish_job_event(Job.objects.get(pk=self.id))

    def fence(self) -> None:
        """Inside the transaction that saves the work: lock the row, or raise LeaseLost if the lease
        is gone.
        """
        if not self._held().select_for_update().exists():
            self._lease_lost.set()
            raise LeaseLost

    def keep_lease(self, stop: threading.Event) -> None:
        """The heartbeat's thread: renew the lease until ``stop`` is set, and learn of a cancel."""
        while not stop.wait(settings.JOB_HEARTBEAT_SECONDS):
            try:
                until = database_now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)
                if not self._held().update(lease_until=until):
                    self._lease_lost.set()
                elif self._held().filter(cancel_requested=True).exists():
                    self._cancelled.set()
            except Exception as exc:
                # The database may be away for a while; the lease runs out by itself if it stays
                # away.
                log.warning("heartbeat missed", error=f"{type(exc).__name__}: {exc}")
            finally:
                close_old_connections()
        connection.close()

    def _held(self) -> QuerySet[Job]:
        return Job.objects.filter(pk=self.id, holder=self._holder, state=Job.State.RUNNING)


def run_job(job_id: str | UUID) -> None:
    """Claim a job and run it to its end. Does nothing when it is held, not due or ended."""
    claim_and_run(job_id)


def claim_and_run(job_id: str | UUID) -> bool:
    """``run_job``; returns whether the job was there to be claimed."""
    holder = secrets.token_hex(8)
    job = claim_job(job_id, holder)
    if job is None:
        return False
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(
        request_id=job.request_id, job_id=str(job.pk), job_kind=job.kind
    )
    running = RunningJob(job, holder)
    stop = threading.Event()
    heartbeat = threading.Thread(
        target=running.keep_lease, args=[stop], daemon=True, name="heartbeat"
    )
    heartbeat.start()
    started = time.monotonic()
    try:
        with pghistory.context(job=str(job.pk), request_id=job.request_id):
            result = job_kinds[job.kind].handler(running)
            with transaction.atomic():
                running.fence()
                job = Job.objects.get(pk=job.pk)
                job.result = dict(result or {})
                end_job(job, Job.State.SUCCEEDED)
        log.info("job done", seconds=round(time.monotonic() - started, 2))
    except LeaseLost:
        log.warning("job lost its lease")
    except JobCancelled:
        _fail(job.pk, holder, {"code": "cancelled"}, state=Job.State.CANCELLED)
        log.info("job cancelled")
    except Problem as problem:
        detail = problem.detail.as_dict() if problem.detail else None
        error = {"code": problem.code, "title": problem.title.as_dict(), "detail": detail}
        _fail(job.pk, holder, error)
        log.warning("job refused", code=problem.code)
    except Exception:
        log.exception("job failed", attempt=job.attempts)
        _retry_or_fail(job.pk, holder)
    finally:
        stop.set()
        heartbeat.join(timeout=HEARTBEAT_JOIN_SECONDS)
        structlog.contextvars.clear_contextvars()
    return True


def claim_job(job_id: str | UUID, holder: str) -> Job | None:
    now = database_now()
    claimable = is_due(now) | is_unheld(now)
    with transaction.atomic():
        job = Job.objects.select_for_update(skip_locked=True).filter(claimable, pk=job_id).first()
        if job is None or job.kind not in job_kinds:
            return None
        if job.cancel_requested:
            end_job(job, Job.State.CANCELLED)
            return None
        if job.attempts >= job.max_attempts:
            job.error = INTERNAL_ERROR
            end_job(job, Job.State.FAILED)
            return None
        job.state, job.holder = Job.State.RUNNING, holder
        job.lease_until = now + timedelta(seconds=settings.JOB_LEASE_SECONDS)
        job.attempts = F("attempts") + 1
        job.started_at = job.started_at or now
        job.save(update_fields=["state", "holder", "lease_until", "attempts", "started_at"])
        job.refresh_from_db()
        publish_job_event(job)
    return job


def _fail(
    job_id: UUID, holder: str, error: JsonObject, *, state: Job.State = Job.State.FAILED
) -> None:
    with transaction.atomic():
        job = _lock_held(job_id, holder)
        if job is not None:
            job.error = error
            end_job(job, state)


def _retry_or_fail(job_id: UUID, holder: str) -> None:
    with transaction.atomic():
        job = _lock_held(job_id, holder)
        if job is None:
            return
        if job.attempts >= job.max_attempts:
            job.error = INTERNAL_ERROR
            end_job(job, Job.State.FAILED)
            return
        job.state, job.holder, job.lease_until = Job.State.QUEUED, "", None
        job.run_after = database_now() + timedelta(seconds=2**job.attempts)
        job.announced_at = None
        job.save(update_fields=["state", "holder", "lease_until", "run_after", "announced_at"])
        publish_job_event(job)


def _lock_held(job_id: UUID, holder: str) -> Job | None:
    held = Job.objects.select_for_update().filter(pk=job_id, holder=holder, state=Job.State.RUNNING)
    return held.first()
