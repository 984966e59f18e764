"""How many viewers each web process has in front of a premiere.

There is a row for each process and premiere, written when the number changes and every few seconds
besides. A row that was not written for a while does not count, so that nobody must clean up after a
process that died.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from ..models import Presence

SAVE_INTERVAL = timedelta(seconds=4)
KEEP_FOR = timedelta(hours=1)


def save_presence(*, premiere_id: UUID, process_id: UUID, viewers: int, now: datetime) -> None:
    """Save how many viewers a process has."""
    Presence.objects.bulk_create(
        [Presence(premiere_id=premiere_id, process_id=process_id, viewers=viewers, seen_at=now)],
        update_conflicts=True,
        unique_fields=["premiere", "process_id"],
        update_fields=["viewers", "seen_at"],
    )


def delete_old_presence(*, now: datetime) -> None:
    """Delete rows that have not been written for an hour."""
    Presence.objects.filter(seen_at__lt=now - KEEP_FOR).delete()
