"""Metrics that tell what is so, whichever process did it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from huaben.core import jobs, tasks
from huaben.core.models import Job, OutboxMessage
from huaben.core.task_runs import BEAT, record_run
from tests.platform.core import slow_jobs  # noqa: F401  registers the kinds


def _metrics(client):
    text = client.get("/metrics").content.decode()
    lines = [line.rpartition(" ") for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in lines}


@pytest.mark.django_db
def test_what_waits_in_the_outbox_is_counted_without_the_relay(signed_in):
    operator = signed_in("operator")
    before = _metrics(operator)["huaben_outbox_waiting"]
    for _ in range(22):
        OutboxMessage.objects.create(topic="room", payload={})
    OutboxMessage.objects.update(created_at=timezone.now() - timedelta(seconds=90))
    now = _metrics(operator)
    assert now["huaben_outbox_waiting"] == before + 22
    assert now["huaben_outbox_oldest_seconds"] > 80
    assert now["huaben_database_up"] == 1


@pytest.mark.django_db(transaction=True)
def test_jobs_that_another_process_ran_arrive(signed_in, quick_leases, tmp_path):
    operator = signed_in("operator")
    job = jobs.enqueue_job("test.steps", {"folder": str(tmp_path), "steps": 0})
    assert _metrics(operator)['huaben_jobs_waiting{queue="default"}'] == 1
    jobs.run_job(job.pk)
    ended = 'huaben_jobs_ended_total{kind="test.steps",state="succeeded"}'
    assert _metrics(operator)[ended] == 1
    assert 'huaben_jobs_waiting{queue="default"}' not in _metrics(operator)
    Job.objects.update(finished_at=timezone.now() - timedelta(days=91))
    tasks.delete_expired_rows()
    assert not Job.objects.exists()
    assert _metrics(operator)[ended] == 1, "what is deleted stays counted"


@pytest.mark.django_db
def test_the_age_of_beat_is_told(signed_in):
    record_run(BEAT)
    assert _metrics(signed_in("operator"))['huaben_task_age_seconds{task="beat"}'] < 60
