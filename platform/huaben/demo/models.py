"""The demo's season: which episodes the demo renders by itself, and in which order."""

from __future__ import annotations

from django.db import models

from huaben.studio.models import Project


class DemoEpisode(models.Model):
    """One episode of the demo's season."""

    position = models.PositiveSmallIntegerField(primary_key=True)
    play = models.SlugField(
        max_length=40, help_text="The play of ``plays.PLAYS`` that it belongs to."
    )
    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.position} {self.play}"


class DemoMail(models.Model):
    """A mail that the demo would have sent."""

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"
