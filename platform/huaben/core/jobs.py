"""Long work: a row with a lease, run by whoever claims it.

``enqueue_job`` writes the row and, through the outbox, tells Celery to look at it. ``run_job`` claims it for
``JOB_LEASE_SECONDS`` and a heartbeat thread keeps the claim; a worker that dies stops beating, and ``sweep_jobs`` hands
the job out again. A handler must therefore bear to be started twice: it keeps finished steps and
begins at the first that is missing. A job that lost its lease can write no progress and no result.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pghistory
import structlog
from django.conf import settings
from django.db import close_old_connections, connection, transaction
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.module_loading import import_string

from .logs import current_request_id
from .metrics import JOBS_ENDED, JOBS_WAITING
from .models import ACTIVE, Job
from .outbox import register_topic, send_after_commit
from .problems import Problem
from .rooms import publish_event
from .words import Words

log = structlog.get_logger(__name__)
PROGRESS_SECONDS = 0.3


class JobCancelled(Exception):
    """The person asked for this job to stop."""


class LeaseLost(Exception):
    """Somebody else holds this job now; whatever this worker has in hand must not be written."""


Handler = Callable[["RunningJob"], Mapping[str, Any] | None]
AfterFailure = Callable[[Job], None]


@dataclass(frozen=True)
class JobKind:
    """How jobs of a kind are run. ``on_failure`` hears of the last failure or a cancel, in the same
    transaction.
    """

    run: Handler | str
    queue: str
    max_attempts: int
    on_failure: AfterFailure | str | None


_kinds: dict[str, JobKind] = {}


def declare_job(
    name: str,
    run: Handler | str,
    *,
    queue: str = "default",
    max_attempts: int = 5,
    on_failure: AfterFailure | str | None = None,
) -> None:
    """Say how jobs of a kind are run, in ``AppConfig.ready``. ``max_attempts`` counts errors and
    deaths of the worker alike.

    Handlers are named by their path (``"huaben.review.jobs.label_cut"``), so that the web process,
    which only enqueues, never loads the engines behind them.
    """
    _kinds[name] = JobKind(run, queue, max_attempts, on_failure)


class RunningJob:
    """A claimed job as its handler sees it."""

    def __init__(self, job: Job, holder: str) -> None:
        self.id: UUID = job.pk
        self.args: dict[str, Any] = job.args
        self.owner_id = job.owner_id
        self.attempt: int = job.attempts
        self.earlier: dict[str, Any] = job.progress
        self._holder = holder
        self._rooms: list[str] = list(job.rooms)
        self._told = 0.0
        self._step = ""
        self._cancel = threading.Event()
        self._lost = threading.Event()

    def cancelled(self) -> bool:
        """Whether to stop. Cheap: the heartbeat learns it from the row."""
        return self._cancel.is_set() or self._lost.is_set()

    def check(self) -> None:
        """Raise JobCancelled or LeaseLost when the work in hand is no longer wanted."""
        if self._lost.is_set():
            raise LeaseLost
        if self._cancel.is_set():
            raise JobCancelled

    def progress(
        self,
        step: str,
        done: float = 0,
        total: float = 1,
        *,
        note: Words | None = None,
        preview_url: str | None = None,
    ) -> None:
        """Tell listeners how far the work is: at most a few times a second, but always when a step
        begins or ends.
        """
        self.check()
        now = time.monotonic()
        if (
            step == self._step
            and done < total
            and now - self._told < PROGRESS_SECONDS
            and not preview_url
        ):
            return
        self._told, self._step = now, step
        progress = {
            "step": step,
            "done": done,
            "total": total,
            "note": note.data() if note else None,
            "preview_url": preview_url,
        }
        with transaction.atomic():
            if not self._held().update(progress=progress):
                self._lost.set()
                raise LeaseLost
            announce(Job.objects.get(pk=self.id))

    def fence(self) -> None:
        """Inside the transaction that saves the work: lock the row, or raise LeaseLost if the lease
        is gone.
        """
        if not self._held().select_for_update().exists():
            self._lost.set()
            raise LeaseLost

    def _held(self) -> Any:
        return Job.objects.filter(pk=self.id, holder=self._holder, state=Job.State.RUNNING)

    def _beat(self, stop: threading.Event) -> None:
        while not stop.wait(settings.JOB_HEARTBEAT_SECONDS):
            try:
                until = timezone.now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)
                if not self._held().update(lease_until=until):
                    self._lost.set()
                elif self._held().filter(cancel_requested=True).exists():
                    self._cancel.set()
            except Exception as exc:  # the database may be away for a while; the lease runs out by itself if it stays away
                log.warning("heartbeat missed", error=f"{type(exc).__name__}: {exc}")
            finally:
                close_old_connections()
        connection.close()


def enqueue_job(
    kind: str,
    args: Mapping[str, Any],
    *,
    key: str = "",
    owner: Any = None,
    rooms: Sequence[str] = (),
    delay: timedelta = timedelta(0),
) -> Job:
    """Write a job with the present transaction; it starts after the commit.

    With a ``key``, a job of the same kind and key that is still active is returned instead of a
    second one.
    """
    how = _kinds[kind]
    with transaction.atomic():
        if key:
            with connection.cursor() as cursor:
                cursor.execute(
                    "select pg_advisory_xact_lock(hashtextextended(%s, 11))", [f"{kind} {key}"]
                )
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
            handed_at=None if delay else timezone.now(),
            owner=owner,
            request_id=current_request_id(),
        )
        announce(job)
        if not delay:
            send_after_commit("job", {"job_id": str(job.pk), "queue": job.queue})
    return job


def cancel_job(job_id: UUID) -> Job:
    """Ask a job to stop: a waiting one ends at once, a running one at its next check. Ended jobs
    stay as they are.
    """
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=job_id)
        if job.state == Job.State.QUEUED:
            _end(job, Job.State.CANCELLED)
        elif job.state == Job.State.RUNNING:
            job.cancel_requested = True
            job.save(update_fields=["cancel_requested"])
    return job


def run_job(job_id: str | UUID) -> None:
    """Claim a job and run it to its end. Does nothing when it is held, not due or ended."""
    holder = secrets.token_hex(8)
    job = _claim(job_id, holder)
    if job is None:
        return
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(
        request_id=job.request_id, job_id=str(job.pk), job_kind=job.kind
    )
    running = RunningJob(job, holder)
    stop = threading.Event()
    beat = threading.Thread(target=running._beat, args=[stop], daemon=True, name="heartbeat")
    beat.start()
    started = time.monotonic()
    try:
        with pghistory.context(job=str(job.pk), request_id=job.request_id):
            result = _loaded(_kinds[job.kind].run)(running)
            with transaction.atomic():
                running.fence()
                job = Job.objects.get(pk=job.pk)
                job.result = dict(result or {})
                _end(job, Job.State.SUCCEEDED)
        log.info("job done", seconds=round(time.monotonic() - started, 2))
    except LeaseLost:
        log.warning("job lost its lease")
    except JobCancelled:
        _fail(job.pk, holder, {"code": "cancelled"}, state=Job.State.CANCELLED)
        log.info("job cancelled")
    except Problem as problem:
        detail = problem.detail.data() if problem.detail else None
        _fail(
            job.pk, holder, {"code": problem.code, "title": problem.title.data(), "detail": detail}
        )
        log.warning("job refused", code=problem.code)
    except Exception:
        log.exception("job failed", attempt=job.attempts)
        _retry_or_fail(job.pk, holder)
    finally:
        stop.set()
        beat.join(timeout=5)
        structlog.contextvars.clear_contextvars()


def sweep_jobs() -> int:
    """Hand out again every job that is due and unheld; give up those that died too often. Returns
    how many were handed out.
    """
    now = timezone.now()
    # A job that waits in a long queue is on its way already; only when the broker may have lost it
    # is it told again.
    lost = Q(handed_at=None) | Q(
        handed_at__lt=now - timedelta(seconds=settings.JOB_HAND_OUT_SECONDS)
    )
    waiting = Job.objects.filter(lost, state=Job.State.QUEUED, run_after__lte=now).order_by(
        "run_after"
    )
    dead = Job.objects.filter(state=Job.State.RUNNING, lease_until__lt=now).order_by("lease_until")
    handed_out = 0
    # The dead first: nobody else would ever hand them out, however many wait.
    for job_id, queue in [
        *dead.values_list("id", "queue")[:500],
        *waiting.values_list("id", "queue")[:500],
    ]:
        with transaction.atomic():
            job = Job.objects.select_for_update(skip_locked=True).filter(pk=job_id).first()
            if job is None:
                continue
            if job.state == Job.State.RUNNING and job.lease_until and job.lease_until < now:
                if job.attempts >= job.max_attempts:
                    job.error = _INTERNAL
                    _end(job, Job.State.FAILED)
                    continue
                job.state, job.holder, job.lease_until, job.run_after = (
                    Job.State.QUEUED,
                    "",
                    None,
                    now,
                )
            elif job.state != Job.State.QUEUED:
                continue
            job.handed_at = now
            job.save(update_fields=["state", "holder", "lease_until", "run_after", "handed_at"])
            send_after_commit("job", {"job_id": str(job_id), "queue": queue})
            handed_out += 1
    for row in (
        Job.objects.filter(state=Job.State.QUEUED).values("queue").annotate(count=Count("pk"))
    ):
        JOBS_WAITING.labels(row["queue"]).set(row["count"])
    return handed_out


def job_view(job: Job) -> dict[str, Any]:
    """A job as pages and rooms show it."""
    return {
        "id": str(job.pk),
        "kind": job.kind,
        "state": job.state,
        "progress": job.progress or None,
        "attempts": job.attempts,
        "error": job.error,
        "created_at": job.created_at.isoformat(),
        "finished_at": job.finished_at.isoformat() if job.finished_at else None,
    }


def announce(job: Job) -> None:
    """Tell the job's rooms how it stands, with the present transaction."""
    for room in [f"job:{job.pk}", *job.rooms]:
        publish_event(room, {"kind": "job", "job": job_view(job)})


