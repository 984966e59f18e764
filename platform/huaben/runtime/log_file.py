"""The one log of everything that ``make run`` starts: the screen, and a file that is rotated."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import sys
import threading
import time
from pathlib import Path
from typing import IO

MAX_BYTES = 20 * 1024**2
KEPT_FILES = 5
_DISK_FULL_ERRORS = {errno.ENOSPC, errno.EDQUOT}
# ANSI colours of the names in front of each log line.
_COLOURS = {
    "web": "36",
    "worker": "33",
    "quick": "34",
    "beat": "35",
    "huaben": "32",
    "setup": "90",
}


class LogHandler(logging.Handler):
    """Writes what libraries log to a ``LogFile``, not to the screen. ``last``: their last message,
    in full.
    """

    def __init__(self, log: LogFile) -> None:
        super().__init__()
        self._log, self.last = log, ""

    def emit(self, record: logging.LogRecord) -> None:
        self.last = record.getMessage()
        for line in self.last.splitlines():
            self._log.write("huaben", line, screen=False)


class LogFile:
    """``log/huaben.log``, readable by this account alone. At MAX_BYTES it becomes
    ``huaben.log.1``, and so on up to KEPT_FILES.

    Safe to write to from several threads.
    """

    def __init__(self, path: Path, *, max_bytes: int = MAX_BYTES) -> None:
        self._path, self._max_bytes = path, max_bytes
        self._lock = threading.Lock()
        self._file: IO[bytes] | None = None
        self.terminal_gone = threading.Event()

    def open(self) -> None:
        """Open the file. Raises OSError."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.parent.chmod(0o700)
        self._file = self._path.open("ab")
        for path in self._path.parent.glob(f"{self._path.name}*"):
            path.chmod(0o600)

    def write(self, source: str, line: str, *, screen: bool = True) -> None:
        """Write one line to the file, and to the screen."""
        with self._lock:
            if screen:
                self._write_screen(source, line)
            # If this raised, nobody would read the children's pipes, and they would block for ever.
            with contextlib.suppress(OSError):
                self._write_file(source, line)

    def _write_screen(self, source: str, line: str) -> None:
        prefix = f"{source:>6} │ "
        if sys.stdout.isatty():
            prefix = f"\033[{_COLOURS.get(source, '37')}m{prefix}\033[0m"
        try:
            sys.stdout.write(prefix + line + "\n")
            sys.stdout.flush()
        except OSError as exc:
            if exc.errno not in _DISK_FULL_ERRORS:  # the terminal has gone; the file goes on
                self.terminal_gone.set()

    def _write_file(self, source: str, line: str) -> None:
        if self._file is None:
            return
        text = f"{time.strftime('%Y-%m-%dT%H:%M:%S')} {source:>6} │ {line}\n".encode(
            errors="replace"
        )
        if self._file.tell() + len(text) > self._max_bytes:
            self._rotate()
        self._file.write(text)
        self._file.flush()

    def _rotate(self) -> None:
        assert self._file is not None
        self._file.close()
        for number in range(KEPT_FILES, 0, -1):
            older = self._path.with_name(f"{self._path.name}.{number}")
            newer = self._path if number == 1 else older.with_suffix(f".{number - 1}")
            if newer.exists():
                newer.replace(older)
        self._file = self._path.open("ab")
        os.fchmod(self._file.fileno(), 0o600)
