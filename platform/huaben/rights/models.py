"""Copyright: what may not be shown because somebody's right stands against it."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from huaben.catalog.models import Cut, Series
from huaben.core.ids import new_id


@pghistory.track(model_name="BlockEvent")
class Block(models.Model):
    """A series, or one Cut of it, that is not shown while the block stands."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="blocks")
    cut = models.ForeignKey(Cut, null=True, on_delete=models.PROTECT, related_name="blocks")
    reason = models.TextField(help_text="Told to the creator.")
    evidence = models.TextField(help_text="For the file: who complains, of what, with what proof.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lift_reason = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["series"], condition=Q(lifted_at=None), name="block_standing")]
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="lifted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series_id} {'lifted' if self.lifted_at else 'standing'}"
