"""Many batches at once, as a crowd of tabs sends them: nothing lost, nothing twice, nobody
stuck.
"""

from __future__ import annotations

import random
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from huaben.watching.batches import ReportedEvent
from huaben.watching.models import Progress, WatchEvent
from huaben.watching.services.viewing import record_events
from tests.factories import CutFactory
from tests.platform.watching.works import show_cut

NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_batches_that_overlap_in_events_and_episodes_store_each_event_once():
    cuts, viewer_id, rng = (
        [show_cut(CutFactory()) for _ in range(6)],
        uuid.uuid4(),
        random.Random(5),
    )
    events = [
        ReportedEvent(
            id=uuid.uuid4(),
            kind=rng.choice(["start", "progress", "complete", "skip", "replay"]),
            episode_id=cut.episode_id,
            cut_id=cut.pk,
            impression_id=None,
            at=NOW + timedelta(seconds=number),
            position_ms=number * 10,
            watched_ms=number * 10,
            duration_ms=60_000,
        )
        for number, cut in enumerate(rng.choices(cuts, k=120))
    ]
    batches = [rng.sample(events, 30) for _ in range(60)] + [events]

    def send(batch):
        try:
            return record_events(viewer_id=viewer_id, events=batch, now=NOW + timedelta(hours=1))
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as crowd:
        outcomes = list(crowd.map(send, batches))
    assert sum(outcome.accepted for outcome in outcomes) == WatchEvent.objects.count() == 120
    assert sum(outcome.duplicates for outcome in outcomes) == 60 * 30
    together = list(Progress.objects.filter(viewer_id=viewer_id).order_by("episode_id"))

    alone = uuid.uuid4()
    record_events(
        viewer_id=alone, events=[replace(event, id=uuid.uuid4()) for event in events], now=NOW
    )
    in_one = list(Progress.objects.filter(viewer_id=alone).order_by("episode_id"))
    fields = (
        "episode_id",
        "position_ms",
        "watched_ms",
        "replays",
        "completed",
        "skipped",
        "last_at",
    )
    assert [[getattr(row, f) for f in fields] for row in together] == [
        [getattr(r, f) for f in fields] for r in in_one
    ]
