"""Reads about the demo's season and its mails."""

from __future__ import annotations

from django.conf import settings

from .models import DemoEpisode, DemoMail

MAX_MAILS = 50


def list_episodes() -> list[DemoEpisode]:
    """Every episode of the season in its order, with project, job, episode and series."""
    rows = DemoEpisode.objects.select_related("project__job", "project__episode", "project__series")
    return list(rows)


def list_mails() -> list[DemoMail]:
    """The newest mails, newest first; none outside the demo."""
    return list(DemoMail.objects.all()[:MAX_MAILS]) if settings.DEMO else []
