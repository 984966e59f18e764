"""How far the season has come."""

from __future__ import annotations

from typing import Any

from huaben.catalog.selectors import playback_cards, shown_episodes
from huaben.core.models import Job
from huaben.core.presenters import present_job
from huaben.core.responses import as_json

from .models import Billing


def season_view() -> dict[str, Any]:
    """Every episode on the bill with its state: waiting, making, checking, shown or failed."""
    bills = list(
        Billing.objects.select_related("project__job", "project__episode", "project__series")
    )
    shown = shown_episodes([bill.project.episode_id for bill in bills if bill.project.episode_id])
    playbacks = playback_cards(list(shown.values()))
    season = []
    for bill in bills:
        project = bill.project
        job = project.job
        if project.episode_id in shown:
            state = "shown"
        elif project.cut_id is not None:
            state = "checking"
        elif job is None or job.state == Job.State.QUEUED:
            state = "waiting"
        elif job.state == Job.State.RUNNING:
            state = "making"
        else:
            state = "failed"
        playback = playbacks.get(project.episode_id) if project.episode_id else None
        season.append(
            {
                "episode_id": project.episode_id,
                "episode_title": project.episode.title if project.episode else "",
                "series_id": project.series_id,
                "series_title": project.series.title if project.series else "",
                "state": state,
                "job": as_json(present_job(job)) if job is not None and state == "making" else None,
                "poster_url": playback["poster_url"] if playback else None,
            }
        )
    return {"season": season, "done": len(shown), "total": len(bills)}
