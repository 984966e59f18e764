"""What speech does when something happened in it."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from .models import Speech
from .services.moderation import request_check
from .signals import speech_submitted


@receiver(speech_submitted)
def check_submitted_speech(speech: Speech, **kwargs: Any) -> None:
    """Nobody else reads a text before it was checked."""
    request_check(speech=speech)
