"""What is asked of accounts."""

from __future__ import annotations

from rest_framework import serializers

from .models import Role


class ProfileSerializer(serializers.Serializer[None]):
    """What one may change about oneself."""

    display_name = serializers.CharField(max_length=40, required=False, allow_blank=True)
    language = serializers.ChoiceField(["zh", "en"], required=False)


class PersonListSerializer(serializers.Serializer[None]):
    """Which people."""

    q = serializers.CharField(
        max_length=100, allow_blank=True, default="", help_text="Part of handle, name or address."
    )
    role = serializers.ChoiceField(["", *Role.values], default="")


class NameRemovalSerializer(serializers.Serializer[None]):
    """Why a display name is taken away."""

    reason = serializers.CharField(max_length=500, help_text="Told to the person.")


class RecoverySerializer(serializers.Serializer[None]):
    """Why somebody's second factors should be removed."""

    reason = serializers.CharField(max_length=500, help_text="How the person showed who they are.")
