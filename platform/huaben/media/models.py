"""Files: what was uploaded or made, its renditions, and uploads on their way."""

from __future__ import annotations

from typing import Any

import pghistory
from django.conf import settings
from django.db import models

from huaben.core.ids import new_id
from huaben.core.models import Job


@pghistory.track(
    pghistory.InsertEvent("asset.made"),
    pghistory.UpdateEvent(
        "asset.changed", condition=pghistory.AnyChange("state", "sha256", "package_sha256")
    ),
    fields=["id", "state", "sha256", "package_sha256", "problem"],
    model_name="AssetEvent",
)
class Asset(models.Model):
    """One video file, never changed once it is stored, and the HLS package made from exactly its
    bytes.

    ``package_sha256`` is the digest of every file that is streamed, so an approval can name the
    very bytes that viewers get.
    """

    class State(models.TextChoices):
        STORED = "stored"  # the source is here, nothing made from it yet
        READY = "ready"  # the package is complete and can be played
        REFUSED = "refused"  # the source cannot be used; ``problem`` says why

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.STORED)
    file = models.CharField(max_length=200, help_text="Name of the source in the default storage.")
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    container = models.CharField(max_length=20, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    duration_ms = models.PositiveIntegerField(default=0)
    has_audio = models.BooleanField(default=False)
    package = models.CharField(
        max_length=200, blank=True, help_text="Folder of the HLS package in the default storage."
    )
    package_sha256 = models.CharField(max_length=64, blank=True)
    package_metadata: Any = models.JSONField(
        default=dict, help_text="Container metadata written into each rendition."
    )
    sprite: Any = models.JSONField(
        null=True,
        help_text="Layout of the hover sprite: columns, rows, interval_ms, width, height.",
    )
    loudness_lufs = models.FloatField(null=True)
    left_out: Any = models.JSONField(
        default=list, help_text="Streams that nobody sees or hears: kind and codec of each."
    )
    problem: Any = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"


class Rendition(models.Model):
    """One quality of an asset, as HLS."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="renditions")
    name = models.CharField(max_length=10)  # 540p, 720p, 1080p: of the shorter side
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    bandwidth = models.PositiveIntegerField(help_text="Peak bits per second.")
    codecs = models.CharField(max_length=60)

    class Meta:
        ordering = ["height"]
        constraints = [
            models.UniqueConstraint(fields=["asset", "name"], name="one_rendition_per_name")
        ]

    def __str__(self) -> str:
        return f"{self.asset_id} {self.name}"


class Upload(models.Model):
    """A tus upload on its way. Its bytes lie in ``UPLOAD_ROOT`` under the id."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    filename = models.CharField(max_length=200, blank=True)
    metadata = models.CharField(
        max_length=2000, blank=True, default="", help_text="The header Upload-Metadata, as it came."
    )
    length = models.BigIntegerField()
    offset = models.BigIntegerField(default=0)
    asset = models.ForeignKey(Asset, null=True, on_delete=models.SET_NULL, related_name="+")
    problem: Any = models.JSONField(null=True)
    examination = models.ForeignKey(
        Job, null=True, on_delete=models.SET_NULL, related_name="+", help_text="The latest one."
    )
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.pk} {self.offset}/{self.length}"
