"""A Celery application with jobs made for tests: ``celery -A tests.platform.core.slow_jobs``.

``test.steps`` keeps finished steps as files, as a real handler keeps them as artefacts, and notes
each start of a step. At the step ``hold_at`` it works until the test makes the file ``go``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import django

django.setup()

from huaben.core.celery import app  # noqa: E402, F401
from huaben.core.jobs import RunningJob, job  # noqa: E402
from huaben.core.localized import LocalizedText  # noqa: E402
from huaben.core.problems import Problem  # noqa: E402
from tests.waiting import wait_until  # noqa: E402


@job("test.steps")
def make_steps(job: RunningJob) -> dict[str, Any]:
    folder, steps = Path(job.args["folder"]), int(job.args["steps"])

    def may_go_on() -> bool:
        job.check()
        return (folder / "go").exists()

    for step in range(steps):
        done = folder / f"step-{step}"
        if done.exists():
            continue
        job.progress("making", step, steps)
        with (folder / "starts").open("a") as starts:
            starts.write(f"{step}\n")
        if step == job.args.get("hold_at"):
            wait_until(may_go_on)
        done.touch()
    return {"steps": steps}


@job("test.refuses")
def refuse(job: RunningJob) -> None:
    raise Problem("no_ink", LocalizedText("没有墨了", "There is no ink"))


@job("test.breaks", max_attempts=2)
def break_down(job: RunningJob) -> None:
    raise RuntimeError("broken string")
