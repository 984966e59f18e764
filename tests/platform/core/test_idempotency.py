"""The same key acts once."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from huaben.core.idempotency import run_idempotently
from huaben.core.models import IdempotentResponse
from huaben.core.problems import Problem

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_key_gets_the_same_answer_and_acts_once():
    acts = []

    def act():
        acts.append(1)
        return 201, {"n": len(acts)}

    first = run_idempotently(scope="s", key="k", request={"a": 1}, act=act)
    assert (
        run_idempotently(scope="s", key="k", request={"a": 1}, act=act) == first == (201, {"n": 1})
    )
    assert len(acts) == 1
    assert run_idempotently(scope="another person", key="k", request={"a": 1}, act=act) == (
        201,
        {"n": 2},
    )


def test_the_same_key_for_another_request_is_a_conflict():
    run_idempotently(scope="s", key="k", request={"a": 1}, act=lambda: (200, None))
    with pytest.raises(Problem) as refused:
        run_idempotently(scope="s", key="k", request={"a": 2}, act=lambda: (200, None))
    assert refused.value.code == "key_reused"


def test_an_act_that_fails_keeps_nothing():
    def fail():
        raise RuntimeError

    with pytest.raises(RuntimeError):
        run_idempotently(scope="s", key="k", request={}, act=fail)
    assert run_idempotently(scope="s", key="k", request={}, act=lambda: (200, "done")) == (
        200,
        "done",
    )


def test_two_at_once_run_idempotently():
    acts, answers = [], []

    def act():
        acts.append(1)
        return 200, {"n": len(acts)}

    def run():
        try:
            answers.append(run_idempotently(scope="s", key="k", request={}, act=act))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(acts) == 1 and answers == [(200, {"n": 1})] * 4


def test_a_key_that_is_too_long_is_refused_and_nothing_is_done(signed_in):
    creator = signed_in("creator")
    idea = {"idea": "雨夜破庙，书生遇见提灯的女鬼", "language": "zh", "seconds": 24}
    asked = creator.post(
        "/api/v1/studio/projects", idea, format="json", headers={"Idempotency-Key": "k" * 81}
    )
    assert (asked.status_code, asked.json()["code"]) == (400, "bad_idempotency_key")
    assert creator.get("/api/v1/studio/projects").json()["results"] == []


def test_without_a_key_nothing_is_kept():
    assert run_idempotently(scope="a", key="", request={}, act=lambda: (200, {"n": 1})) == (
        200,
        {"n": 1},
    )
    assert not IdempotentResponse.objects.exists()
