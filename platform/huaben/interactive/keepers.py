"""What interactive answers when somebody exports their data."""

from __future__ import annotations

from collections.abc import Iterable

from huaben.accounts.exports import Owner, export_part
from huaben.core.types import ValuesRow

from .models import Playthrough, Vote


@export_part("playthroughs")
def export_playthroughs(owner: Owner) -> Iterable[ValuesRow]:
    if owner.viewer is None:
        return []
    return Playthrough.objects.filter(viewer_id=owner.viewer.pk).values()


@export_part("votes")
def export_votes(owner: Owner) -> Iterable[ValuesRow]:
    if owner.viewer is None:
        return []
    return Vote.objects.filter(viewer_id=owner.viewer.pk).values()
