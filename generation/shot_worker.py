"""A rendering child: draws shots in a process of its own, so that two cores draw two shots.

Run as ``python -m generation.shot_worker PARENT_PID``. One JSON request per line on stdin:
``{"shot", "board", "typeface", "mark", "starts_at", "out"}``, where ``board`` holds that one shot.
Answers on stdout, one JSON object per line: ``{"shot", "frame", "of"}`` now and then, ``{"shot",
"done": true}`` or ``{"shot", "error"}``. The child ends when its stdin closes, and is killed by the
kernel when its parent dies.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

_PR_SET_PDEATHSIG = 1
_FRAMES_BETWEEN_REPORTS = 12


def render(request: dict[str, Any], report: Any) -> None:
    """Draw the one shot of a request. Raises what the stage raises."""
    from generation.stage import render_shot
    from generation.storyboard import Mark, Storyboard
    from generation.values import from_json

    board = from_json(Storyboard, request["board"])

    def on_frame(done: int, of: int) -> None:
        if done % _FRAMES_BETWEEN_REPORTS == 0:
            report({"shot": request["shot"], "frame": done, "of": of})

    render_shot(
        board,
        board.shots[0],
        typeface=Path(request["typeface"]),
        mark=from_json(Mark, request["mark"]) if request["mark"] else None,
        starts_at=request["starts_at"],
        out=Path(request["out"]),
        on_frame=on_frame,
    )


def main() -> None:
    """Answer requests until stdin closes."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != int(sys.argv[1]):  # the parent was gone before the kernel was asked
        return
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints must not be taken for an answer

    def report(answer: dict[str, Any]) -> None:
        answers.write(json.dumps(answer) + "\n")
        answers.flush()

    for line in sys.stdin:
        request = json.loads(line)
        try:
            render(request, report)
        except (ValueError, OSError, RuntimeError) as error:
            report({"shot": request["shot"], "error": f"{type(error).__name__}: {error}"})
        else:
            report({"shot": request["shot"], "done": True})


if __name__ == "__main__":
    main()
