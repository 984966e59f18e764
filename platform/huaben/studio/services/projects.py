"""Writes about projects: their steps and their texts."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Literal

from django.db import transaction

from generation.story.types import Outline, Script
from generation.storyboard import Storyboard
from generation.values import to_json
from huaben.accounts.models import User
from huaben.catalog.models import Cut, Episode, Series
from huaben.catalog.services import (
    MAX_SYNOPSIS_LENGTH,
    MAX_TITLE_LENGTH,
    create_cut,
    create_episode,
    create_series,
)
from huaben.core.jobs import enqueue_job
from huaben.core.localized import LocalizedText
from huaben.core.models import ACTIVE
from huaben.core.problems import Conflict
from huaben.core.responses import as_json
from huaben.core.rooms import publish_event
from huaben.core.text import clean_line, clean_text
from huaben.core.types import JsonObject
from huaben.media.models import Asset

from ..edit_errors import canonical_edit
from ..models import Project, ProjectStory
from ..presenters import present_project
from ..steps import JOB_KINDS, REQUIRED_FIELDS
from .limits import (
    ensure_concurrency_limit,
    ensure_daily_limit,
    ensure_may_render,
    ensure_more_drafts,
)

Stage = Project.Stage
# What a new outline or script changes.
EDITED = [
    "stage", "outline", "script", "script_stale", "outline_revision", "script_revision",
    "storyboard", "shots",
]  # fmt: skip


def room_of(project: Project) -> str:
    """The real-time room of a project: its page listens there."""
    return f"project:{project.pk}"


def create_project(
    *,
    owner: User,
    idea: str,
    language: str,
    seconds: int,
    seed: int | None = None,
    style: str = "ink",
    series: Series | None = None,
) -> Project:
    """Create a project and start its outline. With a series, the episode becomes its next one.

    Raises TooSoon above the daily limit or the limit of active steps.
    """
    with transaction.atomic():
        ensure_daily_limit(owner)
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


def advance_project(
    *,
    project: Project,
    to: str,
    replace: bool = False,
    outline_revision: int | None = None,
    script_revision: int | None = None,
) -> Project:
    """Start a step as a job. Changes nothing when that step is queued or running already.

    ``replace``: an outline or a script that is there may be written anew. The revisions are those
    that the maker sees. Raises Conflict while another step is active, for a finished project, for a
    step whose input is missing, ``text_changed`` where the text is another by now and
    ``would_replace`` where one would be lost unasked; TooSoon above the limit of active steps.
    """
    with transaction.atomic():
        project = lock_project(project)
        ensure_revision("outline", project, outline_revision)
        ensure_revision("script", project, script_revision)
        if project.job is not None and project.job.state in ACTIVE:
            if project.job.kind == JOB_KINDS[to]:
                return project
            raise Conflict(
                "busy", LocalizedText("上一步还在进行", "The step before is still running")
            )
        if project.stage == Stage.DONE:
            raise finished()
        if to in ("outline", "script") and getattr(project, to) is not None and not replace:
            raise Conflict(
                "would_replace",
                LocalizedText("已经有了，重写会换掉它", "It is there; writing it anew replaces it"),
                detail=LocalizedText(
                    "没有改动任何东西；确实要重写，请再确认一次",
                    "Nothing was changed; confirm it if it should be written anew",
                ),
            )
        if any(getattr(project, name) is None for name in REQUIRED_FIELDS[to]):
            raise Conflict(
                "step_missing",
                LocalizedText("请先完成前面的步骤", "The steps before this one come first"),
            )
        if to == "drafts":
            ensure_more_drafts(project)
        ensure_concurrency_limit(project.owner)
        if to == "render":
            ensure_may_render(project.owner)
        project.job = enqueue_job(
            JOB_KINDS[to],
            {"project_id": str(project.pk)},
            key=str(project.pk),
            owner_id=project.owner_id,
            rooms=[room_of(project)],
        )
        project.save(update_fields=["job"])
        announce_project(project)
    return project


def replace_outline(
    *,
    project: Project,
    outline: JsonObject,
    drop_script: bool = False,
    revision: int | None = None,
) -> Project:
    """Replace the outline by an edited one. A script that was written from the old one stays, and
    is marked stale, unless ``drop_script``.

    Raises Problem ``bad_outline`` for one that is not valid, Conflict ``text_changed`` for one that
    was edited from another than ``revision``; nothing is saved then.
    """
    value = canonical_edit(Outline, "outline", outline)
    with transaction.atomic():
        project = lock_for_edit(project)
        ensure_revision("outline", project, revision)
        if drop_script or project.script is None:
            project.stage, project.script, project.script_stale = Stage.OUTLINE, None, False
            project.storyboard, project.shots = None, []
        elif value != project.outline:
            project.script_stale = True
        project.outline = value
        project.outline_revision += 1
        project.save(update_fields=EDITED)
        announce_project(project)
    return project


def replace_script(*, project: Project, script: JsonObject, revision: int | None = None) -> Project:
    """Replace the script by an edited one and drop the storyboard that was made from the old one.

    Raises Problem ``bad_script`` for one that is not valid, Conflict ``text_changed`` for one that
    was edited from another than ``revision``; nothing is saved then.
    """
    value = canonical_edit(Script, "script", script)
    with transaction.atomic():
        project = lock_for_edit(project)
        ensure_revision("script", project, revision)
        project.stage, project.script, project.script_stale = Stage.SCRIPT, value, False
        project.script_revision += 1
        project.storyboard, project.shots = None, []
        project.save(update_fields=EDITED)
        announce_project(project)
    return project


def save_outline(*, project: Project, outline: Outline, revision: int = 0) -> None:
    """Save the outline that a job wrote, by the corrections of ``revision``, and drop what was made
    from an earlier one.

    Call it inside the job's fenced transaction.
    """
    data = to_json(outline)
    project.stage, project.outline, project.reading = Stage.OUTLINE, data, data["reading"]
    project.script, project.storyboard, project.shots = None, None, []
    project.script_stale = False
    project.outline_revision += 1
    project.save(update_fields=[*EDITED, "reading"])
    ProjectStory.objects.filter(project=project).update(planned_revision=revision)
    announce_project(project)


def save_script(*, project: Project, script: Script) -> None:
    """Save the script that a job wrote and drop the storyboard of an earlier one.

    Call it inside the job's fenced transaction.
    """
    project.stage, project.script, project.script_stale = Stage.SCRIPT, to_json(script), False
    project.script_revision += 1
    project.storyboard, project.shots = None, []
    project.save(update_fields=EDITED)
    announce_project(project)


def save_storyboard(*, project: Project, storyboard: Storyboard) -> None:
    """Save the storyboard that a job planned, its stills yet to be drawn.

    Call it inside the job's fenced transaction.
    """
    project.stage, project.storyboard = Stage.STORYBOARD, to_json(storyboard)
    project.shots = [
        {
            "id": shot.id,
            "summary": shot.summary,
            "framing": shot.camera.framing,
            "move": shot.camera.move,
            "duration": shot.duration,
            "still": "",
            "state": "waiting",
        }
        for shot in storyboard.shots
    ]
    project.save(update_fields=["stage", "storyboard", "shots"])
    announce_project(project)


def save_still(
    *, project: Project, number: int, still: str, state: Literal["waiting", "done"]
) -> None:
    """Save the picture of a shot: ``still`` is its key in the artefact store.

    Does nothing when the storyboard has been dropped or has no such shot any more.
    """
    with transaction.atomic():
        locked = Project.objects.select_for_update().get(pk=project.pk)
        shots = list(locked.shots)
        if number < len(shots):
            shots[number] = {**shots[number], "still": still, "state": state}
            locked.shots = shots
            locked.save(update_fields=["shots"])
            announce_project(locked)


def finish_project(
    *,
    project: Project,
    asset: Asset,
    provenance: JsonObject,
    lines: Sequence[JsonObject],
) -> Cut:
    """Make a Cut of the rendered film. Creates the series and the episode where there is none.

    A project that has its Cut already keeps it.
    """
    with transaction.atomic():
        project = Project.objects.select_for_update().get(pk=project.pk)
        if project.cut is not None:
            return project.cut
        outline = project.outline or {}
        if project.series is None:
            project.series = create_series(
                creator=project.owner,
                title=_title_of(project),
                synopsis=clean_text(outline.get("logline", ""))[:MAX_SYNOPSIS_LENGTH],
                genres=[outline["genre"]] if outline.get("genre") else [],
                language=project.language,
                is_counted=False,
            )
        if project.episode is None:
            last = Episode.objects.filter(series=project.series).order_by("-number").first()
            project.episode = create_episode(
                series=project.series, title=_title_of(project), after=last, is_counted=False
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
        announce_project(project)
    return project.cut


def announce_project(project: Project) -> None:
    """Send a project's state to its room, with the present transaction."""
    payload = {"kind": "project", "project": as_json(present_project(project))}
    publish_event(room_of(project), payload)


