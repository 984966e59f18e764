"""From the platform's tables to a trained model: viewers' events as the engine's columns, published
series as its items.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeAlias

import pyarrow as pa
from django.db import connection, transaction

from recsys import Recommender, TrainSettings, failed_gates, train
from recsys.events import EVENT_SCHEMA
from recsys.model import Model

from .history import MIN_WATCHED_MS
from .items import build_items, get_published_series

log = logging.getLogger(__name__)
ROWS_PER_FETCH = 50_000
IMPRESSIONS_EXPORTED = timedelta(days=30)

# EVENT_SCHEMA's columns, and whether the viewer was simulated.
EventRow: TypeAlias = tuple[str, str, str, str, float, str, int, int, bool, bool]

# One row for each thing that a viewer did about a series. Progress is read as in
# history.build_history. Who does not want a personal feed is left out: nobody else's is learned
# from them either.
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
        or p.watched_ms::bigint + p.replays::bigint * p.duration_ms >= %(min_watched_ms)s
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
from feed_impression i where i.created_at >= %(impressions_since)s
"""


def export_events(*, now: datetime) -> tuple[pa.Table, int]:
    """Everything that viewers did, by EVENT_SCHEMA, and how many of the rows are a simulated
    audience's.

    Read in one pass of a server-side cursor, ROWS_PER_FETCH rows at a time.
    """
    batches: list[pa.RecordBatch] = []
    simulated_rows = 0
    values: dict[str, int | datetime] = {
        "min_watched_ms": MIN_WATCHED_MS,
        "impressions_since": now - IMPRESSIONS_EXPORTED,
    }
    for rows in _fetch_in_chunks(_EVENTS, values):
        *columns, simulated = zip(*rows, strict=True)
        simulated_rows += sum(simulated)
        batches.append(
            pa.record_batch(
                [
                    pa.array(column, column_field.type)
                    for column, column_field in zip(columns, EVENT_SCHEMA, strict=True)
                ],
                EVENT_SCHEMA,
            )
        )
    return pa.Table.from_batches(batches, EVENT_SCHEMA), simulated_rows


def _fetch_in_chunks(sql: str, values: Mapping[str, int | datetime]) -> Iterator[list[EventRow]]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("declare feed_export no scroll cursor for " + sql, values)
        while True:
            cursor.execute(f"fetch {ROWS_PER_FETCH} from feed_export")
            rows = cursor.fetchall()
            if not rows:
                cursor.execute("close feed_export")
                return
            yield rows


def train_model(
    root: Path, progress: Callable[[str], None], *, now: datetime
) -> dict[str, str | int]:
    """Train on everything and put the model in force under ``root`` in one step. ``progress`` is
    called with the name of each step.

    Returns the model's ``version`` and what it was trained on, as counts. The version is empty when
    nothing is published: there is nothing to learn about, and the model in force stays. So it does
    when the new one fails a gate; ``failed_gates`` names those then.
    """
    progress("read")
    items = build_items(get_published_series())
    events, simulated_rows = export_events(now=now)
    if not items:
        return {"version": "", "items": 0, "events": len(events)}
    model = train(events, items, TrainSettings(), progress)
    counts = {name: int(count) for name, count in model.counts.items()}
    model = replace(model, counts=counts | {"simulated_events": simulated_rows})
    return put_in_force(root, model)


def put_in_force(root: Path, model: Model) -> dict[str, str | int]:
    """Save the model under ``root`` as the one in force, unless it fails a gate.

    Returns its ``version`` and counts; ``failed_gates`` and an empty version when it fails.
    """
    if failed := failed_gates(model):
        log.error("the new model is not put in force; gates: %s", ", ".join(failed))
        return {"version": "", "failed_gates": ", ".join(failed), **model.counts}
    folder = Recommender(model).save(root)
    return {"version": folder.name, **model.counts}
