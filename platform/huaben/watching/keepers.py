"""What watching answers when somebody exports their data."""

from __future__ import annotations

from collections.abc import Iterable

from huaben.accounts.exports import Owner, export_part
from huaben.core.types import ValuesRow

from .models import Favourite, Follow, NotInterested, Progress, WatchEvent


@export_part("watching_progress")
def export_progress(owner: Owner) -> Iterable[ValuesRow]:
    return Progress.objects.filter(viewer=owner.viewer).values()


@export_part("watching_events")
def export_events(owner: Owner) -> Iterable[ValuesRow]:
    if owner.viewer is None:
        return []
    return WatchEvent.objects.filter(viewer_id=owner.viewer.pk).values()


@export_part("favourites")
def export_favourites(owner: Owner) -> Iterable[ValuesRow]:
    return Favourite.objects.filter(viewer=owner.viewer).values()


@export_part("follows")
def export_follows(owner: Owner) -> Iterable[ValuesRow]:
    return Follow.objects.filter(viewer=owner.viewer).values()


@export_part("not_interested")
def export_not_interested(owner: Owner) -> Iterable[ValuesRow]:
    return NotInterested.objects.filter(viewer=owner.viewer).values()
