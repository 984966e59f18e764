"""Play-throughs: one viewer's way through a story graph."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from huaben.catalog.models import Choice, Episode, Series
from huaben.core.ids import new_id


class Playthrough(models.Model):
    """Where one viewer stands in one series, and the variables that their choices have set."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    viewer_id = models.UUIDField()
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="+")
    variables: Any = models.JSONField(default=dict)
    seq = models.PositiveIntegerField(default=0, help_text="Rises with every step.")
    ended = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["viewer_id", "series"], condition=Q(ended=False), name="one_open_playthrough_per_series"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk} at {self.episode_id}"


class Step(models.Model):
    """One step of a play-through, never changed: the episode that was left, and how. ``key`` makes it idempotent."""

    playthrough = models.ForeignKey(Playthrough, on_delete=models.CASCADE, related_name="steps")
    seq = models.PositiveIntegerField()
    key = models.UUIDField()
    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="+", help_text="Where the viewer was.")
    choice = models.ForeignKey(Choice, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["playthrough", "seq"], name="one_step_per_seq"),
            models.UniqueConstraint(fields=["playthrough", "key"], name="one_step_per_key"),
        ]

    def __str__(self) -> str:
        return f"{self.playthrough_id} #{self.seq}"
