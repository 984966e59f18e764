"""What the catalogue does when something happened below."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from huaben.accounts.models import User
from huaben.accounts.signals import account_deleted, name_changed

from .gate import announce_gate_change
from .models import Series
from .services import reindex_series


@receiver(name_changed)
def index_works_anew(user: User, **kwargs: Any) -> None:
    """Series are found by the name of who made them, and no longer by the one before."""
    for series in Series.objects.filter(creator=user).select_related("creator"):
        reindex_series(series=series)


@receiver(account_deleted)
def take_works_down(user_id: UUID, **kwargs: Any) -> None:
    """Somebody deletes their account: the gate lets their works through no more."""
    for series_id in Series.objects.filter(creator_id=user_id).values_list("pk", flat=True):
        announce_gate_change(series_id=series_id)
