"""Watch events and episodes as files and as columns (Arrow tables), for training on millions of
them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from recsys.types import EpisodeItem, EventKind, WatchEvent

EVENT_SCHEMA = pa.schema(
    [
        ("event_id", pa.string()),
        ("viewer_id", pa.string()),
        ("episode_id", pa.string()),
        ("series_id", pa.string()),
        ("at", pa.float64()),
        ("kind", pa.string()),
        ("watched_ms", pa.int64()),
        ("duration_ms", pa.int64()),
        ("completed", pa.bool_()),
    ]
)


class DataError(ValueError):
    """An event or episode file that cannot be used; the message names the file and what is wrong
    with it.
    """


def events_table(events: Iterable[WatchEvent]) -> pa.Table:
    """Columns of these events, by EVENT_SCHEMA."""
    rows = list(events)
    columns = {name: [getattr(row, name) for row in rows] for name in EVENT_SCHEMA.names}
    columns["kind"] = [str(kind.value) for kind in columns["kind"]]
    return pa.table(columns, schema=EVENT_SCHEMA)


def distinct_events(table: pa.Table) -> pa.Table:
    """Each event id once, in an order that does not depend on the order of the rows. Of two rows
    with one id, the later wins.
    """
    keys = [
        ("event_id", "ascending"),
        ("at", "descending"),
        ("watched_ms", "descending"),
        ("kind", "ascending"),
    ]
    table = table.take(pc.sort_indices(table, sort_keys=keys))
    ids = table["event_id"].combine_chunks()
    if len(ids) < 2:
        return table
    first = pc.fill_null(pc.not_equal(ids[1:], ids[:-1]), fill_value=True)
    return table.filter(pa.concat_arrays([pa.array([True]), first]))


def read_events(path: Path) -> pa.Table:
    """Events of a `.parquet` or `.jsonl` file, columns as WatchEvent's fields. Raises DataError."""
    table = _read_table(path)
    missing = [
        name
        for name in ("viewer_id", "episode_id", "at", "event_id")
        if name not in table.column_names
    ]
    if missing:
        raise DataError(f"{path}: no column {', '.join(missing)}")
    defaults: dict[str, Any] = {
        "kind": "watch",
        "watched_ms": 0,
        "duration_ms": 0,
        "completed": False,
    }
    columns = []
    for field in EVENT_SCHEMA:
        if field.name == "series_id" and "series_id" not in table.column_names:
            column = table["episode_id"]
        elif field.name in table.column_names:
            column = table[field.name]
        else:
            column = pa.chunked_array(
                [pa.array([defaults[field.name]] * len(table), type=field.type)]
            )
        try:
            columns.append(column.cast(field.type))
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            raise DataError(
                f"{path}: column {field.name} cannot be read as {field.type}"
            ) from error
    table = pa.Table.from_arrays(columns, schema=EVENT_SCHEMA)
    for name in EVENT_SCHEMA.names:
        if table[name].null_count:
            raise DataError(f"{path}: empty values in column {name}")
    unknown = set(pc.unique(table["kind"]).to_pylist()) - {kind.value for kind in EventKind}
    if unknown:
        raise DataError(f"{path}: unknown kind {sorted(unknown)[0]!r}")
    return table


def read_items(path: Path) -> list[EpisodeItem]:
    """Episodes of a `.parquet` or `.jsonl` file, columns as EpisodeItem's fields. Raises
    DataError.
    """
    rows = _read_table(path).to_pylist()
    return [item_of(row, f"{path}, row {number}") for number, row in enumerate(rows, start=1)]


def item_of(row: dict[str, Any], where: str) -> EpisodeItem:
    """An EpisodeItem from a parsed row; raises DataError that names `where`."""
    try:
        return EpisodeItem(
            episode_id=str(row["episode_id"]),
            series_id=str(row.get("series_id") or row["episode_id"]),
            genres=tuple(row.get("genres") or ()),
            tags=tuple(row.get("tags") or ()),
            text=str(row.get("text") or ""),
            published_at=float(row.get("published_at") or 0.0),
            creator_id=str(row.get("creator_id") or ""),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(f"{where}: not an episode ({error})") from error


def item_row(item: EpisodeItem) -> dict[str, Any]:
    """The JSON form of an episode; `item_of` reads it back."""
    return asdict(item) | {"genres": list(item.genres), "tags": list(item.tags)}


def _read_table(path: Path) -> pa.Table:
    if not path.is_file():
        raise DataError(f"{path}: no such file")
    if path.suffix == ".parquet":
        try:
            return pq.read_table(path)
        except (pa.ArrowInvalid, OSError) as error:
            raise DataError(f"{path}: not a readable parquet file") from error
    if path.suffix in {".jsonl", ".ndjson"}:
        rows = []
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                try:
                    row = json.loads(line)
                except json.JSONDecodeError as error:
                    raise DataError(f"{path}, line {number}: not JSON") from error
                if not isinstance(row, dict):
                    raise DataError(f"{path}, line {number}: not a JSON object")
                rows.append(row)
        try:
            names = list(dict.fromkeys(name for row in rows for name in row))
            return pa.table({name: [row.get(name) for row in rows] for name in names})
        except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
            raise DataError(f"{path}: a column mixes types ({error})") from error
    raise DataError(f"{path}: neither .parquet nor .jsonl")
