"""What may be sent about filings."""

from __future__ import annotations

from rest_framework import serializers

from .models import Filing, RuleVersion
from .selectors import FILING_LISTS


class NumberSerializer(serializers.Serializer[None]):
    """A number that an authority gave."""

    number = serializers.CharField(max_length=60)
    tier = serializers.ChoiceField(Filing.Tier.choices)
    issued_on = serializers.DateField()
    authority = serializers.CharField(max_length=60, allow_blank=True, default="")
    in_force_from = serializers.DateField(allow_null=True, default=None)
    expires_on = serializers.DateField(allow_null=True, default=None)
    budget_fen = serializers.IntegerField(
        min_value=0, max_value=10**15, allow_null=True, default=None
    )
    special_theme = serializers.CharField(max_length=20, allow_blank=True, default="")
    note = serializers.CharField(max_length=2000, allow_blank=True, default="")


class CorrectionSerializer(serializers.Serializer[None]):
    """What a number should have been, and what was wrong."""

    number = serializers.CharField(max_length=60)
    tier = serializers.ChoiceField(Filing.Tier.choices)
    issued_on = serializers.DateField()
    authority = serializers.CharField(max_length=60, allow_blank=True, default="")
    budget_fen = serializers.IntegerField(
        min_value=0, max_value=10**15, allow_null=True, default=None
    )
    special_theme = serializers.CharField(max_length=20, allow_blank=True, default="")
    reason = serializers.CharField(max_length=1000)


class RevokeSerializer(serializers.Serializer[None]):
    """Why a number is taken back."""

    reason = serializers.CharField(max_length=1000)


class FilingListSerializer(serializers.Serializer[None]):
    """Which list of the register."""

    state = serializers.ChoiceField(FILING_LISTS, default=Filing.State.NONE)


class ConfirmTitleSerializer(serializers.Serializer[None]):
    """The present title, as it was read."""

    title = serializers.CharField(max_length=80)


class TierWriteSerializer(serializers.Serializer[None]):
    """One tier as a filing admin writes it; amounts are whole fen."""

    tier = serializers.ChoiceField(Filing.Tier.choices)
    zh = serializers.CharField(max_length=20)
    en = serializers.CharField(max_length=30)
    budget_from_fen = serializers.IntegerField(min_value=0)
    budget_below_fen = serializers.IntegerField(min_value=1, allow_null=True)
    special_theme = serializers.BooleanField()
    number_pattern = serializers.CharField(max_length=200)
    example = serializers.CharField(max_length=60)
    pattern_certainty = serializers.ChoiceField(RuleVersion.Certainty.choices)
    issuers = serializers.ListField(
        child=serializers.ChoiceField(["central", "provincial"]),
        required=False,
        allow_empty=False,
        max_length=2,
        help_text="Whose numbers the tier has; without it, what is known of the tier.",
    )


class RuleWriteSerializer(serializers.Serializer[None]):
    """A new version of the tier rules, or a correction of one."""

    version = serializers.CharField(max_length=60)
    kind = serializers.ChoiceField(RuleVersion.Kind.choices)
    effective = serializers.DateField()
    certainty = serializers.ChoiceField(RuleVersion.Certainty.choices)
    sources = serializers.ListField(
        child=serializers.CharField(max_length=200), min_length=1, max_length=10
    )
    special_themes = serializers.ListField(
        child=serializers.CharField(max_length=20), max_length=30
    )
    tiers = TierWriteSerializer(many=True)
