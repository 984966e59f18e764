"""What every view of rights does with a request."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from huaben.core.ids import new_id

KEY = [OpenApiParameter("Idempotency-Key", location="header")]


def given_in(serializer: serializers.Serializer) -> dict[str, Any]:
    """What was sent, checked. Raises ValidationError."""
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def key_of(request: Request) -> str:
    """The request's Idempotency-Key, or one of its own."""
    return request.headers.get("Idempotency-Key", "")[:80] or str(new_id())
