"""A whole episode: how it plays, what it carries, and what is made anew after an edit."""

import os
import threading
from dataclasses import replace
from pathlib import Path

import av
import pytest

from generation import pipeline
from generation.pipeline import Cancelled, Settings, StepProgress, make_episode
from generation.pipeline.steps import explicit_label
from generation.rendering import RenderError, list_shot_jobs
from generation.store import Store
from generation.story.types import Outline, Script
from generation.typeface import TypefaceNotFound, find_typeface
from generation.values import from_json, to_json
from moderation.labels import check_explicit_mark, explicit_mark, read_label
from tests.generation.conftest import IDEA, children_of, decoded
from tests.waiting import wait_until


def test_a_cut_plays_to_its_last_frame_with_sound_as_long_as_its_picture(made) -> None:  # type: ignore[no-untyped-def]
    episode, *_ = made
    frames, seconds, heard = decoded(episode.path)
    assert frames == episode.frames == round(episode.storyboard.duration * 8)
    assert abs(seconds - episode.storyboard.duration) < 0.01
    assert abs(heard - seconds) < 0.06
    assert abs(seconds - 24) <= 2.0


def test_a_cut_carries_its_label_and_can_be_read_from_the_start(made) -> None:  # type: ignore[no-untyped-def]
    episode, *_ = made
    label = read_label(episode.path)
    assert label is not None and label.Label == "1" and label.ProduceID == episode.produce_id
    assert label.ContentProducer == label.ContentPropagator and len(label.ContentProducer) == 27
    assert episode.test_operator
    data = episode.path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    board = episode.storyboard
    assert (
        check_explicit_mark(
            explicit_mark(board.width, board.height, board.language), board.width, board.height
        )
        == ()
    )


def test_the_mark_stands_from_the_first_frame_for_at_least_four_seconds(made) -> None:  # type: ignore[no-untyped-def]
    episode, _, settings, _ = made
    jobs = list_shot_jobs(episode.storyboard, explicit_label(episode.storyboard), settings.typeface)
    marked = 0.0
    for job in jobs:
        if job.mark is None:
            break
        assert job.mark.start == 0.0 and job.mark.end >= 4.0
        marked += job.board.shots[0].duration
    assert marked >= 4.0


def test_a_cut_is_as_loud_as_it_should_be(made) -> None:  # type: ignore[no-untyped-def]
    episode, *_ = made
    assert episode.loudness == pytest.approx(-16.0, abs=0.5)
    assert episode.peak <= -1.0
    from generation.sound.loudness import true_peak

    with av.open(str(episode.path)) as film:
        import numpy as np

        heard = np.concatenate([frame.to_ndarray() for frame in film.decode(audio=0)], axis=1).T
    assert true_peak(heard.astype(np.float32)) <= -1.0


def test_the_first_words_come_at_once_and_shots_are_of_a_watchable_length(made) -> None:  # type: ignore[no-untyped-def]
    episode, *_ = made
    assert episode.storyboard.shots[0].cues[0].start <= 0.3
    for shot in episode.storyboard.shots:
        assert 2.0 <= shot.duration <= 6.7
        assert (shot.duration * 8) == pytest.approx(round(shot.duration * 8))
        assert shot.summary
        for cue in shot.cues:
            assert 0 <= cue.start < cue.end <= shot.duration
            assert all(cue.start <= mouth.start <= cue.end + 0.01 for mouth in cue.mouths)
    assert (
        episode.storyboard.shots[-1].card is not None
        and episode.storyboard.shots[-1].card.text == "且听下回分解"
    )


def test_progress_names_every_step_and_shows_each_shot(made) -> None:  # type: ignore[no-untyped-def]
    episode, _, _, reports = made
    steps = list(dict.fromkeys(progress.step for progress in reports))
    assert steps == ["outline", "script", "storyboard", "voice", "shots", "mix", "cut"]
    posters = [
        progress.artefact for progress in reports if progress.step == "shots" and progress.artefact
    ]
    assert len(posters) == len(episode.storyboard.shots)
    assert all(poster.read_bytes()[:2] == b"\xff\xd8" for poster in posters)


def test_a_second_run_makes_nothing_anew(made) -> None:  # type: ignore[no-untyped-def]
    episode, store, settings, _ = made
    before = {path: path.stat().st_ino for path in store.root.rglob("*") if path.is_file()}
    again = make_episode(IDEA, settings, store)
    assert again.rendered == 0 and again.sha256 == episode.sha256
    assert {path: path.stat().st_ino for path in store.root.rglob("*") if path.is_file()} == before


