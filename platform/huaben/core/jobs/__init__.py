"""Long work: a row with a lease, run by whoever claims it.

``enqueue_job`` writes the row and, through the outbox, tells Celery to look at it. ``run_job``
claims it for ``JOB_LEASE_SECONDS`` and a heartbeat thread keeps the claim; a worker that dies stops
beating, and ``sweep_jobs`` hands the job out again. A handler must therefore bear to be started
twice: it keeps finished steps and begins at the first that is missing. A job that lost its lease
can write no progress and no result.
"""

from .fairness import run_next_job
from .queue import cancel_job, enqueue_job, sweep_jobs
from .registry import job
from .runner import JobCancelled, LeaseLost, RunningJob, run_job

__all__ = [
    "JobCancelled",
    "LeaseLost",
    "RunningJob",
    "cancel_job",
    "enqueue_job",
    "job",
    "run_job",
    "run_next_job",
    "sweep_jobs",
]
