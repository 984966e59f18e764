"""Whose job is next.

A message of Celery's means that a queue has one more job, not which: a worker that has a hand free
takes the job of whoever has least of them running. So one person's thirty films do not stand before
another's first.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Min

from ..clock import database_now
from ..models import Job
from .ending import is_due
from .runner import claim_and_run

# What was started within this time tells who had a turn, where nobody has anything running.
TURN = timedelta(minutes=30)
# Others may take the same job in the same moment; then the next is looked for.
MAX_TRIES = 5


def run_next_job(job_id: str | UUID) -> None:
    """Run the job that is next in the queue of ``job_id``, or that job itself, which may be one
    whose worker died; nothing when there is none.
    """
    queue = Job.objects.filter(pk=job_id).values_list("queue", flat=True).first()
    if queue is None:
        return
    for _ in range(MAX_TRIES):
        following = find_next_job(queue)
        if following is None:
            break
        if claim_and_run(following):
            return
    claim_and_run(job_id)


def find_next_job(queue: str) -> UUID | None:
    """The due job of the owner with the fewest jobs of this queue running, of those the one who had
    fewest turns lately, of those the one who waits longest. Jobs without an owner are the house's,
    which counts as one more.
    """
    now = database_now()
    jobs = Job.objects.filter(queue=queue).order_by()
    due = jobs.filter(is_due(now))
    waiting = list(due.values_list("owner_id").annotate(Min("run_after")))
    if not waiting:
        return None
    owners = [owner_id for owner_id, _ in waiting]
    if len(owners) > 1:
        held = jobs.filter(state=Job.State.RUNNING, lease_until__gt=now)
        running = dict(held.values_list("owner_id").annotate(Count("pk")))
        lately = jobs.filter(started_at__gt=now - TURN)
        turns = dict(lately.values_list("owner_id").annotate(Count("pk")))
        owner_id, _ = min(
            waiting,
            key=lambda row: (running.get(row[0], 0), turns.get(row[0], 0), row[1]),
        )
    else:
        owner_id = owners[0]
    theirs = due.filter(owner_id=owner_id) if owner_id else due.filter(owner=None)
    return theirs.order_by("run_after", "pk").values_list("pk", flat=True).first()
