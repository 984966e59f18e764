"""From the platform's tables to a trained model: what viewers did, as the engine's columns; the
theatre, as its items.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.db import connection, transaction
from django.utils import timezone

from recsys import Recommender, TrainSettings, train
from recsys.events import EVENT_SCHEMA

from .history import BARELY_MS
from .items import items_of, shown_since

CHUNK = 50_000
IMPRESSIONS_OF = timedelta(days=30)

# One row for each thing that a viewer did about a series, in EVENT_SCHEMA's columns and whether it
# was simulated. The same reading of progress as history.event_of. Who does not want a personal feed
# teaches nobody else's either.
_EVENTS = """
with opted_out as (
    select viewer_id from feed_preferences where not personalised or not recommendations
)
select p.id::text, p.viewer_id::text, p.series_id::text, p.series_id::text,
    extract(epoch from p.last_at)::float8,
    case when p.skipped then 'skip' else 'watch' end,
    (p.watched_ms::bigint + p.replays::bigint * p.duration_ms),
    p.duration_ms::bigint, p.completed, v.simulated
from watching_progress p join accounts_viewer v on v.id = p.viewer_id
where (
        p.completed or p.skipped
        or p.watched_ms::bigint + p.replays::bigint * p.duration_ms >= %(barely)s
    )
    and p.viewer_id not in (select viewer_id from opted_out)
union all
select f.id::text, f.viewer_id::text, f.series_id::text, f.series_id::text,
    extract(epoch from f.created_at)::float8,
    'favourite', 0, 0, false, v.simulated
from watching_favourite f join accounts_viewer v on v.id = f.viewer_id
where f.viewer_id not in (select viewer_id from opted_out)
union all
select n.id::text, n.viewer_id::text, n.series_id::text, n.series_id::text,
    extract(epoch from n.created_at)::float8,
    'dismiss', 0, 0, false, v.simulated
from watching_notinterested n join accounts_viewer v on v.id = n.viewer_id
where n.viewer_id not in (select viewer_id from opted_out)
union all
select i.id::text, i.viewer_id::text, i.series_id::text, i.series_id::text,
    extract(epoch from i.created_at)::float8,
    'impression', 0, 0, false, false
from feed_impression i where i.created_at >= %(since)s
"""


def export_events() -> tuple[pa.Table, int]:
    """Everything that viewers did, by EVENT_SCHEMA, and how many of the rows are a simulated
    audience's.

    Read in one pass of a server-side cursor, a chunk at a time.
    """
    batches: list[pa.RecordBatch] = []
    simulated = 0
    since = timezone.now() - IMPRESSIONS_OF
    for rows in _chunks(_EVENTS, {"barely": BARELY_MS, "since": since}):
        *columns, of_simulated = zip(*rows, strict=True)
        simulated += sum(of_simulated)
        batches.append(
            pa.record_batch(
                [pa.array(c, f.type) for c, f in zip(columns, EVENT_SCHEMA, strict=True)],
                EVENT_SCHEMA,
            )
        )
    return pa.Table.from_batches(batches, EVENT_SCHEMA), simulated


def _chunks(sql: str, values: dict[str, Any]) -> Iterator[list[tuple[Any, ...]]]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("declare feed_export no scroll cursor for " + sql, values)
        while True:
            cursor.execute(f"fetch {CHUNK} from feed_export")
            rows = cursor.fetchall()
            if not rows:
                cursor.execute("close feed_export")
                return
            yield rows


def train_model(
    root: Path, progress: Callable[[str], None], settings: TrainSettings | None = None
) -> dict[str, Any]:
    """Train on everything and put the model in force under ``root`` in one step; what it was, as
    counts.

    ``{"version": "", …}`` when nothing is shown: there is nothing to learn about, and what is in
    force stays.
    """
    progress("read")
    items = items_of(shown_since())
    events, simulated = export_events()
    if not items:
        return {"version": "", "items": 0, "events": len(events)}
    model = train(events, items, settings or TrainSettings(), progress)
    counts = {key: int(value) for key, value in model.counts.items()}
    model = replace(model, counts=counts | {"simulated_events": simulated})
    progress("save")
    folder = Recommender(model).save(root)
    return {"version": folder.name, **model.counts}
