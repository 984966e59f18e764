from __future__ import annotations

import hashlib
import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from generation.stage import render_shot, still
from generation.storyboard import Mark, Setting

from .boards import SHOT, board, frame, speaking

PRINT_DIGEST = """
import hashlib, sys
from pathlib import Path
from tests.generation.stage.boards import frame, speaking
from generation.storyboard import Setting
shot = speaking("你骗了我三年", setting=Setting("lakeside", "night", "rain"))
pixels = [frame(Path(sys.argv[1]), shot, at) for at in (0.1, 1.0)]
print(hashlib.sha256(b"".join(p.tobytes() for p in pixels)).hexdigest())
"""


def digest_in_another_process(typeface: Path, hash_seed: str) -> str:
    run = subprocess.run(
        [sys.executable, "-c", PRINT_DIGEST, str(typeface)], capture_output=True, text=True,
        check=True,
        cwd=Path(__file__).parents[3], env={"PYTHONHASHSEED": hash_seed, "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    return run.stdout.strip()


def test_the_same_storyboard_gives_the_same_bytes_in_every_process(typeface: Path) -> None:
    shot = speaking("你骗了我三年", setting=Setting("lakeside", "night", "rain"))
    here = hashlib.sha256(
        b"".join(frame(typeface, shot, at).tobytes() for at in (0.1, 1.0))
    ).hexdigest()
    assert (
        digest_in_another_process(typeface, "1") == digest_in_another_process(typeface, "2") == here
    )


def test_a_frame_does_not_depend_on_the_frames_before_it(typeface: Path) -> None:
    from generation.stage import Stage

    stage = Stage(board(), typeface=typeface, mark=None)
    for at in (0.2, 0.6):
        stage.draw(SHOT, at, episode_at=at)
    walked = stage.draw(SHOT, 1.0, episode_at=1.0)[..., 2::-1]
    assert np.array_equal(walked, frame(typeface, SHOT, 1.0))


def test_another_seed_paints_other_mountains(typeface: Path) -> None:
    first, second = (still(replace(board(), seed=seed), SHOT, typeface=typeface) for seed in (1, 2))
    assert first != second


@pytest.mark.parametrize("duration", [1 / 24, 0.5, 1.04])
def test_a_shot_is_a_film_of_exactly_its_frames(
    typeface: Path, tmp_path: Path, duration: float
) -> None:
    out, progress = tmp_path / "shot.mp4", []
    shot = replace(SHOT, duration=duration)
    render_shot(
        board(shot),
        shot,
        typeface=typeface,
        mark=None,
        starts_at=0.0,
        out=out,
        on_frame=lambda done, total: progress.append((done, total)),
    )
    count = round(duration * 24)
    assert progress == [(index + 1, count) for index in range(count)]
    with av.open(str(out)) as film:
        assert [stream.type for stream in film.streams] == ["video"]
        stream = film.streams.video[0]
        assert (stream.codec_context.name, stream.width, stream.height) == ("h264", 180, 320)
        frames = list(film.decode(stream))
    assert len(frames) == count
    assert frames[0].key_frame
    assert [round(picture.time * 24) for picture in frames] == list(range(count))
    assert [path.name for path in tmp_path.iterdir()] == ["shot.mp4"]


def test_shots_of_one_board_share_their_codec_parameters(typeface: Path, tmp_path: Path) -> None:
    parameters = []
    for index, place in enumerate(("gate", "river")):
        shot = replace(SHOT, duration=0.25, setting=Setting(place, "day", "clear"))  # type: ignore[arg-type]
        render_shot(
            board(shot),
            shot,
            typeface=typeface,
            mark=None,
            starts_at=index * 0.25,
            out=tmp_path / f"{index}.mp4",
        )
        with av.open(str(tmp_path / f"{index}.mp4")) as film:
            stream = film.streams.video[0]
            parameters.append(
                (stream.codec_context.extradata, stream.time_base, stream.codec_context.pix_fmt)
            )
    assert parameters[0] == parameters[1]


def test_the_mark_goes_by_the_time_of_the_episode(typeface: Path, tmp_path: Path) -> None:
    mark = Mark("AI生成", 0.0, 2.0, 20)
    pictures = []
    for starts_at in (0.0, 10.0):
        shot = replace(SHOT, duration=0.5)
        out = tmp_path / f"{starts_at}.mp4"
        render_shot(
            board(shot, width=360, height=640),
            shot,
            typeface=typeface,
            mark=mark,
            starts_at=starts_at,
            out=out,
        )
        with av.open(str(out)) as film:
            pictures.append(
                [
                    picture.to_ndarray(format="rgb24").astype(int)
                    for picture in film.decode(video=0)
                ][-3]
            )
    corner = (slice(70, 110), slice(70, 160))
    assert np.abs(pictures[0][corner] - pictures[1][corner]).mean() > 10


def test_a_shot_without_a_frame_is_refused_and_leaves_nothing(
    typeface: Path, tmp_path: Path
) -> None:
    shot = replace(SHOT, duration=0.001)
    with pytest.raises(ValueError, match="shorter than a frame"):
        render_shot(
            board(shot), shot, typeface=typeface, mark=None, starts_at=0, out=tmp_path / "shot.mp4"
        )
    assert not list(tmp_path.iterdir())


def test_what_breaks_while_drawing_leaves_no_half_film(typeface: Path, tmp_path: Path) -> None:
    def stop(done: int, count: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        render_shot(
            board(),
            SHOT,
            typeface=typeface,
            mark=None,
            starts_at=0,
            out=tmp_path / "shot.mp4",
            on_frame=stop,
        )
    assert not list(tmp_path.iterdir())


def test_a_still_is_a_picture_of_the_asked_size(typeface: Path) -> None:
    for size in ((360, 640), (90, 160)):
        picture = Image.open(io.BytesIO(still(board(), SHOT, typeface=typeface, size=size)))
        assert picture.size == size
        assert np.asarray(picture).std() > 10


def test_a_role_that_the_board_does_not_know_is_named(typeface: Path) -> None:
    from generation.storyboard import Placement

    shot = replace(SHOT, placements=(Placement("nobody", 0.5, 1),))
    with pytest.raises(ValueError, match="nobody"):
        frame(typeface, shot)
