"""What a taken-over child tries from inside is refused, and what it is there for works."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

from huaben.core.sandbox.confinement import missing_layers
from huaben.core.sandbox.parent import SandboxLimits, run_sandboxed
from tests.platform.core.trying import TRIES

REPOSITORY = Path(__file__).parents[3]
SECRET = "the key of all signatures"
ALLOWED = {"read its input", "write its output", "tell its state"}
pytestmark = pytest.mark.skipif(
    bool(missing_layers()), reason="this kernel lacks a layer; docs/core.md says what that means"
)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What each try came to, in one child."""
    folder = tmp_path_factory.mktemp("house")
    (folder / "film.mp4").write_text("a film")
    (folder / "secret_key").write_text(SECRET)
    (folder / "out").mkdir()
    where = urlsplit(os.environ["DATABASE_URL"])
    socket_folder = unquote(where.netloc.rpartition("@")[2].rpartition(":")[0])
    return run_sandboxed(
        "tests.platform.core.trying",
        {
            "task": "try",
            "inside": str(folder / "film.mp4"),
            "out": str(folder / "out"),
            "path": str(folder / "secret_key"),
            "folder": str(folder),
            "address": f"{socket_folder}/.s.PGSQL.{where.port or 5432}",
        },
        SandboxLimits(1024**3, 30, 60, 1024**2),
        codes=(),
        reads=[folder / "film.mp4"],
        writes=[folder / "out"],
        packages=REPOSITORY,
    )


@pytest.mark.parametrize("attempt", sorted(set(TRIES) - ALLOWED))
def test_it_cannot(told, attempt):
    assert told[attempt] in ("EPERM", "EACCES", "EXDEV", "EINVAL", "ENOSYS"), told[attempt]


def test_it_reads_its_input_and_writes_its_output(told):
    assert (told["read its input"], told["write its output"]) == ("a film", "made")


def test_it_has_no_capability_and_gets_none(told):
    effective, permitted, bounding, ambient, no_new_privs, seccomp = told["tell its state"].split()
    assert (effective, permitted, bounding, ambient) == ("0", "0", "0", "0")
    assert (no_new_privs, seccomp) == ("1", "2")


def test_no_secret_is_in_anything_that_it_got(told):
    assert SECRET not in str(told)
    assert "DATABASE_URL" not in str(told)


def test_postgresql_lets_nobody_in_without_the_password():
    url = os.environ["DATABASE_URL"]
    password = urlsplit(url).password
    if password is None:
        pytest.skip("DATABASE_URL names a server that is not ours")
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(url.replace(f":{password}@", "@", 1))
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(url.replace(password, "guessed", 1))
