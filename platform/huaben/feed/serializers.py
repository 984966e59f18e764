"""Shapes of the feed on the wire. The cards are made as plain data; these describe them."""

from __future__ import annotations

from rest_framework import serializers

from huaben.catalog.serializers import (
    EpisodeCardSerializer,
    PlaybackSerializer,
    SeriesCardSerializer,
)
from huaben.core.serializers import LocalizedTextSerializer


class ReasonRefSerializer(serializers.Serializer[None]):
    """What a reason speaks of."""

    kind = serializers.ChoiceField(["series", "genre"])
    id = serializers.CharField()
    title = serializers.CharField()


class ReasonSerializer(serializers.Serializer[None]):
    """Why this is here. Strongest first."""

    kind = serializers.CharField()
    text = LocalizedTextSerializer()
    refs = ReasonRefSerializer(many=True)


class FeedStateSerializer(serializers.Serializer[None]):
    """How the viewer stands to a place of the feed."""

    favourite = serializers.BooleanField()
    following = serializers.BooleanField()
    position_ms = serializers.IntegerField()


class FeedItemSerializer(serializers.Serializer[None]):
    """One place of the feed, ready to play."""

    impression_id = serializers.UUIDField(help_text="Goes with every event that comes of it.")
    series = SeriesCardSerializer()
    episode = EpisodeCardSerializer()
    playback = PlaybackSerializer()
    reasons = ReasonSerializer(many=True)
    comment_count = serializers.IntegerField()
    state = FeedStateSerializer()


class FeedPageSerializer(serializers.Serializer[None]):
    """A page of the feed."""

    results = FeedItemSerializer(many=True)
    next_cursor = serializers.CharField(allow_null=True)
    personalised = serializers.BooleanField(help_text="What the viewer did has ordered this page.")
    simulated_audience = serializers.BooleanField(
        help_text="It was also learned from a simulated audience."
    )


class WhySerializer(serializers.Serializer[None]):
    """Why the feed showed something."""

    reasons = ReasonSerializer(many=True)
    personalised = serializers.BooleanField()
    simulated_audience = serializers.BooleanField()


class TasteSerializer(serializers.Serializer[None]):
    """How much the viewer likes a genre: 1 for the one liked most."""

    slug = serializers.CharField()
    name = LocalizedTextSerializer()
    weight = serializers.FloatField()


class FeedPreferencesSerializer(serializers.Serializer[None]):
    """What the viewer wants of the feed, and what it has learned of them."""

    personalised = serializers.BooleanField()
    recommendations = serializers.BooleanField()
    tastes = TasteSerializer(many=True)
    muted_genres = serializers.ListField(child=serializers.CharField())


class FeedPreferencesChangeSerializer(serializers.Serializer[None]):
    """What one may change of it."""

    personalised = serializers.BooleanField(required=False)
    recommendations = serializers.BooleanField(required=False)
    muted_genres = serializers.ListField(
        child=serializers.SlugField(max_length=30), max_length=50, required=False
    )


class ViewsSerializer(serializers.Serializer[None]):
    """How many watched to the end, and how many of those were simulated."""

    total = serializers.IntegerField()
    of_simulated = serializers.IntegerField()
    simulated = serializers.BooleanField(help_text="Simulated viewers count in the total.")


class ChartEntrySerializer(serializers.Serializer[None]):
    """One place of a chart."""

    rank = serializers.IntegerField()
    series = SeriesCardSerializer()
    views = ViewsSerializer()


class ChartSerializer(serializers.Serializer[None]):
    """The series watched to the end most often."""

    window = serializers.ChoiceField(["day", "week"])
    results = ChartEntrySerializer(many=True)
