"""Where a file is written before it takes its place."""

from __future__ import annotations

from pathlib import Path

_MAX_NAME_BYTES = 255  # of every file system that matters
_SUFFIX = ".part"


def part_of(target: Path) -> Path:
    """The path beside ``target`` to write it to. As long as a name may be, measured in bytes, as
    file systems do.
    """
    start = target.name.encode()[: _MAX_NAME_BYTES - len(_SUFFIX)].decode(errors="ignore")
    return target.with_name(start + _SUFFIX)
