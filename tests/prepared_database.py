"""PostgreSQL data folders whose database is migrated already, for test runs and demo servers.

Migrating an empty database takes half a minute of processor time, and a run needs half a dozen. So
one folder is migrated for each set of migrations, stopped, and copied.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg

from huaben.runtime.servers import Postgres

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = "template_huaben"  # what test databases are copied from: nobody connects to it


def start_shared(settings: dict[str, str]) -> str:
    """Start or join the server that all runs of these migrations on this checkout share.

    Returns the URL of its migrated database ``huaben``; ``TEMPLATE`` stands beside it.
    """
    folder = _home() / "shared"
    copy_to(folder)
    return Postgres(folder, settings=settings, shared=True).start()


def copy_to(folder: Path) -> None:
    """Make ``folder`` the data folder of a stopped server, unless it is there already.

    Raises CalledProcessError, with Django's words on stderr, when a migration fails.
    """
    home = _home()
    home.parent.mkdir(parents=True, exist_ok=True)
    with (home.parent / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "stopped").exists():
            _prepare(home / "new")
            _password(home / "new").rename(_password(home / "stopped"))
            (home / "new").rename(home / "stopped")
        if not folder.exists():
            folder.parent.mkdir(parents=True, exist_ok=True)
            part = folder.with_name(f"{folder.name}.part")
            # Not shutil: cp keeps the owner, which is another account than ours when we are root.
            subprocess.run(["/bin/cp", "-a", home / "stopped", part], check=True)
            shutil.copy(_password(home / "stopped"), _password(folder))
            part.rename(folder)


def _password(folder: Path) -> Path:
    """Where ``Postgres`` keeps the password of a data folder's server."""
    return folder.with_name(f"{folder.name}.password")


def _home() -> Path:
    """The folder of these very migrations; those of others stay for whoever has them checked
    out.
    """
    digest = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for file in sorted((ROOT / "platform").glob("huaben/*/migrations/*.py")):
        digest.update(file.read_bytes())
    return ROOT / "var" / "test" / f"postgres-{digest.hexdigest()[:12]}"


def _prepare(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)  # what a killed run had begun
    server = Postgres(folder)
    url = server.start()
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity=0"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "huaben.settings.test"},
        check=True,
    )
    with psycopg.connect(f"{url.rpartition('/')[0]}/postgres", autocommit=True) as connection:
        connection.execute(f"create database {TEMPLATE} template huaben")
    server.stop()
