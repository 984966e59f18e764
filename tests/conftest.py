"""Fixtures that every test of the platform may use."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings

from tests import contract
from tests.quick_flush.snapshot import take_snapshot
from tests.waiting import wait_until

# No test needs a model that had to be fetched: those that use one ask ``tests.packs`` for it.
os.environ.setdefault("HUABEN_TEST_MODELS", os.environ.get("HUABEN_MODELS") or "var/models")
os.environ["HUABEN_MODELS"] = "var/test/no-models"

# No test asserts on time: on a busy machine one example in a thousand takes half a second.
hypothesis_settings.register_profile("huaben", deadline=None)
hypothesis_settings.load_profile("huaben")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Gives the browser tests, file by file, to two processes, the other tests to the rest.

    Each of the two starts its own demo server. A process that has no tests of its kind left takes
    those of the other kind. xdist's own ``loadgroup`` writes the group into the node's id, where
    pytest from 9.2 on does not look any more.
    """
    from xdist.scheduler import LoadScopeScheduling

    class BrowserTestsOnTwoWorkers(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return nodeid.partition("::")[0] if nodeid.startswith("tests/e2e/") else nodeid

        def _assign_work_unit(self, node: Any) -> None:
            runs_browser = node in self.nodes[:2]
            matching = (
                scope for scope in self.workqueue if scope.startswith("tests/e2e/") == runs_browser
            )
            if first := next(matching, None):
                self.workqueue.move_to_end(first, last=False)
            super()._assign_work_unit(node)

    return BrowserTestsOnTwoWorkers(config, log) if config.getvalue("dist") == "loadgroup" else None


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Has ``tests.contract`` validate every answer of the application."""
    from django.conf import settings

    settings.MIDDLEWARE = ["tests.contract.middleware", *settings.MIDDLEWARE]


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """After a whole run, prints the operations that no test saw succeed."""
    contract.write_seen()
    is_worker = hasattr(session.config, "workerinput")
    whole = session.config.args == ["tests"] and not session.config.getoption("keyword")
    if is_worker or not whole or exitstatus != pytest.ExitCode.OK:
        return
    if missing := contract.unseen():
        print("\nNo test saw these operations succeed:", *missing, sep="\n  ")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Keeps the rows that migrations made, to which tests that commit go back. At the end of the
    session all other connections to the test database are closed.
    """
    from django.db import connection

    with django_db_blocker.unblock():
        take_snapshot()
    yield
    # The server learns that a killed worker is gone only when it next writes to it; until then
    # that connection would keep the test database from being dropped.
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where datname = current_database() and pid <> pg_backend_pid()"
        )


@pytest.fixture
def api() -> Any:
    """An API client that nobody has signed in with."""
    from rest_framework.test import APIClient

    return APIClient()


@pytest.fixture
def signed_in(db: None) -> Callable[..., Any]:
    """``signed_in("moderator")`` or ``signed_in(user=user)``: an API client with a session."""
    from rest_framework.test import APIClient

    from tests.factories import UserFactory

    def sign_in(*roles: str, user: Any = None) -> Any:
        client = APIClient()
        client.user = user or UserFactory(roles=list(roles) or ["viewer", "creator"])
        client.force_login(
            client.user, backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        return client

    return sign_in


@pytest.fixture
def quick_leases(transactional_db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leases of two seconds with a heartbeat, for jobs run here and in child processes.

    Only for tests that commit: elsewhere the heartbeat could not see the job.
    """
    monkeypatch.setenv("HUABEN_TEST_QUICK_LEASES", "1")
    settings.JOB_LEASE_SECONDS, settings.JOB_HEARTBEAT_SECONDS = 2, 0.5


@pytest.fixture
def server(transactional_db: None) -> Any:
    """The whole application behind a real uvicorn on a free port; gives its address, as
    ``http://127.0.0.1:N``.
    """
    import threading

    import uvicorn

    from huaben.asgi import application

    config = uvicorn.Config(
        application,
        host="127.0.0.1",
        port=0,
        lifespan="off",
        log_level="warning",
        access_log=False,
        http="huaben.runtime.http_protocol:BoundedHttp",
        ws="huaben.runtime.websocket_protocol:BoundedWebSocket",
        proxy_headers=False,
    )
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    wait_until(lambda: running.started)
    port = running.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    running.should_exit = True
    thread.join(timeout=10)


@pytest.fixture
def cookie_of() -> Callable[[Any], str]:
    """The Cookie header of a ``signed_in`` client, for a real socket or HTTP client."""
    return lambda client: "; ".join(
        f"{name}={morsel.value}" for name, morsel in client.cookies.items()
    )
