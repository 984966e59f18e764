"""A sandboxed child that tries to get out: ``python -m tests.platform.core.trying``.

Each try returns what it got; what the kernel refused is told by the name of its error.
"""

from __future__ import annotations

import ctypes
import errno
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[3] / "platform"))

from huaben.core.sandbox.child import Progress, serve

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
Request = dict[str, Any]


def system_call(*arguments: Any) -> str:
    if libc.syscall(*arguments) < 0:
        raise OSError(ctypes.get_errno(), "")
    return "done"


def open_socket(family: int) -> Callable[[Request], str]:
    def create(request: Request) -> str:
        with socket.socket(family, socket.SOCK_STREAM) as line:
            if "address" in request and family == socket.AF_UNIX:
                line.connect(request["address"])
        return "connected"

    return create


def write(request: Request) -> str:
    Path(request["path"]).write_text("x")
    return "written"


def link(request: Request) -> str:
    os.link(request["path"], Path(os.environ["TMPDIR"], "linked"))
    return "linked"


def read_inside(request: Request) -> str:
    return Path(request["inside"]).read_text()


def write_inside(request: Request) -> str:
    Path(request["out"], "made").write_text("made")
    Path(os.environ["TMPDIR"], "scratch").write_text("scratch")
    return Path(request["out"], "made").read_text()


def told_state(request: Request) -> str:
    lines = Path("/proc/self/status").read_text().splitlines()
    facts = dict(line.split(":", 1) for line in lines)
    wanted = ("CapEff", "CapPrm", "CapBnd", "CapAmb", "NoNewPrivs", "Seccomp")
    return " ".join(facts[name].strip().lstrip("0") or "0" for name in wanted)


def set_limit_of_parent(request: Request) -> str:
    resource.prlimit(request["parent"], resource.RLIMIT_CPU, (1, 1))
    return "set"


def fork(request: Request) -> str:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return "forked"


TRIES: dict[str, Callable[[Request], str]] = {
    "read a file beside the input": lambda request: Path(request["path"]).read_text(),
    "list the folder of the input": lambda request: str([*Path(request["folder"]).iterdir()]),
    "reach it by way of /proc/self/root": lambda request: Path(
        f"/proc/self/root{request['path']}"
    ).read_text(),
    "read the parent's environment": lambda request: Path(
        f"/proc/{request['parent']}/environ"
    ).read_text(errors="replace"),
    "read the parent's memory": lambda request: str(
        os.open(f"/proc/{request['parent']}/mem", os.O_RDONLY)
    ),
    "read it by process_vm_readv": lambda request: system_call(
        310, request["parent"], None, 0, None, 0, 0
    ),
    "trace the parent": lambda request: system_call(101, 16, request["parent"], 0, 0),
    "enter the parent's network": lambda request: system_call(
        308, os.open(f"/proc/{request['parent']}/ns/net", os.O_RDONLY), 0
    ),
    "enter a namespace at all": lambda request: system_call(308, 0, 0),
    "make a user namespace": lambda request: system_call(272, 0x10000000),
    "kill the parent": lambda request: str(os.kill(request["parent"], signal.SIGCONT)),
    "limit the parent": set_limit_of_parent,
    "connect to PostgreSQL's socket": open_socket(socket.AF_UNIX),
    "open an IPv4 socket": open_socket(socket.AF_INET),
    "open an IPv6 socket": open_socket(socket.AF_INET6),
    "open a netlink socket": open_socket(socket.AF_NETLINK),
    "make a ring that opens sockets": lambda request: system_call(425, 1, None),
    "write elsewhere": write,
    "link a file that it may not read": link,
    "run a program": lambda request: str(os.execv("/bin/true", ["true"])),
    "fork": fork,
    "load a BPF program": lambda request: system_call(321, 0, None, 0),
    "become root": lambda request: str(os.setuid(0)),
    "mount": lambda request: system_call(165, b"none", b"/", b"tmpfs", 0, None),
    "read its input": read_inside,
    "write its output": write_inside,
    "tell its state": told_state,
}


def try_all(request: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """What each try came to."""
    told = {}
    for name, attempt in TRIES.items():
        try:
            told[name] = attempt(request)
        except OSError as error:
            told[name] = errno.errorcode.get(error.errno or 0, "OSError")
    return told


if __name__ == "__main__":
    serve({"try": try_all})
