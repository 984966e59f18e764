"""Shapes of the catalogue on the wire, shared by every app above it."""

from __future__ import annotations

from rest_framework import serializers

from huaben.core.serializers import JobSerializer, LocalizedTextSerializer

from .models import Speech


class GenreSerializer(serializers.Serializer):
    """A kind of story."""

    slug = serializers.CharField()
    name = LocalizedTextSerializer()


class CreatorSerializer(serializers.Serializer):
    """Who made a series, as others see them."""

    id = serializers.UUIDField()
    handle = serializers.CharField()
    display_name = serializers.CharField()


class SpeechSerializer(serializers.Serializer):
    """What somebody said, as ``speech.speech_view`` gives it. Others only ever get what is
    shown.
    """

    id = serializers.UUIDField()
    author = CreatorSerializer()
    text = serializers.CharField()
    state = serializers.ChoiceField(Speech.State.choices)
    reason = LocalizedTextSerializer(
        allow_null=True, help_text="Why it is held or was refused; its author alone is told."
    )
    mine = serializers.BooleanField()
    may_ask = serializers.BooleanField(
        help_text="Refused by the check alone: its author may ask for a person's look."
    )
    created_at = serializers.DateTimeField()


class SaySerializer(serializers.Serializer):
    """Something to say. The id is the client's, made once for each remark, so that it may be sent
    again.
    """

    id = serializers.UUIDField()
    text = serializers.CharField(
        max_length=4000, help_text="Plain text; the place says how much of it there may be."
    )


class FilingFactSerializer(serializers.Serializer):
    """The number in force under which a series is shown."""

    number = serializers.CharField()
    demonstration = serializers.BooleanField(help_text="A demo's own number, not a registration.")
    words = LocalizedTextSerializer(help_text="How the card says it.")


