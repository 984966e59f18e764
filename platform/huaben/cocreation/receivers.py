"""What co-creation does when the state of a proposal's speech changes."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from huaben.speech.contexts import speech_contexts
from huaben.speech.models import Speech
from huaben.speech.signals import speech_state_changed

from .selectors.proposals import get_speech_contexts
from .services.proposals import follow_withdrawn_speech

speech_contexts.register("proposal")(get_speech_contexts)


@receiver(speech_state_changed)
def follow_speech_of_proposal(speech: Speech, **kwargs: Any) -> None:
    """Withdraw the proposal whose words were withdrawn."""
    follow_withdrawn_speech(speech=speech)
