"""``edit``, ``export`` and ``check`` of film files on the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from generation import quality
from generation.cli import main, report_of
from generation.exports import write_story
from generation.pipeline import RenderedEpisode, Settings
from generation.store import Store
from generation.timeline import to_otio
from tests.generation.editing.films import film


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A film's files without its pictures."""
    made = film("zh")
    write_story(tmp_path, outline=None, script=made.script, board=made.board, facts=None)
    return tmp_path


def answered(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    status = main(arguments)
    return status, json.loads(capsys.readouterr().out)


def test_a_dry_run_prints_patch_and_diff_and_writes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    status, answer = answered(capsys, "edit", str(folder), "第二场下雪", "--dry-run", "--json")
    assert status == 0 and answer["patch"]["changes"][0]["value"] == "snow"
    assert answer["diff"][0]["zh"] == "第 2 场·天气：雨 → 雪"
    assert answer["diff"][0]["en"] == "scene 2, weather: rain → snow"
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_what_was_not_understood_ends_with_status_one(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, answer = answered(capsys, "edit", str(folder), "把对比度调高", "--json")
    assert status == 1 and answer["kind"] == "not_understood" and answer["words"]
    status, answer = answered(capsys, "edit", str(folder), "第三场不要下雨", "--json")
    assert status == 1 and answer["kind"] == "cannot_apply" and answer["message"]["en"]
    assert main(["edit", str(folder / "nothing"), "第二场下雪"]) == 2


def test_a_patch_from_a_file_is_read_strictly(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    patch = {"changes": [{"attribute": "robe", "people": ["A"], "value": "crimson"}]}
    (folder / "patch.json").write_text(json.dumps(patch))
    call = ("edit", str(folder), f"@{folder / 'patch.json'}", "--dry-run", "--json")
    assert answered(capsys, *call)[1]["diff"][0]["after"] == {"zh": "红", "en": "red"}
    for spoilt in ({"value": "pink"}, {"people": ["Z"]}, {"colour": "red"}):
        (folder / "patch.json").write_text(json.dumps({"changes": [patch["changes"][0] | spoilt]}))
        assert main(call) == 2


def test_an_edit_draws_the_changed_shots_alone(
    made: tuple[RenderedEpisode, Store, Settings, Any],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    episode, store, settings, _ = made
    write_story(tmp_path, outline=episode.outline, script=episode.script,
                board=episode.storyboard, facts=None)  # fmt: skip
    shutil.copyfile(episode.path, tmp_path / "cut.mp4")
    report = report_of(episode, settings)
    status, answer = answered(
        capsys, "edit", str(tmp_path), "最后一个镜头短一点，音乐安静一点", "--json",
        "--store", str(store.root), "--typeface", str(settings.typeface),
    )  # fmt: skip
    assert status == 0 and answer["shots_drawn"] == 1
    assert answer["shots"] == len(report["shots"])
    assert answer["sha256"] != episode.sha256
    written = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert written["sha256"] == answer["sha256"] and written["rendered_now"] == 1
    making = (tmp_path / "making.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(making[0])["patch"] == answer["patch"]
    checked = quality.examine(tmp_path / "cut.mp4")
    assert checked.loudness_lufs == pytest.approx(-16, abs=1)
    assert "true_peak_dbfs" not in checked.faults and checked.clipped == ()


def test_a_film_is_exported_as_screenplay_subtitles_and_time_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(folder), "--fountain"]) == 0
    assert "你又来借伞了。" in capsys.readouterr().out
    assert main(["export", str(folder), "--vtt", "--out", str(folder / "film.vtt")]) == 0
    assert (folder / "film.vtt").read_text(encoding="utf-8").startswith("WEBVTT")
    status, timeline = answered(capsys, "export", str(folder), "--otio")
    assert status == 0 and timeline["OTIO_SCHEMA"] == "Timeline.1"
    assert timeline == to_otio(film("zh").board, "cut.mp4")


def test_the_time_line_covers_every_frame_once() -> None:
    board = film("en").board
    timeline = to_otio(board, "cut.mp4")
    total = sum(round(shot.duration * board.fps) for shot in board.shots)
    for track in timeline["tracks"]["children"]:
        assert track["OTIO_SCHEMA"] == "Track.1" and track["kind"] in ("Video", "Audio")
        at = 0.0
        for clip in track["children"]:
            reference = clip["media_reference"]
            assert reference["OTIO_SCHEMA"] == "ExternalReference.1"
            assert reference["available_range"]["duration"]["value"] == total
            assert clip["source_range"]["start_time"] == {
                "OTIO_SCHEMA": "RationalTime.1", "value": at, "rate": float(board.fps)}  # fmt: skip
            at += clip["source_range"]["duration"]["value"]
        assert at == total
    lines = [marker["name"] for clip in timeline["tracks"]["children"][0]["children"]
             for marker in clip["markers"]]  # fmt: skip
    assert lines == [cue.text for shot in board.shots for cue in shot.cues]


def spoilt_film(path: Path) -> None:
    """Eight seconds: moving, black from 2 to 3, one picture from 4 to 7; loud and clipped from 1 to
    2, silent from 5 to 8.
    """
    rng = np.random.default_rng(3)
    still = rng.integers(60, 200, (96, 64, 3), dtype=np.uint8)
    with av.open(str(path), "w") as out:
        picture = out.add_stream("libx264", rate=10, options={"qp": "0"})
        picture.width, picture.height, picture.pix_fmt = 64, 96, "yuv420p"
        voice = out.add_stream("pcm_s16le", rate=48_000, layout="mono")
        for at in range(80):
            moving = np.roll(still, at * 5, axis=0)
            shown = still if 40 <= at < 70 else np.zeros_like(still) if 20 <= at < 30 else moving
            out.mux(picture.encode(av.VideoFrame.from_ndarray(shown)))
        out.mux(picture.encode(None))
        time = np.arange(8 * 48_000) / 48_000
        sound = 0.2 * np.sin(2 * np.pi * 440 * time)
        sound[48_000:96_000] = np.clip(sound[48_000:96_000] * 12, -1, 1)
        sound[5 * 48_000 :] = 0
        frame = av.AudioFrame.from_ndarray(
            (sound * 32767).astype(np.int16)[None], format="s16", layout="mono"
        )
        frame.sample_rate = 48_000
        out.mux(voice.encode(frame))
        out.mux(voice.encode(None))


def test_the_faults_of_any_film_are_found_to_the_second(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "upload.mkv"
    spoilt_film(path)
    status, report = answered(capsys, "check", str(path), "--json")
    assert status == 1 and (report["width"], report["height"]) == (64, 96)
    assert set(report["faults"]) >= {"black", "frozen", "silent", "clipped", "loudness_lufs"}
    for name, start, end in (("black", 2, 3), ("frozen", 4, 7), ("silent", 5, 8),
                             ("clipped", 1, 2)):  # fmt: skip
        (stretch,) = report[name]
        assert stretch["start"] == pytest.approx(start, abs=0.15), name
        assert stretch["end"] == pytest.approx(end, abs=0.15), name


def test_a_file_that_is_no_film_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "film.mp4").write_bytes(b"#EXTM3U\nfile:///etc/passwd\n")
    assert main(["check", str(tmp_path / "film.mp4")]) == 2
    assert "no film" in capsys.readouterr().err
