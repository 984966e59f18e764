"""A watch log as arrays, split at a moment so that a model knows nothing later.

The log is three files: per user the sequences up to the log's first day, the impressions of the
days to train on, and later impressions to test on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import scipy.sparse as sp

from recsys.events import EVENT_SCHEMA, DataError, first_uncastable
from recsys.types import EventKind, Item

IntArray = npt.NDArray[np.int64]
Float32 = npt.NDArray[np.float32]
DAY_MS = 86_400_000
# What the earlier sequences hold has no times: an entry is taken for so much older than the next.
EARLIER_STEP_S = 3 * 3600.0


@dataclass(frozen=True)
class Impressions:
    """Rows of one log, r in number.

    users, items: (r,) int64 rows. time_ms: (r,) int64 Unix milliseconds. long_view: (r,) bool,
    whether the video was watched long. watched_ms, duration_ms: (r,) int64, 0 where not logged.
    """

    users: IntArray
    items: IntArray
    time_ms: IntArray
    long_view: npt.NDArray[np.bool_]
    watched_ms: IntArray
    duration_ms: IntArray

    def select(self, mask: npt.NDArray[np.bool_]) -> Impressions:
        """The rows for which the mask, (r,) bool, is true."""
        return Impressions(
            self.users[mask],
            self.items[mask],
            self.time_ms[mask],
            self.long_view[mask],
            self.watched_ms[mask],
            self.duration_ms[mask],
        )


@dataclass(frozen=True)
class Sequences:
    """Earlier videos of all users, flattened to e entries.

    users, items: (e,) int64 rows. from_end: (e,) int64, place from the end of the user's sequence,
    0 for the last.
    """

    users: IntArray
    items: IntArray
    from_end: IntArray


@dataclass(frozen=True)
class WatchLog:
    """All that the files hold, with rows of users and items by rising id.

    split_ms: Unix milliseconds of the first test impression. dropped: training rows at or after it,
    dropped_histories: sequences that reach it; both left out so that nothing leaks. unknown_items:
    impressions of videos that the video file lacks. catalogue: the videos as items, by row.
    """

    n_users: int
    catalogue: tuple[Item, ...]
    watched: Sequences
    watched_long: Sequences
    train: Impressions
    test: Impressions
    split_ms: int
    dropped: int
    dropped_histories: int
    unknown_items: int

    @property
    def n_items(self) -> int:
        """Number of videos."""
        return len(self.catalogue)


def read_log(history: Path, train: Path, test: Path, videos: Path) -> WatchLog:
    """Read four parquet files in KuaiRand's columns.

    Raises DataError, naming file and column, for a missing or unreadable file, a missing column, an
    empty value or a test file without rows.
    """
    video_ids = _columns(videos, ["video_id"])[0]
    train_rows = _impression_columns(train)
    test_rows = _impression_columns(test)
    if not len(test_rows[0]):
        raise DataError(f"{test}: no row")
    past = _read(history, ["user_id", "last_time_ms", "watch_seq", "long_watch_seq"])
    split_ms = int(test_rows[2].min())
    early = np.asarray(past["last_time_ms"].to_numpy()) < split_ms
    past_before = past.filter(pa.array(early))
    users = np.unique(
        np.concatenate([np.asarray(past_before["user_id"].to_numpy()), train_rows[0], test_rows[0]])
    )
    items = np.unique(video_ids)
    before = train_rows[2] < split_ms
    unknown = 0

    def impressions(rows: Sequence[IntArray], mask: npt.NDArray[np.bool_]) -> Impressions:
        nonlocal unknown
        row, known = _rows_of(items, rows[1])
        unknown += int((mask & ~known).sum())
        usable = mask & known
        return Impressions(
            np.searchsorted(users, rows[0][usable]),
            row[usable],
            rows[2][usable],
            rows[3][usable] > 0,
            rows[4][usable],
            rows[5][usable],
        )

    return WatchLog(
        n_users=len(users),
        catalogue=_read_catalogue(videos, items),
        watched=_sequences(past_before, "watch_seq", users, items),
        watched_long=_sequences(past_before, "long_watch_seq", users, items),
        train=impressions(train_rows, before),
        test=impressions(test_rows, np.ones(len(test_rows[0]), bool)),
        split_ms=split_ms,
        dropped=int((~before).sum()),
        dropped_histories=int((~early).sum()),
        unknown_items=unknown,
    )


def liked_before(log: WatchLog) -> sp.csr_matrix:
    """1 where a user watched long before the test: (n_users, n_items) float32 CSR."""
    long_rows = log.train.select(log.train.long_view)
    return _ones(
        np.concatenate([long_rows.users, log.watched_long.users]),
        np.concatenate([long_rows.items, log.watched_long.items]),
        (log.n_users, log.n_items),
    )


def training_events(log: WatchLog) -> pa.Table:
    """What was known before the test, as the engine's events (EVENT_SCHEMA).

    A long view is a watch to the end, all else that was shown a skip after the time it was watched.
    Entries of the earlier sequences lie before the log, EARLIER_STEP_S apart.
    """
    users, items, at, liked = _earlier_entries(log)
    rows = log.train
    watched = np.where(
        rows.long_view,
        rows.watched_ms,
        np.minimum(rows.watched_ms, (rows.duration_ms * 0.9).astype(np.int64)),
    )
    zeros = np.zeros(len(users), np.int64)
    all_items = np.concatenate([items, rows.items])
    all_liked = np.concatenate([liked, rows.long_view])
    ids = np.array([item.item_id for item in log.catalogue])
    return pa.table(
        {
            "event_id": np.arange(len(all_items)).astype(str),
            "viewer_id": np.concatenate([users, rows.users]).astype(str),
            "item_id": ids[all_items],
            "group_id": ids[all_items],
            "at": np.concatenate([at, rows.time_ms / 1000.0]),
            "kind": np.where(all_liked, EventKind.WATCH.value, EventKind.SKIP.value),
            "watched_ms": np.concatenate([zeros, watched]),
            "duration_ms": np.concatenate([zeros, rows.duration_ms]),
            "completed": all_liked,
        },
        schema=EVENT_SCHEMA,
    )


def _earlier_entries(
    log: WatchLog,
) -> tuple[IntArray, IntArray, npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Users, items, Unix seconds, and whether watched long: each user and item once."""
    past, long_past = log.watched, log.watched_long
    users = np.concatenate([long_past.users, past.users])
    items = np.concatenate([long_past.items, past.items])
    from_end = np.concatenate([long_past.from_end, past.from_end])
    liked = np.repeat([True, False], [len(long_past.users), len(past.users)])
    _, first, inverse = np.unique(
        users * log.n_items + items, return_index=True, return_inverse=True
    )
    latest = np.full(len(first), np.iinfo(np.int64).max)
    np.minimum.at(latest, inverse, from_end)
    begins = int(log.train.time_ms.min()) if len(log.train.time_ms) else log.split_ms
    at = begins / 1000.0 - (latest + 1) * EARLIER_STEP_S
    # Long views stand first, so the first of equal entries says whether there is one.
    return users[first], items[first], at, liked[first]


