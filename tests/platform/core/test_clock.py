"""A clock that was ahead once: nothing waits for the time that it told."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from huaben.core import jobs, outbox, tasks
from huaben.core.beat import RowScheduler
from huaben.core.celery import app
from huaben.core.jobs.runner import claim_job
from huaben.core.models import Job, OutboxMessage, TaskRun
from huaben.core.task_runs import BEAT, RELAY, SWEEP, record_run
from tests.factories import UserFactory
from tests.platform.core import slow_jobs  # noqa: F401  registers the kinds
from tests.platform.core.test_jobs import _test_url
from tests.waiting import wait_until

DAY = timedelta(days=1)
_ARGS = {"folder": "", "steps": 0}


@pytest.fixture
def job(transactional_db, tmp_path):
    return jobs.enqueue_job(
        "test.steps", _ARGS | {"folder": str(tmp_path)}, owner_id=UserFactory().pk
    )


def _set(job, **fields):
    Job.objects.filter(pk=job.pk).update(**fields)


@pytest.mark.parametrize("ahead", [timedelta(hours=2), DAY, 3650 * DAY])
def test_a_job_of_a_clock_that_was_ahead_is_handed_out_and_runs(job, quick_leases, ahead):
    then = timezone.now() + ahead
    _set(job, created_at=then, run_after=then, announced_at=then)
    assert jobs.sweep_jobs() == 1
    jobs.run_job(job.pk)
    job.refresh_from_db()
    assert job.state == "succeeded"


def test_a_job_that_is_meant_for_tomorrow_waits_for_tomorrow(transactional_db, quick_leases):
    job = jobs.enqueue_job("test.steps", _ARGS, delay=DAY)
    assert jobs.sweep_jobs() == 0
    assert claim_job(job.pk, "somebody") is None


def test_a_lease_from_the_future_holds_nobody_off(job, quick_leases):
    assert claim_job(job.pk, "dead") is not None
    _set(job, lease_until=timezone.now() + DAY)
    assert jobs.sweep_jobs() == 1
    assert claim_job(job.pk, "next") is not None


def test_a_retry_planned_by_a_wrong_clock_is_due(job, quick_leases):
    _set(job, attempts=1, run_after=timezone.now() + DAY, announced_at=None)
    assert jobs.sweep_jobs() == 1


def test_cancelling_a_job_whose_worker_died_ends_it(job, quick_leases, signed_in):
    claim_job(job.pk, "dead")
    _set(job, lease_until=timezone.now() + DAY)
    answer = signed_in(user=job.owner).post(f"/api/v1/jobs/{job.pk}/cancel")
    assert (answer.status_code, answer.json()["state"]) == (200, "cancelled")


def test_cancelling_a_job_that_runs_asks_it_to_stop(job, quick_leases):
    claim_job(job.pk, "alive")
    assert jobs.cancel_job(job.pk).state == "running"


def test_a_message_of_a_clock_that_was_ahead_is_delivered(transactional_db):
    message = OutboxMessage.objects.create(topic="room", payload={"room": "test:x"})
    OutboxMessage.objects.filter(pk=message.pk).update(created_at=timezone.now() + DAY)
    assert outbox.relay_outbox() == 1
    message.refresh_from_db()
    assert message.sent_at is not None


@pytest.mark.django_db
def test_readiness_knows_when_beat_sweep_and_relay_last_ran(client):
    record_run(BEAT)
    tasks.sweep_jobs()
    tasks.relay_outbox()
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert [answer.json()[name] for name in (BEAT, SWEEP, RELAY)] == ["ok"] * 3
    for moment in (timezone.now() - timedelta(minutes=5), timezone.now() + DAY):
        TaskRun.objects.filter(pk=BEAT).update(ran_at=moment)
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()[SWEEP]) == (503, "ok")
        assert answer.json()[BEAT].startswith("last ran ")


@pytest.mark.django_db
def test_beat_finds_what_it_missed_and_forgets_a_time_that_has_not_come():
    for name in app.conf.beat_schedule:
        record_run(name)
    TaskRun.objects.filter(pk="train the recommender").update(ran_at=timezone.now() - 2 * DAY)
    TaskRun.objects.filter(pk="sweep uploads").update(ran_at=timezone.now() + DAY)
    scheduler = RowScheduler(app=app)
    schedule = scheduler.schedule
    assert schedule["train the recommender"].is_due().is_due
    assert schedule["sweep uploads"].last_run_at <= app.now()


@pytest.mark.django_db
def test_a_clock_that_is_set_back_while_beat_runs_silences_nothing():
    scheduler = RowScheduler(app=app)
    for entry in scheduler.schedule.values():
        entry.last_run_at = app.now() + DAY
    scheduler.populate_heap()
    delay = scheduler.tick()
    assert delay <= 5
    assert all(entry.last_run_at <= app.now() for entry in scheduler.schedule.values())


def test_beat_as_a_process_says_that_it_is_there(transactional_db, tmp_path):
    environment = os.environ | {
        "DATABASE_URL": _test_url(),
        "DJANGO_SETTINGS_MODULE": "huaben.settings.test",
        "PYTHONPATH": str(Path(__file__).parents[3]),
    }
    command = (
        "-W ignore -m celery --quiet -A huaben.core.celery beat "
        "--scheduler huaben.core.beat:RowScheduler --pidfile="
    )
    beat = subprocess.Popen(
        [sys.executable, *command.split()], env=environment, cwd=tmp_path, start_new_session=True
    )
    try:
        wait_until(lambda: TaskRun.objects.filter(pk=BEAT).exists(), 120)
        assert connection.ensure_connection() is None
    finally:
        beat.terminate()
        beat.wait(30)
    assert list(tmp_path.iterdir()) == []


def test_a_job_whose_worker_dies_again_and_again_gets_time(job, quick_leases):
    """Five deaths within two minutes used to end it for good."""
    for waits in (False, True, True):
        assert claim_job(job.pk, "dies") is not None
        _set(job, lease_until=timezone.now() - timedelta(seconds=1))
        assert jobs.sweep_jobs() == (0 if waits else 1)
        job.refresh_from_db()
        assert (job.state, job.run_after > timezone.now()) == ("queued", waits)
        _set(job, run_after=timezone.now())
        assert jobs.sweep_jobs() == (1 if waits else 0)
