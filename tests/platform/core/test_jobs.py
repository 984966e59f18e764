"""Jobs: what is promised to survive is killed here."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from huaben.core import jobs, outbox
from huaben.core.jobs import runner
from huaben.core.models import Job, OutboxMessage, RoomEvent
from tests.factories import UserFactory
from tests.platform.core import slow_jobs  # noqa: F401  registers the kinds
from tests.waiting import wait_until

_CELERY = (
    "-m celery --quiet -A tests.platform.core.slow_jobs worker -c 1 -Q default "
    "--without-mingle --without-gossip"
)
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quick_leases")]


@pytest.fixture
def start_worker():
    """Starts real Celery workers over the test's database and broker; each is killed in the end."""
    started = []

    def start():
        environment = os.environ | {
            "DATABASE_URL": _test_url(),
            "DJANGO_SETTINGS_MODULE": "huaben.settings.test",
        }
        worker = subprocess.Popen(
            [sys.executable, "-W", "ignore", *_CELERY.split(), "-n", f"t{len(started)}@%h"],
            env=environment,
            start_new_session=True,
        )
        started.append(worker)
        return worker

    yield start
    for worker in started:
        _kill(worker)


def _test_url() -> str:
    base, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    return f"{base}/{connection.settings_dict['NAME']}"


def _kill(worker):
    if worker.poll() is None:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


def test_a_killed_workers_job_finishes_elsewhere_and_finished_steps_are_not_redone(
    tmp_path, start_worker
):
    job = jobs.enqueue_job("test.steps", {"folder": str(tmp_path), "steps": 4, "hold_at": 2})
    first = start_worker()
    wait_until(lambda: (tmp_path / "starts").exists() and "2" in (tmp_path / "starts").read_text())
    _kill(first)
    (tmp_path / "go").touch()
    start_worker()
    wait_until(
        lambda: jobs.sweep_jobs() is not None and Job.objects.get(pk=job.pk).state == "succeeded"
    )
    starts = (tmp_path / "starts").read_text().split()
    assert starts == ["0", "1", "2", "2", "3"]
    assert Job.objects.get(pk=job.pk).attempts == 2


def test_a_wiped_broker_loses_no_job(tmp_path, start_worker):
    import redis

    job = jobs.enqueue_job("test.steps", {"folder": str(tmp_path), "steps": 1})
    redis.Redis.from_url(os.environ["REDIS_URL"]).flushall()
    start_worker()
    wait_until(
        lambda: jobs.sweep_jobs() is not None and Job.objects.get(pk=job.pk).state == "succeeded"
    )


def test_a_job_that_waits_is_told_to_celery_again_only_after_a_while(tmp_path, settings):
    settings.JOB_REANNOUNCE_SECONDS = 60
    waiting = jobs.enqueue_job("test.steps", {"folder": str(tmp_path), "steps": 1})
    later = jobs.enqueue_job(
        "test.steps", {"folder": str(tmp_path), "steps": 1}, delay=timedelta(seconds=1)
    )
    assert jobs.sweep_jobs() == 0
    Job.objects.filter(pk=later.pk).update(run_after=timezone.now())
    assert (jobs.sweep_jobs(), jobs.sweep_jobs()) == (1, 0), "what comes due is told once"
    Job.objects.filter(pk=waiting.pk).update(announced_at=timezone.now() - timedelta(seconds=61))
    assert (jobs.sweep_jobs(), jobs.sweep_jobs()) == (1, 0)


def test_what_the_broker_could_not_take_waits_in_the_outbox(tmp_path):
    enqueue = f"""
from tests.platform.core import slow_jobs
from huaben.core.jobs import enqueue_job
print(enqueue_job("test.steps", {{"folder": {str(tmp_path)!r}, "steps": 1}}).pk)
"""
    nobody_listens = {"DATABASE_URL": _test_url(), "REDIS_URL": "redis://127.0.0.1:1/0"}
    done = subprocess.run(
        [sys.executable, "-c", enqueue],
        env=os.environ | nobody_listens,
        capture_output=True,
        text=True,
        check=True,
    )
    waiting = OutboxMessage.objects.filter(topic="job", sent_at=None)
    assert [message.payload["job_id"] for message in waiting] == [done.stdout.strip()]
    assert outbox.relay_outbox(older_than=timedelta(0)) >= 1
    assert not OutboxMessage.objects.filter(topic="job", sent_at=None).exists()


def test_a_rolled_back_job_was_never_there(tmp_path):
    with pytest.raises(RuntimeError), transaction.atomic():
        jobs.enqueue_job("test.steps", {"folder": str(tmp_path), "steps": 1})
        raise RuntimeError
    assert not Job.objects.exists() and not OutboxMessage.objects.exists()


