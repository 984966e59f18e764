"""Reads about the demo's season."""

from __future__ import annotations

from .models import DemoEpisode


def list_episodes() -> list[DemoEpisode]:
    """Every episode of the season in its order, with project, job, episode and series."""
    rows = DemoEpisode.objects.select_related("project__job", "project__episode", "project__series")
    return list(rows)
