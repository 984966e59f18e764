"""Shapes of the review desk on the wire."""

from __future__ import annotations

from rest_framework import serializers

from huaben.catalog.models import Cut
from huaben.catalog.serializers import (
    AiNoticeSerializer,
    CutReasonSerializer,
    GateChecklistSerializer,
    PersonSerializer,
    PlaybackSerializer,
)
from huaben.core.serializers import JobErrorSerializer, LocalizedTextSerializer

from .models import Case, CutLabel, Decision, Finding
from .selectors import LISTS


class CodeSerializer(serializers.Serializer):
    """A code with its words: a reason, an age notice."""

    code = serializers.CharField()
    text = LocalizedTextSerializer()


class DecisionSerializer(serializers.Serializer):
    """What was decided about a Cut."""

    cut_id = serializers.UUIDField(source="case.cut_id")
    episode_number = serializers.IntegerField(source="case.cut.episode.number")
    episode_title = serializers.CharField(source="case.cut.episode.title")
    cut_number = serializers.IntegerField(source="case.cut.number")
    outcome = serializers.ChoiceField(Decision.Outcome.choices)
    automatic = serializers.BooleanField()
    by = PersonSerializer(allow_null=True)
    reasons = CutReasonSerializer(many=True)
    note = serializers.CharField(allow_blank=True)
    age_notice = CodeSerializer(allow_null=True)
    sha256 = serializers.CharField()
    package_sha256 = serializers.CharField()
    decided_at = serializers.DateTimeField()


class CaseCutSerializer(serializers.Serializer):
    """The version under review."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    origin = serializers.ChoiceField(Cut.Origin.choices)
    declaration = serializers.ChoiceField(Cut.Declaration.choices)
    sha256 = serializers.CharField()
    duration_ms = serializers.IntegerField()
    created_at = serializers.DateTimeField()


class CaseSeriesSerializer(serializers.Serializer):
    """The series that a case belongs to."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    synopsis = serializers.CharField()
    language = serializers.ChoiceField(["zh", "en"])


class CaseEpisodeSerializer(serializers.Serializer):
    """The episode that a case belongs to."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    title = serializers.CharField()


class CaseCardSerializer(serializers.Serializer):
    """A case in the queue."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(Case.State.choices)
    verdict = serializers.ChoiceField(["", "pass", "review", "block"])
    risk = serializers.FloatField(help_text="0–1.")
    cut = CaseCutSerializer()
    series = CaseSeriesSerializer()
    episode = CaseEpisodeSerializer()
    creator = PersonSerializer()
    poster_url = serializers.CharField(allow_null=True)
    holder = PersonSerializer(allow_null=True)
    may_decide = serializers.BooleanField(help_text="False for a work of one's own.")
    finding_count = serializers.IntegerField()
    foremost = LocalizedTextSerializer(
        many=True, help_text="Names of the gravest findings, at most three."
    )
    problem = JobErrorSerializer(allow_null=True, help_text="Why it failed.")
    opened_at = serializers.DateTimeField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)


class FindingSerializer(serializers.Serializer):
    """One thing that the checks saw."""

    id = serializers.UUIDField()
    policy = serializers.CharField()
    policy_name = LocalizedTextSerializer()
    channel = serializers.ChoiceField(Finding.Channel.choices)
    score = serializers.FloatField()
    start_ms = serializers.IntegerField(allow_null=True)
    end_ms = serializers.IntegerField(allow_null=True)
    evidence = serializers.CharField(allow_blank=True)
    explanation = LocalizedTextSerializer()


class SpokenLineSerializer(serializers.Serializer):
    """One line of the script; times are null where it has none."""

    start_ms = serializers.IntegerField(allow_null=True)
    end_ms = serializers.IntegerField(allow_null=True)
    speaker = serializers.CharField(allow_blank=True)
    text = serializers.CharField(allow_blank=True)


class ExplicitMarkSerializer(serializers.Serializer):
    """The mark on the starting frames, as the search saw it: «not_seen» is no proof that there is
    none.
    """

    state = serializers.ChoiceField(["seen", "not_seen", "not_checked"])
    seconds = serializers.FloatField()
    height_ratio = serializers.FloatField(help_text="Of the shortest side.")
    likeness = serializers.FloatField()
    reported = serializers.DictField(allow_null=True, help_text="What its maker says of it.")


class ProvenanceSerializer(serializers.Serializer):
    """The C2PA manifest that a file came with. A label that is written later drops it."""

    state = serializers.ChoiceField(["absent", "valid", "invalid", "not_supported"])
    trusted = serializers.BooleanField()
    problems = serializers.ListField(child=serializers.CharField())
    issuer = serializers.CharField(allow_blank=True)
    source_type = serializers.CharField(allow_blank=True)


class CarriedSerializer(serializers.Serializer):
    """What a file came with."""

    label = serializers.DictField(child=serializers.CharField(allow_blank=True), allow_null=True)  # type: ignore[assignment]
    provenance = ProvenanceSerializer()


class LabelSerializer(serializers.Serializer):
    """The AI label of a Cut: what its file carries, and what stands beside it."""

    value = serializers.ChoiceField(CutLabel.Value.choices)
    notice = AiNoticeSerializer(allow_null=True)
    implicit = serializers.DictField(child=serializers.CharField(allow_blank=True), allow_null=True)
    explicit = ExplicitMarkSerializer(allow_null=True)
    carried = CarriedSerializer(allow_null=True)
    malformed = serializers.BooleanField()
    test_operator = serializers.BooleanField()
    rules_version = serializers.CharField()
    verified_at = serializers.DateTimeField()


class CaseSerializer(CaseCardSerializer):
    """A case as the desk shows it."""

    findings = FindingSerializer(many=True)
    transcript = SpokenLineSerializer(many=True)
    transcript_note = LocalizedTextSerializer(allow_null=True)
    playback = PlaybackSerializer(allow_null=True)
    label = LabelSerializer(allow_null=True)  # type: ignore[assignment]
    gate = GateChecklistSerializer()
    versions = serializers.DictField(child=serializers.CharField())
    decision = DecisionSerializer(allow_null=True)
    earlier = DecisionSerializer(many=True)


class ListSerializer(serializers.Serializer):
    """Which list of the desk."""

    state = serializers.ChoiceField(list(LISTS), default="open")


class ApproveSerializer(serializers.Serializer):
    """A yes."""

    note = serializers.CharField(
        max_length=2000, allow_blank=True, default="", help_text="To the creator."
    )
    age_notice = serializers.CharField(max_length=4, allow_blank=True, default="")


class GivenReasonSerializer(serializers.Serializer):
    """One reason, with its place in the film if it has one."""

    code = serializers.CharField(max_length=30)
    start_ms = serializers.IntegerField(allow_null=True, default=None)
    end_ms = serializers.IntegerField(allow_null=True, default=None)
    note = serializers.CharField(max_length=500, allow_blank=True, default="")


class RefuseSerializer(serializers.Serializer):
    """A no: rejecting a Cut, or taking it down."""

    reasons = GivenReasonSerializer(many=True)
    note = serializers.CharField(
        max_length=2000, allow_blank=True, default="", help_text="To the creator."
    )


class ReopenSerializer(serializers.Serializer):
    """Why something is decided anew."""

    note = serializers.CharField(max_length=2000)
