"""What watching does when something happened below."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from huaben.accounts.signals import viewer_merged

from .services import merge_history
from .speech import places, receivers  # noqa: F401  they register themselves


@receiver(viewer_merged)
def merge_viewers_history(from_id: UUID, into_id: UUID, **kwargs: Any) -> None:
    """Somebody signed in: what the browser watched is theirs."""
    merge_history(from_id=from_id, into_id=into_id)
