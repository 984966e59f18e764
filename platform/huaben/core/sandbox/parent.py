"""Starts the child, waits for its answer, and stops it."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import structlog

from .crashes import CRASHES, Crash, find_crash
from .rejected import RejectedMedia

log = structlog.get_logger(__name__)
_PLATFORM = Path(__file__).resolve().parents[3]
_TICK = 0.5
# A crash above this share of the limit on memory counts as one for want of memory. Below it, memory
# would have to be refused that is as large as the other half, asked for at once and unchecked.
_NEAR_LIMIT = 0.5
# What Python, C++ and Rust say before they give up.
_OUT_OF_MEMORY = ("MemoryError", "bad_alloc", "memory allocation of")
_MAX_LINE_BYTES = 1024**2


@dataclass(frozen=True)
class SandboxLimits:
    """What one child may use. ``file_bytes`` is the size of any one file that it writes."""

    memory_bytes: int
    cpu_seconds: int
    wall_seconds: int
    file_bytes: int


class ChildFailed(Exception):
    """The child ended without an answer, and not by the file's fault: try again."""


def run_sandboxed(
    module: str,
    request: Mapping[str, object],
    limits: SandboxLimits,
    *,
    codes: Collection[str],
    reads: Iterable[Path] = (),
    writes: Iterable[Path] = (),
    on_progress: Callable[..., None] | None = None,
    check: Callable[[], None] | None = None,
    packages: Path = _PLATFORM,
) -> dict[str, Any]:
    """Have ``python -m module`` do one task (``request["task"]``) and return what it found.

    Beside the interpreter and its libraries the child reads ``reads`` and writes under ``writes``,
    folders that exist; ``confinement`` says what else it cannot do.

    ``codes`` are the reasons for which it may reject a file; ``too_heavy`` (more memory or time
    than the limits allow) and ``damaged`` (it brought the child down) always may be. ``check`` is
    called twice a second and may raise to stop the child. ``packages`` is the folder that
    ``module`` lies in. Raises RejectedMedia for such a file, and ChildFailed when the child was
    killed, ran out of disk or ended by an error of ours.
    """
    asked = {
        **request,
        "limits": asdict(limits),
        "parent": os.getpid(),
        "reads": [str(path.resolve()) for path in reads],
        "writes": [str(path.resolve()) for path in writes],
    }
    # No database address, no keys: the child gets what Python needs to start, and nothing else of
    # our environment.
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(packages),
        "LANG": "C.UTF-8",
        "MALLOC_ARENA_MAX": "2",
        "OPENBLAS_NUM_THREADS": "1",
    }
    with (
        tempfile.TemporaryFile() as errors,
        tempfile.TemporaryDirectory(prefix="huaben-child-") as scratch,
    ):
        child = subprocess.Popen(
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env={**environment, "TMPDIR": scratch},
            cwd="/",
        )
        try:
            answer = _converse(
                child, json.dumps(asked).encode(), limits.wall_seconds, on_progress, check
            )
        finally:
            if child.poll() is None:
                child.kill()
            child.wait()
            assert child.stdin is not None
            assert child.stdout is not None
            child.stdout.close()
        errors.seek(0, os.SEEK_END)
        errors.seek(max(0, errors.tell() - 2000))
        last_words = errors.read().decode(errors="replace")
    if "done" in answer:
        return dict(answer["done"])
    if answer.get("rejected") in {*codes, "too_heavy", "damaged"}:
        raise RejectedMedia(answer["rejected"], **answer.get("facts", {}))
    crash: Crash | None = answer.get("crash")
    log.warning(
        "sandboxed child ended without an answer",
        module=module,
        status=child.returncode,
        crash=crash,
        last_words=last_words,
    )
    if (
        answer.get("too_late")
        or child.returncode == -signal.SIGXCPU
        or any(words in last_words for words in _OUT_OF_MEMORY)
        or (crash and crash.peak_bytes > _NEAR_LIMIT * limits.memory_bytes)
    ):
        raise RejectedMedia("too_heavy")
    if crash or -child.returncode in CRASHES:
        raise RejectedMedia("damaged")
    raise ChildFailed(f"{module} ended with {child.returncode}: {last_words[-300:]}")


def _converse(
    child: subprocess.Popen[bytes],
    asked: bytes,
    wall_seconds: float,
    on_progress: Callable[..., None] | None,
    check: Callable[[], None] | None,
) -> dict[str, Any]:
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        child.stdin.write(asked)
        child.stdin.close()
    except BrokenPipeError:
        return {}
    deadline, waiting = time.monotonic() + wall_seconds, b""
    answer: dict[str, Any] = {}
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while True:
            if check:
                check()
            if crash := find_crash(child.pid):
                return {"crash": crash}
            if time.monotonic() > deadline:
                return {"too_late": True}
            if not selector.select(_TICK):
                continue
            data = os.read(child.stdout.fileno(), 65_536)
            if not data:
                break
            *lines, waiting = (waiting + data).split(b"\n")
            if len(waiting) > _MAX_LINE_BYTES:
                return {}
            for line in lines:
                told = json.loads(line)
                if "progress" in told:
                    if on_progress:
                        on_progress(*told["progress"])
                elif "unconfined" in told:
                    _tell_unconfined(tuple(told["unconfined"]))
                else:
                    answer = told
    child.wait(10)
    return answer


@cache
def _tell_unconfined(missing: tuple[str, ...]) -> None:
    """Log, once in a process, what this kernel does not confine."""
    log.warning("sandboxed children are not fully confined", missing=missing)
