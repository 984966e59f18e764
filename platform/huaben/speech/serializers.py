"""What the speech API is sent."""

from __future__ import annotations

from rest_framework import serializers

from .models import NeverPhrase
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


class NeverPhraseListSerializer(serializers.Serializer[None]):
    """Which phrases of what never appears."""

    q = serializers.CharField(
        max_length=100, allow_blank=True, default="", help_text="Part of a phrase."
    )
    state = serializers.ChoiceField(["in_list", "retired"], default="in_list")


class NeverPhraseWriteSerializer(serializers.Serializer[None]):
    """A phrase to add."""

    phrase = serializers.CharField(max_length=200)
    category = serializers.CharField(max_length=20)
    language = serializers.ChoiceField(NeverPhrase.Language.choices)
    form = serializers.ChoiceField(NeverPhrase.Form.choices)
    exceptions = serializers.ListField(
        child=serializers.CharField(max_length=100, allow_blank=True), max_length=50, default=list
    )
    quotable = serializers.BooleanField(default=False)
    effective = serializers.DateField(allow_null=True, default=None)
    until = serializers.DateField(allow_null=True, default=None)
    reason = serializers.CharField(max_length=500, help_text="Kept with the change.")


class NeverPhraseRetireSerializer(serializers.Serializer[None]):
    """Why a phrase counts no more."""

    reason = serializers.CharField(max_length=500, help_text="Kept with the change.")