def test_two_workers_cannot_hold_one_job(tmp_path):
    job = jobs.enqueue_job("test.steps", {"folder": str(tmp_path), "steps": 1})
    assert runner.claim_job(job.pk, "one") is not None
    assert runner.claim_job(job.pk, "two") is None


def test_a_worker_that_lost_its_lease_can_write_nothing(tmp_path):
    job = jobs.enqueue_job("test.steps", {"folder": str(tmp_path), "steps": 1})
    slow = jobs.RunningJob(runner.claim_job(job.pk, "slow"), "slow")
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    jobs.sweep_jobs()
    assert runner.claim_job(job.pk, "quick") is not None
    with pytest.raises(jobs.LeaseLost):
        slow.progress("late", 1, 2)
    with pytest.raises(jobs.LeaseLost), transaction.atomic():
        slow.fence()


def test_a_running_job_stops_soon_after_it_is_cancelled(tmp_path, start_worker):
    job = jobs.enqueue_job("test.steps", {"folder": str(tmp_path), "steps": 2, "hold_at": 1})
    start_worker()
    wait_until((tmp_path / "step-0").exists)
    jobs.cancel_job(job.pk)
    wait_until(lambda: Job.objects.get(pk=job.pk).state == "cancelled")


def test_a_waiting_job_is_cancelled_at_once(tmp_path):
    job = jobs.enqueue_job(
        "test.steps", {"folder": str(tmp_path), "steps": 1}, delay=timedelta(hours=1)
    )
    assert jobs.cancel_job(job.pk).state == "cancelled"
    jobs.run_job(job.pk)
    assert not list(tmp_path.iterdir())


def test_a_refusal_ends_the_job_with_words_and_is_not_tried_again():
    job = jobs.enqueue_job("test.refuses", {})
    jobs.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error["code"]) == ("failed", 1, "no_ink")
    assert job.error["title"]["en"] == "There is no ink"


def test_an_error_is_tried_again_later_and_given_up_in_the_end():
    job = jobs.enqueue_job("test.breaks", {})
    jobs.run_job(job.pk)
    job.refresh_from_db()
    assert job.state == "queued" and job.run_after > timezone.now()
    Job.objects.update(run_after=timezone.now())
    jobs.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error["code"]) == ("failed", "internal")


def test_one_key_has_one_active_job(tmp_path):
    first = jobs.enqueue_job("test.steps", {"folder": str(tmp_path), "steps": 0}, key="k")
    assert (
        jobs.enqueue_job("test.steps", {"folder": str(tmp_path), "steps": 0}, key="k").pk
        == first.pk
    )
    jobs.run_job(first.pk)
    assert (
        jobs.enqueue_job("test.steps", {"folder": str(tmp_path), "steps": 0}, key="k").pk
        != first.pk
    )


def test_its_room_hears_every_change_of_state():
    job = jobs.enqueue_job("test.refuses", {}, rooms=["theatre"])
    jobs.run_job(job.pk)
    for room in (f"job:{job.pk}", "theatre"):
        told = [
            event.payload["job"]["state"]
            for event in RoomEvent.objects.filter(room=room).order_by("pk")
        ]
        assert told == ["queued", "running", "failed"]


def test_raw_sql_is_in_the_audit_trail():
    job = jobs.enqueue_job("test.refuses", {})
    with connection.cursor() as cursor:
        cursor.execute("update core_job set state = 'succeeded' where id = %s", [job.pk])
        cursor.execute(
            "select state from core_jobevent where pgh_obj_id = %s order by pgh_id", [job.pk]
        )
        assert [row[0] for row in cursor.fetchall()] == ["queued", "succeeded"]


def test_somebody_elses_job_does_not_exist(signed_in):
    job = jobs.enqueue_job("test.refuses", {}, owner_id=UserFactory().pk)
    assert signed_in("creator").get(f"/api/v1/jobs/{job.pk}").status_code == 404
    assert signed_in("creator").post(f"/api/v1/jobs/{job.pk}/cancel").status_code == 404
    assert signed_in(user=job.owner).get(f"/api/v1/jobs/{job.pk}").json()["state"] == "queued"
    assert signed_in("operator").get(f"/api/v1/jobs/{job.pk}").status_code == 200
    assert signed_in("creator").get("/api/v1/jobs").status_code == 403


def test_the_request_id_follows_a_job_into_the_worker(signed_in, caplog):
    import structlog

    structlog.contextvars.bind_contextvars(request_id="from-the-request")
    job = jobs.enqueue_job("test.breaks", {})
    structlog.contextvars.clear_contextvars()
    jobs.run_job(job.pk)
    assert any("from-the-request" in str(record.msg) for record in caplog.records)


def test_no_heartbeat_beats_while_a_test_lasts_unless_it_asks(pytestconfig):
    """In a test's own transaction a heartbeat would take the lease for lost."""
    from huaben.settings import test as plain

    assert float(pytestconfig.getini("timeout")) < plain.JOB_HEARTBEAT_SECONDS
