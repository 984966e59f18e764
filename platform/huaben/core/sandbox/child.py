"""The child's side: one task in a process that can do little else.

Reads one JSON request from standard input, sets its own limits, confines itself, and writes JSON
lines to standard output: what could not be confined, progress, then ``{"done": ...}`` or
``{"rejected": code, ...}``.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from .confinement import confine
from .crashes import hold_crashes

_PR_SET_PDEATHSIG = 1

Progress = Callable[..., None]
Task = Callable[[dict[str, Any], Progress], dict[str, Any]]


def serve(tasks: Mapping[str, Task]) -> None:
    """Do the requested task and answer. A task raises RejectedMedia for an unusable file.

    Whatever the tasks need must be imported before: the limits hold from here on.
    """
    from .rejected import RejectedMedia

    request = json.load(sys.stdin)
    writes = [*request["writes"], os.environ["TMPDIR"]]
    missing = confine(reads=map(Path, request["reads"]), writes=map(Path, writes))
    if missing:
        _send({"unconfined": missing})
    _limit(request["limits"], request["parent"])
    task = tasks[request["task"]]
    try:
        _send({"done": task(request, lambda *progress: _send({"progress": progress}))})
    except RejectedMedia as rejected:
        _send({"rejected": rejected.code, "facts": rejected.facts})
    except MemoryError:
        _send({"rejected": "too_heavy"})


def _limit(limits: dict[str, int], parent: int) -> None:
    cpu_seconds = limits["cpu_seconds"]
    for kind, soft, hard in (
        (resource.RLIMIT_AS, limits["memory_bytes"], limits["memory_bytes"]),
        # SIGXCPU at the first says why it ends; SIGKILL at the second would not.
        (resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 1),
        (resource.RLIMIT_FSIZE, limits["file_bytes"], limits["file_bytes"]),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        present = resource.getrlimit(kind)[1]
        ceiling = hard if present == resource.RLIM_INFINITY else min(hard, present)
        resource.setrlimit(kind, (min(soft, ceiling), ceiling))
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        hold_crashes()
        # A worker that is killed outright leaves nothing running.
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            raise SystemExit(1)


def _send(line: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
