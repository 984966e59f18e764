"""What co-creation does when something happened below."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from huaben.speech.contexts import speech_contexts
from huaben.speech.models import Speech
from huaben.speech.signals import speech_state_changed

from .selectors.proposals import places_of
from .services.proposals import follow_speech

speech_contexts.register("proposal")(places_of)


@receiver(speech_state_changed)
def follow_proposals_speech(speech: Speech, **kwargs: Any) -> None:
    """A proposal is shown, held or refused with its words."""
    follow_speech(speech=speech)
