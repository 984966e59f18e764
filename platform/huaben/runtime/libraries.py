"""Checks that Skia can be loaded: ``python -m huaben.runtime.libraries``.

Its wheel links to the system's OpenGL libraries, though Huaben draws without them. Most machines
have them; a bare server may not. Root on Debian gets them installed, anybody else is told what
to install.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

PACKAGES = ("libgl1", "libegl1")


def skia_loads() -> bool:
    """Whether a fresh process can import Skia."""
    return (
        subprocess.run(
            [sys.executable, "-c", "import skia"], capture_output=True, check=False
        ).returncode
        == 0
    )


def main() -> int:
    if skia_loads():
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"installing {' and '.join(PACKAGES)}, which Skia links to …")  # noqa: T201
        for arguments in (
            ["update", "-qq"],
            ["install", "-y", "-qq", "--no-install-recommends", *PACKAGES],
        ):
            subprocess.run(["apt-get", *arguments], stdout=subprocess.DEVNULL, check=False)
        if skia_loads():
            return 0
    print(f"Skia needs two system libraries: apt-get install {' '.join(PACKAGES)}", file=sys.stderr)  # noqa: T201
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
