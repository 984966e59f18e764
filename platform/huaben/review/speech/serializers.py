"""Shapes of people's words at the review desk."""

from __future__ import annotations

from rest_framework import serializers

from huaben.catalog.models import Speech
from huaben.catalog.serializers import PersonSerializer
from huaben.core.serializers import LocalizedTextSerializer
from huaben.review.models import SpeechDecision
from huaben.review.serializers import CaseEpisodeSerializer, CodeSerializer

from .selectors import LISTS


class RemarkSeriesSerializer(serializers.Serializer):
    """The series under which something was said."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    language = serializers.ChoiceField(["zh", "en"])


class RemarkFindingSerializer(serializers.Serializer):
    """One thing that the check saw in a remark."""

    policy = serializers.CharField()
    policy_name = LocalizedTextSerializer()
    score = serializers.FloatField()
    evidence = serializers.CharField(allow_blank=True)
    explanation = LocalizedTextSerializer()


class RemarkReportSerializer(serializers.Serializer):
    """One person's doubt; by whom is nobody's business."""

    reason = CodeSerializer()
    note = serializers.CharField(allow_blank=True)


class RemarkDecisionSerializer(serializers.Serializer):
    """What a person decided about a remark."""

    outcome = serializers.ChoiceField(SpeechDecision.Outcome.choices)
    by = PersonSerializer()
    reason = CodeSerializer(allow_null=True)
    note = serializers.CharField(allow_blank=True)
    decided_at = serializers.DateTimeField()


class RemarkSerializer(serializers.Serializer):
    """What somebody said, with everything that a moderator decides from."""

    id = serializers.UUIDField()
    kind = serializers.CharField(help_text="comment, danmaku, proposal.")
    text = serializers.CharField()
    state = serializers.ChoiceField(Speech.State.choices)
    reason = LocalizedTextSerializer(allow_null=True, help_text="What its author is told.")
    waits = serializers.ChoiceField(
        ["", "language", "doubt", "unchecked", "reports", "asked"],
        help_text="Why it waits for a person.",
    )
    author = PersonSerializer()
    series = RemarkSeriesSerializer()
    episode = CaseEpisodeSerializer(allow_null=True)
    position_ms = serializers.IntegerField(allow_null=True)
    answers = serializers.CharField(allow_blank=True, help_text="The words that it answers.")
    verdict = serializers.ChoiceField(["", "pass", "review", "block"])
    findings = RemarkFindingSerializer(many=True)
    reports = RemarkReportSerializer(many=True, help_text="Those that nobody has answered yet.")
    decisions = RemarkDecisionSerializer(many=True)
    may_decide = serializers.BooleanField(help_text="False for one's own words.")
    created_at = serializers.DateTimeField()
    settled_at = serializers.DateTimeField(allow_null=True)


class RemarkListSerializer(serializers.Serializer):
    """Which list of remarks."""

    state = serializers.ChoiceField(LISTS, default="held")


class DoubtSerializer(serializers.Serializer):
    """Why a remark should not be seen: a report, or a moderator's no."""

    reason = serializers.CharField(max_length=20, help_text="A code of GET /speech/reasons.")
    note = serializers.CharField(max_length=300, allow_blank=True, default="")
