"""What co-creation does when something happened below."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from huaben.catalog.models import Speech
from huaben.catalog.signals import speech_settled
from huaben.catalog.speech import speech_places

from .selectors.proposals import places_of
from .services.proposals import follow_speech

speech_places.register("proposal")(places_of)


@receiver(speech_settled)
def follow_proposals_speech(speech: Speech, **kwargs: Any) -> None:
    """A proposal is shown, held or refused with its words."""
    follow_speech(speech=speech)
