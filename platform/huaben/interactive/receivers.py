"""What interactive does when something happened below."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from huaben.accounts.signals import account_deleted, viewer_merged

from .models import Playthrough
from .services import merge_playthroughs, merge_votes


@receiver(viewer_merged)
def merge_viewers_playthroughs(from_id: UUID, into_id: UUID, **kwargs: Any) -> None:
    """Hand play-throughs and votes of the browser to the account that signed in."""
    merge_playthroughs(from_id=from_id, into_id=into_id)
    merge_votes(from_id=from_id, into_id=into_id)


@receiver(account_deleted)
def delete_playthroughs(viewer_id: UUID | None, **kwargs: Any) -> None:
    """An account is deleted: so are its ways through stories. Votes that were counted stay, of
    nobody.
    """
    if viewer_id is not None:
        Playthrough.objects.filter(viewer_id=viewer_id).delete()
