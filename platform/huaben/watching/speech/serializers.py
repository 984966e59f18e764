"""Shapes of comments and danmaku on the wire."""

from __future__ import annotations

from rest_framework import serializers

from huaben.catalog.models import Speech
from huaben.catalog.serializers import SaySerializer, SpeechSerializer

from .selectors import LONGEST_MS


class ReplySerializer(SpeechSerializer):
    """An answer to a comment."""

    episode_id = serializers.UUIDField()
    reply_to = serializers.UUIDField(allow_null=True)


class CommentSerializer(ReplySerializer):
    """A comment with its first answers."""

    replies = ReplySerializer(many=True)
    reply_count = serializers.IntegerField(help_text="All answers that the reader may read.")


class CommentPageSerializer(serializers.Serializer):
    """A page of an episode's comments."""

    results = CommentSerializer(many=True)
    next_cursor = serializers.CharField(allow_null=True)
    count = serializers.IntegerField(help_text="Comments and answers that everybody can read.")


class CommentWriteSerializer(SaySerializer):
    """A new comment, or an answer to one."""

    reply_to = serializers.UUIDField(required=False, allow_null=True, default=None)


class DanmakuSerializer(serializers.Serializer):
    """Words over the picture."""

    id = serializers.UUIDField()
    text = serializers.CharField()
    position_ms = serializers.IntegerField()
    state = serializers.ChoiceField(Speech.State.choices)
    mine = serializers.BooleanField()


class DanmakuWriteSerializer(SaySerializer):
    """New words over the picture."""

    position_ms = serializers.IntegerField(min_value=0, max_value=24 * 3600 * 1000)


class StretchSerializer(serializers.Serializer):
    """A stretch of a film."""

    from_ms = serializers.IntegerField(min_value=0, max_value=24 * 3600 * 1000, default=0)
    to_ms = serializers.IntegerField(min_value=1, max_value=25 * 3600 * 1000, required=False)

    def validate(self, given: dict[str, int]) -> dict[str, int]:
        return {"to_ms": given["from_ms"] + LONGEST_MS, **given}


class DanmakuStretchSerializer(serializers.Serializer):
    """The danmaku of a stretch, in the order of their moments."""

    results = DanmakuSerializer(many=True)
    after = serializers.IntegerField(
        help_text="Listen to the room danmaku:{episode_id} after this event."
    )
