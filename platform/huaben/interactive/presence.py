"""How many viewers sit in front of a premiere: roughly, as each web process said last.

A row for each process and premiere, written when the number changes and every few seconds else; one
that has not been written for a while counts no more, so nobody has to clear up after a process that
died. A viewer who sits at two processes counts twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Sum

from .models import Presence

KEEP_EVERY = timedelta(seconds=4)
COUNTS_FOR = timedelta(seconds=12)


def keep_presence(*, premiere_id: UUID, process_id: UUID, viewers: int, now: datetime) -> None:
    """Say how many sit at a process."""
    Presence.objects.bulk_create(
        [Presence(premiere_id=premiere_id, process_id=process_id, viewers=viewers, seen_at=now)],
        update_conflicts=True,
        unique_fields=["premiere", "process_id"],
        update_fields=["viewers", "seen_at"],
    )


def viewers_present(premiere_ids: Sequence[UUID], now: datetime) -> dict[UUID, int]:
    """How many sit in front of each of these premieres; one before which nobody does is left out.
    One query.
    """
    rows = Presence.objects.filter(premiere_id__in=premiere_ids, seen_at__gt=now - COUNTS_FOR)
    return {
        row["premiere_id"]: row["sum"]
        for row in rows.values("premiere_id").annotate(sum=Sum("viewers"))
    }


def forget_presence(now: datetime) -> None:
    """Delete rows that have not counted for a long time."""
    Presence.objects.filter(seen_at__lt=now - timedelta(hours=1)).delete()
