"""Become another program that dies with its parent.

``python -m huaben.runtime.child PROGRAM [ARG ...]``. A supervisor that is killed outright cannot
stop its children; on Linux the kernel does it for us.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606


if __name__ == "__main__":
    main()
