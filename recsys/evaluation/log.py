"""A watch log as arrays, split at a moment so that a model knows nothing later.

The log is three files: per user the sequences up to the log's first day, the impressions of the
days to train on, and later impressions to test on. Constants were tried on KuaiRand-Pure with 29–30
April 2022 held out, after training to 28 April (see docs/recsys.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import scipy.sparse as sp

from recsys.events import DataError, first_uncastable

IntArray = npt.NDArray[np.int64]
Float32 = npt.NDArray[np.float32]
DAY_MS = 86_400_000
# Weight of a video that was shown and not watched long, where one watched long has 1.
SHOWN_WEIGHT = 0.5
RECENCY_HALF_LIFE = 10.0  # places from the end of an earlier sequence
TREND_HALF_LIVES = (0.25, 1.0, 4.0)  # days


@dataclass(frozen=True)
class Impressions:
    """Rows of one log, r in number.

    users, items: (r,) int64 rows. time_ms: (r,) int64 Unix milliseconds. long_view: (r,) bool,
    whether the video was watched long.
    """

    users: IntArray
    items: IntArray
    time_ms: IntArray
    long_view: npt.NDArray[np.bool_]

    def select(self, mask: npt.NDArray[np.bool_]) -> Impressions:
        """The rows for which the mask, (r,) bool, is true."""
        return Impressions(
            self.users[mask], self.items[mask], self.time_ms[mask], self.long_view[mask]
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
    impressions of videos that the video file lacks.
    """

    n_users: int
    n_items: int
    watched: Sequences
    watched_long: Sequences
    train: Impressions
    test: Impressions
    split_ms: int
    dropped: int
    dropped_histories: int
    unknown_items: int


def read_log(history: Path, train: Path, test: Path, videos: Path) -> WatchLog:
    """Read four parquet files in KuaiRand's columns.

    Raises DataError, naming file and column, for a missing or unreadable file, a missing column, an
    empty value or a test file without rows.
    """
    video_ids = _columns(videos, ["video_id"])[0]
    train_rows = _columns(train, ["user_id", "video_id", "time_ms", "long_view"])
    test_rows = _columns(test, ["user_id", "video_id", "time_ms", "long_view"])
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
        )

    return WatchLog(
        n_users=len(users),
        n_items=len(items),
        watched=_sequences(past_before, "watch_seq", users, items),
        watched_long=_sequences(past_before, "long_watch_seq", users, items),
        train=impressions(train_rows, before),
        test=impressions(test_rows, np.ones(len(test_rows[0]), bool)),
        split_ms=split_ms,
        dropped=int((~before).sum()),
        dropped_histories=int((~early).sum()),
        unknown_items=unknown,
    )


@dataclass(frozen=True)
class Snapshot:
    """What was known at a moment. Matrices are (n_users, n_items) float32 CSR.

    liked: 1 where watched long. interactions: 1 where watched long, SHOWN_WEIGHT where only shown.
    recency: 1 for what the log holds, halved every RECENCY_HALF_LIFE places for what only the
    earlier sequences hold. trend: (n_items, 9) float32; for each half-life of TREND_HALF_LIVES
    log(1 + decayed long views) and log(1 + decayed impressions); the log rate of the last; log(1 +
    count) in either kind of earlier sequence. recent: (n_items,) float32, long views of the log.
    """

    liked: sp.csr_matrix
    interactions: sp.csr_matrix
    recency: sp.csr_matrix
    trend: Float32
    recent: Float32


def snapshot(log: WatchLog, rows: Impressions, split_ms: int) -> Snapshot:
    """The state at `split_ms` (Unix milliseconds) from the earlier sequences and `rows`.

    All rows must be earlier than `split_ms`.
    """
    shape = (log.n_users, log.n_items)
    long_rows = rows.select(rows.long_view)
    liked = _ones(
        np.concatenate([long_rows.users, log.watched_long.users]),
        np.concatenate([long_rows.items, log.watched_long.items]),
        shape,
    )
    shown = _ones(
        np.concatenate([rows.users, log.watched.users]),
        np.concatenate([rows.items, log.watched.items]),
        shape,
    )
    recency = _ones(rows.users, rows.items, shape)
    for past in (log.watched, log.watched_long):
        recency = recency.maximum(_latest(past, shape))
    age = (split_ms - rows.time_ms) / DAY_MS
    columns = []
    for half_life in TREND_HALF_LIVES:
        weight = np.exp2(-age / half_life)
        views = np.bincount(rows.items, weights=weight * rows.long_view, minlength=log.n_items)
        times = np.bincount(rows.items, weights=weight, minlength=log.n_items)
        columns += [np.log1p(views), np.log1p(times)]
    columns.append(np.log((views + 1) / (times + 3)))
    for past in (log.watched, log.watched_long):
        columns.append(np.log1p(np.bincount(past.items, minlength=log.n_items)))
    return Snapshot(
        liked=liked,
        interactions=sp.csr_matrix(liked.maximum(shown * SHOWN_WEIGHT)),
        recency=sp.csr_matrix(recency),
        trend=np.stack(columns, axis=1).astype(np.float32),
        recent=np.bincount(long_rows.items, minlength=log.n_items).astype(np.float32),
    )


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


def _latest(past: Sequences, shape: tuple[int, int]) -> sp.csr_matrix:
    order = np.lexsort((past.from_end, past.items, past.users))
    users, items = past.users[order], past.items[order]
    first = np.ones(len(users), bool)
    first[1:] = (users[1:] != users[:-1]) | (items[1:] != items[:-1])
    value = np.exp2(-past.from_end[order] / RECENCY_HALF_LIFE).astype(np.float32)
    return sp.coo_matrix((value[first], (users[first], items[first])), shape=shape).tocsr()


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
