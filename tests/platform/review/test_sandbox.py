"""A stranger's film is opened in a child that has limits, and nowhere else."""

from __future__ import annotations

import os
from dataclasses import asdict
from datetime import date

import psutil
import pytest

from huaben.core.problems import Problem
from huaben.core.sandbox.parent import ChildFailed, SandboxLimits, run_sandboxed
from huaben.core.sandbox.rejected import RejectedMedia
from huaben.review import sandbox
from moderation.labels import TEST_PROPAGATOR, read_label
from moderation.media_inspection import MediaReport, inspect_media
from moderation.policy import shipped_policy
from tests.platform.media.films import make_film

THRESHOLDS = shipped_policy().media_thresholds


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    return make_film(tmp_path_factory.mktemp("films") / "film.mp4", seconds=3)


def label_video(film, labelled, **given):
    asked = {
        "seconds": 3,
        "declared": True,
        "must_be_labelled": False,
        "propagator": TEST_PROPAGATOR,
    }
    asked |= {"propagate_id": "cut-1", "day": date(2026, 11, 20), "check": lambda: None}
    return sandbox.label_video(film, labelled, **asked | given)


def test_the_child_finds_what_the_engine_finds_here(film):
    shares = []
    seen = sandbox.inspect_video(
        film,
        seconds=3,
        declared=True,
        thresholds=THRESHOLDS,
        on_progress=shares.append,
        check=lambda: None,
    )
    assert seen == inspect_media(film, declared=True, thresholds=THRESHOLDS)
    assert MediaReport.from_json(seen.to_json()) == seen
    assert shares and all(0 <= share <= 1 for share in shares)


def test_the_label_that_is_told_is_the_one_in_the_file(film, tmp_path):
    taken = label_video(film, tmp_path / "labelled.mp4")
    assert taken.written is not None and read_label(tmp_path / "labelled.mp4") == taken.written
    assert (taken.written.Label, taken.written.PropagateID) == ("2", "cut-1")
    assert not label_video(film, tmp_path / "none.mp4", declared=False).written
    assert not (tmp_path / "none.mp4").exists()


@pytest.mark.parametrize("task", ["label_video", "inspect_video"])
def test_a_file_that_is_no_film_is_refused_in_words(tmp_path, task):
    text = tmp_path / "text.mp4"
    text.write_bytes(b"\0\0\0\x18ftypisom" + b"not a film" * 100)
    with pytest.raises(Problem) as caught:
        if task == "label_video":
            label_video(text, tmp_path / "labelled.mp4")
        else:
            sandbox.inspect_video(
                text,
                seconds=1,
                declared=False,
                thresholds=THRESHOLDS,
                on_progress=lambda _: None,
                check=lambda: None,
            )
    assert caught.value.code in ("damaged_file", "damaged_media", "not_media")
    assert caught.value.title.zh and caught.value.title.en
    assert list(tmp_path.iterdir()) == [text]


def test_looking_takes_no_more_than_it_is_given(film):
    asked = {
        "task": "inspect_video",
        "source": str(film),
        "declared": False,
        "thresholds": asdict(THRESHOLDS),
    }
    for tight in (SandboxLimits(4 * 1024**3, 60, 0, 1), SandboxLimits(200 * 1024**2, 60, 60, 1)):
        with pytest.raises(RejectedMedia) as caught:
            run_sandboxed("huaben.review.video_child", asked, tight, codes=(), reads=[film])
        assert caught.value.code == "too_heavy"


def test_a_reason_that_nobody_knows_words_for_is_not_passed_on(tmp_path):
    asked = {
        "task": "inspect_video",
        "source": str(tmp_path / "none.mp4"),
        "declared": False,
        "thresholds": asdict(THRESHOLDS),
    }
    with pytest.raises(ChildFailed):
        run_sandboxed(
            "huaben.review.video_child", asked, SandboxLimits(4 * 1024**3, 60, 60, 1), codes=()
        )


def test_work_that_is_called_off_leaves_no_child(film, tmp_path):
    class CalledOff(Exception):
        pass

    def check():
        assert psutil.Process(os.getpid()).children()
        raise CalledOff

    with pytest.raises(CalledOff):
        label_video(film, tmp_path / "labelled.mp4", check=check)
    left = [child.cmdline() for child in psutil.Process(os.getpid()).children()]
    assert not [line for line in left if "huaben.review.video_child" in line]
