"""A generous limit on how fast one viewer may send events: a player sends a few a second, a broken
one thousands.

Kept in the memory of each web process, so it needs no server that could be away, and holds for one
process.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from uuid import UUID

from rest_framework.exceptions import Throttled

EVENTS_PER_SECOND = 50.0
BURST = 1000.0
REMEMBERED = 20_000


class Buckets:
    """Token buckets by viewer (RFC 2697's single-rate meter, without colours)."""

    def __init__(self, rate: float = EVENTS_PER_SECOND, burst: float = BURST) -> None:
        self._rate, self._burst = rate, burst
        self._levels: OrderedDict[UUID, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, viewer_id: UUID, count: int, *, now: float | None = None) -> None:
        """Take ``count`` tokens. Raises Throttled, with how many seconds to wait, when there are
        not that many.
        """
        now = time.monotonic() if now is None else now
        with self._lock:
            level, seen = self._levels.pop(viewer_id, (self._burst, now))
            level = min(self._burst, level + (now - seen) * self._rate)
            enough = level >= count
            self._levels[viewer_id] = (level - count if enough else level, now)
            if len(self._levels) > REMEMBERED:
                self._levels.popitem(last=False)
        if not enough:
            raise Throttled(wait=(count - level) / self._rate)
