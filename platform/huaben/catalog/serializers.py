"""What the catalogue is sent."""

from __future__ import annotations

from rest_framework import serializers


class SeriesWriteSerializer(serializers.Serializer[None]):
    """A new series."""

    title = serializers.CharField(max_length=80)
    synopsis = serializers.CharField(max_length=600, allow_blank=True, required=False)
    genres = serializers.ListField(child=serializers.SlugField(), max_length=6, required=False)
    language = serializers.ChoiceField(["zh", "en"], required=False)


class SeriesChangeSerializer(SeriesWriteSerializer):
    """What one may change of a series."""

    title = serializers.CharField(max_length=80, required=False)


class EpisodeWriteSerializer(serializers.Serializer[None]):
    """A new episode, or its new title."""

    title = serializers.CharField(max_length=80)


class ChoiceEffectWriteSerializer(serializers.Serializer[None]):
    """What a choice does to a variable."""

    var = serializers.CharField(max_length=30)
    op = serializers.ChoiceField(["set", "add"])
    value = serializers.JSONField()


class ChoiceWriteSerializer(serializers.Serializer[None]):
    """An edge of the story graph as its author writes it."""

    id = serializers.UUIDField(required=False)
    from_episode_id = serializers.UUIDField()
    to_episode_id = serializers.UUIDField()
    text = serializers.CharField(max_length=60, allow_blank=True, required=False, default="")
    seal = serializers.CharField(max_length=2, allow_blank=True, required=False, default="")
    condition = serializers.JSONField(required=False, allow_null=True, default=None)
    effects = ChoiceEffectWriteSerializer(many=True, required=False, default=list)


class StoryGraphWriteSerializer(serializers.Serializer[None]):
    """The whole story graph of a series."""

    choices = ChoiceWriteSerializer(many=True)


class CutWriteSerializer(serializers.Serializer[None]):
    """A finished upload that becomes a Cut."""

    upload_id = serializers.UUIDField()
    ai_declaration = serializers.ChoiceField(["ai", "not_ai", "unknown"])
