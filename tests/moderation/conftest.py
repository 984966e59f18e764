"""Real films, made with PyAV in a moment, for the moderation engine's tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import pytest

from moderation.__main__ import main

FPS = 24
SIZE = (144, 256)  # width, height

Paint = Callable[[float], np.ndarray]
Play = Callable[[np.ndarray], np.ndarray]


def moving(time: float) -> np.ndarray:
    """A bright bar over grey noise that never stands still."""
    width, height = SIZE
    picture = np.full((height, width, 3), 90, np.uint8)
    at = int(time * 40) % (width - 30)
    picture[:, at : at + 30] = (200, 180, 150)
    return picture


def tone(times: np.ndarray) -> np.ndarray:
    """A fairly loud sine, −12 dBFS."""
    return 0.25 * np.sin(2 * np.pi * 440 * times)


def make_film(
    path: Path,
    seconds: float = 2.0,
    *,
    paint: Paint | None = moving,
    play: Play | None = tone,
    metadata: dict[str, str] | None = None,
    movflags: str = "use_metadata_tags",
) -> Path:
    """Encode a film whose picture and sound are functions of time; None leaves the stream out."""
    options = {"movflags": movflags} if path.suffix in (".mp4", ".mov") else {}
    with av.open(str(path), "w", options=options) as film:
        film.metadata.update(metadata or {})
        video = (
            film.add_stream("libx264", rate=FPS, options={"preset": "ultrafast"}) if paint else None
        )
        if video is not None:
            video.width, video.height = SIZE
            video.pix_fmt = "yuv420p"
        audio = film.add_stream("aac", rate=48000, layout="mono") if play else None
        if video is not None and paint is not None:
            for index in range(round(seconds * FPS)):
                frame = av.VideoFrame.from_ndarray(paint(index / FPS), format="rgb24")
                film.mux(video.encode(frame))
            film.mux(video.encode(None))
        if audio is not None and play is not None:
            samples = play(np.arange(round(seconds * 48000)) / 48000).astype(np.float32)[None]
            frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout="mono")
            frame.sample_rate = 48000
            film.mux(audio.encode(frame))
            film.mux(audio.encode(None))
    return path


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit status and what it wrote."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """``run("verify", path, "--json")``: ``python -m moderation`` within this process, which spares
    loading it anew.
    """

    def command(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as left:  # argparse's way of refusing
            status = int(left.code or 0)
        written = capsys.readouterr()
        return Ran(status, written.out, written.err)

    return command


@pytest.fixture(scope="session")
def film_of() -> Callable[..., Path]:
    """``make_film``, for tests that need a film of their own."""
    return make_film


@pytest.fixture(scope="session")
def plain_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds of an unlabelled MP4."""
    return make_film(tmp_path_factory.mktemp("film") / "plain.mp4")
