"""Projects: an idea on its way to an episode."""

from __future__ import annotations

from typing import Any

import pghistory
from django.conf import settings
from django.db import models

from huaben.catalog.models import Cut, Episode, Series
from huaben.core.ids import new_id
from huaben.core.models import Job


@pghistory.track(
    pghistory.InsertEvent("project.made"),
    pghistory.UpdateEvent(
        "project.changed", condition=pghistory.AnyChange("stage", "outline", "script", "cut")
    ),
    fields=["id", "idea", "stage", "outline", "script", "cut"],
    model_name="ProjectEvent",
)
class Project(models.Model):
    """One idea, and what has been made of it so far. Its history keeps prompts, choices and edits
    as they were made.
    """

    class Stage(models.TextChoices):
        """How far it has come: the last thing that is there, or ``idea``."""

        IDEA = "idea"
        OUTLINE = "outline"
        SCRIPT = "script"
        STORYBOARD = "storyboard"
        DONE = "done"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    episode = models.ForeignKey(
        Episode, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cut = models.ForeignKey(Cut, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    idea = models.TextField(max_length=20_000)
    material = models.CharField(
        max_length=12,
        blank=True,
        default="",
        help_text="How the idea is to be taken, if its maker says so.",
    )
    language = models.CharField(max_length=2)
    seconds = models.PositiveSmallIntegerField()
    seed = models.PositiveIntegerField()
    style = models.CharField(max_length=20, default="ink")
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.IDEA)
    outline: Any = models.JSONField(null=True)
    script: Any = models.JSONField(null=True)
    script_stale = models.BooleanField(
        default=False, help_text="The outline was edited after the script was written from it."
    )
    outline_revision = models.PositiveIntegerField(
        default=0, help_text="Counts its writings, so that nobody overwrites what they never saw."
    )
    script_revision = models.PositiveIntegerField(default=0)
    storyboard: Any = models.JSONField(null=True)
    shots: Any = models.JSONField(
        default=list, help_text="What the storyboard page shows of each shot."
    )
    reading: Any = models.JSONField(
        null=True, help_text="Which words of the idea were understood, and which not."
    )
    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.pk} {self.stage}"


@pghistory.track(
    pghistory.UpdateEvent(
        "story.corrected", condition=pghistory.AnyChange("corrections", "planned_revision")
    ),
    fields=["project", "corrections", "revision", "planned_revision"],
    model_name="ProjectStoryEvent",
)
class ProjectStory(models.Model):
    """What was read in a project's idea, what its maker corrected, the drafts to choose from, and
    where the film keeps the facts.
    """

    project = models.OneToOneField(
        Project, primary_key=True, on_delete=models.CASCADE, related_name="story"
    )
    facts: Any = models.JSONField(null=True, help_text="As they were read, before corrections.")
    recognised = models.CharField(max_length=12, blank=True, default="")
    corrections: Any = models.JSONField(default=list)
    revision = models.PositiveIntegerField(
        default=0, help_text="Counts the changes of corrections and of the kind of material."
    )
    planned_revision = models.PositiveIntegerField(
        default=0, help_text="The revision that the outline was planned by."
    )
    drafts: Any = models.JSONField(default=list)
    no_more_drafts = models.BooleanField(
        default=False, help_text="The text left open no other draft when it was asked for the last."
    )
    kept: Any = models.JSONField(default=list, help_text="Each fact and where the film keeps it.")
    words_kept = models.FloatField(null=True)
    report: Any = models.JSONField(null=True)
    told_revision = models.PositiveIntegerField(
        default=0, help_text="The script_revision whose film kept and report are about."
    )

    def __str__(self) -> str:
        return f"{self.pk} {self.recognised}"
