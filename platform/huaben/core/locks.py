"""Advisory locks of PostgreSQL that end with the transaction.

The key of a lock is two-fold: a space, which says what kind of thing is locked, and the thing's own
name. Every space that the platform uses stands here, so that no two kinds share one.
"""

from __future__ import annotations

from enum import IntEnum

from django.db import connection


class LockSpace(IntEnum):
    """What kind of thing an advisory lock holds."""

    ROOM_EVENTS = 1
    JOB_KEY = 2
    IDEMPOTENCY_KEY = 3
    SPEECH_AUTHOR = 4
    NOTICE_QUOTA = 5
    RIGHTS_PROFILE = 6
    TIER_RULES = 7
    SERIES_CHANGES = 8
    MAKING_QUOTA = 9
    UPLOAD_ROOM = 10
    NETWORK_VOTES = 11
    NEVER_LIST = 12


def lock_until_commit(space: LockSpace, name: str = "") -> None:
    """Wait for a lock and hold it until the present transaction ends.

    Whoever locks the same ``space`` and ``name`` waits; a reader that takes no lock does not.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, %s))", [name, space])
