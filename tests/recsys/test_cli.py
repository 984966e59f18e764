"""`python -m recsys`, as a person or a job calls it."""

import contextlib
import io
import json
import subprocess
import sys

import pyarrow.parquet as pq
import pytest

from recsys.cli import main
from recsys.events import item_as_dict


def run(*arguments):
    """The command in this process, which spares its start; as `subprocess.run` would answer."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stopped:
            code = stopped.code
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def files(tmp_path_factory, catalogue, audience):
    folder = tmp_path_factory.mktemp("cli")
    (folder / "items.jsonl").write_text(
        "\n".join(json.dumps(item_as_dict(item)) for item in catalogue)
    )
    pq.write_table(audience, folder / "events.parquet")
    done = run(
        "train", "--events", folder / "events.parquet", "--items", folder / "items.jsonl",
        "--out", folder / "m", "--json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["counts"]["items"] == len(catalogue)
    return folder


def test_recommend_gives_a_page_for_a_viewer_without_what_they_saw(files, audience):
    viewer = audience["viewer_id"][0].as_py()
    seen = {row["item_id"] for row in audience.to_pylist() if row["viewer_id"] == viewer}
    done = run(
        "recommend",
        "--model",
        files / "m",
        "--events",
        files / "events.parquet",
        "--viewer",
        viewer,
        "--json",
    )
    assert done.returncode == 0, done.stderr
    page = json.loads(done.stdout)["page"]
    assert page
    assert not seen & {ranked["item_id"] for ranked in page}
    assert all(ranked["reasons"] for ranked in page)


def test_recommend_without_a_history_gives_the_newcomer_s_page_in_words(files):
    done = run("recommend", "--model", files / "m", "--limit", 3)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 3


def test_inspect_checks_the_files_and_prints_the_manifest(files):
    done = run("inspect", "--model", files / "m", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["counts"]["viewers"] == 40


def test_simulate_writes_events_that_train_can_read(files, tmp_path):
    done = run(
        "simulate",
        "--items",
        files / "items.jsonl",
        "--out",
        tmp_path / "e.parquet",
        "--viewers",
        20,
        "--json",
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["simulated"] is True
    done = run(
        "train",
        "--events",
        tmp_path / "e.parquet",
        "--items",
        files / "items.jsonl",
        "--out",
        tmp_path / "m",
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["recommend", "--model", "/nowhere"],
        ["inspect", "--model", "/nowhere", "--json"],
        ["train", "--events", "/nowhere.parquet", "--items", "/nowhere.jsonl", "--out", "/nowhere"],
    ],
)
def test_bad_input_is_exit_2_with_one_line_and_no_traceback(arguments):
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_a_limit_out_of_range_is_bad_input(files):
    done = run("recommend", "--model", files / "m", "--limit", 0)
    assert done.returncode == 2
    assert "limit must be 1 to 100" in done.stderr


def test_the_package_runs_as_a_program_and_says_what_is_wrong_in_one_line():
    done = subprocess.run(
        [sys.executable, "-m", "recsys", "inspect", "--model", "/nowhere"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


def test_importing_the_engine_imports_no_web_framework_and_nothing_that_only_training_needs():
    code = (
        "import sys, recsys; unwanted = ('django', 'rest_framework', 'celery', 'huaben', "
        "'sklearn', 'implicit'); print([name for name in unwanted if name in sys.modules])"
    )
    assert (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout
        == "[]\n"
    )
