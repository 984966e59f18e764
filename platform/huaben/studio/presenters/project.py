"""A project and its storyboard as their page shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from huaben.core.localized import LocalizedText
from huaben.core.presenters import JobStatus, present_job
from huaben.core.responses import described
from huaben.core.types import JsonObject

from ..engine import engine_label
from ..models import Project


@dataclass(frozen=True)
class Shot:
    """A shot of the storyboard."""

    id: str
    summary: str
    framing: str
    move: str
    duration: float = field(metadata=described("Seconds."))
    still_url: str | None
    state: Literal["waiting", "done"]


@dataclass(frozen=True)
class Storyboard:
    """The storyboard as a page shows it."""

    shots: list[Shot]


@dataclass(frozen=True)
class ProjectState:
    """An idea on its way to an episode."""

    id: UUID
    series_id: UUID | None
    episode_id: UUID | None
    cut_id: UUID | None
    idea: str
    language: Literal["zh", "en"]
    seconds: int
    seed: int
    style: str
    engine: LocalizedText
    understood: list[str]
    not_understood: list[str]
    stage: Project.Stage
    outline: JsonObject | None
    script: JsonObject | None
    script_stale: bool = field(
        metadata=described("The outline was edited after the script was written from it.")
    )
    outline_revision: int = field(metadata=described("Counts the writings of the outline."))
    script_revision: int
    storyboard: Storyboard | None
    job: JobStatus | None
    created_at: datetime


def present_project(project: Project) -> ProjectState:
    """A project as its owner's page shows it; its ``job`` must be loaded. No query."""
    reading = project.reading or {}
    return ProjectState(
        id=project.pk,
        series_id=project.series_id,
        episode_id=project.episode_id,
        cut_id=project.cut_id,
        idea=project.idea,
        language="en" if project.language == "en" else "zh",
        seconds=project.seconds,
        seed=project.seed,
        style=project.style,
        engine=engine_label(),
        understood=list(dict.fromkeys(word["word"] for word in reading.get("understood", []))),
        not_understood=list(reading.get("unknown", [])),
        stage=Project.Stage(project.stage),
        outline=project.outline,
        script=project.script,
        script_stale=project.script_stale,
        outline_revision=project.outline_revision,
        script_revision=project.script_revision,
        storyboard=_present_storyboard(project) if project.storyboard is not None else None,
        job=present_job(project.job) if project.job else None,
        created_at=project.created_at,
    )


def _present_storyboard(project: Project) -> Storyboard:
    return Storyboard(
        [_present_shot(project.pk, number, shot) for number, shot in enumerate(project.shots)]
    )


def _present_shot(project_id: UUID, number: int, shot: JsonObject) -> Shot:
    still = shot.get("still")
    path = f"/api/v1/studio/projects/{project_id}/stills/{number}"
    return Shot(
        id=shot["id"],
        summary=shot["summary"],
        framing=shot["framing"],
        move=shot["move"],
        duration=shot["duration"],
        still_url=f"{path}?v={still[:12]}" if still else None,
        state=shot["state"],
    )