def relevant(log: WatchLog, rows: Impressions, liked: sp.csr_matrix) -> sp.csr_matrix:
    """What a ranking should find, (n_users, n_items) CSR: watched long in `rows` and not in
    `liked`.
    """
    later = rows.select(rows.long_view)
    found = _ones(later.users, later.items, (log.n_users, log.n_items))
    found = sp.csr_matrix(found - found.multiply(liked > 0))
    found.eliminate_zeros()
    return found


def _ones(users: IntArray, items: IntArray, shape: tuple[int, int]) -> sp.csr_matrix:
    matrix = sp.coo_matrix((np.ones(len(users), np.float32), (users, items)), shape=shape).tocsr()
    matrix.data[:] = 1.0
    return matrix


def _sequences(past: pa.Table, column: str, users: IntArray, items: IntArray) -> Sequences:
    lists = past[column].combine_chunks()
    lengths = np.asarray(
        pc.fill_null(pc.list_value_length(lists), 0).to_numpy(zero_copy_only=False), np.int64
    )
    flat = np.asarray(pc.list_flatten(lists).to_numpy(zero_copy_only=False), np.int64)
    row, known = _rows_of(items, flat)
    owner = np.repeat(np.searchsorted(users, past["user_id"].to_numpy()), lengths)
    ends = np.repeat(np.cumsum(lengths), lengths)
    from_end = ends - 1 - np.arange(len(flat))
    return Sequences(owner[known], row[known], from_end[known])


def _impression_columns(path: Path) -> list[IntArray]:
    columns = _columns(path, ["user_id", "video_id", "time_ms", "long_view"])
    held = set(pq.read_schema(path).names)
    nothing = np.zeros(len(columns[0]), np.int64)
    for name in ("play_time_ms", "duration_ms"):
        columns.append(np.maximum(_columns(path, [name])[0], 0) if name in held else nothing)
    return columns


def _read_catalogue(path: Path, video_ids: IntArray) -> tuple[Item, ...]:
    """Items by rising id; author, tag and date where the file has them."""
    names = [name for name in _DESCRIPTIONS if name in set(pq.read_schema(path).names)]
    described = {row["video_id"]: row for row in _read(path, ["video_id", *names]).to_pylist()}
    width = len(str(int(video_ids.max(initial=0))))
    return tuple(
        Item(
            item_id=f"{video:0{width}d}",
            group_id=f"{video:0{width}d}",
            genres=tuple(
                tag for tag in str(row.get("tag") or "").split(",") if tag not in ("", "unknown")
            ),
            published_at=_day(row.get("upload_dt")),
            creator_id=str(row.get("author_id") or ""),
        )
        for video in video_ids.tolist()
        for row in (described[video],)
    )


_DESCRIPTIONS = ("author_id", "tag", "upload_dt")


def _day(text: str | None) -> float:
    try:
        return datetime.fromisoformat(text or "").replace(tzinfo=UTC).timestamp()
    except ValueError:
        return 0.0


def _rows_of(sorted_ids: IntArray, ids: IntArray) -> tuple[IntArray, npt.NDArray[np.bool_]]:
    row = np.minimum(np.searchsorted(sorted_ids, ids), len(sorted_ids) - 1)
    return row, sorted_ids[row] == ids


def _read(path: Path, names: list[str]) -> Any:
    if not path.is_file():
        raise DataError(f"{path}: no such file")
    try:
        table = pq.read_table(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise DataError(f"{path}: not a readable parquet file") from error
    missing = [name for name in names if name not in table.column_names]
    if missing:
        raise DataError(f"{path}: no column {', '.join(missing)}")
    return table.select(names)


def _columns(path: Path, names: list[str]) -> list[IntArray]:
    table = _read(path, names)
    columns = []
    for name in names:
        if table[name].null_count:
            row = pc.index(pc.is_null(table[name]), value=True).as_py() + 1
            raise DataError(f"{path}, row {row}: empty values in column {name}")
        try:
            columns.append(np.asarray(table[name].cast(pa.int64()).to_numpy(), np.int64))
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            where = first_uncastable(table[name], pa.int64())
            at = "" if where is None else f", row {where[0]}"
            said = f"column {name} is not a whole number"
            raise DataError(f"{path}{at}: {said}") from error
    return columns