_INTERNAL = {
    "code": "internal",
    "title": Words(
        "多次尝试后仍未完成，我们已记录",
        "This did not work after several tries; it has been logged",
    ).data(),
    "detail": None,
}


def _claim(job_id: str | UUID, holder: str) -> Job | None:
    now = timezone.now()
    free = Q(state=Job.State.QUEUED, run_after__lte=now) | Q(
        state=Job.State.RUNNING, lease_until__lt=now
    )
    with transaction.atomic():
        job = Job.objects.select_for_update(skip_locked=True).filter(free, pk=job_id).first()
        if job is None or job.kind not in _kinds:
            return None
        if job.cancel_requested:
            _end(job, Job.State.CANCELLED)
            return None
        if job.attempts >= job.max_attempts:
            job.error = _INTERNAL
            _end(job, Job.State.FAILED)
            return None
        job.state, job.holder = Job.State.RUNNING, holder
        job.lease_until = now + timedelta(seconds=settings.JOB_LEASE_SECONDS)
        job.attempts = F("attempts") + 1
        job.started_at = job.started_at or now
        job.save(update_fields=["state", "holder", "lease_until", "attempts", "started_at"])
        job.refresh_from_db()
        announce(job)
    return job


def _fail(
    job_id: UUID, holder: str, error: dict[str, Any], *, state: str = Job.State.FAILED
) -> None:
    with transaction.atomic():
        job = (
            Job.objects.select_for_update()
            .filter(pk=job_id, holder=holder, state=Job.State.RUNNING)
            .first()
        )
        if job is not None:
            job.error = error
            _end(job, state)


