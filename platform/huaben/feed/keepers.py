"""What feed answers when somebody exports their data."""

from __future__ import annotations

from collections.abc import Iterable

from huaben.accounts.exports import Owner, export_part
from huaben.core.types import ValuesRow

from .models import Impression, Preferences


@export_part("feed_preferences")
def export_preferences(owner: Owner) -> Iterable[ValuesRow]:
    return Preferences.objects.filter(viewer=owner.viewer).values()


@export_part("feed_impressions")
def export_impressions(owner: Owner) -> Iterable[ValuesRow]:
    if owner.viewer is None:
        return []
    return Impression.objects.filter(viewer_id=owner.viewer.pk).values()
