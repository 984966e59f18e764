"""Prometheus metrics of the whole platform.

What happens in the web process is counted there. What workers do is read from PostgreSQL at each
scrape, for their own counters never reach the process that is scraped.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

REQUEST_SECONDS = Histogram(
    "huaben_request_seconds",
    "Time to answer a request.",
    ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
EVENTS_ACCEPTED = Counter("huaben_watch_events_total", "Watch events accepted.", ["outcome"])
_ENDED = "('succeeded', 'failed', 'cancelled')"


class DatabaseCollector(Collector):
    """Jobs, outbox and the tasks of beat, as PostgreSQL has them this moment. Without PostgreSQL:
    ``huaben_database_up`` is 0, and nothing else is told.
    """

    def collect(self) -> Iterator[Metric]:
        up = GaugeMetricFamily("huaben_database_up", "Whether PostgreSQL answered this scrape.")
        try:
            found = [*self._outbox(), *self._jobs(), self._tasks()]
        except Exception:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        yield from found

    def _outbox(self) -> list[Metric]:
        ((waiting, age),) = _read(
            "select count(*), coalesce(extract(epoch from max(clock_timestamp() - created_at)), 0) "
            "from core_outboxmessage where sent_at is null"
        )
        return [
            _gauge(
                "huaben_outbox_waiting", "Outbox messages not yet delivered.", [], [((), waiting)]
            ),
            _gauge("huaben_outbox_oldest_seconds", "Age of the oldest of them.", [], [((), age)]),
        ]

    def _jobs(self) -> list[Metric]:
        active = _read(
            "select queue, state, count(*) from core_job where state in ('queued', 'running') "
            "group by queue, state"
        )
        states: dict[str, list[tuple[tuple[str, ...], float]]] = {"queued": [], "running": []}
        for queue, state, count in active:
            states[state].append(((queue,), count))
        ended = CounterMetricFamily(
            "huaben_jobs_ended", "Jobs that came to an end.", labels=["kind", "state"]
        )
        for kind, state, count in _read(
            f"select kind, state, sum(n) from (select kind, state, count(*) n from core_job "  # noqa: S608  # constants
            f"where state in {_ENDED} group by kind, state "
            "union all select kind, state, count from core_jobtotal) counted group by kind, state"
        ):
            ended.add_metric([kind, state], float(count))
        words = "Jobs that wait for a worker."
        return [
            _gauge("huaben_jobs_waiting", words, ["queue"], states["queued"]),
            _gauge(
                "huaben_jobs_running", "Jobs that a worker holds.", ["queue"], states["running"]
            ),
            ended,
        ]

    def _tasks(self) -> Metric:
        rows = _read(
            "select name, extract(epoch from clock_timestamp() - ran_at) from core_taskrun"
        )
        words = "Time since a task of beat, or beat itself, last ran."
        return _gauge(
            "huaben_task_age_seconds", words, ["task"], [((name,), age) for name, age in rows]
        )


def render_metrics() -> bytes:
    """Everything, as Prometheus reads it."""
    return generate_latest(REGISTRY) + generate_latest(_database)


def _gauge(
    name: str, words: str, labels: list[str], values: list[tuple[tuple[str, ...], float]]
) -> Metric:
    family = GaugeMetricFamily(name, words, labels=labels)
    for label_values, value in values:
        family.add_metric(list(label_values), float(value))
    return family


def _read(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


_database = CollectorRegistry()
_database.register(DatabaseCollector())
