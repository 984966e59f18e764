"""Writes about projects."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from generation.story.types import Outline, Script
from generation.story.validation import find_faults
from generation.values import from_json, to_json
from huaben.accounts.models import User
from huaben.catalog.models import Cut, Episode, Series
from huaben.catalog.services import create_cut, create_episode, create_series
from huaben.core.jobs import enqueue_job
from huaben.core.localized import LocalizedText
from huaben.core.models import ACTIVE, Job
from huaben.core.problems import Conflict, Problem, TooSoon
from huaben.core.rooms import publish_event
from huaben.media.models import Asset

from .faults import errors_of, words_for
from .models import Project
from .selectors import project_view

Stage = Project.Stage
# What each step needs, and the job that makes it.
_NEEDS = {
    "outline": (),
    "script": ("outline",),
    "storyboard": ("script",),
    "render": ("script", "board"),
}
_KINDS = {
    "outline": "studio.write_outline",
    "script": "studio.write_script",
    "storyboard": "studio.draw_storyboard",
    "render": "studio.render_episode",
}


def room_of(project: Project) -> str:
    """The room that hears of every change of a project."""
    return f"project:{project.pk}"


def create_project(
    *,
    owner: Any,
    idea: str,
    language: str,
    seconds: int,
    seed: int | None = None,
    style: str = "ink",
    series: Series | None = None,
) -> Project:
    """Begin with an idea; the outline is written at once. With a series, the episode will be its
    next one.

    Raises TooSoon for who has begun enough today, or has enough in the works.
    """
    with transaction.atomic():
        _keep_to_the_day(owner)
        project = Project.objects.create(
            owner=owner,
            idea=idea.strip(),
            language=language,
            seconds=seconds,
            seed=secrets.randbelow(2**31) if seed is None else seed,
            style=style,
            series=series,
        )
        return advance_project(project=project, to="outline")


def advance_project(*, project: Project, to: str) -> Project:
    """Start the next step as a job. A step that already runs is left alone; one whose ground is
    missing is refused.

    Raises TooSoon for who has enough in the works.
    """
    with transaction.atomic():
        project = (
            Project.objects.select_for_update(of=("self",)).select_related("job").get(pk=project.pk)
        )
        if project.job is not None and project.job.state in ACTIVE:
            if project.job.kind == _KINDS[to]:
                return project
            raise Conflict(
                "busy", LocalizedText("上一步还在进行", "The step before is still running")
            )
        if project.stage == Stage.DONE:
            raise Conflict("finished", LocalizedText("这一集已经完成", "This episode is finished"))
        if any(getattr(project, name) is None for name in _NEEDS[to]):
            raise Conflict(
                "step_missing",
                LocalizedText("请先完成前面的步骤", "The steps before this one come first"),
            )
        _keep_pace(project.owner)
        project.job = enqueue_job(
            _KINDS[to],
            {"project_id": str(project.pk)},
            key=str(project.pk),
            owner_id=project.owner_id,
            rooms=[room_of(project)],
        )
        project.save(update_fields=["job"])
        announce(project)
    return project


def _keep_pace(owner: Any) -> None:
    """Raise TooSoon when somebody has more in the works than the house should draw for one, or pay
    a language model for.
    """
    # One request of a person at a time, so that two do not both count the one before the last.
    User.objects.select_for_update().get(pk=owner.pk)
    if (
        Job.objects.filter(owner=owner, kind__in=_KINDS.values(), state__in=ACTIVE).count()
        >= settings.STUDIO_AT_ONCE
    ):
        words = LocalizedText(
            "手上正在做的够多了，等一件做完再来",
            "Enough is in the works already; go on when one of them is done",
        )
        raise TooSoon("enough_in_the_works", words, wait=30)


def _keep_to_the_day(owner: Any) -> None:
    """Raise TooSoon when somebody has begun enough within a day."""
    User.objects.select_for_update().get(pk=owner.pk)
    since = timezone.now() - timedelta(days=1)
    begun = Project.objects.filter(owner=owner, created_at__gt=since)
    if begun.count() >= settings.STUDIO_A_DAY:
        words = LocalizedText(
            "今天开的本子够多了，明天再来",
            "You have begun enough for one day; please come back tomorrow",
        )
        oldest = begun.order_by("created_at").values_list("created_at", flat=True)[0]
        raise TooSoon("enough_for_today", words, wait=(oldest - since).total_seconds())


def set_outline(*, project: Project, outline: Any) -> Project:
    """Replace the outline by an edited one. What was made from the old one is dropped; nothing
    changes if it is not sound.
    """
    return _edit(
        project, Outline, "outline", outline, drops=("script", "board"), stage=Stage.OUTLINE
    )


def set_script(*, project: Project, script: Any) -> Project:
    """Replace the script by an edited one; the storyboard is drawn anew from it, and only what
    changed is rendered.
    """
    return _edit(project, Script, "script", script, drops=("board",), stage=Stage.SCRIPT)


def save_step(*, project: Project, stage: str, **made: Any) -> None:
    """Keep what a job made, and tell the room. Called inside the job's fenced transaction."""
    project.stage = stage
    for name, value in made.items():
        setattr(project, name, value)
    project.save(update_fields=["stage", *made])
    announce(project)


