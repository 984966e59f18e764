"""A worker loads what its jobs need before the first one comes."""

import pytest

import huaben.core.celery  # noqa: F401  connects the signal, as in a worker
from huaben.core.warming import warm_up, worker_warmups
from huaben.speech import engine
from tests.waiting import wait_until


def test_what_cannot_be_loaded_keeps_nothing_else_from_being_loaded():
    loaded = []

    def fail():
        raise OSError("no such model")

    with worker_warmups.overridden({"a": fail, "b": lambda: loaded.append("b")}):
        warm_up()
    assert loaded == ["b"]


@pytest.mark.django_db(transaction=True)
def test_a_worker_process_that_starts_loads_what_checks_remarks():
    from celery.signals import worker_process_init

    engine._load.cache_clear()
    worker_process_init.send(sender=None)
    wait_until(lambda: engine._load.cache_info().currsize == 1)
