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


# The latest time that is taken for Unix seconds, in the year 5138. Every time in milliseconds since
# 1973 is past it.
MAX_AT = 1e11


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
    file that is missing or unreadable, a missing column, or a value that no event has; it names
    row (from 1) and column.
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
        columns.append(_cast(path, field, column))
    table = pa.Table.from_arrays(columns, schema=EVENT_SCHEMA)
    check_events(table, str(path))
    return table


def check_events(table: pa.Table, where: str) -> None:
    """Raise DataError that names `where`, the row (from 1) and the column of the first value that
    no event has: an empty one, an unknown kind, a time that is not finite, negative or past
    MAX_AT, a negative length.
    """
    for name in EVENT_SCHEMA.names:
        empty = f"empty values in column {name}"
        _refuse_first(where, pc.is_null(table[name]), table[name], empty)
        if table.schema.field(name).type == pa.string():
            _refuse_first(where, pc.equal(table[name], ""), table[name], empty)
    kinds = pa.array([kind.value for kind in EventKind])
    unknown = pc.invert(pc.is_in(table["kind"], value_set=kinds))
    _refuse_first(where, unknown, table["kind"], "column kind: unknown kind {}")
    at = table["at"]
    finite = pc.invert(pc.is_finite(at))
    _refuse_first(where, finite, at, "column at: {} is not a finite number")
    _refuse_first(where, pc.less(at, 0.0), at, "column at: {} is negative")
    words = "column at: {} is past the year 5138; Unix seconds are meant, not milliseconds"
    _refuse_first(where, pc.greater(at, MAX_AT), at, words)
    for name in ("watched_ms", "duration_ms"):
        negative = pc.less(table[name], 0)
        _refuse_first(where, negative, table[name], f"column {name}: {{}} is negative")


def _refuse_first(where: str, wrong: pa.ChunkedArray, values: pa.ChunkedArray, words: str) -> None:
    """Raise DataError for the first row that is `wrong`; `{}` in the words is its value."""
    row = pc.index(wrong, value=True).as_py()
    if row >= 0:
        raise DataError(f"{where}, row {row + 1}: " + words.format(_short(values[row].as_py())))


def _cast(path: Path, field: pa.Field, column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The column as the schema has it. Raises DataError with the first row that is of no such
    type.
    """
    # Arrow would make some text of a fraction, and some number of a date or a truth.
    unmeant = _UNMEANT.get(str(field.type), ())
    if len(column) and any(is_unmeant(column.type) for is_unmeant in unmeant):
        said = f"column {field.name} cannot be read as {field.type}: it is {column.type}"
        raise DataError(f"{path}, row 1: {said}")
    try:
        return column.cast(field.type)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        said = f"column {field.name} cannot be read as {field.type}"
        if (found := first_uncastable(column, field.type)) is not None:
            raise DataError(f"{path}, row {found[0]}: {said}: {_short(found[1])}") from error
        raise DataError(f"{path}: {said}") from error


def first_uncastable(column: pa.ChunkedArray, kind: pa.DataType) -> tuple[int, object] | None:
    """Row (from 1) and value of the first value that cannot be cast, or None."""
    for row, value in enumerate(column, start=1):
        try:
            value.cast(kind)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
            return row, value.as_py()
    return None


_UNMEANT = {
    "string": (pa.types.is_floating, pa.types.is_boolean, pa.types.is_temporal),
    "double": (pa.types.is_boolean, pa.types.is_temporal),
    "int64": (pa.types.is_boolean, pa.types.is_temporal),
    "bool": (pa.types.is_floating, pa.types.is_string),
}


def _short(value: object) -> str:
    return repr(value) if len(repr(value)) <= 60 else repr(value)[:57] + "…"


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
    item_id = _item_text(row, "item_id", where)
    if not item_id:
        raise DataError(f"{where}: column item_id: is empty")
    return Item(
        item_id=item_id,
        group_id=_item_text(row, "group_id", where) or item_id,
        genres=_item_texts(row, "genres", where),
        tags=_item_texts(row, "tags", where),
        text=_item_text(row, "text", where),
        published_at=_item_moment(row, "published_at", where),
        creator_id=_item_text(row, "creator_id", where),
    )


def _item_text(row: dict[str, Any], name: str, where: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise DataError(f"{where}: column {name}: {_short(value)} is not text")
    return str(value)


def _item_texts(row: dict[str, Any], name: str, where: str) -> tuple[str, ...]:
    """A list of texts; a single text would be read as a list of its letters."""
    value = row.get(name)
    if value is None:
        return ()
    if not isinstance(value, list | tuple) or not all(isinstance(part, str) for part in value):
        raise DataError(f"{where}: column {name}: {_short(value)} is not a list of texts")
    return tuple(value)


def _item_moment(row: dict[str, Any], name: str, where: str) -> float:
    value = row.get(name)
    if value is None:
        return 0.0
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not abs(value) <= MAX_AT:
        words = "is not Unix seconds (milliseconds are not meant)"
        raise DataError(f"{where}: column {name}: {_short(value)} {words}")
    return float(value)


def item_as_dict(item: Item) -> dict[str, Any]:
    """An item as a JSON object; `parse_item` reads it back."""
    return asdict(item) | {"genres": list(item.genres), "tags": list(item.tags)}


def _with_current_names(table: pa.Table) -> pa.Table:
    former = {old: new for new, old in _FORMER_NAMES.items() if new not in table.column_names}
    return table.rename_columns([former.get(name, name) for name in table.column_names])


_NOT_ONE_TYPE = (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError)


def _column(path: Path, name: str, values: list[Any]) -> pa.Array:
    """Raises DataError with the first row whose value is of another type than those before it."""
    try:
        return pa.array(values)
    except _NOT_ONE_TYPE as error:
        good, bad = 0, len(values)  # so many rows are of one type; so many are not
        while bad - good > 1:
            middle = (good + bad) // 2
            try:
                pa.array(values[:middle])
                good = middle
            except _NOT_ONE_TYPE:
                bad = middle
        said = f"column {name} mixes types: {_short(values[good])}"
        raise DataError(f"{path}, row {bad}: {said}") from error


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
        names = list(dict.fromkeys(name for row in rows for name in row))
        return pa.table(
            {name: _column(path, name, [row.get(name) for row in rows]) for name in names}
        )
    raise DataError(f"{path}: neither .parquet nor .jsonl")