def save_shot(*, project: Project, number: int, still: str, state: str) -> None:
    """Keep that a shot's picture is there."""
    with transaction.atomic():
        fresh = Project.objects.select_for_update().get(pk=project.pk)
        shots = list(fresh.shots)
        if number < len(shots):
            shots[number] = {**shots[number], "still": still, "state": state}
            fresh.shots = shots
            fresh.save(update_fields=["shots"])
            announce(fresh)


def finish_project(
    *,
    project: Project,
    asset: Asset,
    provenance: Mapping[str, Any],
    lines: Sequence[Mapping[str, Any]],
) -> Cut:
    """Turn the rendered film into a Cut of an episode; series and episode are made when there is
    none yet.
    """
    with transaction.atomic():
        project = Project.objects.select_for_update().get(pk=project.pk)
        if project.cut is not None:
            return project.cut
        outline = project.outline or {}
        if project.series is None:
            project.series = create_series(
                creator=project.owner,
                title=outline.get("title") or project.idea[:40],
                synopsis=outline.get("logline", ""),
                genres=[outline["genre"]] if outline.get("genre") else [],
                language=project.language,
            )
        if project.episode is None:
            last = Episode.objects.filter(series=project.series).order_by("-number").first()
            project.episode = create_episode(
                series=project.series, title=outline.get("title") or project.idea[:40], after=last
            )
        project.cut = create_cut(
            episode=project.episode,
            source=asset,
            origin=Cut.Origin.GENERATED,
            declaration=Cut.Declaration.AI,
            provenance=provenance,
            script=lines,
        )
        project.stage = Stage.DONE
        project.save(update_fields=["series", "episode", "cut", "stage"])
        announce(project)
    return project.cut


def announce(project: Project) -> None:
    """Tell the project's room how it stands, with the present transaction."""
    publish_event(room_of(project), {"kind": "project", "project": project_view(project)})


def _edit(
    project: Project,
    kind: type[Outline | Script],
    name: str,
    data: Any,
    *,
    drops: Sequence[str],
    stage: str,
) -> Project:
    title = LocalizedText("改动有误，没有保存", "The edit is not sound; nothing was saved")
    try:
        edited = from_json(kind, data)
    except (ValueError, TypeError) as exc:  # what no form of ours sends
        detail = LocalizedText(f"格式不对：{exc}", f"Not of the right form: {exc}")
        raise Problem(
            f"bad_{name}", title, detail=detail, errors=[{"field": name, "message": str(exc)}]
        ) from exc
    if faults := find_faults(edited):
        raise Problem(f"bad_{name}", title, detail=words_for(faults[0]), errors=errors_of(faults))
    value = to_json(edited)
    with transaction.atomic():
        project = (
            Project.objects.select_for_update(of=("self",)).select_related("job").get(pk=project.pk)
        )
        if project.stage == Stage.DONE:
            raise Conflict("finished", LocalizedText("这一集已经完成", "This episode is finished"))
        if project.job is not None and project.job.state in ACTIVE:
            raise Conflict(
                "busy",
                LocalizedText(
                    "正在制作，请稍候再改", "It is being made; please edit when this step is done"
                ),
            )
        setattr(project, name, value)
        for dropped in drops:
            setattr(project, dropped, None)
        project.shots = []
        project.stage = stage
        project.save(update_fields=[name, *drops, "shots", "stage"])
        announce(project)
    return project
