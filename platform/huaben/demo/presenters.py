"""How far the demo's season has come, as pages show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from huaben.catalog.presenters import present_playbacks
from huaben.catalog.selectors import get_published_episodes
from huaben.core.models import Job
from huaben.core.presenters import JobStatus, present_job
from huaben.studio.models import Project

from . import models

EpisodeState = Literal["waiting", "making", "checking", "shown", "failed"]


@dataclass(frozen=True)
class DemoEpisode:
    """One episode of the demo's season."""

    episode_id: UUID
    episode_title: str
    series_id: UUID
    series_title: str
    state: EpisodeState
    job: JobStatus | None
    poster_url: str | None


@dataclass(frozen=True)
class DemoSeason:
    """The demo's season; empty outside the demo."""

    episodes: list[DemoEpisode]
    done: int
    total: int


@dataclass(frozen=True)
class DemoMail:
    """A mail of the demo, which is shown instead of sent."""

    id: int
    to: str
    subject: str
    body: str
    sent_at: datetime


def present_mail(mail: models.DemoMail) -> DemoMail:
    """One mail as the viewer shows it."""
    return DemoMail(
        id=mail.pk, to=mail.to, subject=mail.subject, body=mail.body, sent_at=mail.sent_at
    )


def present_season(rows: Sequence[models.DemoEpisode]) -> DemoSeason:
    """The season with the state of each episode. The same few queries for any number."""
    episode_ids = [row.project.episode_id for row in rows if row.project.episode_id]
    shown = get_published_episodes(episode_ids)
    playbacks = present_playbacks(list(shown.values()))
    episodes = []
    for row in rows:
        project = row.project
        # Planning a play creates the series and the episode with the project.
        assert project.episode is not None and project.series is not None
        state = _state_of(project, is_shown=project.episode_id in shown)
        playback = playbacks.get(project.episode.pk)
        episodes.append(
            DemoEpisode(
                episode_id=project.episode.pk,
                episode_title=project.episode.title,
                series_id=project.series.pk,
                series_title=project.series.title,
                state=state,
                job=present_job(project.job) if project.job and state == "making" else None,
                poster_url=playback.poster_url if playback else None,
            )
        )
    return DemoSeason(episodes=episodes, done=len(shown), total=len(rows))


def _state_of(project: Project, *, is_shown: bool) -> EpisodeState:
    if is_shown:
        return "shown"
    if project.cut_id is not None:
        return "checking"
    if project.job is None or project.job.state == Job.State.QUEUED:
        return "waiting"
    return "making" if project.job.state == Job.State.RUNNING else "failed"