def _title_of(project: Project) -> str:
    """The outline's title, or how the idea begins: a film that is made must not fail for want of
    one.
    """
    title = clean_line((project.outline or {}).get("title") or "")[:MAX_TITLE_LENGTH]
    return title or clean_line(project.idea)[:40] or "…"


def lock_for_edit(project: Project) -> Project:
    """Lock a project whose texts are to be edited. Raises Conflict while a step is active and when
    it is finished.
    """
    project = lock_project(project)
    if project.stage == Stage.DONE:
        raise finished()
    if project.job is not None and project.job.state in ACTIVE:
        raise Conflict(
            "busy",
            LocalizedText(
                "正在制作，请稍候再改", "It is being made; please edit when this step is done"
            ),
        )
    return project


def ensure_revision(
    name: Literal["outline", "script"], project: Project, revision: int | None
) -> None:
    """Raise Conflict ``text_changed`` where a page shows another text than there is."""
    if revision is not None and revision != getattr(project, f"{name}_revision"):
        raise text_changed()


def text_changed() -> Conflict:
    """The text is another by now than the page shows."""
    return Conflict(
        "text_changed",
        LocalizedText("这段文字在别处改过了", "The text was changed elsewhere"),
        detail=LocalizedText(
            "没有保存，也没有开始；你写的还在这一页上",
            "Nothing was saved or begun; what you wrote is still on this page",
        ),
    )


def lock_project(project: Project) -> Project:
    """Lock a project's row, with its job."""
    rows = Project.objects.select_for_update(of=("self",)).select_related("job")
    return rows.get(pk=project.pk)


def finished() -> Conflict:
    """A finished episode is not changed any more."""
    return Conflict("finished", LocalizedText("这一集已经完成", "This episode is finished"))
