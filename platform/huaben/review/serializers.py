"""What may be sent about cases."""

from __future__ import annotations

from rest_framework import serializers

from .selectors import CASE_LISTS, WORDS_LISTS


class CaseListSerializer(serializers.Serializer[None]):
    """Which list of the queue."""

    state = serializers.ChoiceField(list(CASE_LISTS), default="open")


class ApproveSerializer(serializers.Serializer[None]):
    """An approval."""

    words_sha256 = serializers.CharField(
        max_length=64, help_text="Of the words that were read, as the case gives it."
    )

    note = serializers.CharField(
        max_length=2000, allow_blank=True, default="", help_text="To the creator."
    )
    age_notice = serializers.CharField(max_length=4, allow_blank=True, default="")


class WordsListSerializer(serializers.Serializer[None]):
    """Which list of revised words."""

    state = serializers.ChoiceField(list(WORDS_LISTS), default="waiting")


class WordsRefuseSerializer(serializers.Serializer[None]):
    """Why new words are refused."""

    reason = serializers.CharField(max_length=30, help_text="A code of GET /review/reasons.")
    note = serializers.CharField(
        max_length=500, allow_blank=True, default="", help_text="To the creator."
    )


class ReasonWriteSerializer(serializers.Serializer[None]):
    """One reason, with its time span if it has one."""

    code = serializers.CharField(max_length=30)
    start_ms = serializers.IntegerField(allow_null=True, default=None)
    end_ms = serializers.IntegerField(allow_null=True, default=None)
    note = serializers.CharField(max_length=500, allow_blank=True, default="")


class RefuseSerializer(serializers.Serializer[None]):
    """Why a Cut is rejected or taken down."""

    reasons = ReasonWriteSerializer(many=True)
    note = serializers.CharField(
        max_length=2000, allow_blank=True, default="", help_text="To the creator."
    )


class AppealSerializer(serializers.Serializer[None]):
    """Why a refusal is appealed."""

    reason = serializers.CharField(max_length=2000, help_text="Of the creator, for the moderators.")


class ReopenSerializer(serializers.Serializer[None]):
    """Why a case is decided anew."""

    note = serializers.CharField(max_length=2000)
