"""What the speech API is sent."""

from __future__ import annotations

from rest_framework import serializers

from .selectors import QUEUE_STATES


class SpeechWriteSerializer(serializers.Serializer[None]):
    """Something to say. The id is the client's, made once for each text, so that it may be sent
    again.
    """

    id = serializers.UUIDField()
    text = serializers.CharField(
        max_length=4000, help_text="Plain text; the place says how much of it there may be."
    )


class ModerationQueueSerializer(serializers.Serializer[None]):
    """Which list of the moderators."""

    state = serializers.ChoiceField(QUEUE_STATES, default="held")


class SpeechObjectionSerializer(serializers.Serializer[None]):
    """Why a text should not be seen: a reader's report, or a moderator's refusal."""

    reason = serializers.CharField(max_length=20, help_text="A code of GET /speech/reasons.")
    note = serializers.CharField(max_length=300, allow_blank=True, default="")
