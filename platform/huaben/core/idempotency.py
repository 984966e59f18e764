"""Idempotent requests: the same Idempotency-Key from the same person gets the same answer, and acts
once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

from django.db import transaction
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from .localized import LocalizedText
from .locks import LockSpace, lock_until_commit
from .models import IdempotentResponse
from .problems import Conflict, Problem
from .types import JsonValue

# Status and JSON body.
StatusAndBody = tuple[int, JsonValue]
MAX_KEY_LENGTH = 80
# For the schema of a view that takes a key.
IDEMPOTENCY_KEY_PARAMETER = [OpenApiParameter("Idempotency-Key", location="header")]


def idempotency_key_of(request: Request) -> str:
    """The key that a request was sent with; "" without one. Raises Problem ``bad_idempotency_key``
    for one that is too long.
    """
    key: str = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > MAX_KEY_LENGTH:
        raise Problem(
            "bad_idempotency_key",
            LocalizedText(
                f"请求标识最多 {MAX_KEY_LENGTH} 个字符",
                f"An idempotency key has at most {MAX_KEY_LENGTH} characters",
            ),
        )
    return key


def run_idempotently(
    *, scope: str, key: str, request: JsonValue, act: Callable[[], StatusAndBody]
) -> StatusAndBody:
    """Run ``act`` and keep its answer under ``(scope, key)``; a repeat returns the kept answer and
    runs nothing.

    ``scope`` names the act and the person. The same key with another request is a Conflict. Answer
    and act commit together. Without a key nothing can be repeated, and nothing is stored.
    """
    if not key:
        with transaction.atomic():
            return act()
    digest = hashlib.sha256(json.dumps(request, sort_keys=True, default=str).encode()).hexdigest()
    with transaction.atomic():
        lock_until_commit(LockSpace.IDEMPOTENCY_KEY, f"{scope} {key}")
        stored = IdempotentResponse.objects.filter(scope=scope, key=key).first()
        if stored is not None:
            if stored.request_digest != digest:
                raise Conflict(
                    "key_reused",
                    LocalizedText(
                        "这个请求标识已用于另一项操作",
                        "This idempotency key was used for another request",
                    ),
                )
            return stored.status, stored.body
        status, body = act()
        IdempotentResponse.objects.create(
            scope=scope, key=key, request_digest=digest, status=status, body=body
        )
    return status, body
