"""When the tasks that keep the house going last ran, by PostgreSQL's clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db import connection

from .clock import MARGIN, database_now
from .models import TaskRun

BEAT, SWEEP, RELAY = "beat", "sweep jobs", "relay outbox"
# Beat starts the sweep every 5 s and the relay every 2 s; a worker that is busy may be late.
MAX_AGES: Mapping[str, timedelta] = {
    BEAT: timedelta(seconds=60),
    SWEEP: timedelta(seconds=120),
    RELAY: timedelta(seconds=120),
}


def record_run(name: str) -> None:
    """Write down that a task ran, now."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into {TaskRun._meta.db_table} (name, ran_at) values (%s, clock_timestamp()) "  # noqa: S608  # a name of ours
            "on conflict (name) do update set ran_at = excluded.ran_at",
            [name],
        )


def read_ages() -> dict[str, timedelta]:
    """How long ago each task ran that ever did; below zero when a clock was ahead then."""
    now = database_now()
    return {run.name: now - run.ran_at for run in TaskRun.objects.all()}


def is_late(name: str, age: timedelta) -> bool:
    """Whether a task that should run all the time did not."""
    return name in MAX_AGES and not -MARGIN <= age <= MAX_AGES[name]
