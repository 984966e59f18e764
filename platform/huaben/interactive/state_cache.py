"""The states of premieres, read from the database at most once a second in each process.

However many sockets and requests ask, a state is read anew only when the premiere has moved on (its
``seq``) or when it is ``MAX_AGE_SECONDS`` old: often enough for the tally, and for a gate that
closes.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from .models import Premiere
from .presenters import PremiereState, present_premiere

MAX_AGE_SECONDS = 1.0
MAX_ENTRIES = 200


@dataclass
class _Entry:
    lock: threading.Lock = field(default_factory=threading.Lock)
    read_at: float = 0.0
    state: PremiereState | None = None

    def is_fresh(self, seq: int) -> bool:
        """Whether the state is of this phase or a later one, and young enough."""
        if self.state is None or self.state.seq < seq:
            return False
        return time.monotonic() - self.read_at < MAX_AGE_SECONDS


class PremiereStateCache:
    """The states of the premieres that this process was asked for last. Thread-safe."""

    def __init__(self) -> None:
        self._entries: OrderedDict[UUID, _Entry] = OrderedDict()
        self._lock = threading.Lock()
        self.reads = 0

    def get(self, premiere: Premiere, *, now: datetime) -> PremiereState:
        """A premiere's state: at most a second old, and never of an earlier phase than
        ``premiere``'s.
        """
        with self._lock:
            entry = self._entries.setdefault(premiere.pk, _Entry())
            self._entries.move_to_end(premiere.pk)
            if len(self._entries) > MAX_ENTRIES:
                self._entries.popitem(last=False)
        with entry.lock:
            if entry.state is None or not entry.is_fresh(premiere.seq):
                entry.state = present_premiere(premiere, now=now)
                entry.read_at = time.monotonic()
                self.reads += 1
            return replace(entry.state, server_now=now)


premiere_states = PremiereStateCache()
