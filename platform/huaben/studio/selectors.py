"""Reads about projects."""

from __future__ import annotations

from typing import Any

from huaben.core.presenters import present_job
from huaben.core.responses import as_json

from .engine import engine_words
from .models import Project


def project_view(project: Project) -> dict[str, Any]:
    """A project as its owner's page shows it."""
    reading = project.reading or {}
    shots = [
        {
            **shot,
            "still_url": f"/api/v1/studio/projects/{project.pk}/stills/{number}?v={shot['still'][:12]}",
        }
        if shot.get("still")
        else {**shot, "still_url": None}
        for number, shot in enumerate(project.shots)
    ]
    for shot in shots:
        shot.pop("still", None)
    return {
        "id": str(project.pk),
        "series_id": str(project.series_id) if project.series_id else None,
        "episode_id": str(project.episode_id) if project.episode_id else None,
        "cut_id": str(project.cut_id) if project.cut_id else None,
        "idea": project.idea,
        "language": project.language,
        "seconds": project.seconds,
        "seed": project.seed,
        "style": project.style,
        "engine": engine_words().as_dict(),
        "understood": list(dict.fromkeys(word["word"] for word in reading.get("understood", []))),
        "not_understood": list(reading.get("unknown", [])),
        "stage": project.stage,
        "outline": project.outline,
        "script": project.script,
        "storyboard": {"shots": shots} if project.board is not None else None,
        "job": as_json(present_job(project.job)) if project.job else None,
        "created_at": project.created_at.isoformat(),
    }
