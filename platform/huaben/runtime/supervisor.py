"""One parent for everything that runs: starts it in order, writes one readable log, restarts what
falls, stops it all.

Children die with the supervisor (``runtime.child``); PostgreSQL, which outlives a killed
supervisor, is taken over by the next start. A process that an earlier run left behind is stopped
first.
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

_FULL = {errno.ENOSPC, errno.EDQUOT}
COLOURS = {"web": "36", "worker": "33", "quick": "34", "beat": "35", "house": "32", "setup": "90"}


@dataclass
class Child:
    """One long-running process of the house."""

    name: str
    argv: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    created: float = 0.0
    falls: int = 0
    pump: threading.Thread | None = field(default=None, repr=False)


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
        self._screen = threading.Lock()
        self._log: IO[str] | None = None

    def run(self) -> int:
        """Start everything and stay until a signal. Returns the exit status."""
        self.var.mkdir(parents=True, exist_ok=True)
        (self.var / "log").mkdir(exist_ok=True)
        self._log = (self.var / "log" / "huaben.log").open("a", encoding="utf-8")
        lock = (self.var / "supervisor.lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print(f"Huaben already runs on {self.var}.", file=sys.stderr)  # noqa: T201
            return 1
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self.stopping.set())
        self._stop_leftovers()
        postgres = valkey = None
        try:
            self.say("house", "starting PostgreSQL and Valkey …")
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
            self._welcome()
            while not self.stopping.wait(0.5):
                self._keep_alive(postgres, valkey)
        finally:
            self.say("house", "stopping …")
            self._stop_children()
            if valkey is not None:
                valkey.stop()
            if postgres is not None:
                postgres.stop()
            (self.var / "children.json").unlink(missing_ok=True)
            self.say("house", "stopped; everything is kept in var/")
        return 0

    def say(self, who: str, line: str) -> None:
        """One line of the common log: to the screen, and to ``var/log/huaben.log``."""
        with self._screen:
            mark = f"{who:>6} │ "
            if sys.stdout.isatty():
                mark = f"\033[{COLOURS.get(who, '37')}m{mark}\033[0m"
            try:
                sys.stdout.write(mark + line + "\n")
                sys.stdout.flush()
            except OSError as exc:
                if exc.errno not in _FULL:  # the terminal has gone; the file goes on
                    self.stopping.set()
            # Nobody would read what the children say if this ended here, and they would wait for it
            # for ever.
            with contextlib.suppress(OSError):
                if self._log is not None:
                    self._log.write(f"{time.strftime('%Y-%m-%dT%H:%M:%S')} {who:>6} │ {line}\n")
                    self._log.flush()

    def _prepare(self) -> bool:
        command = [
            sys.executable,
            "-m",
            "django",
            "prepare_demo",
            *([] if self.season else ["--no-season"]),
        ]
        done = subprocess.run(
            command,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        for line in done.stdout.decode(errors="replace").splitlines():
            self.say("setup", line)
        if done.returncode:
            self.say("house", "could not prepare the database; see the lines above")
        return done.returncode == 0 and not self.stopping.is_set()

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
        quiet = [*celery, "worker", "--without-mingle", "--without-gossip"]
        worker = [*quiet, "-c", "2", "-n", "worker@%h", "-Q", "moderate,transcode,render,train"]
        # People's words and the sweepers never wait behind a film.
        quick = [*quiet, "-c", "1", "-n", "quick@%h", "-Q", "default"]
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
        child.started = time.monotonic()
        child.pump = threading.Thread(
            target=self._pump, args=[child.name, child.process.stdout], daemon=True
        )
        child.pump.start()
        # One that ends at once has been nobody's since; it is known by its number alone, and
        # stopped by nobody.
        with contextlib.suppress(psutil.NoSuchProcess):
            child.created = psutil.Process(child.process.pid).create_time()
        known = {c.name: [c.process.pid, c.created] for c in self.children if c.process}
        (self.var / "children.json").write_text(json.dumps(known))

    def _pump(self, name: str, stream: IO[bytes]) -> None:
        for raw in stream:
            line = raw.decode(errors="replace").rstrip()
            # Skia's own copy of Fontconfig does not know the newest words of the system's settings;
            # nobody can act on that.
            if line and not line.startswith("Fontconfig warning"):
                self.say(name, line)

    def _welcome(self) -> None:
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
        self.say("house", "")
        self.say("house", f"话本 Huaben is open:  {url}")
        self.say(
            "house",
            "Demo accounts are on the sign-in page. Ctrl-C stops everything; data stays in var/.",
        )
        self.say("house", "")

    def _keep_alive(self, postgres: Postgres | None, valkey: Valkey | None) -> None:
        for name, server in (("PostgreSQL", postgres), ("Valkey", valkey)):
            if server is not None and not server.is_running():
                self.say("house", f"{name} has stopped; starting it again")
                try:
                    server.revive()
                except (RuntimeError, subprocess.SubprocessError) as exc:
                    self.say("house", f"{name} does not start yet: {exc}")
        for child in self.children:
            if child.process is not None and child.process.poll() is not None:
                lived = time.monotonic() - child.started
                child.falls = 0 if lived > 30 else child.falls + 1
                if lived < min(10.0, 0.5 * 2**child.falls):
                    continue
                self.say(
                    "house",
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
                self.say(
                    "house",
                    f"{child.name} does not stop; killing it (its job goes on at the next start)",
                )
            # Whatever of its group still lives goes too.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait()

    def _stop_leftovers(self) -> None:
        try:
            known = json.loads((self.var / "children.json").read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            return
        for name, (pid, created) in known.items():
            try:
                process = psutil.Process(pid)
                if abs(process.create_time() - created) < 1:
                    self.say("house", f"stopping {name}, left behind by an earlier run")
                    os.killpg(pid, signal.SIGKILL)
            except (psutil.NoSuchProcess, ProcessLookupError, PermissionError):
                continue
