"""Liveness, readiness and metrics."""

from __future__ import annotations

import hmac
import os
from pathlib import Path

from channels.layers import get_channel_layer
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST

import models

from .metrics import render_metrics
from .sandbox.confinement import missing_layers
from .task_runs import MAX_AGES, is_late, read_ages


def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """The servers behind it answer too, and what keeps the house going still runs: 200 with a line
    for each, or 503. A task that never ran on this database has no line.
    """
    state = {}
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
        state["postgresql"] = "ok"
        for name, age in sorted(read_ages().items()):
            if name in MAX_AGES:
                late = f"last ran {age.total_seconds():.0f} s ago"
                state[name] = late if is_late(name, age) else "ok"
    except Exception as exc:
        state["postgresql"] = type(exc).__name__
    try:
        cache.set("readyz", "1", 10)
        assert get_channel_layer() is not None
        state["valkey"] = "ok"
    except Exception as exc:
        state["valkey"] = type(exc).__name__
    ready = all(value == "ok" for value in state.values())
    # Told, and no reason to take the house from its viewers.
    missing = missing_layers()
    state["confinement"] = f"without {', '.join(missing)}" if missing else "ok"
    voices = models.find(Path(settings.MODELS_FOLDER), "voice")
    state["voices"] = "ok" if voices is not None else "formant"
    return JsonResponse(state, status=200 if ready else 503)


def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text, to an operator or to a scraper that holds ``METRICS_TOKEN``."""
    token = os.environ.get("METRICS_TOKEN", "")
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    operator = request.user.is_authenticated and "operator" in request.user.roles
    if not operator and not (token and hmac.compare_digest(token.encode(), given.encode())):
        return HttpResponse(status=404)
    return HttpResponse(render_metrics(), content_type=CONTENT_TYPE_LATEST)
