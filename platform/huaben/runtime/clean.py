"""Delete the data of one folder: ``python -m huaben.runtime.clean VAR``.

Refuses while Huaben runs on it.
"""

from __future__ import annotations

import fcntl
import shutil
import sys
from pathlib import Path

# Slow to make and the same every time.
REUSABLE_FOLDERS = {"face"}


def main() -> int:
    var = Path(sys.argv[1] if len(sys.argv) > 1 else "var")
    if not var.exists():
        return 0
    lock = (var / "supervisor.lock").open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        print("Huaben is running; stop it first (Ctrl-C).", file=sys.stderr)  # noqa: T201
        return 1
    for entry in var.iterdir():
        if entry.name in REUSABLE_FOLDERS:
            continue
        if entry.is_dir():
            shutil.rmtree(entry)
        else:
            entry.unlink()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
