"""What the studio's pages send."""

from __future__ import annotations

from rest_framework import serializers


class ProjectWriteSerializer(serializers.Serializer[None]):
    """A new idea."""

    idea = serializers.CharField(max_length=20_000)
    language = serializers.ChoiceField(["zh", "en"])
    seconds = serializers.IntegerField(min_value=24, max_value=120, default=60)
    seed = serializers.IntegerField(
        min_value=0, max_value=2**31 - 1, required=False, allow_null=True
    )
    style = serializers.ChoiceField(["ink"], default="ink")  # type: ignore[assignment]
    series_id = serializers.UUIDField(required=False, allow_null=True)


class OutlineWriteSerializer(serializers.Serializer[None]):
    """An edited outline, whole."""

    outline = serializers.DictField()
    drop_script = serializers.BooleanField(
        default=False, help_text="Also deletes the script; else it stays and is marked stale."
    )
    revision = serializers.IntegerField(
        min_value=0,
        allow_null=True,
        default=None,
        help_text="The outline_revision that was edited: refused when there is a newer one.",
    )


class ScriptWriteSerializer(serializers.Serializer[None]):
    """An edited script, whole."""

    script = serializers.DictField()
    revision = serializers.IntegerField(
        min_value=0,
        allow_null=True,
        default=None,
        help_text="The script_revision that was edited: refused when there is a newer one.",
    )


class AdvanceSerializer(serializers.Serializer[None]):
    """Which step to start."""

    to = serializers.ChoiceField(["outline", "script", "storyboard", "render"])
    replace = serializers.BooleanField(
        default=False, help_text="Needed where an outline or a script would be written anew."
    )
    outline_revision = serializers.IntegerField(
        min_value=0, allow_null=True, default=None, help_text="As the page shows it."
    )
    script_revision = serializers.IntegerField(
        min_value=0, allow_null=True, default=None, help_text="As the page shows it."
    )
