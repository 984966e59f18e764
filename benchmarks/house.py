"""A house of a benchmark's own: embedded servers with the durability of ``make run``, an empty
database, one web worker.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from huaben.runtime.servers import Postgres, Valkey

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def open_house() -> Iterator[Path]:
    """Start PostgreSQL and Valkey in a folder that is deleted afterwards, and set Django up over
    them; gives the folder.
    """
    var = Path(tempfile.mkdtemp(prefix="huaben-bench-"))
    postgres, valkey = Postgres(var / "postgres"), Valkey(var / "valkey")
    try:
        os.environ |= {
            "HUABEN_VAR": str(var),
            "DATABASE_URL": postgres.start(),
            "REDIS_URL": valkey.start(),
            "DJANGO_SETTINGS_MODULE": "huaben.settings.embedded",
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        }
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        yield var
    finally:
        valkey.stop()
        postgres.stop()
        shutil.rmtree(var, ignore_errors=True)


@contextmanager
def one_web_worker() -> Iterator[int]:
    """One uvicorn process, started as the supervisor starts it; gives its port once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "huaben.asgi:application",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    path = f"{ROOT}{os.pathsep}{ROOT / 'platform'}"
    worker = subprocess.Popen(
        [*command, "--no-access-log", "--lifespan", "off"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": path},
        stdout=sys.stderr,
    )
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1)
                break
            except OSError:
                if worker.poll() is not None or time.monotonic() > deadline:
                    raise SystemExit("the web worker did not start") from None
                time.sleep(0.2)
        yield port
    finally:
        worker.terminate()
        worker.wait(10)
