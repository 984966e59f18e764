"""Tables of the feed: each place of a page that was given to a viewer, what a viewer prefers, and
which series have changed.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from huaben.accounts.models import Viewer
from huaben.catalog.models import Series
from huaben.core.ids import new_id


class Impression(models.Model):
    """One place of one page, with the reasons for it as they were: “why this?” reads them.

    Watch events name it, so what was shown and what came of it can be joined. A visit is one first
    page and those after it. ``reasons``: see ``reasons.reasons_to_json``. No foreign keys: a page
    for somebody who has not watched anything yet creates no viewer.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    viewer_id = models.UUIDField()
    visit_id = models.UUIDField()
    page = models.PositiveSmallIntegerField()
    place = models.PositiveSmallIntegerField()
    series_id = models.UUIDField()
    episode_id = models.UUIDField()
    reasons: Any = models.JSONField(default=list)
    personalised = models.BooleanField()
    simulated_audience = models.BooleanField(
        help_text="The model that chose it had learned from a simulated audience."
    )
    model_version = models.CharField(
        max_length=60, blank=True, help_text="Empty: no trained model, content only."
    )
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["viewer_id", "visit_id"], name="impression_of_visit"),
            models.Index(fields=["viewer_id", "series_id", "-created_at"], name="impression_why"),
            BrinIndex(fields=["created_at"], name="impression_made"),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.page}.{self.place} {self.series_id}"


class Preferences(models.Model):
    """What a viewer wants of the feed. No row: the defaults."""

    viewer = models.OneToOneField(
        Viewer, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    personalised = models.BooleanField(
        default=True, help_text="Whether what they watched may order their feed."
    )
    recommendations = models.BooleanField(
        default=True, help_text="Off: newest first, and nothing is chosen for them."
    )
    muted_genres = ArrayField(models.CharField(max_length=30), default=list)
    forgotten: Any = models.JSONField(
        default=dict,
        help_text=(
            "Genre → when its taste was deleted (ISO): what was liked of it before counts no more."
        ),
    )

    class Meta:
        verbose_name_plural = "preferences"

    def __str__(self) -> str:
        return str(self.viewer_id)


class SeriesChange(models.Model):
    """A series that may have been published, taken down or changed: the catalogue of each web
    process reads it again.
    """

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.pk}: {self.series_id}"
