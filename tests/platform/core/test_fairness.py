"""One person's many jobs do not stand before another's first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from huaben.core import jobs
from huaben.core.jobs.fairness import find_next_job
from huaben.core.jobs.runner import claim_job
from huaben.core.models import Job
from tests.factories import UserFactory
from tests.platform.core import slow_jobs  # noqa: F401  registers the kinds

pytestmark = pytest.mark.django_db


def enqueue(owner, folder, count=1):
    args = {"folder": str(folder), "steps": 0}
    owner_id = owner.pk if owner else None
    return [jobs.enqueue_job("test.steps", args, owner_id=owner_id).pk for _ in range(count)]


def test_thirty_of_one_person_let_the_first_of_another_pass(tmp_path):
    many, few = UserFactory(), UserFactory()
    first, *_ = enqueue(many, tmp_path, 30)
    assert claim_job(find_next_job("default"), "worker")
    (other,) = enqueue(few, tmp_path)
    jobs.run_next_job(first)
    assert Job.objects.get(pk=other).state == "succeeded"


def test_where_nobody_has_anything_running_whoever_had_no_turn_lately_is_next(tmp_path):
    many, few = UserFactory(), UserFactory()
    mine = enqueue(many, tmp_path, 3)
    jobs.run_next_job(mine[0])
    (other,) = enqueue(few, tmp_path)
    assert find_next_job("default") == other


def test_turns_alternate_and_each_persons_own_go_in_order(tmp_path):
    left, right = UserFactory(), UserFactory()
    lefts, rights = enqueue(left, tmp_path, 3), enqueue(right, tmp_path, 3)
    for job_id in [*lefts, *rights]:
        jobs.run_next_job(job_id)
    done = Job.objects.order_by("started_at").values_list("pk", flat=True)
    assert [list(done)[i : i + 2] for i in (0, 2, 4)] == [
        [mine, theirs] for mine, theirs in zip(lefts, rights, strict=True)
    ]


def test_every_message_runs_one_job_until_none_is_left(tmp_path):
    waiting = [*enqueue(UserFactory(), tmp_path, 2), *enqueue(None, tmp_path, 2)]
    for job_id in waiting:
        jobs.run_next_job(job_id)
    assert set(Job.objects.values_list("state", flat=True)) == {"succeeded"}
    jobs.run_next_job(waiting[0])
    assert set(Job.objects.values_list("attempts", flat=True)) == {1}


def test_a_job_that_is_not_due_and_one_of_another_queue_are_not_next(tmp_path):
    (mine,) = enqueue(UserFactory(), tmp_path)
    (elsewhere,) = enqueue(UserFactory(), tmp_path)
    Job.objects.filter(pk=elsewhere).update(queue="render")
    Job.objects.filter(pk=mine).update(run_after=timezone.now() + timedelta(minutes=5))
    assert find_next_job("default") is None
    assert find_next_job("render") == elsewhere


def test_a_worker_that_died_with_it_holds_nobody_back(tmp_path):
    owner = UserFactory()
    dead, waiting = enqueue(owner, tmp_path, 2)
    claim_job(dead, "worker")
    Job.objects.filter(pk=dead).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert find_next_job("default") == waiting
