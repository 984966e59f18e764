"""A Celery application with jobs made for tests: ``celery -A tests.platform.core.slow_jobs``.

``test.steps`` keeps finished steps as files, as a real handler keeps them as artefacts, and notes each start of a step.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import django

django.setup()

from huaben.core.celery import app  # noqa: E402, F401
from huaben.core.jobs import RunningJob, declare_job  # noqa: E402
from huaben.core.problems import Problem  # noqa: E402
from huaben.core.words import Words  # noqa: E402


def make_steps(job: RunningJob) -> dict[str, Any]:
    folder, steps, pause = (
        Path(job.args["folder"]),
        int(job.args["steps"]),
        float(job.args.get("pause", 0.3)),
    )
    for step in range(steps):
        done = folder / f"step-{step}"
        if done.exists():
            continue
        job.progress("making", step, steps)
        with (folder / "starts").open("a") as starts:
            starts.write(f"{step}\n")
        waited = 0.0
        while waited < pause:
            time.sleep(0.05)
            waited += 0.05
            job.check()
        done.touch()
    return {"steps": steps}


def refuse(job: RunningJob) -> None:
    raise Problem("no_ink", Words("没有墨了", "There is no ink"))


def break_down(job: RunningJob) -> None:
    raise RuntimeError("broken string")


declare_job("test.steps", make_steps)
declare_job("test.refuses", refuse)
declare_job("test.breaks", break_down, max_attempts=2)
