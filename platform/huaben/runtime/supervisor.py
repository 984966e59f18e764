"""The parent of every process of ``make run``.

It starts them in order, writes their output to one log, restarts those that exit and stops them all
on a signal. Child processes die with the supervisor (``runtime.child``); PostgreSQL, which outlives
a killed supervisor, is taken over by the next start. A process that an earlier run left behind is
stopped first.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import logging
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import psutil

from .health import address_of, allowed_host, answers
from .log_file import LogFile, LogHandler
from .preflight import CannotStart, check_start, disk_refusal, failed_preparation, failed_start
from .servers import Addresses, Postgres, Valkey, write_addresses
from .shortcomings import shortcomings

# What nobody but this account may list: unreviewed films, logs, uploads.
PRIVATE_FOLDERS = ("log", "media", "uploads", "generation", "recsys", "valkey", "metrics")
OPEN_SECONDS = 120.0
MAX_FAILED_STARTS = 3
WATCH_SECONDS = 5.0

# Workers: how many at once, of which queues. What is urgent (premieres, what a commit promised)
# waits for nothing, people's words for no film. A thread waits for the child that examines a film.
WORKERS = {
    "worker": ("-c 2", "moderate,transcode,render,train"),
    "quick": ("-c 1", "default"),
    "words": ("-c 1", "speech"),
    "files": ("-P threads -c 2", "examine"),
    "urgent": ("-P threads -c 1", "urgent"),
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
        # Told back by the health check, so that another house on this port is not taken for ours.
        self.instance = secrets.token_hex(8)
        self.environment["HUABEN_INSTANCE"] = self.instance
        allowed = [os.environ.get("ALLOWED_HOSTS", ""), allowed_host(host)]
        self.environment["ALLOWED_HOSTS"] = ",".join(filter(None, allowed))
        self.hang_seconds = float(os.environ.get("HUABEN_HANG_SECONDS", "45"))
        self.children: list[Child] = []
        self._postgres: Postgres | None = None
        self._valkey: Valkey | None = None
        self._answered_at = 0.0
        self._log = LogFile(var / "log" / "huaben.log")
        self._told = LogHandler(self._log)

    def run(self) -> int:
        """Start everything and stay until a signal. Returns the exit status: 1, with one sentence
        in each language and nothing left running, when it cannot start.
        """
        os.umask(0o077)
        # What the wheels of the servers log goes to the file; the screen gets sentences.
        logging.basicConfig(handlers=[self._told], level=logging.WARNING, force=True)
        try:
            embedded = "DATABASE_URL" not in os.environ
            check_start(self.var, self.host, self.port, embedded_database=embedded)
            lock = self._open_folder()
        except CannotStart as refusal:
            _say(refusal)
            return 1
        for signal_number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(signal_number, lambda *_: self.stopping.set())
        try:
            self._serve()
        except CannotStart as refusal:
            for line in (refusal.zh, refusal.en):
                self.log("huaben", line, screen=False)
            _say(refusal)
            return 1
        finally:
            self._stop_all()
            lock.close()
        return 0

    def log(self, source: str, line: str, *, screen: bool = True) -> None:
        """Write one line to the screen and to ``var/log/huaben.log``."""
        self._log.write(source, line, screen=screen)
        if self._log.terminal_gone.is_set():
            self.stopping.set()

    def _open_folder(self) -> IO[str]:
        """Make the data folder, its log and its lock. Raises CannotStart."""
        try:
            self.var.mkdir(parents=True, exist_ok=True)
            for name in PRIVATE_FOLDERS:
                if (self.var / name).is_dir():
                    (self.var / name).chmod(0o700)
            lock = (self.var / "supervisor.lock").open("a")
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._log.open()
        except BlockingIOError:
            raise CannotStart(
                f"话本已经在 {self.var} 上运行", f"Huaben already runs on {self.var}."
            ) from None
        except OSError as exc:
            raise disk_refusal(self.var, exc) from exc
        return lock

    def _serve(self) -> None:
        self._stop_leftovers()
        self.log("huaben", "starting PostgreSQL and Valkey …")
        addresses = {}
        if "DATABASE_URL" not in os.environ:
            with self._starting("PostgreSQL"):
                self._postgres = Postgres(self.var / "postgres")
                addresses["DATABASE_URL"] = self._postgres.start()
        if "REDIS_URL" not in os.environ:
            with self._starting("Valkey"):
                self._valkey = Valkey(self.var / "valkey")
                addresses["REDIS_URL"] = self._valkey.start()
        self.environment |= addresses
        with self._starting("servers.json"):
            write_addresses(
                self.var, Addresses(self.environment["DATABASE_URL"], self.environment["REDIS_URL"])
            )
        self._prepare()
        if self.stopping.is_set():
            return
        with self._starting("the processes of Huaben"):
            self._start_children()
        self._wait_until_open()
        while not self.stopping.wait(0.5):
            self._restart_stopped()
            self._restart_hung()

    @contextlib.contextmanager
    def _starting(self, what: str) -> Iterator[None]:
        """Turn whatever keeps a server from starting into words; its traceback goes to the file."""
        try:
            yield
        except Exception as exc:
            for line in traceback.format_exc().splitlines():
                self.log("huaben", line, screen=False)
            raise failed_start(what, exc, self._told.last, self.var) from exc

    def _stop_all(self) -> None:
        self.log("huaben", "stopping …")
        self._stop_children()
        for server in (self._valkey, self._postgres):
            if server is not None:
                # Whatever never started cannot be stopped.
                with contextlib.suppress(Exception):
                    server.stop()
        (self.var / "children.json").unlink(missing_ok=True)
        self.log("huaben", f"stopped; everything is kept in {self.var}")

    def _prepare(self) -> None:
        """Migrate the database and prepare the demo. Raises CannotStart."""
        command = [sys.executable, "-m", "django", "prepare_demo"]
        with self._starting("prepare_demo"):
            completed = subprocess.run(
                command if self.season else [*command, "--no-season"],
                env=self.environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                check=False,
            )
        printed = completed.stdout.decode(errors="replace").splitlines()
        lines = [line for line in printed if not is_noise(line)]
        failed = completed.returncode != 0 and not self.stopping.is_set()
        for line in lines:
            self.log("setup", line, screen=not failed)
        if failed:
            raise failed_preparation(completed.returncode, lines, self.var)

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
            "--http",
            "huaben.runtime.http_protocol:BoundedHttp",
            "--ws-max-size",
            "524288",
            "--ws",
            "huaben.runtime.websocket_protocol:BoundedWebSocket",
            # TRUSTED_PROXIES says which proxies are believed, and nothing else.
            "--no-proxy-headers",
        ]
        beat = [*celery, "beat", "--scheduler", "huaben.core.beat:RowScheduler", "--pidfile", ""]
        celery_worker = [*celery, "worker", "--without-mingle", "--without-gossip"]
        workers = [
            Child(name, [*celery_worker, *how.split(), "-n", f"{name}@%h", "-Q", queues])
            for name, (how, queues) in WORKERS.items()
        ]
        self.children = [Child("web", web), *workers, Child("beat", beat)]
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
            if line and not is_noise(line):
                self.log(name, line)

    def _wait_until_open(self) -> None:
        """Wait until our own web process answers, and say so. Raises CannotStart when it ends again
        and again instead.
        """
        web = self.children[0]
        deadline = time.monotonic() + OPEN_SECONDS
        while not answers(self.host, self.port, self.instance, timeout=2):
            if self.stopping.wait(0.2):
                return
            self._restart_stopped()
            if web.failed_starts >= MAX_FAILED_STARTS or time.monotonic() > deadline:
                log = self.var / "log" / "huaben.log"
                raise CannotStart(
                    f"网页进程在 {self.host}:{self.port} 上启动不了。详情见 {log}",
                    f"The web process does not start on {self.host}:{self.port}. {log} says more",
                )
        self.log("huaben", "")
        self.log("huaben", f"话本 Huaben is open:  {address_of(self.host, self.port)}")
        self.log(
            "huaben",
            f"Demo accounts are on the sign-in page. Ctrl-C stops everything; "
            f"data stays in {self.var}.",
        )
        for sentence in shortcomings():
            self.log("huaben", sentence)
        self.log("huaben", "")
        self._answered_at = time.monotonic()
        threading.Thread(target=self._watch_web, daemon=True, name="watch").start()

    def _watch_web(self) -> None:
        while not self.stopping.wait(WATCH_SECONDS):
            if answers(self.host, self.port, self.instance, timeout=WATCH_SECONDS):
                self._answered_at = time.monotonic()

    def _restart_hung(self) -> None:
        """Kill a web process that has not answered its health check for ``hang_seconds``; it is
        started again as any that ended.
        """
        web = self.children[0]
        since = max(self._answered_at, web.started_at)
        if web.process is None or time.monotonic() - since < self.hang_seconds:
            return
        self.log("huaben", f"web has not answered for {self.hang_seconds:.0f} s; starting it again")
        with contextlib.suppress(ProcessLookupError):
            os.killpg(web.process.pid, signal.SIGKILL)
        web.process.wait()
        self._start(web)

    def _restart_stopped(self) -> None:
        for name, server in (("PostgreSQL", self._postgres), ("Valkey", self._valkey)):
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


def is_noise(line: str) -> bool:
    """Skia's own copy of Fontconfig does not know the newest settings of the system; nobody can act
    on its warnings.
    """
    return "Fontconfig warning" in line or ("Fontconfig" in line and "unknown element" in line)


def _say(refusal: CannotStart) -> None:
    print(refusal.zh, refusal.en, sep="\n", file=sys.stderr)  # noqa: T201
