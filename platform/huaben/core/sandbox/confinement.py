"""What a child that works on strangers' bytes may still do: read its input, the interpreter and its
libraries, write its output, and nothing else.

Each layer stands alone, so that what a kernel lacks leaves the others: a user namespace without
capabilities and with a network of its own, no new privileges, Landlock, seccomp.
"""

from __future__ import annotations

import ctypes
import platform
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from .landlock import landlock_version, restrict_paths
from .seccomp import refuse_system_calls

_PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS, _PR_CAP_AMBIENT = 24, 38, 47
_PR_CAP_AMBIENT_CLEAR_ALL = 4
_NEW_USER, _NEW_NETWORK, _NEW_IPC, _NEW_UTS = 0x10000000, 0x40000000, 0x08000000, 0x04000000
_CAPABILITY_VERSION_3, _LAST_CAPABILITY = 0x20080522, 63
# What Python, its libraries and FFmpeg look up while they run.
_SYSTEM_PATHS = (
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/share/zoneinfo",
    "/etc/ld.so.cache", "/etc/localtime", "/dev/null", "/dev/zero", "/dev/urandom", "/dev/random",
    "/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat",
    "/proc/sys/vm/overcommit_memory", "/sys/devices/system/cpu", "/sys/devices/system/node",
)  # fmt: skip


def confine(*, reads: Iterable[Path], writes: Iterable[Path]) -> list[str]:
    """Give up everything but reading under ``reads`` and writing under ``writes``, for good.

    Returns the layers that the kernel does not have. What is imported already goes on to load its
    parts; start no thread before.
    """
    if sys.platform != "linux":
        return ["no_new_privs", "namespaces", "capabilities", "landlock", "seccomp"]
    libc = ctypes.CDLL(None, use_errno=True)
    missing = []
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        missing.append("no_new_privs")
    if libc.unshare(_NEW_USER | _NEW_NETWORK | _NEW_IPC | _NEW_UTS) != 0:
        # Root without user namespaces may still have a network of its own.
        libc.unshare(_NEW_NETWORK)
        missing.append("namespaces")
    if not _drop_capabilities(libc):
        missing.append("capabilities")
    allowed = [*map(Path, _SYSTEM_PATHS), *_library_paths(), *reads]
    if not restrict_paths(reads=allowed, writes=[Path("/dev/null"), *writes]):
        missing.append("landlock")
    if not refuse_system_calls():
        missing.append("seccomp")
    return missing


@cache
def missing_layers() -> tuple[str, ...]:
    """The layers that a child on this machine does without; for the operator. Asked once, since it
    tries in a process of its own whether a container forbids namespaces.
    """
    if sys.platform != "linux":
        return ("landlock", "seccomp", "namespaces")
    missing = []
    if landlock_version() < 1:
        missing.append("landlock")
    if platform.machine() != "x86_64" or not Path("/proc/sys/kernel/seccomp").exists():
        missing.append("seccomp")
    attempt = f"import ctypes; raise SystemExit(ctypes.CDLL(None).unshare({_NEW_USER}) != 0)"
    if subprocess.run([sys.executable, "-I", "-S", "-c", attempt], check=False).returncode != 0:
        missing.append("namespaces")
    return tuple(missing)


def _library_paths() -> list[Path]:
    """Where the interpreter and the packages lie that are imported: their own folders, not the
    folder of a checkout, which may hold data.
    """
    paths = {Path(sys.prefix), Path(sys.base_prefix) / "lib"}
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file and "." not in name:
            path = Path(file)
            paths.add(path.parent if path.name.startswith("__init__.") else path)
    return sorted(paths)


class _CapabilityHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


def _drop_capabilities(libc: ctypes.CDLL) -> bool:
    """Have none, and get none back; see capabilities(7)."""
    libc.prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    for capability in range(_LAST_CAPABILITY + 1):
        libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
    header = _CapabilityHeader(_CAPABILITY_VERSION_3, 0)
    none = (ctypes.c_uint32 * 6)()
    return bool(libc.capset(ctypes.byref(header), none) == 0)
