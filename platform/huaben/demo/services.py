"""Plans the demo's season, and has its episodes rendered one after the other."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from generation.story import season as story_season
from generation.story.planner import make_outline
from generation.story.types import Season, SeasonEpisode
from generation.values import to_json
from huaben.accounts.models import User
from huaben.catalog.models import Episode, Series
from huaben.catalog.selectors import get_published_episodes
from huaben.catalog.services import create_episode, create_series, replace_graph
from huaben.core.jobs import enqueue_job
from huaben.core.models import ACTIVE, Job
from huaben.core.rooms import publish_event
from huaben.filing.services import assign_demonstration_number
from huaben.interactive.models import Premiere
from huaben.interactive.services import schedule_premiere
from huaben.studio.models import Project

from .models import DemoEpisode
from .plays import PLAYS, Play

ROOM = "demo"
CREATOR_HANDLE = "huaben-house"
# Long enough after the last branch is shown for a visitor to find the ticket, short enough to wait
# for it.
PREMIERE_DELAY = timedelta(minutes=10)


def plan_season() -> int:
    """Plan every play of the season that is not planned yet, and start with the first episode.

    Returns how many episodes the season has. Raises RuntimeError outside the demo.
    """
    if not settings.DEMO:
        raise RuntimeError("The season is rendered only in the embedded demo.")
    creator = User.objects.get(handle=CREATOR_HANDLE)
    for play in PLAYS:
        with transaction.atomic():
            if not DemoEpisode.objects.filter(play=play.slug).exists():
                _plan_play(play, creator)
    enqueue_next_episode()
    return DemoEpisode.objects.count()


def enqueue_next_episode(*, ending_job_id: UUID | None = None) -> None:
    """Enqueue the next episode that has no film, unless a job of the season is queued or running.

    Episodes are rendered one at a time, so that each is there soon. ``ending_job_id`` is a job that
    is about to end and counts as ended.
    """
    with transaction.atomic():
        episodes = list(
            DemoEpisode.objects.select_for_update(of=("self",))
            .select_related("project__job")
            .order_by("position")
        )
        jobs = [episode.project.job for episode in episodes if episode.project.job is not None]
        is_busy = any(job.state in ACTIVE and job.pk != ending_job_id for job in jobs)
        waiting = next((episode for episode in episodes if _is_waiting(episode.project)), None)
        if waiting is not None and not is_busy:
            project = waiting.project
            project.job = enqueue_job(
                "demo.render_episode",
                {"project_id": str(project.pk)},
                key=str(project.pk),
                owner_id=project.owner_id,
                rooms=[ROOM],
            )
            project.save(update_fields=["job"])
        publish_event(ROOM, {"kind": "demo"})


def schedule_demo_premiere(*, series_id: UUID, now: datetime) -> Premiere | None:
    """Schedule the premiere of a branching play, once, when every episode of it is shown.

    Returns None when it is not time, or the series has no premiere in the demo.
    """
    episodes = list(
        DemoEpisode.objects.filter(project__series_id=series_id).select_related(
            "project__series", "project__owner"
        )
    )
    branching = {play.slug for play in PLAYS if play.branches}
    if not episodes or episodes[0].play not in branching:
        return None
    if Premiere.objects.filter(series_id=series_id).exists():
        return None
    project = episodes[0].project
    episode_ids = [row.project.episode_id for row in episodes if row.project.episode_id]
    if project.series is None or len(get_published_episodes(episode_ids)) < len(episodes):
        return None
    return schedule_premiere(
        series=project.series, host=project.owner, starts_at=now + PREMIERE_DELAY, now=now
    )


def _is_waiting(project: Project) -> bool:
    """Whether it has no film yet and no job of it has failed."""
    has_failed = project.job is not None and project.job.state in (
        Job.State.FAILED,
        Job.State.CANCELLED,
    )
    return project.cut_id is None and not has_failed


def _plan_play(play: Play, creator: User) -> None:
    season = _season_of(play)
    series = create_series(
        creator=creator,
        title=season.title,
        synopsis=season.throughline,
        genres=[play.genre],
        language=play.language,
        is_counted=False,
    )
    episodes: dict[str, Episode] = {}
    position = DemoEpisode.objects.count()
    for node in season.episodes:
        episode = create_episode(series=series, title=node.outline.title, is_counted=False)
        episodes[node.id] = episode
        project = Project.objects.create(
            owner=creator,
            series=series,
            episode=episode,
            idea=play.idea,
            language=play.language,
            seconds=play.seconds,
            seed=play.seed,
            stage=Project.Stage.OUTLINE,
            outline=to_json(node.outline),
            reading=to_json(node.outline.reading),
        )
        position += 1
        DemoEpisode.objects.create(position=position, play=play.slug, project=project)
    _save_graph(series, season, episodes)
    assign_demonstration_number(series_id=series.pk, by=creator)


def _season_of(play: Play) -> Season:
    if play.episodes > 1:
        return story_season.plan_season(
            play.idea,
            play.episodes,
            play.seed,
            branch=play.branches,
            seconds=float(play.seconds),
            language=play.language,
            genre=play.genre,
        )
    outline = make_outline(
        play.idea,
        seconds=float(play.seconds),
        seed=play.seed,
        language=play.language,
        genre=play.genre,
    )
    return Season(outline.title, outline.logline, (SeasonEpisode("1", outline),))


def _save_graph(series: Series, season: Season, episodes: dict[str, Episode]) -> None:
    choices = []
    for node in season.episodes:
        start = episodes[node.id].pk
        for choice in node.outline.choices:
            if choice.leads_to in episodes:
                choices.append(
                    {
                        "from_episode_id": start,
                        "to_episode_id": episodes[choice.leads_to].pk,
                        "text": choice.text,
                        "seal": choice.text[:1],
                    }
                )
        if not node.outline.choices and node.leads_to in episodes:
            choices.append({"from_episode_id": start, "to_episode_id": episodes[node.leads_to].pk})
    if choices:
        replace_graph(series=series, choices=choices)
