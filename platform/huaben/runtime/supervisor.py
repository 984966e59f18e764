"""The parent of every process of ``make run``.

It starts them in order, writes their output to one log, restarts those that exit and stops them all
on a signal. Child processes die with the supervisor (``runtime.child``); PostgreSQL, which outlives
a killed supervisor, is taken over by the next start. A process that an earlier run left behind is
stopped first.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import psutil

from .servers import Addresses, Postgres, Valkey, write_addresses

DISK_FULL_ERRORS = {errno.ENOSPC, errno.EDQUOT}
# ANSI colours of the names in front of each log line.
LOG_COLOURS = {
    "web": "36",
    "worker": "33",
    "quick": "34",
    "beat": "35",
    "huaben": "32",
    "setup": "90",
}


@dataclass
class Child:
    """One long-running process under the supervisor."""

    name: str
    argv: list[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    created_at: float = 0.0
    failed_starts: int = 0
    log_thread: threading.Thread | None = field(default=None, repr=False)


class Supervisor:
    """Runs web, two workers and beat over the embedded servers until it is told to stop."""

    def __init__(self, var: Path, host: str, port: int, *, season: bool) -> None:
        self.var, self.host, self.port, self.season = var, host, port, season
        self.stopping = threading.Event()
        self.environment = os.environ | {
            "HUABEN_VAR": str(var),
            "DJANGO_SETTINGS_MODULE": os.environ.get(
                "DJANGO_SETTINGS_MODULE", "huaben.settings.embedded"
            ),
            "PYTHONUNBUFFERED": "1",
            "PYTHONWARNINGS": "ignore",
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        }
        self.children: list[Child] = []
        self._log_lock = threading.Lock()
        self._log_file: IO[str] | None = None

    def run(self) -> int:
        """Start everything and stay until a signal. Returns the exit status."""
        self.var.mkdir(parents=True, exist_ok=True)
        (self.var / "log").mkdir(exist_ok=True)
        self._log_file = (self.var / "log" / "huaben.log").open("a", encoding="utf-8")
        lock = (self.var / "supervisor.lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print(f"Huaben already runs on {self.var}.", file=sys.stderr)  # noqa: T201
            return 1
        for signal_number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(signal_number, lambda *_: self.stopping.set())
        self._stop_leftovers()
        postgres = valkey = None
        try:
            self.log("huaben", "starting PostgreSQL and Valkey …")
            addresses = {}
            if "DATABASE_URL" not in os.environ:
                postgres = Postgres(self.var / "postgres")
                addresses["DATABASE_URL"] = postgres.start()
            if "REDIS_URL" not in os.environ:
                valkey = Valkey(self.var / "valkey")
                addresses["REDIS_URL"] = valkey.start()
            self.environment |= addresses
            write_addresses(
                self.var, Addresses(self.environment["DATABASE_URL"], self.environment["REDIS_URL"])
            )
            if not self._prepare():
                return 1
            self._start_children()
            self._print_welcome()
            while not self.stopping.wait(0.5):
                self._restart_stopped(postgres, valkey)
        finally:
            self.log("huaben", "stopping …")
            self._stop_children()
            if valkey is not None:
                valkey.stop()
            if postgres is not None:
                postgres.stop()
            (self.var / "children.json").unlink(missing_ok=True)
            self.log("huaben", "stopped; everything is kept in var/")
        return 0

    def log(self, source: str, line: str) -> None:
        """Write one line to the screen and to ``var/log/huaben.log``."""
        with self._log_lock:
            prefix = f"{source:>6} │ "
            if sys.stdout.isatty():
                prefix = f"\033[{LOG_COLOURS.get(source, '37')}m{prefix}\033[0m"
            try:
                sys.stdout.write(prefix + line + "\n")
                sys.stdout.flush()
            except OSError as exc:
                if exc.errno not in DISK_FULL_ERRORS:  # the terminal has gone; the file goes on
                    self.stopping.set()
            # If this raised, nobody would read the children's pipes, and they would block for ever.
            with contextlib.suppress(OSError):
                if self._log_file is not None:
                    self._log_file.write(
                        f"{time.strftime('%Y-%m-%dT%H:%M:%S')} {source:>6} │ {line}\n"
                    )
                    self._log_file.flush()

    def _prepare(self) -> bool:
        command = [
            sys.executable,
            "-m",
            "django",
            "prepare_demo",
            *([] if self.season else ["--no-season"]),
        ]
        completed = subprocess.run(
            command,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        for line in completed.stdout.decode(errors="replace").splitlines():
            self.log("setup", line)
        if completed.returncode:
            self.log("huaben", "could not prepare the database; see the lines above")
        return completed.returncode == 0 and not self.stopping.is_set()

    def _start_children(self) -> None:
        python = sys.executable
        celery = [python, "-W", "ignore", "-m", "celery", "--quiet", "-A", "huaben.core.celery"]
        web = [
            python,
            "-m",
            "uvicorn",
            "huaben.asgi:application",
            "--host",
            self.host,
            "--port",
            str(self.port),
        ]
        web += [
            "--no-access-log",
            "--lifespan",
            "off",
            "--timeout-graceful-shutdown",
            "3",
            "--ws-max-size",
            "524288",
        ]
        celery_worker = [*celery, "worker", "--without-mingle", "--without-gossip"]
        engine_queues = "moderate,transcode,render,train"
        worker = [*celery_worker, "-c", "2", "-n", "worker@%h", "-Q", engine_queues]
        # Comments and the sweepers never wait behind a film.
        quick = [*celery_worker, "-c", "1", "-n", "quick@%h", "-Q", "default"]
        beat = [*celery, "beat", "--schedule", str(self.var / "beat-schedule"), "--pidfile", ""]
        self.children = [
            Child("web", web),
            Child("worker", worker),
            Child("quick", quick),
            Child("beat", beat),
        ]
        for child in self.children:
            self._start(child)

    def _start(self, child: Child) -> None:
        child.process = subprocess.Popen(
            [sys.executable, "-m", "huaben.runtime.child", *child.argv],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        child.started_at = time.monotonic()
        child.log_thread = threading.Thread(
            target=self._copy_output, args=[child.name, child.process.stdout], daemon=True
        )
        child.log_thread.start()
        # A child that exits at once has no creation time: its number alone is recorded, and no
        # later run stops that process.
        with contextlib.suppress(psutil.NoSuchProcess):
            child.created_at = psutil.Process(child.process.pid).create_time()
        records = {c.name: [c.process.pid, c.created_at] for c in self.children if c.process}
        (self.var / "children.json").write_text(json.dumps(records))

    def _copy_output(self, name: str, stream: IO[bytes]) -> None:
        for raw in stream:
            line = raw.decode(errors="replace").rstrip()
            # Skia's own copy of Fontconfig does not know the newest settings of the system; nobody
            # can act on its warning.
            if line and not line.startswith("Fontconfig warning"):
                self.log(name, line)

    def _print_welcome(self) -> None:
        url = f"http://localhost:{self.port}"
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not self.stopping.is_set():
            try:
                with urllib.request.urlopen(f"http://{self.host}:{self.port}/healthz", timeout=1):
                    break
            except OSError:
                time.sleep(0.2)
        else:
            return
        self.log("huaben", "")
        self.log("huaben", f"话本 Huaben is open:  {url}")
        self.log(
            "huaben",
            "Demo accounts are on the sign-in page. Ctrl-C stops everything; data stays in var/.",
        )
        self.log("huaben", "")

    def _restart_stopped(self, postgres: Postgres | None, valkey: Valkey | None) -> None:
        for name, server in (("PostgreSQL", postgres), ("Valkey", valkey)):
            if server is not None and not server.is_running():
                self.log("huaben", f"{name} has stopped; starting it again")
                try:
                    server.restart()
                except (RuntimeError, subprocess.SubprocessError) as exc:
                    self.log("huaben", f"{name} does not start yet: {exc}")
        for child in self.children:
            if child.process is not None and child.process.poll() is not None:
                lived = time.monotonic() - child.started_at
                child.failed_starts = 0 if lived > 30 else child.failed_starts + 1
                if lived < min(10.0, 0.5 * 2**child.failed_starts):
                    continue
                self.log(
                    "huaben",
                    f"{child.name} ended with status {child.process.returncode}; starting it again",
                )
                self._start(child)

    def _stop_children(self) -> None:
        for child in self.children:
            if child.process is not None and child.process.poll() is None:
                os.killpg(child.process.pid, signal.SIGTERM)
        deadline = time.monotonic() + 8
        for child in self.children:
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.log(
                    "huaben",
                    f"{child.name} does not stop; killing it (its job goes on at the next start)",
                )
            # Kill what is left of its process group.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait()

    def _stop_leftovers(self) -> None:
        try:
            records = json.loads((self.var / "children.json").read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            return
        for name, (pid, created_at) in records.items():
            try:
                process = psutil.Process(pid)
                if abs(process.create_time() - created_at) < 1:
                    self.log("huaben", f"stopping {name}, left behind by an earlier run")
                    os.killpg(pid, signal.SIGKILL)
            except (psutil.NoSuchProcess, ProcessLookupError, PermissionError):
                continue
