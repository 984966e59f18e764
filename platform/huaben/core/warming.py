"""What a worker loads before its first job, so that nobody waits: asked of the apps above."""

from __future__ import annotations

import threading
from collections.abc import Callable

import structlog

from .registries import Registry

log = structlog.get_logger(__name__)
worker_warmups: Registry[Callable[[], object]] = Registry("core.worker_warmups")


def warm_up() -> None:
    """Load all of it. What fails is loaded by the first job that needs it, which says why."""
    for name, load in worker_warmups.items():
        try:
            load()
        except Exception:
            log.warning("warm_up_failed", what=name, exc_info=True)


def warm_up_later() -> None:
    """The same beside whatever the process does: a worker is ready for jobs at once."""
    threading.Thread(target=warm_up, name="warm-up", daemon=True).start()
