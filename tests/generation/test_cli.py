"""The command line: runs that are killed and taken up, and bad calls."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from generation.storyboard import Storyboard
from generation.values import from_json, to_json
from tests.generation.conftest import IDEA, children_of, decoded
from tests.waiting import wait_until


def test_another_process_with_an_empty_store_makes_the_same_bytes(made, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    episode, *_ = made
    ran = cli("make", IDEA, "--out", str(tmp_path), "--json", hashing="99")
    report = json.loads(ran.stdout)
    assert report["sha256"] == episode.sha256 and report["digests"] == episode.digests
    assert (tmp_path / "cut.mp4").read_bytes() == episode.path.read_bytes()
    assert json.loads((tmp_path / "report.json").read_text()) == report
    assert {"facts.json", "script.fountain", "subtitles.vtt", "making.jsonl"} <= {
        path.name for path in tmp_path.iterdir()
    }
    kept = json.loads((tmp_path / "facts.json").read_text(encoding="utf-8"))
    assert kept["facts"] and not [fact for fact in kept["facts"] if "missing" in fact]


def cli(
    *arguments: str, hashing: str = "0", check: bool = True
) -> subprocess.CompletedProcess[str]:
    from tests.generation.conftest import REPOSITORY

    small: tuple[str, ...] = ()
    if arguments[0] == "make":
        small = (
            "--seconds",
            "24",
            "--seed",
            "7",
            "--size",
            "256x448",
            "--fps",
            "8",
            "--var",
            str(REPOSITORY / "var"),
        )
    return subprocess.run(
        [sys.executable, "-m", "generation", *arguments, *small],
        capture_output=True,
        text=True,
        check=check,
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONHASHSEED": hashing},
    )


def test_a_run_killed_in_the_middle_is_taken_up_where_it_stopped(tmp_path: Path) -> None:
    from tests.generation.conftest import REPOSITORY

    store = tmp_path / "store"
    command = [
        sys.executable, "-m", "generation", "make", IDEA, "--out", str(tmp_path / "out"), "--store",
        str(store),
        "--seconds", "24", "--seed", "8", "--size", "256x448", "--fps", "12", "--var",
        str(REPOSITORY / "var"),
    ]  # fmt: skip
    run = subprocess.Popen(
        command, cwd=REPOSITORY, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )

    def finished_shots() -> dict[Path, os.stat_result]:
        assert run.poll() is None, "the run ended before it could be killed"
        return {path: path.stat() for path in store.rglob("??/*.mp4")}

    finished = wait_until(finished_shots, 120)
    workers = children_of(run.pid, "shot_worker")
    run.send_signal(signal.SIGKILL)
    run.wait()
    wait_until(lambda: not any(children_alive(pid) for pid in workers))
    assert not (tmp_path / "out" / "cut.mp4").exists()
    again = subprocess.run(
        [*command, "--json"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    report = json.loads(again.stdout)
    assert report["rendered_now"] <= len(report["shots"]) - len(finished)
    for path, stat in finished.items():
        assert (path.stat().st_ino, path.stat().st_mtime_ns) == (stat.st_ino, stat.st_mtime_ns)
    assert list((store / "tmp").iterdir()) == []
    assert decoded(tmp_path / "out" / "cut.mp4")[0] == report["frames"]


def children_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize(
    "arguments",
    [
        ("make", "", "--out", "OUT"),
        ("make", "？！", "--out", "OUT"),
        ("make", "狐狸", "--out", "OUT", "--producer", "123"),
        ("plan", "a fox", "--seconds", "5"),
        ("plan", "a fox", "--episodes", "99"),
        ("plan", "a fox", "--genre", "opera"),
        ("make", "@OUT/none.json", "--out", "OUT"),
        ("plan", "a fox", "--text-url", "https://example.com"),
    ],
)
def test_bad_calls_end_with_one_clear_line_and_no_traceback(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    ran = cli(*(word.replace("OUT", str(tmp_path / "out")) for word in arguments), check=False)
    if arguments[1].startswith("@"):
        assert ran.returncode == 1
    elif "--text-url" in arguments:
        assert ran.returncode in (0, 2)
    else:
        assert ran.returncode == 2
    assert "Traceback" not in ran.stderr and ran.stdout.count("\n") <= 20
    assert not (tmp_path / "out" / "cut.mp4").exists()


def test_plans_and_styles_are_printed_as_one_json_object() -> None:
    plan = json.loads(cli("plan", "a fox in the snow", "--json").stdout)
    assert plan["engine"] == "offline engine: no language model"
    season = json.loads(cli("plan", "一只狐狸", "--episodes", "3", "--branch", "--json").stdout)
    assert [episode["id"] for episode in season["episodes"]] == ["e1", "e2a", "e2b", "e3"]
    assert "ink" in json.loads(cli("styles", "--json").stdout)["styles"]


def test_stills_of_a_storyboard_are_written(made, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    from tests.generation.conftest import REPOSITORY

    episode, *_ = made
    two = replace(episode.storyboard, shots=episode.storyboard.shots[:2])
    (tmp_path / "board.json").write_text(json.dumps(to_json(two)))
    cli(
        "storyboard",
        f"@{tmp_path / 'board.json'}",
        "--out",
        str(tmp_path / "out"),
        "--var",
        str(REPOSITORY / "var"),
    )
    assert sorted(path.name for path in (tmp_path / "out").glob("*.jpg")) == ["s01.jpg", "s02.jpg"]
    assert (
        from_json(Storyboard, json.loads((tmp_path / "out" / "storyboard.json").read_text())) == two
    )
