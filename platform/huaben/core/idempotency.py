"""Idempotent requests: the same Idempotency-Key from the same person gets the same answer, and acts
once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from drf_spectacular.utils import OpenApiParameter

from .models import KeptReply
from .problems import Conflict, Problem
from .words import Words

Reply = tuple[int, Any]
LONGEST_KEY = 80
# For the schema of a view that takes a key.
KEY = [OpenApiParameter("Idempotency-Key", location="header")]


def key_of(request: Any) -> str:
    """The key that a request was sent with; "" without one. Raises Problem ``bad_idempotency_key``
    for one that is too long.
    """
    key: str = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > LONGEST_KEY:
        raise Problem(
            "bad_idempotency_key",
            Words(
                f"请求标识最多 {LONGEST_KEY} 个字符",
                f"An idempotency key has at most {LONGEST_KEY} characters",
            ),
        )
    return key


def act_once(*, scope: str, key: str, request: Any, act: Callable[[], Reply]) -> Reply:
    """Run ``act`` and keep its answer under ``(scope, key)``; a repeat returns the kept answer and
    runs nothing.

    ``scope`` names the act and the person. The same key with another request is a Conflict. Answer and act commit together.
    Without a key nothing can be repeated, and nothing is kept.
    """
    if not key:
        with transaction.atomic():
            return act()
    digest = hashlib.sha256(json.dumps(request, sort_keys=True, default=str).encode()).hexdigest()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "select pg_advisory_xact_lock(hashtextextended(%s, 13))", [f"{scope} {key}"]
            )
        kept = KeptReply.objects.filter(scope=scope, key=key).first()
        if kept is not None:
            if kept.request_digest != digest:
                raise Conflict(
                    "key_reused",
                    Words(
                        "这个请求标识已用于另一项操作",
                        "This idempotency key was used for another request",
                    ),
                )
            return kept.status, kept.body
        status, body = act()
        KeptReply.objects.create(
            scope=scope, key=key, request_digest=digest, status=status, body=body
        )
    return status, body