class SeriesCardSerializer(serializers.Serializer):
    """A series in a list."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    synopsis = serializers.CharField()
    genres = GenreSerializer(many=True)
    creator = CreatorSerializer()
    poster_url = serializers.CharField(allow_null=True)
    episode_count = serializers.IntegerField()
    branching = serializers.BooleanField()
    language = serializers.ChoiceField(["zh", "en"])
    filing = FilingFactSerializer(allow_null=True)


class EpisodeCardSerializer(serializers.Serializer):
    """An episode that may be shown."""

    id = serializers.UUIDField()
    series_id = serializers.UUIDField()
    number = serializers.IntegerField()
    title = serializers.CharField()
    duration_ms = serializers.IntegerField()
    has_choices = serializers.BooleanField()


class SpriteSerializer(serializers.Serializer):
    """Layout of the hover sprite."""

    columns = serializers.IntegerField()
    rows = serializers.IntegerField()
    interval_ms = serializers.IntegerField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()


class NoticeSerializer(serializers.Serializer):
    """The lasting text near the player that says a Cut is AI-made."""

    label = serializers.ChoiceField(["1", "2", "3"])  # type: ignore[assignment]
    text = LocalizedTextSerializer()


class AgeNoticeSerializer(serializers.Serializer):
    """For whom a Cut is fit, as a moderator decided."""

    code = serializers.CharField()
    text = LocalizedTextSerializer()


class PlaybackSerializer(serializers.Serializer):
    """How to play a Cut: signed addresses that stop working at ``expires_at`` or when the gate
    closes.
    """

    cut_id = serializers.UUIDField()
    manifest_url = serializers.CharField()
    poster_url = serializers.CharField()
    sprite_url = serializers.CharField(allow_null=True)
    sprite = SpriteSerializer(allow_null=True)
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    duration_ms = serializers.IntegerField()
    expires_at = serializers.DateTimeField()
    ai_notice = NoticeSerializer(allow_null=True)
    age_notice = AgeNoticeSerializer(allow_null=True)


class NextSerializer(serializers.Serializer):
    """The episode that follows, ready to preload."""

    episode = EpisodeCardSerializer()
    playback = PlaybackSerializer()


class EdgeSerializer(serializers.Serializer):
    """A choice as viewers see it on the story graph."""

    id = serializers.UUIDField()
    from_episode_id = serializers.UUIDField()
    to_episode_id = serializers.UUIDField()
    text = serializers.CharField(allow_blank=True)
    seal = serializers.CharField(allow_blank=True)


class SeriesDetailSerializer(SeriesCardSerializer):
    """A series with its shown episodes and the ways between them."""

    episodes = EpisodeCardSerializer(many=True)
    choices = EdgeSerializer(many=True)


class CollectionSerializer(serializers.Serializer):
    """A shelf of the theatre."""

    slug = serializers.CharField()
    title = LocalizedTextSerializer()
    series = SeriesCardSerializer(many=True)


class SeriesWriteSerializer(serializers.Serializer):
    """A new series."""

    title = serializers.CharField(max_length=80)
    synopsis = serializers.CharField(max_length=600, allow_blank=True, required=False)
    genres = serializers.ListField(child=serializers.SlugField(), max_length=6, required=False)
    language = serializers.ChoiceField(["zh", "en"], required=False)


class SeriesChangeSerializer(SeriesWriteSerializer):
    """What one may change of a series."""

    title = serializers.CharField(max_length=80, required=False)


class EpisodeWriteSerializer(serializers.Serializer):
    """A new episode, or its new title."""

    title = serializers.CharField(max_length=80)


class EffectSerializer(serializers.Serializer):
    """What a choice does to a variable."""

    var = serializers.CharField(max_length=30)
    op = serializers.ChoiceField(["set", "add"])
    value = serializers.JSONField()


class ChoiceSerializer(serializers.Serializer):
    """An edge of the story graph as its author writes it."""

    id = serializers.UUIDField(required=False)
    from_episode_id = serializers.UUIDField()
    to_episode_id = serializers.UUIDField()
    text = serializers.CharField(max_length=60, allow_blank=True, required=False, default="")
    seal = serializers.CharField(max_length=2, allow_blank=True, required=False, default="")
    condition = serializers.JSONField(required=False, allow_null=True, default=None)
    effects = EffectSerializer(many=True, required=False, default=list)


class GraphSerializer(serializers.Serializer):
    """The whole story graph of a series."""

    choices = ChoiceSerializer(many=True)


class GateReasonSerializer(serializers.Serializer):
    """One thing still in the way."""

    code = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    text = LocalizedTextSerializer()
    fix = LocalizedTextSerializer()


class GatePassedSerializer(serializers.Serializer):
    """One thing done."""

    source = serializers.CharField()  # type: ignore[assignment]
    text = LocalizedTextSerializer()


class GateSerializer(serializers.Serializer):
    """The publishing gate as a checklist."""

    open = serializers.BooleanField()
    reasons = GateReasonSerializer(many=True)
    passed = GatePassedSerializer(many=True)


class CutReasonSerializer(serializers.Serializer):
    """One reason of a moderator's decision."""

    code = serializers.CharField()
    text = LocalizedTextSerializer()
    start_ms = serializers.IntegerField(allow_null=True)
    end_ms = serializers.IntegerField(allow_null=True)
    note = serializers.CharField(allow_blank=True)


class CutReviewSerializer(serializers.Serializer):
    """What the review said of a Cut."""

    verdict = serializers.CharField(allow_null=True)
    automatic = serializers.BooleanField()
    note = serializers.CharField(allow_blank=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    reasons = CutReasonSerializer(many=True)


class CutSerializer(serializers.Serializer):
    """One version of an episode, for its creator and for staff."""

    id = serializers.UUIDField()
    episode_id = serializers.UUIDField()
    number = serializers.IntegerField()
    state = serializers.ChoiceField(
        ["processing", "checking", "in_review", "approved", "rejected", "failed"]
    )
    origin = serializers.ChoiceField(["upload", "generated"])
    declaration = serializers.ChoiceField(["ai", "not_ai", "unknown"])
    sha256 = serializers.CharField()
    job = JobSerializer(allow_null=True)
    gate = GateSerializer()
    review = CutReviewSerializer(allow_null=True)
    preview = PlaybackSerializer(allow_null=True)
    created_at = serializers.DateTimeField()


class CutWriteSerializer(serializers.Serializer):
    """A finished upload that becomes a Cut."""

    upload_id = serializers.UUIDField()
    ai_declaration = serializers.ChoiceField(["ai", "not_ai", "unknown"])


class StudioEpisodeSerializer(serializers.Serializer):
    """An episode with all its versions, newest first."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    title = serializers.CharField()
    cuts = CutSerializer(many=True)


class StudioSeriesSerializer(SeriesCardSerializer):
    """One's own series, shown or not."""

    created_at = serializers.DateTimeField()
    episodes = StudioEpisodeSerializer(many=True)
    choices = ChoiceSerializer(many=True)
