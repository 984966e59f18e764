"""What the watching API is sent."""

from __future__ import annotations

from rest_framework import serializers

from huaben.speech.serializers import SpeechWriteSerializer

from .batches import MAX_POSITION_MS
from .models import EventKind
from .selectors.comments import MAX_STRETCH_MS


class WatchEventSerializer(serializers.Serializer[None]):
    """One thing that the viewer did. Only describes; ``batches.read_batch`` reads it."""

    id = serializers.UUIDField(help_text="The client's own, made once for each event.")
    kind = serializers.ChoiceField(EventKind.choices)
    episode_id = serializers.UUIDField()
    cut_id = serializers.UUIDField()
    impression_id = serializers.UUIDField(required=False, allow_null=True)
    at = serializers.DateTimeField(help_text="By the client's clock, with its time zone.")
    position_ms = serializers.IntegerField(min_value=0, max_value=MAX_POSITION_MS)
    watched_ms = serializers.IntegerField(
        min_value=0, max_value=MAX_POSITION_MS, help_text="Since this viewing began."
    )
    duration_ms = serializers.IntegerField(min_value=0, max_value=MAX_POSITION_MS)


class EventBatchSerializer(serializers.Serializer[None]):
    """Up to 200 events."""

    events = WatchEventSerializer(many=True)


class CommentWriteSerializer(SpeechWriteSerializer):
    """A new comment, or an answer to one."""

    reply_to = serializers.UUIDField(required=False, allow_null=True, default=None)


class DanmakuWriteSerializer(SpeechWriteSerializer):
    """A new text over the picture."""

    position_ms = serializers.IntegerField(min_value=0, max_value=MAX_POSITION_MS)


class StretchSerializer(serializers.Serializer[None]):
    """A stretch of a film."""

    from_ms = serializers.IntegerField(min_value=0, max_value=MAX_POSITION_MS, default=0)
    to_ms = serializers.IntegerField(
        min_value=1, max_value=MAX_POSITION_MS + 3600 * 1000, required=False
    )

    def validate(self, attrs: dict[str, int]) -> dict[str, int]:
        return {"to_ms": attrs["from_ms"] + MAX_STRETCH_MS, **attrs}
