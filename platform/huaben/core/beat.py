"""Celery beat without a file of its own: when its tasks last ran are rows in PostgreSQL.

A file of a clock that was ahead once would keep every task from running until that time comes.
For ``celery beat --scheduler huaben.core.beat:RowScheduler``.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import structlog
from celery.beat import ScheduleEntry, Scheduler
from django.db import close_old_connections

from .clock import MARGIN
from .task_runs import BEAT, read_ages, record_run

log = structlog.get_logger(__name__)
# How often beat writes that it is there, and looks at the clock.
RECORD_SECONDS = 5
RARE = timedelta(minutes=5)


class RowScheduler(Scheduler):
    """Plans in memory. What is due at its start is found by the rows; when the clock was set back,
    the plan is made anew. Every task bears to be started once too often.
    """

    max_interval = RECORD_SECONDS
    _recorded_at = float("-inf")

    def setup_schedule(self) -> None:
        super().setup_schedule()
        ages = _ages_or_none()
        for name, entry in self.schedule.items():
            age = ages.get(name)
            if age is not None and age.total_seconds() >= 0:
                entry.last_run_at = self.app.now() - age

    def tick(self, *args: Any, **kwargs: Any) -> float:
        self._plan_anew_if_the_clock_was_set_back()
        if time.monotonic() - self._recorded_at >= RECORD_SECONDS:
            self._recorded_at = time.monotonic()
            _record(BEAT)
        return float(super().tick(*args, **kwargs))

    def apply_entry(self, entry: ScheduleEntry, producer: Any = None) -> None:
        super().apply_entry(entry, producer=producer)
        # Those that run all the time say so themselves, and are due at every start anyway.
        every = getattr(entry.schedule, "run_every", None)  # none at a certain hour
        if entry.name and (every is None or every >= RARE):
            _record(entry.name)

    def _plan_anew_if_the_clock_was_set_back(self) -> None:
        now = self.app.now()
        ahead = [
            entry
            for entry in self.schedule.values()
            if entry.last_run_at is not None and entry.last_run_at > now + MARGIN
        ]
        if ahead:
            log.warning("the clock was set back; planning anew", tasks=len(ahead))
            for entry in ahead:
                entry.last_run_at = now
            self._heap = None


def _ages_or_none() -> dict[str, Any]:
    try:
        return dict(read_ages())
    except Exception as exc:  # without PostgreSQL beat starts all the same
        log.warning("beat starts without its rows", error=f"{type(exc).__name__}: {exc}")
        return {}
    finally:
        close_old_connections()


def _record(name: str) -> None:
    try:
        record_run(name)
    except Exception as exc:
        log.warning("beat could not be recorded", error=f"{type(exc).__name__}: {exc}")
    finally:
        close_old_connections()
