"""Finds the Chromium of the browser tests, or installs Debian's: ``python -m tests.browser``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


def find() -> str | None:
    """The path of a Chromium: ``CHROMIUM`` in the environment, or the machine's own."""
    return (
        os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )


def axe_source() -> str:
    """The source of the accessibility checker axe-core, to be evaluated in a page."""
    return (Path(__file__).parents[1] / "frontend/node_modules/axe-core/axe.min.js").read_text()


def main() -> int:
    if find():
        return 0
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("installing Debian's Chromium …")
        for arguments in ("update -qq", "install -y -qq --no-install-recommends chromium"):
            subprocess.run(["apt-get", *arguments.split()], stdout=subprocess.DEVNULL, check=False)
    if find():
        return 0
    print(
        "Browser tests need Chromium: install it (Debian: apt-get install chromium) or set "
        "CHROMIUM.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
