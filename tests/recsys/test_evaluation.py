"""The comparison on a real log, here on a small made-up one in its columns."""

import json
import subprocess
import sys

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recsys.evaluation import evaluate
from recsys.events import DataError

DAY = 86_400_000
START = 1_650_800_000_000
USERS, VIDEOS = 160, 240


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    """A log in which each user likes one sixth of the videos and is shown more of it, and a folder
    with its four files.
    """
    rng = np.random.default_rng(4)
    folder = tmp_path_factory.mktemp("log")
    group = rng.integers(0, 6, USERS)
    past, rows = [], []
    for user in range(USERS):
        lean = np.where(np.arange(VIDEOS) % 6 == group[user], 5.0, 1.0)
        watched = rng.choice(VIDEOS, 14, replace=False, p=lean / lean.sum())
        past.append(
            {
                "user_id": user,
                "history_len": 14,
                "last_time_ms": START - DAY,
                "watch_seq": watched.tolist(),
                "like_seq": [],
                "long_watch_seq": [int(video) for video in watched if video % 6 == group[user]],
            }
        )
        for video in rng.choice(VIDEOS, 50, replace=False, p=lean / lean.sum()):
            time = START + int(rng.integers(0, 6 * DAY))
            long = rng.random() < (0.8 if video % 6 == group[user] else 0.05)
            rows.append(
                {"user_id": user, "video_id": int(video), "time_ms": time, "long_view": int(long)}
            )
    pq.write_table(pa.Table.from_pylist(past), folder / "history.parquet")
    table = pa.Table.from_pylist(rows)
    later = pa.array([row["time_ms"] >= START + 4 * DAY for row in rows])
    pq.write_table(table, folder / "all.parquet")
    pq.write_table(
        table.filter(pa.array([not value for value in later.to_pylist()])), folder / "train.parquet"
    )
    pq.write_table(table.filter(later), folder / "test.parquet")
    pq.write_table(
        pa.table({"video_id": range(VIDEOS), "tag": ["1"] * VIDEOS}), folder / "videos.parquet"
    )
    return folder


def compare(log, train="train.parquet", **more):
    return evaluate(
        log / "history.parquet", log / train, log / "test.parquet", log / "videos.parquet", **more
    )


@pytest.fixture(scope="module")
def result(log):
    return compare(log)


def test_every_model_is_reported_with_intervals(result):
    assert set(result["models"]) >= {
        "popularity",
        "als",
        "cosine",
        "rank_fusion",
        "recent_ease",
        "fused",
    }
    for figures in result["models"].values():
        for metric in ("ndcg@10", "recall@20"):
            assert (
                0
                <= figures[metric]["low"]
                <= figures[metric]["mean"]
                <= figures[metric]["high"]
                <= 1
            )


def test_models_that_know_users_beat_popularity_and_the_fused_list_is_learned(result):
    quality = {name: figures["ndcg@10"]["mean"] for name, figures in result["models"].items()}
    assert result["fusion"] == "learned"
    assert quality["fused"] > 2 * quality["popularity"]
    assert quality["cosine"] > quality["popularity"]


def test_training_rows_from_the_time_of_the_test_are_dropped_and_change_nothing(log, result):
    leaky = compare(log, train="all.parquet")
    assert leaky["dropped_train_rows"] == leaky["test_rows"] > 0
    assert leaky["models"] == result["models"]


def test_a_history_that_reaches_into_the_test_is_left_out(log, tmp_path, result):
    table = pq.read_table(log / "history.parquet")
    late = [START + 5 * DAY if user < 10 else START for user in range(USERS)]
    table = table.set_column(
        table.column_names.index("last_time_ms"), "last_time_ms", pa.array(late)
    )
    pq.write_table(table, tmp_path / "history.parquet")
    other = evaluate(
        tmp_path / "history.parquet",
        log / "train.parquet",
        log / "test.parquet",
        log / "videos.parquet",
    )
    assert other["dropped_histories"] == 10
    assert other["models"] != result["models"]


def test_users_with_too_few_positives_do_not_count(log, result):
    fewer = compare(log, min_positives=22)
    assert 0 < fewer["users"] < result["users"]
    with pytest.raises(DataError, match="no user has 90"):
        compare(log, min_positives=90)


def test_a_file_without_a_column_is_refused_by_name(log, tmp_path):
    pq.write_table(
        pq.read_table(log / "train.parquet").drop(["long_view"]), tmp_path / "train.parquet"
    )
    with pytest.raises(DataError, match=r"train.parquet: no column long_view"):
        evaluate(
            log / "history.parquet",
            tmp_path / "train.parquet",
            log / "test.parquet",
            log / "videos.parquet",
        )


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "recsys", "evaluate", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_prints_one_json_object_and_says_what_it_dropped(log, result):
    done = run(
        "--history", log / "history.parquet", "--train", log / "all.parquet",
        "--test", log / "test.parquet", "--videos", log / "videos.parquet", "--json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["models"] == result["models"]
    assert "left out" in done.stderr


def test_the_command_refuses_a_missing_file_in_one_line(log):
    done = run(
        "--history", log / "history.parquet", "--train", log / "nowhere.parquet",
        "--test", log / "test.parquet", "--videos", log / "videos.parquet", "--json",
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines()[-1].endswith("nowhere.parquet: no such file")
    assert "Traceback" not in done.stderr
