"""Prometheus metrics of the whole platform."""

from prometheus_client import Counter, Gauge, Histogram

REQUEST_SECONDS = Histogram(
    "huaben_request_seconds",
    "Time to answer a request.",
    ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
JOBS_ENDED = Counter("huaben_jobs_ended_total", "Jobs that came to an end.", ["kind", "state"])
JOBS_WAITING = Gauge("huaben_jobs_waiting", "Jobs that wait for a worker.", ["queue"])
EVENTS_ACCEPTED = Counter("huaben_watch_events_total", "Watch events accepted.", ["outcome"])
OUTBOX_WAITING = Gauge("huaben_outbox_waiting", "Outbox messages not yet delivered.")
