"""The long work behind the demo's season."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from huaben.core.jobs import RunningJob, job
from huaben.core.models import Job
from huaben.studio.models import Project

from .services import make_next, open_theatre


def go_on(job: Job) -> None:
    """One episode that cannot be made does not keep the others."""
    make_next(after=job.pk)


@job("theatre.open")
def open_season(job: RunningJob) -> Mapping[str, Any]:
    return {"episodes": open_theatre()}


@job("theatre.make_episode", queue="render", on_failure=go_on)
def make_episode(job: RunningJob) -> Mapping[str, Any]:
    from generation.story.types import Outline
    from generation.values import from_json
    from huaben.studio.production import keep_film, render

    project = Project.objects.select_related("owner", "cut").get(pk=job.args["project_id"])
    if project.cut is None:
        film = render(job, project, from_json(Outline, project.outline))
        keep_film(job, project, film)
    # The next one is drawn while this one is checked.
    make_next(after=job.id)
    return {}


@job("theatre.simulate_audience", queue="train")
def fill_seats(job: RunningJob) -> Mapping[str, Any]:
    """Let a simulated audience watch what is shown so far. Named as simulated wherever a figure of
    it stands.
    """
    from huaben.feed.services import simulate_audience

    job.progress("simulate")
    simulate_audience(viewers=settings.DEMO_AUDIENCE, seed=1)
    return {}
