"""Where something was said: the app that took it registers how to read that for many at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from huaben.catalog.models import Episode
from huaben.core.registries import Registry

from .models import Speech


@dataclass(frozen=True)
class SpeechContext:
    """Where a text was written, for its check. ``in_reply_to``: the text that it answers."""

    episode: Episode | None = None
    position_ms: int | None = None
    in_reply_to: str = ""


# By kind of speech: ``read(ids)`` gives the context of each that it knows.
speech_contexts: Registry[Callable[[Sequence[UUID]], Mapping[UUID, SpeechContext]]] = Registry(
    "speech.contexts"
)


def get_speech_contexts(speeches: Sequence[Speech]) -> dict[UUID, SpeechContext]:
    """Where each text was said, as far as its app says so. One call for each kind among them."""
    contexts: dict[UUID, SpeechContext] = {}
    for kind in {speech.kind for speech in speeches} & set(speech_contexts):
        ids = [speech.pk for speech in speeches if speech.kind == kind]
        contexts |= speech_contexts[kind](ids)
    return contexts
