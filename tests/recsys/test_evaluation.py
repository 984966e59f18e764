"""The comparison on a real log, here on a small made-up one in its columns."""

import json

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recsys.evaluation import evaluate
from recsys.evaluation.log import read_log, training_events
from recsys.events import DataError
from tests.recsys.test_cli import run as run_command

DAY = 86_400_000
START = 1_650_800_000_000
USERS, VIDEOS = 150, 180


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
def answer(log):
    """By the command, with training rows that reach into the test."""
    return run_command(
        "evaluate", "--history", log / "history.parquet", "--train", log / "all.parquet",
        "--test", log / "test.parquet", "--videos", log / "videos.parquet",
        "--sample", 20, "--json",
    )  # fmt: skip


@pytest.fixture(scope="module")
def result(answer):
    """What `evaluate` says, which is all that the command prints."""
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


def test_every_model_and_every_stage_is_reported_with_intervals(result):
    assert set(result["models"]) >= {
        "popularity",
        "als",
        "cosine",
        "rank_fusion",
        "served",
        "served_without_retrieval",
        "served_without_ranker",
        "served_without_rerank",
        "served_without_exploration",
    }
    for figures in result["models"].values():
        for metric in ("ndcg@10", "recall@20"):
            estimate = figures[metric]
            assert 0 <= estimate["low"] <= estimate["mean"] <= estimate["high"] <= 1
        assert 0 <= figures["coverage@10"] <= 1
        assert 0 <= figures["gini@10"] <= 1
    for name in ("served_without_ranker", "served_without_rerank"):
        assert result["models"][name]["served_over_this"]["mean"] > 0
    over = result["served_over_rank_fusion"]
    assert over["low"] <= over["mean"] <= over["high"]


def test_what_is_served_knows_the_users_and_its_ranker_is_learned(result):
    quality = {name: figures["ndcg@10"]["mean"] for name, figures in result["models"].items()}
    assert result["ranker"]["learned"]
    assert quality["served"] > 2 * quality["popularity"]
    assert quality["cosine"] > quality["popularity"]
    ranker = result["ranker"]["test"]
    assert ranker["auc"] > 0.7
    assert ranker["within_user_auc"] > 0.7
    assert ranker["calibration_error"] < 0.15


def test_the_slices_are_part_of_the_whole(result):
    new = result["slices"]["new_viewers"]["served"]
    assert 0 < new["users"] <= result["users"]
    assert set(result["slices"]["new_items"]) == {"served", "rank_fusion"}


def test_training_rows_from_the_time_of_the_test_are_dropped_and_change_nothing(
    log, answer, result
):
    assert result["dropped_train_rows"] == result["test_rows"] > 0
    assert "left out" in answer.stderr
    files = log / "history.parquet", log / "test.parquet", log / "videos.parquet"
    clean, leaky = (
        read_log(files[0], log / name, *files[1:]) for name in ("train.parquet", "all.parquet")
    )
    assert training_events(leaky).equals(training_events(clean))


def test_what_is_learned_from_lies_before_the_test(log):
    known = read_log(
        log / "history.parquet",
        log / "train.parquet",
        log / "test.parquet",
        log / "videos.parquet",
    )
    events = training_events(known)
    assert max(events["at"].to_pylist()) < known.split_ms / 1000
    assert events["event_id"].to_pylist() == list(map(str, range(len(events))))


def test_a_history_that_reaches_into_the_test_is_left_out(log, tmp_path):
    table = pq.read_table(log / "history.parquet")
    late = [START + 5 * DAY if user < 10 else START for user in range(USERS)]
    table = table.set_column(
        table.column_names.index("last_time_ms"), "last_time_ms", pa.array(late)
    )
    pq.write_table(table, tmp_path / "history.parquet")
    known = read_log(
        tmp_path / "history.parquet",
        log / "train.parquet",
        log / "test.parquet",
        log / "videos.parquet",
    )
    assert known.dropped_histories == 10
    assert known.watched.users.min() == 10


def test_users_with_too_few_positives_do_not_count(log):
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


def test_the_command_refuses_a_missing_file_in_one_line(log):
    done = run_command(
        "evaluate", "--history", log / "history.parquet", "--train", log / "nowhere.parquet",
        "--test", log / "test.parquet", "--videos", log / "videos.parquet", "--json",
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines()[-1].endswith("nowhere.parquet: no such file")
    assert "Traceback" not in done.stderr
