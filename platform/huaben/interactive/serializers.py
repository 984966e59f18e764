"""What viewers and hosts send."""

from __future__ import annotations

from rest_framework import serializers

from .models import MAX_VOTE_SECONDS, MIN_VOTE_SECONDS, VoteRule


class PlaythroughOpenSerializer(serializers.Serializer[None]):
    """Which series, and at which episode if not where one stands."""

    series_id = serializers.UUIDField()
    episode_id = serializers.UUIDField(required=False, allow_null=True)


class PremiereWriteSerializer(serializers.Serializer[None]):
    """A premiere to be put on the programme."""

    starts_at = serializers.DateTimeField()
    vote_seconds = serializers.IntegerField(
        min_value=MIN_VOTE_SECONDS, max_value=MAX_VOTE_SECONDS, default=20
    )
    vote_rule = serializers.ChoiceField(choices=VoteRule.choices, default=VoteRule.OPEN)


class VoteWriteSerializer(serializers.Serializer[None]):
    """A vote, under a key that the client makes up; the same key again is the same vote."""

    key = serializers.UUIDField()
    round = serializers.IntegerField(min_value=1, max_value=1000)
    choice_id = serializers.UUIDField()
