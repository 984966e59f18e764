"""The studio's jobs. The engine is imported when one runs, so that the web process stays light."""

from __future__ import annotations

from huaben.core.jobs import RunningJob, job
from huaben.core.types import JsonObject


@job("studio.write_outline", queue="render")
def write_outline(job: RunningJob) -> JsonObject:
    """Plan the outline of a project's idea. Args: ``project_id``."""
    from . import production

    return production.write_outline(job)


@job("studio.write_script", queue="render")
def write_script(job: RunningJob) -> JsonObject:
    """Write the script of a project's outline. Args: ``project_id``."""
    from . import production

    return production.write_script(job)


@job("studio.draw_storyboard", queue="render")
def draw_storyboard(job: RunningJob) -> JsonObject:
    """Draw the storyboard of a project's script. Args: ``project_id``."""
    from . import production

    return production.draw_storyboard(job)


@job("studio.render_episode", queue="render")
def render_episode(job: RunningJob) -> JsonObject:
    """Make the film of a project's storyboard, and a Cut of it. Args: ``project_id``."""
    from . import production

    return production.render_episode(job)
