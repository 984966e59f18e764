"""The studio's jobs. Each artefact is stored by its digest, so that a repeated job is quick.

The engine is imported when a job runs, so that the web process stays light.
"""

from __future__ import annotations

from django.db import transaction

from huaben.core.jobs import RunningJob, job
from huaben.core.types import JsonObject

from . import services
from .engine import artefact_store, pipeline_settings
from .selectors import get_project, get_story
from .steps import STEP_LABELS
from .story import draft_outlines, read_idea, tell_film


@job("studio.write_outline", queue="render")
def write_outline(job: RunningJob) -> JsonObject:
    """Plan the outline of a project's idea. Args: ``project_id``."""
    from generation import pipeline

    from .engine_errors import engine_errors_as_problems

    project = get_project(job.args["project_id"])
    revision = get_story(project).revision
    job.progress("outline", note=STEP_LABELS["outline"])
    with engine_errors_as_problems(job):
        facts, recognised = read_idea(project)
        outline = pipeline.make_outline(project.idea, pipeline_settings(project), artefact_store())
    with transaction.atomic():
        job.fence()
        services.save_reading(project=project, facts=facts, recognised=recognised)
        services.save_outline(project=project, outline=outline, revision=revision)
    return {}


@job("studio.draft_outlines", queue="render")
def draft_project(job: RunningJob) -> JsonObject:
    """Make five more drafts of a project's idea. Args: ``project_id``."""
    from .engine_errors import engine_errors_as_problems

    project = get_project(job.args["project_id"])
    job.progress("drafts", note=STEP_LABELS["drafts"])
    with engine_errors_as_problems(job):
        facts, recognised = read_idea(project)
        with transaction.atomic():
            job.fence()
            story = services.save_reading(project=project, facts=facts, recognised=recognised)
        drafts = draft_outlines(project, story)
    with transaction.atomic():
        job.fence()
        services.save_drafts(project=project, drafts=drafts, revision=story.revision)
    return {"drafts": len(drafts)}


@job("studio.write_script", queue="render")
def write_script(job: RunningJob) -> JsonObject:
    """Write the script of a project's outline. Args: ``project_id``."""
    from generation import pipeline
    from generation.story.types import Outline
    from generation.values import from_json

    from .engine_errors import engine_errors_as_problems

    project = get_project(job.args["project_id"])
    job.progress("script", note=STEP_LABELS["script"])
    with engine_errors_as_problems(job):
        outline = from_json(Outline, project.outline)
        settings, store = pipeline_settings(project), artefact_store()
        script = pipeline.make_script(outline, settings, store)
        kept, share, report = tell_film(project, pipeline.make_storyboard(script, settings, store))
    with transaction.atomic():
        job.fence()
        services.save_script(project=project, script=script)
        services.save_telling(project=project, kept=kept, words_kept=share, report=report)
    return {}


@job("studio.draw_storyboard", queue="render")
def draw_storyboard(job: RunningJob) -> JsonObject:
    """Plan the storyboard of a project's script and draw a still of each shot.

    Args: ``project_id``.
    """
    from generation import pipeline
    from generation.story.types import Script
    from generation.values import from_json

    from .engine_errors import engine_errors_as_problems
    from .rendering import draw_stills

    project = get_project(job.args["project_id"])
    job.progress("storyboard", note=STEP_LABELS["storyboard"])
    with engine_errors_as_problems(job):
        script = from_json(Script, project.script)
        storyboard = pipeline.make_storyboard(script, pipeline_settings(project), artefact_store())
        kept, share, report = tell_film(project, storyboard)
        with transaction.atomic():
            job.fence()
            services.save_storyboard(project=project, storyboard=storyboard)
            services.save_telling(project=project, kept=kept, words_kept=share, report=report)
        draw_stills(job, project, storyboard)
    return {}


@job("studio.render_episode", queue="render")
def render_episode(job: RunningJob) -> JsonObject:
    """Render a project's storyboard and make a Cut of it. Args: ``project_id``."""
    from generation.storyboard import Storyboard
    from generation.values import from_json

    from .rendering import create_cut_of_film, render_film

    project = get_project(job.args["project_id"])
    if project.cut_id is None:
        film = render_film(job, project, from_json(Storyboard, project.storyboard))
        cut = create_cut_of_film(job, project, film)
        return {"cut_id": str(cut.pk)}
    return {"cut_id": str(project.cut_id)}
