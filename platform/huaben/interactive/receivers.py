"""What interactive does when something happened below."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from huaben.accounts.signals import viewer_merged

from .services import merge_playthroughs, merge_votes


@receiver(viewer_merged)
def merge_viewers_playthroughs(from_id: UUID, into_id: UUID, **kwargs: Any) -> None:
    """Hand play-throughs and votes of the browser to the account that signed in."""
    merge_playthroughs(from_id=from_id, into_id=into_id)
    merge_votes(from_id=from_id, into_id=into_id)
