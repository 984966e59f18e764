"""What watching does when something happened below."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from huaben.accounts.signals import account_deleted, viewer_merged
from huaben.speech.models import Speech
from huaben.speech.signals import speech_state_changed

from . import contexts  # noqa: F401  they register themselves
from .services.comments import publish_danmaku
from .services.viewing import forget_history, merge_history


@receiver(viewer_merged)
def merge_viewers_history(from_id: UUID, into_id: UUID, **kwargs: Any) -> None:
    """Somebody signed in: what the browser watched is theirs."""
    merge_history(from_id=from_id, into_id=into_id)


@receiver(account_deleted)
def forget_deleted_viewer(viewer_id: UUID | None, **kwargs: Any) -> None:
    """An account is deleted: so is its history. Favourites and follows go with the viewer's row."""
    if viewer_id is not None:
        forget_history(viewer_id=viewer_id)


@receiver(speech_state_changed)
def publish_danmaku_of(speech: Speech, **kwargs: Any) -> None:
    """Danmaku come and go before the eyes of those who watch; comments are read when they are
    opened.
    """
    if speech.kind == "danmaku":
        publish_danmaku(speech=speech)
