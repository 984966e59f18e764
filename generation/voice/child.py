"""A speaking child: one JSON request a line on its stdin, one answer a line on its stdout."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from typing import Any


class Child:
    """A Python module run as a child that is started by the first request. Its arguments are the
    parent's process id, by which it ends with the parent, and what the caller adds.
    """

    def __init__(self, module: str, *arguments: str) -> None:
        self._command = [sys.executable, "-m", module, str(os.getpid()), *arguments]
        self._process: subprocess.Popen[str] | None = None

    @property
    def pid(self) -> int | None:
        """The process that runs now, if any."""
        return self._process.pid if self._process is not None else None

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The child's answer. Raises ``OSError`` when it cannot be started, dies, or answers with
        an error.
        """
        if self._process is None:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
        process = self._process
        assert process.stdin is not None and process.stdout is not None
        try:
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError as error:
            self.close()
            raise OSError("the speaking child died") from error
        if not line:
            self.close()
            raise OSError("the speaking child died")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise OSError(f"the speaking child: {answer['error']}")
        return answer

    def close(self) -> None:
        """End the child."""
        if self._process is not None:
            with contextlib.suppress(BrokenPipeError):
                assert self._process.stdin is not None
                self._process.stdin.close()
            self._process.kill()
            self._process.wait()
            assert self._process.stdout is not None
            self._process.stdout.close()
            self._process = None