def _retry_or_fail(job_id: UUID, holder: str) -> None:
    with transaction.atomic():
        job = (
            Job.objects.select_for_update()
            .filter(pk=job_id, holder=holder, state=Job.State.RUNNING)
            .first()
        )
        if job is None:
            return
        if job.attempts >= job.max_attempts:
            job.error = _INTERNAL
            _end(job, Job.State.FAILED)
            return
        job.state, job.holder, job.lease_until = Job.State.QUEUED, "", None
        job.run_after = timezone.now() + timedelta(seconds=2**job.attempts)
        job.handed_at = None
        job.save(update_fields=["state", "holder", "lease_until", "run_after", "handed_at"])
        announce(job)


def _loaded(named: Any) -> Any:
    return import_string(named) if isinstance(named, str) else named


def _end(job: Job, state: str) -> None:
    job.state, job.lease_until, job.finished_at = state, None, timezone.now()
    job.save(update_fields=["state", "lease_until", "finished_at", "result", "error"])
    how = _kinds.get(job.kind)
    if state != Job.State.SUCCEEDED and how is not None and how.on_failure is not None:
        _loaded(how.on_failure)(job)
    announce(job)
    JOBS_ENDED.labels(job.kind, state).inc()


def _tell_celery(payload: dict[str, Any]) -> None:
    from .celery import app

    app.send_task(
        "huaben.core.run_job", args=[payload["job_id"]], queue=payload["queue"], retry=False
    )


register_topic("job", _tell_celery)
