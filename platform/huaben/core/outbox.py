"""The transactional outbox: what must happen after a commit is written in it, and delivered at
least once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import structlog
from django.db import transaction
from django.utils import timezone

from .clock import MARGIN, database_now, past_or_impossible
from .models import OutboxMessage
from .registries import Registry
from .types import JsonObject

log = structlog.get_logger(__name__)
Deliver = Callable[[JsonObject], None]
topics: Registry[Deliver] = Registry("outbox topics")


def outbox_topic(topic: str) -> Callable[[Deliver], Deliver]:
    """Make a function deliver the messages of ``topic``. It may be called twice for one message."""
    return topics.register(topic)


def send_after_commit(topic: str, payload: JsonObject) -> None:
    """Write a message with the present transaction; it is tried at once on commit, and by the relay
    until it is gone.
    """
    message = OutboxMessage.objects.create(topic=topic, payload=payload)
    transaction.on_commit(lambda: _deliver(message), robust=True)


def relay_outbox(*, older_than: timedelta = timedelta(seconds=1), limit: int = 500) -> int:
    """Deliver what is still unsent; returns how many messages went out. Safe to run in several
    places at once.
    """
    sent = 0
    with transaction.atomic():
        now = database_now()
        waiting = OutboxMessage.objects.filter(
            past_or_impossible("created_at", now - older_than, at_most_ahead=older_than + MARGIN),
            sent_at=None,
        ).order_by("id")
        for message in waiting.select_for_update(skip_locked=True)[:limit]:
            if not _deliver(message):
                break  # whoever is away is away for the next one too
            sent += 1
    return sent


def _deliver(message: OutboxMessage) -> bool:
    try:
        topics[message.topic](message.payload)
    except (
        Exception
    ) as exc:  # the broker may be away for any reason; the row stays and the relay tries again
        log.warning(
            "outbox delivery postponed", topic=message.topic, error=f"{type(exc).__name__}: {exc}"
        )
        return False
    OutboxMessage.objects.filter(pk=message.pk).update(sent_at=timezone.now())
    return True
