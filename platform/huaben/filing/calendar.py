"""Days as the authorities count them: in Shanghai."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")


def today() -> date:
    """The present day in Shanghai."""
    return timezone.localdate(timezone=SHANGHAI)


def until(day: date) -> timedelta:
    """How long it is until ``day`` begins in Shanghai; nothing when it has begun."""
    begins = datetime.combine(day, time(), SHANGHAI)
    return max(timedelta(0), begins - timezone.now())
