"""``python -m huaben.runtime`` as a process: what keeps it from starting is said in words, a web
process that hangs is started again.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx
import psutil
import pytest

from huaben.runtime.health import address_of, allowed_host
from huaben.runtime.log_file import KEPT_FILES, LogFile
from huaben.runtime.supervisor import is_noise
from tests.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]
SERVERS = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "HUABEN_TEST_RUN", "HUABEN_VAR"}
is_root = os.geteuid() == 0


@pytest.fixture
def var(tmp_path: Path) -> Path:
    return Path(os.environ["HUABEN_TEST_FILES"]) / f"house-{tmp_path.name}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment(**more: str) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in SERVERS} | more


def _command(var: Path, *options: object) -> list[str]:
    return [
        sys.executable, "-m", "huaben.runtime", "--no-season", "--var", str(var),
        *map(str, options),
    ]  # fmt: skip


def _refused(var: Path, *options: object, within: Sequence[str] = (), **environment: str) -> str:
    """What a start that fails says; asserts that it fails in two sentences and leaves nothing."""
    done = subprocess.run(
        [*within, *_command(var, *options)],
        env=_environment(**environment),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    chinese, english = done.stderr.strip().splitlines()
    assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese)
    # What dies with the supervisor does so a moment after it.
    wait_until(lambda: not _processes_of(var), 20)
    return english


def _processes_of(var: Path) -> list[psutil.Process]:
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        if str(var) in " ".join(process.info["cmdline"] or [])
    ]


def test_a_port_that_another_program_has_is_said(var: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert f"Another program listens on 127.0.0.1:{port}" in _refused(var, "--port", port)
    assert not var.exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--host", "192.0.2.7"], "no address 192.0.2.7"),
        (["--host", "no.such.host.invalid"], "no address no.such.host.invalid"),
        (["--port", "99999"], "no port 99999"),
        (["--port", "0"], "no port 0"),
    ],
)
def test_an_address_that_is_none_is_said(var: Path, options: list[str], words: str) -> None:
    assert words in _refused(var, *options)
    assert not var.exists()


@pytest.mark.skipif(not is_root, reason="only root can give files away")
def test_root_does_not_take_the_folder_of_somebody_else(var: Path) -> None:
    (var / "postgres").mkdir(parents=True)
    os.chown(var, 12345, 12345)
    os.chown(var / "postgres", 12345, 12345)
    english = _refused(var, "--port", _free_port())
    assert "belongs to 12345" in english and f"chown -R root {var}" in english
    assert [path.name for path in var.iterdir()] == ["postgres"]
    assert (var / "postgres").stat().st_uid == 12345
    os.chown(var, 0, 0)
    assert "database folder" in _refused(var, "--port", _free_port())


def test_a_folder_that_is_none_is_said(var: Path) -> None:
    var.parent.mkdir(parents=True, exist_ok=True)
    var.write_text("a file")
    assert "it is no folder" in _refused(var, "--port", _free_port())
    assert "cannot be written to" in _refused(var / "below", "--port", _free_port())


def test_a_disk_that_is_read_only_is_said() -> None:
    assert "cannot be written to" in _refused(Path("/proc/huaben"), "--port", _free_port())


def test_too_little_memory_is_said_before_anything_is_started(var: Path) -> None:
    limited = ["sh", "-c", 'ulimit -v 900000; exec "$@"', "sh"]
    english = _refused(var, "--port", _free_port(), within=limited)
    assert "878 MiB are left" in english and "give the container more" in english
    assert not var.exists()


def test_a_database_that_does_not_start_is_said_and_nothing_stays(var: Path) -> None:
    (var / "postgres").mkdir(parents=True)
    (var / "postgres" / "PG_VERSION").write_text("3\n")
    english = _refused(var, "--port", _free_port())
    assert english.startswith("PostgreSQL does not start")
    assert "Traceback" in (var / "log" / "huaben.log").read_text()


def test_a_database_elsewhere_that_does_not_answer_is_said(var: Path) -> None:
    english = _refused(
        var,
        "--port",
        _free_port(),
        DATABASE_URL=f"postgres://nobody@127.0.0.1:{_free_port()}/none",
        REDIS_URL="redis://127.0.0.1:1/0",
    )
    assert english.startswith("The database could not be prepared")


@contextlib.contextmanager
def _running(var: Path, *options: object, **environment: str) -> Iterator[Path]:
    var.mkdir(parents=True)
    (ROOT / "var" / "face").mkdir(parents=True, exist_ok=True)
    (var / "face").symlink_to(ROOT / "var" / "face")
    output = var.with_name(f"{var.name}.out")
    with output.open("wb") as screen:
        house = subprocess.Popen(
            _command(var, *options),
            env=_environment(**environment),
            cwd=ROOT,
            stdout=screen,
            stderr=screen,
            start_new_session=True,
        )
    try:
        yield output
    finally:
        house.send_signal(signal.SIGINT)
        house.wait(60)


def test_another_address_opens_and_a_web_process_that_hangs_is_started_again(var: Path) -> None:
    port = _free_port()
    with _running(var, "--host", "127.0.0.2", "--port", port, HUABEN_HANG_SECONDS="12") as output:
        wait_until(lambda: f"is open:  http://127.0.0.2:{port}" in output.read_text(), 300)
        wait_until(lambda: _answers(f"http://127.0.0.2:{port}/readyz"), 120)
        assert oct((var / "log" / "huaben.log").stat().st_mode)[-3:] == "600"
        assert oct((var / "log").stat().st_mode)[-3:] == "700"
        pid = json.loads((var / "children.json").read_text())["web"][0]
        os.kill(pid, signal.SIGSTOP)
        wait_until(lambda: json.loads((var / "children.json").read_text())["web"][0] != pid, 120)
        wait_until(lambda: _answers(f"http://127.0.0.2:{port}/healthz"), 120)
        assert "has not answered" in output.read_text()


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def test_the_log_is_rotated_and_nobody_else_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "log" / "huaben.log"
    log = LogFile(path, max_bytes=1000)
    log.open()
    for number in range(200):
        log.write("web", f"line {number} of many", screen=False)
    files = sorted(path.parent.iterdir())
    assert len(files) == KEPT_FILES + 1
    assert all(file.stat().st_size <= 1000 for file in files)
    assert all(oct(file.stat().st_mode)[-3:] == "600" for file in files)
    assert "line 199 of many" in path.read_text()


@pytest.mark.parametrize(
    ("line", "noise"),
    [
        ('Fontconfig warning: "/etc/fonts/x.conf", line 6: unknown element "reset-dirs"', True),
        ('Fontconfig error: "/etc/fonts/x.conf", line 6: unknown element "reset-dirs"', True),
        ('50%Fontconfig warning: "/etc/fonts/x.conf", line 6: unknown element "description"', True),
        ("Fontconfig error: Cannot load default config file", False),
        ("Fonts were found", False),
    ],
)
def test_what_nobody_can_act_on_is_no_line_of_the_log(line: str, noise: bool) -> None:
    assert is_noise(line) is noise


def test_an_address_is_written_as_a_browser_wants_it() -> None:
    assert address_of("127.0.0.1", 8000) == "http://localhost:8000"
    assert address_of("::1", 8000) == "http://[::1]:8000"
    assert address_of("0.0.0.0", 8000) == "http://127.0.0.1:8000"
    assert (allowed_host("::1"), allowed_host("0.0.0.0")) == ("[::1]", "")
