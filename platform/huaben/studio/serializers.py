"""What the studio's pages send."""

from __future__ import annotations

from typing import get_args

from rest_framework import serializers

from generation.story.facts.corrections import MAX_CORRECTIONS, FactKind
from generation.story.facts.types import Age, Being, Sex
from generation.story.material import KINDS


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

    to = serializers.ChoiceField(["drafts", "outline", "script", "storyboard", "render"])
    replace = serializers.BooleanField(
        default=False, help_text="Needed where an outline or a script would be written anew."
    )
    outline_revision = serializers.IntegerField(
        min_value=0, allow_null=True, default=None, help_text="As the page shows it."
    )
    script_revision = serializers.IntegerField(
        min_value=0, allow_null=True, default=None, help_text="As the page shows it."
    )


class FactCorrectionSerializer(serializers.Serializer[None]):
    """One correction of a fact, which stands at characters ``start`` to ``end`` of the idea."""

    deed = serializers.ChoiceField(["change", "remove", "add"])
    kind = serializers.ChoiceField(list(get_args(FactKind)))
    start = serializers.IntegerField(min_value=0, max_value=20_000)
    end = serializers.IntegerField(min_value=1, max_value=20_000)
    word = serializers.CharField(
        max_length=80,
        allow_blank=True,
        default="",
        help_text="Which of the relations or events that share a place.",
    )
    sex = serializers.ChoiceField(list(get_args(Sex)), allow_null=True, default=None)
    age = serializers.ChoiceField(list(get_args(Age)), allow_null=True, default=None)
    being = serializers.ChoiceField(list(get_args(Being)), allow_null=True, default=None)


class CorrectionsWriteSerializer(serializers.Serializer[None]):
    """All corrections of a project's facts, applied one after the other."""

    corrections = serializers.ListField(
        child=FactCorrectionSerializer(), max_length=MAX_CORRECTIONS
    )
    revision = serializers.IntegerField(
        min_value=0,
        allow_null=True,
        default=None,
        help_text="The story's revision that was corrected: refused when there is a newer one.",
    )


class MaterialWriteSerializer(serializers.Serializer[None]):
    """How the idea is to be taken."""

    material = serializers.ChoiceField(["", *KINDS], help_text="Empty: as it is recognised.")


class KeepDraftSerializer(serializers.Serializer[None]):
    """Which outline the page shows when it keeps a draft."""

    outline_revision = serializers.IntegerField(
        min_value=0, allow_null=True, default=None, help_text="As the page shows it."
    )
