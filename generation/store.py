"""Artefacts by digest: what is made once is never made again, and never seen half-made.

An artefact lies at ``root/ab/ab…f.suffix``, where the name is the digest of the step's name, its
version and all of its inputs. It is written to ``root/tmp``, synced, and renamed into place, so a
process killed at any moment leaves either the whole artefact or none.
"""

from __future__ import annotations

import itertools
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from generation.values import canonical, digest

_counter = itertools.count()


class Store:
    """A folder of artefacts. Any number of processes may share one."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._temporary = root / "tmp"
        self._temporary.mkdir(parents=True, exist_ok=True)
        self._sweep()

    @staticmethod
    def key(step: str, version: int, inputs: Any) -> str:
        """The digest under which ``step`` stores what it makes of ``inputs`` (JSON-able values)."""
        return digest(step, version, inputs)

    def path(self, key: str, suffix: str) -> Path:
        """Where the artefact lies or will lie. ``suffix`` has its dot."""
        return self.root / key[:2] / f"{key}{suffix}"

    def has(self, key: str, suffix: str) -> bool:
        """Whether the artefact is there, whole."""
        return self.path(key, suffix).is_file()

    def temporary(self, key: str, suffix: str) -> Path:
        """A fresh path of this process's own, to write to and then ``adopt``."""
        return self._temporary / f"{os.getpid()}-{next(_counter)}-{key[:16]}{suffix}"

    def adopt(self, key: str, suffix: str, made: Path) -> Path:
        """Sync the finished file ``made`` and move it to its place, in one step."""
        target = self.path(key, suffix)
        target.parent.mkdir(parents=True, exist_ok=True)
        _sync(made)
        made.replace(target)
        _sync(target.parent)
        return target

    def get_or_create(self, key: str, suffix: str, make: Callable[[Path], None]) -> Path:
        """The artefact's path; ``make`` writes it to the path it is given, if it is not there
        yet.
        """
        if self.has(key, suffix):
            return self.path(key, suffix)
        made = self.temporary(key, suffix)
        try:
            make(made)
            return self.adopt(key, suffix, made)
        finally:
            made.unlink(missing_ok=True)

    def put_json(self, key: str, value: Any, suffix: str = ".json") -> Path:
        """Store a value in its canonical form, over any that is there."""
        made = self.temporary(key, suffix)
        made.write_bytes(canonical(value))
        return self.adopt(key, suffix, made)

    def get_json(self, key: str, suffix: str = ".json") -> Any | None:
        """The stored JSON data, or None."""
        try:
            return json.loads(self.path(key, suffix).read_bytes())
        except FileNotFoundError:
            return None

    def _sweep(self) -> None:
        """Remove what dead processes left half-made."""
        for path in self._temporary.iterdir():
            owner = re.match(r"(\d+)-", path.name)
            if owner and not Path(f"/proc/{owner[1]}").exists():
                path.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
