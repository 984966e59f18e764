"""Writes about what was read in an idea: facts, their corrections, drafts to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, NotFound
from huaben.core.types import JsonObject

from ..edit_errors import canonical_corrections
from ..models import Project, ProjectStory
from .projects import (
    EDITED,
    Stage,
    announce_project,
    ensure_revision,
    finished,
    lock_for_edit,
    lock_project,
    text_changed,
)


def save_reading(*, project: Project, facts: JsonObject | None, recognised: str) -> ProjectStory:
    """Save what a job read in the idea: its facts, None for a screenplay, and the kind of material
    that it was recognised as.

    Call it inside the job's fenced transaction.
    """
    story, _ = ProjectStory.objects.select_for_update().get_or_create(project=project)
    story.facts, story.recognised = facts, recognised
    story.save(update_fields=["facts", "recognised"])
    return story


def choose_material(*, project: Project, material: str) -> ProjectStory:
    """Say how the idea is to be taken, "" for as it is recognised; what is planned stays, and is
    older than this. Raises Conflict for a finished project.
    """
    with transaction.atomic():
        project = _lock_unfinished(project)
        story = _lock_story(project)
        if project.material != material:
            project.material = material
            project.save(update_fields=["material"])
            story.revision += 1
            story.save(update_fields=["revision"])
            announce_project(project)
    return story


def replace_corrections(
    *, project: Project, corrections: Sequence[JsonObject], revision: int | None = None
) -> ProjectStory:
    """Replace the corrections of the facts, all of them; outline and drafts stay as they are and
    are marked older.

    Raises Problem ``bad_corrections`` that names the one at fault, Conflict ``text_changed`` where
    they are others by now than those of ``revision``, ``not_read`` before any facts were read;
    nothing is saved then.
    """
    with transaction.atomic():
        project = _lock_unfinished(project)
        story = _lock_story(project)
        if revision is not None and revision != story.revision:
            raise text_changed()
        if story.facts is None:
            raise Conflict(
                "not_read",
                LocalizedText(
                    "还没有读出可以改的事实", "No facts were read yet that could be corrected"
                ),
            )
        valid = canonical_corrections(story.facts, corrections)
        if valid != story.corrections:
            story.corrections = valid
            story.revision += 1
            story.save(update_fields=["corrections", "revision"])
            announce_project(project)
    return story


def save_drafts(*, project: Project, drafts: Sequence[JsonObject], revision: int) -> None:
    """Add drafts that a job made of the corrections of ``revision``; those that are there stay.

    Call it inside the job's fenced transaction.
    """
    story = _lock_story(project)
    there = {draft["seed"] for draft in story.drafts}
    story.drafts = [
        *story.drafts,
        *({**draft, "revision": revision} for draft in drafts if draft["seed"] not in there),
    ]
    story.no_more_drafts = not drafts
    story.save(update_fields=["drafts", "no_more_drafts"])
    announce_project(project)


def keep_draft(*, project: Project, seed: int, outline_revision: int | None = None) -> Project:
    """Make a draft the project's outline. The other drafts stay; so does a script that was written
    from another outline, marked stale.

    Raises NotFound for a seed of no draft, Conflict ``text_changed`` where the outline is another
    by now than the page shows, and as an edit does for a project that is busy or finished.
    """
    with transaction.atomic():
        project = lock_for_edit(project)
        ensure_revision("outline", project, outline_revision)
        story = _lock_story(project)
        draft = next((draft for draft in story.drafts if draft["seed"] == seed), None)
        if draft is None:
            raise NotFound
        if project.script is None:
            project.stage = Stage.OUTLINE
        elif draft["outline"] != project.outline:
            project.script_stale = True
        project.outline, project.reading = draft["outline"], draft["outline"]["reading"]
        project.seed = seed
        project.outline_revision += 1
        project.save(update_fields=[*EDITED, "reading", "seed"])
        story.planned_revision = draft["revision"]
        story.save(update_fields=["planned_revision"])
        announce_project(project)
    return project


def save_telling(
    *, project: Project, kept: Sequence[JsonObject], words_kept: float | None, report: JsonObject
) -> None:
    """Save where the film of the present script keeps the facts, and its story report.

    Call it inside the job's fenced transaction.
    """
    story = _lock_story(project)
    story.kept, story.words_kept, story.report = list(kept), words_kept, report
    story.told_revision = project.script_revision
    story.save(update_fields=["kept", "words_kept", "report", "told_revision"])


def _lock_story(project: Project) -> ProjectStory:
    return ProjectStory.objects.select_for_update().get_or_create(project=project)[0]


def _lock_unfinished(project: Project) -> Project:
    project = lock_project(project)
    if project.stage == Stage.DONE:
        raise finished()
    return project
