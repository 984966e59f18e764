"""Shapes that every app's pages share."""

from __future__ import annotations

from functools import cache
from typing import Any

from rest_framework import serializers


class WordsSerializer(serializers.Serializer):
    """A text in both languages."""

    zh = serializers.CharField()
    en = serializers.CharField()


class ProgressSerializer(serializers.Serializer):
    """How far a job is within its present step."""

    step = serializers.CharField()
    done = serializers.FloatField()
    total = serializers.FloatField()
    note = WordsSerializer(allow_null=True)
    preview_url = serializers.CharField(allow_null=True)


class JobErrorSerializer(serializers.Serializer):
    """Why a job ended without its work done."""

    code = serializers.CharField()
    title = WordsSerializer(required=False)
    detail = WordsSerializer(allow_null=True, required=False)


class JobSerializer(serializers.Serializer):
    """A job as ``jobs.job_view`` gives it."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    state = serializers.ChoiceField(["queued", "running", "succeeded", "failed", "cancelled"])
    progress = ProgressSerializer(allow_null=True)
    attempts = serializers.IntegerField()
    error = JobErrorSerializer(allow_null=True)
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class FieldErrorSerializer(serializers.Serializer):
    """One field at fault."""

    field = serializers.CharField()
    message = serializers.CharField()
    index = serializers.IntegerField(required=False)


class ProblemSerializer(serializers.Serializer):
    """RFC 9457 problem details."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField(required=False)
    errors = FieldErrorSerializer(many=True, required=False)  # type: ignore[assignment]
    request_id = serializers.CharField()


@cache
def page_serializer(item: type[serializers.BaseSerializer]) -> type[serializers.Serializer]:
    """The shape of one page of a list of ``item``."""
    name = item.__name__.removesuffix("Serializer") + "Page"
    return type(
        f"{name}Serializer",
        (serializers.Serializer,),
        {"results": item(many=True), "next_cursor": serializers.CharField(allow_null=True)},
    )


def given_in(serializer: serializers.Serializer) -> dict[str, Any]:
    """What was sent, checked. Raises ValidationError."""
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
