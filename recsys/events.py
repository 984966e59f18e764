"""Watch events and items in files and as Arrow tables, for training on millions of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from recsys.types import EventKind, Item, WatchEvent

EVENT_SCHEMA = pa.schema(
    [
        ("event_id", pa.string()),
        ("viewer_id", pa.string()),
        ("item_id", pa.string()),
        ("group_id", pa.string()),
        ("at", pa.float64()),
        ("kind", pa.string()),
        ("watched_ms", pa.int64()),
        ("duration_ms", pa.int64()),
        ("completed", pa.bool_()),
    ]
)


# Names that these columns had before 0.1.0; files and model folders with them are still read.
_FORMER_NAMES = {"item_id": "episode_id", "group_id": "series_id"}


class DataError(ValueError):
    """An event or item file that cannot be used; the message names the file and the fault."""


def events_table(events: Iterable[WatchEvent]) -> pa.Table:
    """The events as a table (rows in the given order, columns of EVENT_SCHEMA)."""
    rows = list(events)
    columns = {name: [getattr(row, name) for row in rows] for name in EVENT_SCHEMA.names}
    columns["kind"] = [str(kind.value) for kind in columns["kind"]]
    return pa.table(columns, schema=EVENT_SCHEMA)


def deduplicate_events(table: pa.Table) -> pa.Table:
    """The table (EVENT_SCHEMA) with each event id once, sorted by event id.

    Of several rows with one id, that with the latest `at` stays, so the result does not depend on
    the order of the rows.
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
    """Events of a `.parquet` or `.jsonl` file as a table (EVENT_SCHEMA), one row for each.

    The columns are WatchEvent's fields. `event_id`, `viewer_id`, `item_id` and `at` are required;
    `group_id` defaults to `item_id`, the others to WatchEvent's defaults. Raises DataError for a
    file that is missing or unreadable, a missing column, an empty value or an unknown kind.
    """
    table = _with_current_names(_read_table(path))
    missing = [
        name
        for name in ("viewer_id", "item_id", "at", "event_id")
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
        if field.name == "group_id" and "group_id" not in table.column_names:
            column = table["item_id"]
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


def read_items(path: Path) -> list[Item]:
    """Items of a `.parquet` or `.jsonl` file, columns as Item's fields, in the file's order.

    Only `item_id` is required. Raises DataError for a file that is missing or unreadable, or a row
    that is not an item.
    """
    rows = _read_table(path).to_pylist()
    return [parse_item(row, f"{path}, row {number}") for number, row in enumerate(rows, start=1)]


def parse_item(row: dict[str, Any], where: str) -> Item:
    """An Item from one JSON object or table row. Raises DataError that names `where`."""
    row = {new: row[old] for new, old in _FORMER_NAMES.items() if old in row} | row
    try:
        return Item(
            item_id=str(row["item_id"]),
            group_id=str(row.get("group_id") or row["item_id"]),
            genres=tuple(row.get("genres") or ()),
            tags=tuple(row.get("tags") or ()),
            text=str(row.get("text") or ""),
            published_at=float(row.get("published_at") or 0.0),
            creator_id=str(row.get("creator_id") or ""),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(f"{where}: not an item ({error})") from error


def item_as_dict(item: Item) -> dict[str, Any]:
    """An item as a JSON object; `parse_item` reads it back."""
    return asdict(item) | {"genres": list(item.genres), "tags": list(item.tags)}


def _with_current_names(table: pa.Table) -> pa.Table:
    former = {old: new for new, old in _FORMER_NAMES.items() if new not in table.column_names}
    return table.rename_columns([former.get(name, name) for name in table.column_names])


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
