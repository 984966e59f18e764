"""Opening the theatre: plans the season's plays, and has them made one after the other."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from generation.story.planner import make_outline
from generation.story.season import plan_season
from generation.story.types import Season, SeasonEpisode
from generation.values import to_json
from huaben.accounts.models import User
from huaben.catalog.models import Episode, Series
from huaben.catalog.selectors import shown_episodes
from huaben.catalog.services import create_episode, create_series, replace_graph
from huaben.core.jobs import enqueue_job
from huaben.core.models import ACTIVE, Job
from huaben.core.rooms import publish_event
from huaben.filing.services import give_demonstration_number
from huaben.interactive.models import Premiere
from huaben.interactive.premieres import schedule_premiere
from huaben.studio.models import Project

from .models import Billing
from .season import PLAYS, Play

ROOM = "theatre"
HOUSE = "huaben-house"
# Long enough after the last branch is shown for a visitor to find the ticket, short enough to wait
# for it.
PREMIERE_AFTER = timedelta(minutes=10)


def open_theatre() -> int:
    """Put every play of the season on the bill that is not there yet; returns how many episodes are
    on it.
    """
    if not settings.DEMO:
        raise RuntimeError("The season is made only in the embedded demo.")
    house = User.objects.get(handle=HOUSE)
    for play in PLAYS:
        with transaction.atomic():
            if not Billing.objects.filter(play=play.slug).exists():
                _bill(play, house)
    make_next()
    return Billing.objects.count()


def make_next(*, after: UUID | None = None) -> None:
    """Enqueue the next episode that is not made, unless one is being made. One at a time, so that
    each is there soon.

    ``after`` is a job that is about to end and counts as ended.
    """
    with transaction.atomic():
        bills = list(
            Billing.objects.select_for_update(of=("self",))
            .select_related("project__job")
            .order_by("position")
        )
        jobs = [bill.project.job for bill in bills if bill.project.job is not None]
        busy = any(job.state in ACTIVE and job.pk != after for job in jobs)
        waiting = next(
            (bill for bill in bills if bill.project.cut_id is None and not _given_up(bill)), None
        )
        if waiting is not None and not busy:
            project = waiting.project
            project.job = enqueue_job(
                "theatre.make_episode",
                {"project_id": str(project.pk)},
                key=str(project.pk),
                owner_id=project.owner_id,
                rooms=[ROOM],
            )
            project.save(update_fields=["job"])
        publish_event(ROOM, {"kind": "theatre"})


def put_on_premiere(*, series_id: UUID, now: datetime) -> Premiere | None:
    """The demo's premiere: of a branching play of the season, once, when every episode of it is
    shown. None when it is not time.
    """
    bills = list(
        Billing.objects.filter(project__series_id=series_id).select_related("project__series")
    )
    branching = {play.slug for play in PLAYS if play.branches}
    if (
        not bills
        or bills[0].play not in branching
        or Premiere.objects.filter(series_id=series_id).exists()
    ):
        return None
    episodes = [bill.project.episode_id for bill in bills if bill.project.episode_id]
    series = bills[0].project.series
    if series is None or len(shown_episodes(episodes)) < len(bills):
        return None
    return schedule_premiere(
        series=series, host=bills[0].project.owner, starts_at=now + PREMIERE_AFTER, now=now
    )


def _given_up(bill: Billing) -> bool:
    return bill.project.job is not None and bill.project.job.state in (
        Job.State.FAILED,
        Job.State.CANCELLED,
    )


def _plan(play: Play) -> Season:
    if play.episodes > 1:
        return plan_season(
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


def _bill(play: Play, house: Any) -> None:
    season = _plan(play)
    series = create_series(
        creator=house,
        title=season.title,
        synopsis=season.throughline,
        genres=[play.genre],
        language=play.language,
    )
    episodes: dict[str, Episode] = {}
    position = Billing.objects.count()
    for node in season.episodes:
        episode = create_episode(series=series, title=node.outline.title)
        episodes[node.id] = episode
        project = Project.objects.create(
            owner=house,
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
        Billing.objects.create(position=position, play=play.slug, project=project)
    _join(series, season, episodes)
    give_demonstration_number(series_id=series.pk, by=house)


def _join(series: Series, season: Season, episodes: dict[str, Episode]) -> None:
    ways = []
    for node in season.episodes:
        start = episodes[node.id].pk
        for choice in node.outline.choices:
            if choice.leads_to in episodes:
                end = episodes[choice.leads_to].pk
                ways.append(
                    {
                        "from_episode_id": start,
                        "to_episode_id": end,
                        "text": choice.text,
                        "seal": choice.text[:1],
                    }
                )
        if not node.outline.choices and node.leads_to in episodes:
            ways.append({"from_episode_id": start, "to_episode_id": episodes[node.leads_to].pk})
    if ways:
        replace_graph(series=series, choices=ways)
