"""How much memory is left for a start, as the machine, its container and the shell's limits say."""

from __future__ import annotations

import resource
from pathlib import Path

import psutil

_CGROUP = Path("/sys/fs/cgroup")


def available_bytes() -> int:
    """What may still be taken before somebody is refused memory or killed for it: free memory and
    swap of the machine, or less where a cgroup (version 2) or ``ulimit -v`` allows less.
    """
    machine = psutil.virtual_memory().available + psutil.swap_memory().free
    address_space, _ = resource.getrlimit(resource.RLIMIT_AS)
    limits = [machine, *_left_in_groups()]
    if address_space != resource.RLIM_INFINITY:
        limits.append(address_space)
    return max(0, min(limits))


def _left_in_groups() -> list[int]:
    """What the groups of this process, from its own up to the root's, have left."""
    try:
        own = Path("/proc/self/cgroup").read_text().strip().rpartition("::")[2].lstrip("/")
    except OSError:
        return []
    folder, left = _CGROUP / own, []
    while folder != _CGROUP.parent:
        try:
            most = (folder / "memory.max").read_text().strip()
            if most != "max":
                used = int((folder / "memory.current").read_text())
                left.append(int(most) - used + _reclaimable(folder))
        except (OSError, ValueError):
            pass  # the root's group has no limit, and other systems have no groups
        folder = folder.parent
    return left


def _reclaimable(folder: Path) -> int:
    """What a group holds of files that it has read, and gives back when it needs memory."""
    for line in (folder / "memory.stat").read_text().splitlines():
        name, _, value = line.partition(" ")
        if name == "inactive_file":
            return int(value)
    return 0
