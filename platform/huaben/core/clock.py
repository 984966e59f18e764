"""The one clock that durable times are compared with: PostgreSQL's.

A clock that was ahead once leaves times in the future behind. Nothing waits for those: what could
not have been written now counts as past (``past_or_impossible``).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q

# Clocks of machines that belong together differ by less.
MARGIN = timedelta(minutes=1)


def database_now() -> datetime:
    """What PostgreSQL's clock says this moment, also within a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def past_or_impossible(field: str, now: datetime, *, at_most_ahead: timedelta = MARGIN) -> Q:
    """Rows whose ``field`` lies before ``now``, or further ahead than anybody may have meant."""
    return Q(**{f"{field}__lte": now}) | Q(**{f"{field}__gt": now + at_most_ahead})
