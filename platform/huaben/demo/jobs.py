"""The jobs behind the demo's season."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from huaben.core.jobs import RunningJob, job
from huaben.core.models import Job
from huaben.core.types import JsonObject
from huaben.studio.selectors import get_project

from .services import enqueue_next_episode, plan_season


def continue_season(job: Job) -> None:
    """Go on with the next episode: one that cannot be rendered does not stop the others."""
    enqueue_next_episode(ending_job_id=job.pk)


@job("demo.plan_season")
def plan_demo_season(job: RunningJob) -> JsonObject:
    """Plan the series of every play and start with the first episode."""
    return {"episodes": plan_season()}


@job("demo.render_episode", queue="render", on_failure=continue_season)
def render_demo_episode(job: RunningJob) -> JsonObject:
    """Render the film of an episode's outline and make a Cut of it. Args: ``project_id``."""
    from generation.story.types import Outline
    from generation.values import from_json
    from huaben.studio.rendering import create_cut_of_film, render_film

    project = get_project(job.args["project_id"])
    if project.cut_id is None:
        film = render_film(job, project, from_json(Outline, project.outline))
        create_cut_of_film(job, project, film)
    # The next episode is rendered while this one is checked.
    enqueue_next_episode(ending_job_id=job.id)
    return {}


@job("demo.simulate_audience", queue="train")
def simulate_demo_audience(job: RunningJob) -> JsonObject:
    """Let simulated viewers watch what is shown so far; figures from them are marked simulated."""
    from huaben.feed.services import simulate_audience

    job.progress("simulate")
    simulate_audience(viewers=settings.DEMO_AUDIENCE, seed=1, now=timezone.now())
    return {}
