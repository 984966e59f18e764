"""The demo's opening season: which episodes the house makes by itself, and how far each has
come.
"""

from __future__ import annotations

from django.db import models

from huaben.studio.models import Project


class Billing(models.Model):
    """One episode on the bill of the demo's season."""

    position = models.PositiveSmallIntegerField(primary_key=True)
    play = models.SlugField(
        max_length=40, help_text="The play of ``season.PLAYS`` that it belongs to."
    )
    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.position} {self.play}"
