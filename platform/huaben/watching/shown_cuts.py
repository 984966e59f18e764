"""Which Cuts may be shown, remembered for a few seconds: events come by the thousand, and most are
of the same few Cuts.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from uuid import UUID

from huaben.catalog.gate import open_cuts
from huaben.catalog.models import Cut

SECONDS = 5.0
MAX_REMEMBERED = 10_000


class ShownCuts:
    """What the gate said of each Cut last, in the memory of one web process."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._said: dict[UUID, tuple[bool, float]] = {}
        self._lock = threading.Lock()

    def among(self, cut_ids: Iterable[UUID]) -> set[UUID]:
        """Those of the Cuts that may be shown. One query for all that are not remembered, and none
        without any.
        """
        now, wanted = time.monotonic(), set(cut_ids)
        with self._lock:
            known = {
                cut_id: said[0]
                for cut_id in wanted
                if (said := self._said.get(cut_id)) is not None and said[1] > now
            }
        unknown = wanted - known.keys()
        if unknown:
            found = open_cuts(Cut.objects.filter(pk__in=unknown)).values_list("pk", flat=True)
            is_open = set(found)
            known |= {cut_id: cut_id in is_open for cut_id in unknown}
            with self._lock:
                if len(self._said) > MAX_REMEMBERED:
                    self._said.clear()
                until = now + self._seconds
                # A Cut that is not shown may be the next moment: only what is shown is remembered.
                self._said |= dict.fromkeys(is_open, (True, until))
        return {cut_id for cut_id, is_shown in known.items() if is_shown}


shown_cuts = ShownCuts()
