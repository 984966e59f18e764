"""Fixtures of media's tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import httpx
import pytest
from django.db import connection

from huaben.core.jobs import run_job
from huaben.media import playback, services
from huaben.media.models import Asset
from tests.factories import UserFactory
from tests.platform.media.films import make_film
from tests.waiting import wait_until


@pytest.fixture
def uploads_in(settings: Any, tmp_path: Path) -> Path:
    """The folder of uploads, of this test only."""
    settings.UPLOAD_ROOT = tmp_path / "uploads"
    return settings.UPLOAD_ROOT


@pytest.fixture
def stored_in(settings: Any, tmp_path: Path) -> Path:
    """The default storage's folder, of this test only."""
    folder = tmp_path / "stored"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": folder},
        },
    }
    return folder


@pytest.fixture
def open_gate() -> Iterator[set[Any]]:
    """A gate in place of the catalogue's: whatever asset id is put into the set is shown."""
    shown: set[Any] = set()
    with playback.playback_guards.overridden({"test": shown.__contains__}):
        yield shown


@pytest.fixture
def packaged(
    transactional_db: None, stored_in: Path, uploads_in: Path, tmp_path: Path
) -> Callable[..., Asset]:
    """``packaged(seconds=3, ...)``: an asset of a film made so, packaged by the real job."""

    def make(
        path: Path | None = None, metadata: dict[str, str] | None = None, **film: Any
    ) -> Asset:
        path = path or make_film(tmp_path / "film.mp4", **film)
        asset = services.store_asset(path=path, owner=UserFactory())
        job = services.package_asset_later(asset=asset, metadata=metadata or {})
        run_job(job.pk)
        job.refresh_from_db()
        assert job.state == "succeeded", job.error
        asset.refresh_from_db()
        return asset

    return make


def child_environment(**more: str) -> dict[str, str]:
    """The environment of a process that shares this test's database, broker and folders."""
    base, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    return os.environ | {
        "DATABASE_URL": f"{base}/{connection.settings_dict['NAME']}",
        "DJANGO_SETTINGS_MODULE": "huaben.settings.test",
        **more,
    }


@pytest.fixture
def start_server(
    transactional_db: None,
) -> Iterator[Callable[..., tuple[str, subprocess.Popen[bytes]]]]:
    """Starts a real web process of its own, which a test may kill; gives its address and the
    process.
    """
    started: list[subprocess.Popen[bytes]] = []

    def start(files: Path, before: str = "") -> tuple[str, subprocess.Popen[bytes]]:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        run = (
            f"import uvicorn\n{before}\nuvicorn.run('huaben.asgi:application', port={port}, "
            "lifespan='off', log_level='error')"
        )
        server = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", run],
            env=child_environment(HUABEN_TEST_FILES=str(files)),
        )
        started.append(server)

        def answers() -> bool:
            with suppress(OSError), urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return True
            return False

        wait_until(answers)
        return f"http://127.0.0.1:{port}", server

    yield start
    for server in started:
        server.kill()
        server.wait()


@pytest.fixture
def headers_of() -> Callable[..., dict[str, str]]:
    """``headers_of(client)``: what a signed-in browser sends with an upload."""

    def headers(client: Any, **more: str) -> dict[str, str]:
        token = client.get("/api/v1/me") and client.cookies["csrftoken"].value
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
        return {"Cookie": cookies, "X-CSRFToken": token, "Tus-Resumable": "1.0.0", **more}

    return headers


@pytest.fixture
def creator(signed_in: Callable[..., Any]) -> Any:
    """A creator's browser, signed in."""
    return signed_in("creator")


@pytest.fixture
def browser(
    server: str, creator: Any, headers_of: Callable[..., dict[str, str]]
) -> Iterator[httpx.Client]:
    """An HTTP client with the creator's session, at the real server."""
    with httpx.Client(base_url=server, headers=headers_of(creator), timeout=30) as client:
        yield client


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A film of two seconds."""
    return make_film(tmp_path / "film.mp4", seconds=2)
