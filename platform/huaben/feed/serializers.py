"""What requests of the feed may hold."""

from __future__ import annotations

from rest_framework import serializers


class FeedPreferencesChangeSerializer(serializers.Serializer[None]):
    """What one may change of it."""

    personalised = serializers.BooleanField(required=False)
    recommendations = serializers.BooleanField(required=False)
    muted_genres = serializers.ListField(
        child=serializers.SlugField(max_length=30), max_length=50, required=False
    )
