"""A demo server for browser tests: ``python -m huaben.runtime`` on its own data and port."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import psutil

from tests.prepared_database import copy_to
from tests.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "teahouse-demo"


class DemoServer:
    """Starts and stops the supervisor, and speaks to it over HTTP as one of the demo's people.

    Its data lie in this run's own folder, not in pytest's: every pytest process shuts
    ``pytest-of-<user>`` to other accounts when it starts, and PostgreSQL, which runs as another
    account when we are root, would lose its data directory.
    """

    def __init__(self, name: str) -> None:
        self.var = Path(os.environ["HUABEN_TEST_FILES"]) / f"{name}-{os.getpid()}"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self.output = self.var.with_name(f"{self.var.name}.out")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> DemoServer:
        """Start and wait until the page answers.

        Raises AssertionError with what the server printed when it has ended or does not answer
        within five minutes.
        """
        # The merged typeface is the same for every server; making it again would only cost time.
        (self.var / "face").parent.mkdir(parents=True, exist_ok=True)
        if not (self.var / "face").exists():
            (ROOT / "var" / "face").mkdir(parents=True, exist_ok=True)
            (self.var / "face").symlink_to(ROOT / "var" / "face")
        # So are the tables. A start from nothing is tested in tests/platform/test_supervisor.py.
        copy_to(self.var / "postgres")
        ours = {
            "DATABASE_URL",
            "REDIS_URL",
            "DJANGO_SETTINGS_MODULE",
            "HUABEN_TEST_RUN",
            "HUABEN_VAR",
        }
        environment = {name: value for name, value in os.environ.items() if name not in ours}
        # Small pictures, drawn the same way: what is tested here is how they come about, not how
        # many pixels they have.
        environment["STUDIO_PICTURE"] = "288x512"
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "huaben.runtime",
                "--no-season",
                "--var",
                str(self.var),
                "--port",
                str(self.port),
            ],
            cwd=ROOT,
            env=environment,
            stdout=self.output.open("ab"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        process = self.process
        with contextlib.suppress(AssertionError):
            wait_until(lambda: self.is_ready() or process.poll() is not None, 300)
        assert self.is_ready(), f"the server did not open:\n{self.output.read_text()}"
        return self

    def stop(self) -> None:
        """Ctrl-C, as a person would."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(60)

    def is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def pids(self) -> list[int]:
        """Every process that works on this server's data, the supervisor included."""
        found = []
        for process in psutil.process_iter():
            try:
                words = [*process.cmdline(), process.environ().get("HUABEN_VAR", "")]
            except (psutil.AccessDenied, psutil.NoSuchProcess, psutil.ZombieProcess):
                continue
            if any(str(self.var) in word for word in words):
                found.append(process.pid)
        return found

    def child(self, name: str) -> psutil.Process:
        """The process of ``web``, ``beat`` or a worker (``runtime.supervisor.WORKERS``), or
        PostgreSQL's postmaster (``postgres``).
        """
        if name == "postgres":
            return psutil.Process(
                int((self.var / "postgres" / "postmaster.pid").read_text().split()[0])
            )
        pid, _ = json.loads((self.var / "children.json").read_text())[name]
        return psutil.Process(pid)

    def client(self, handle: str | None = None) -> ApiClient:
        """A browser without a screen: nobody, or signed in as one of the demo's people."""
        return ApiClient(self.url, handle)


class ApiClient:
    """A person at the API, with cookies and the CSRF token."""

    def __init__(self, url: str, handle: str | None) -> None:
        self.http = httpx.Client(base_url=url, timeout=30)
        self.get("/api/v1/me")
        if handle is not None:
            login = {"email": f"{handle}@demo.huaben.example", "password": PASSWORD}

            def sign_in() -> httpx.Response | None:
                answer = self.send("POST", "/_allauth/browser/v1/auth/login", login)
                return None if answer.status_code == 503 else answer  # told to try again

            wait_until(sign_in).raise_for_status()

    def get(self, path: str) -> httpx.Response:
        return self.http.get(path)

    def send(self, method: str, path: str, body: Any = None) -> httpx.Response:
        token = {"X-CSRFToken": self.http.cookies.get("csrftoken") or ""}
        return self.http.request(method, path, json=body, headers=token)
