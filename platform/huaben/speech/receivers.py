"""What speech does when something happened in it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from huaben.accounts.models import User
from huaben.accounts.signals import account_deleted

from .models import Speech
from .services.moderation import request_check
from .services.submission import withdraw_speech
from .signals import speech_submitted


@receiver(speech_submitted)
def check_submitted_speech(speech: Speech, **kwargs: Any) -> None:
    """Nobody else reads a text before it was checked."""
    request_check(speech=speech)


@receiver(account_deleted)
def withdraw_all(user_id: UUID, **kwargs: Any) -> None:
    """Somebody deletes their account: nobody sees any more what they said."""
    author = User.objects.get(pk=user_id)
    for speech in Speech.objects.filter(author=author).exclude(state=Speech.State.WITHDRAWN):
        withdraw_speech(speech=speech, by=author)