def test_an_edited_line_remakes_its_own_shot_and_no_other(made) -> None:  # type: ignore[no-untyped-def]
    episode, store, settings, _ = made
    script = from_json(Script, to_json(episode.script))
    at, scene = next(
        (at, scene) for at, scene in enumerate(script.scenes) if scene.operator == "cliffhanger"
    )
    line = replace(scene.lines[-1], text="你终于，回来了。")
    changed = replace(
        script,
        scenes=(
            *script.scenes[:at],
            replace(scene, lines=(*scene.lines[:-1], line)),
            *script.scenes[at + 1 :],
        ),
    )
    edited = make_episode(changed, settings, store)
    before, after = set(episode.digests["shots"]), set(edited.digests["shots"])
    assert 1 <= len(after - before) <= 2 and edited.rendered == len(after - before)
    assert edited.sha256 != episode.sha256
    assert "你终于，回来了。" in [cue.text for shot in edited.storyboard.shots for cue in shot.cues]


def test_a_rename_of_the_title_redraws_the_title_alone() -> None:
    from tests.generation.conftest import repository_typeface

    with_title = Settings(seconds=30, seed=7, typeface=repository_typeface())
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        script = pipeline.make_script(
            pipeline.make_outline(IDEA, with_title, store), with_title, store
        )
        typeface = repository_typeface()

        def keys(script: Script) -> list[str]:
            board = pipeline.make_storyboard(script, with_title, store)
            return [job.key for job in list_shot_jobs(board, explicit_label(board), typeface)]

        before, after = keys(script), keys(replace(script, title="别的名字"))
    assert sum(left != right for left, right in zip(before, after, strict=True)) == 1


def test_an_outline_edited_by_a_person_is_followed(store: Store, settings: Settings) -> None:
    outline = pipeline.make_outline(IDEA, replace(settings, seconds=60), store)
    data = to_json(outline)
    data["people"][0]["name"] = "赵无名"
    dropped = data["beats"].pop(1)["told"]
    data["beats"][-1]["told"] = "她要他还一盏灯"
    script = pipeline.make_script(from_json(Outline, data), settings, store)
    text = "".join(line.text for scene in script.scenes for line in scene.lines)
    assert outline.people[0].name not in text and "赵无名" in text
    assert dropped not in text and "她要他还一盏灯" in text


def test_lines_too_long_for_a_shot_are_cut_at_their_punctuation(
    store: Store, settings: Settings
) -> None:
    outline = pipeline.make_outline(IDEA, settings, store)
    script = pipeline.make_script(outline, settings, store)
    scene = script.scenes[1]
    long = (
        "我等了你三年，从春天等到冬天，从断桥等到城门，等到雪埋了路，等到没有人记得我叫什么名字。"
    )
    changed = replace(scene, lines=(replace(scene.lines[0], text=long), *scene.lines[1:]))
    board = pipeline.make_storyboard(
        replace(script, scenes=(script.scenes[0], changed, *script.scenes[2:])), settings, store
    )
    assert all(shot.duration <= 6.7 for shot in board.shots)
    assert long in "".join(cue.text for shot in board.shots for cue in shot.cues)


def test_a_script_that_gives_a_line_to_a_stranger_is_refused(
    store: Store, settings: Settings
) -> None:
    script = pipeline.make_script(pipeline.make_outline(IDEA, settings, store), settings, store)
    alone = replace(script, people=tuple(person for person in script.people if person.id == "C"))
    with pytest.raises(ValueError, match="unknown person"):
        pipeline.make_storyboard(alone, settings, store)
    with pytest.raises(ValueError, match="lines: empty"):
        pipeline.make_storyboard(replace(script, scenes=()), settings, store)


def test_cancelling_stops_soon_and_leaves_no_child(made, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    episode, _, settings, _ = made
    big = replace(episode.storyboard, width=720, height=1280, fps=24)
    stop, shots, cancelled = threading.Event(), threading.Event(), threading.Event()

    def on_progress(progress: StepProgress) -> None:
        if progress.step == "shots":
            shots.set()

    def work() -> None:
        try:
            make_episode(big, settings, Store(tmp_path), on_progress, stop.is_set)
        except Cancelled:
            cancelled.set()

    thread = threading.Thread(target=work)
    thread.start()
    assert shots.wait(60)
    wait_until(lambda: children_of(os.getpid(), "shot_worker"))
    stop.set()
    assert cancelled.wait(30)  # the bar is 2 s; the machine that tests may be busy
    thread.join()
    assert children_of(os.getpid(), "shot_worker") == []
    assert list((tmp_path / "tmp").glob("*.mp4")) == []


def test_a_shot_that_cannot_be_drawn_is_named(made, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    episode, _, settings, _ = made
    nobody = replace(episode.storyboard.shots[0].placements[0], role_id="A", x=float("1e300"))
    broken = replace(
        episode.storyboard,
        shots=(replace(episode.storyboard.shots[0], duration=0.01, placements=(nobody,)),),
    )
    with pytest.raises((RenderError, ValueError)):
        make_episode(broken, settings, Store(tmp_path))


def test_without_a_typeface_the_message_says_what_to_do(made, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(TypefaceNotFound, match="npm install"):
        find_typeface([tmp_path], tmp_path)
