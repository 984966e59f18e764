"""What the generation tests share: a small picture, the merged typeface, a store."""

from __future__ import annotations

import itertools
from pathlib import Path

import av
import pytest

from generation import pipeline
from generation.pipeline import Settings, StepProgress, make_episode
from generation.store import Store
from generation.storyboarding import PictureFormat
from generation.typeface import SYSTEM_FOLDERS, find_typeface

REPOSITORY = Path(__file__).resolve().parents[2]
TYPEFACE_FOLDERS = (*SYSTEM_FOLDERS, REPOSITORY / "frontend" / "node_modules")
IDEA = "书生在断桥遇见女鬼，她要他还一把伞"
SMALL = PictureFormat(width=256, height=448, fps=8)


def repository_typeface() -> Path:
    """The typeface, merged under ``var/`` once for every test run."""
    return find_typeface(TYPEFACE_FOLDERS, REPOSITORY / "var" / "face")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def settings() -> Settings:
    return Settings(seconds=24, seed=7, picture=SMALL, typeface=repository_typeface())


@pytest.fixture(scope="session")
def made(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[pipeline.RenderedEpisode, Store, Settings, list[StepProgress]]:
    """One whole small episode, made once for the tests that only look."""
    store = Store(tmp_path_factory.mktemp("episode"))
    settings = Settings(seconds=24, seed=7, picture=SMALL, typeface=repository_typeface())
    reports: list[StepProgress] = []
    return make_episode(IDEA, settings, store, reports.append), store, settings, reports


def decoded(path: Path) -> tuple[int, float, float]:
    """Frames of picture, seconds of picture, seconds of sound, all by decoding."""
    with av.open(str(path)) as film:
        frames = [frame.pts * frame.time_base for frame in film.decode(video=0)]
        steps = {round(float(later - sooner), 4) for sooner, later in itertools.pairwise(frames)}
        assert len(steps) == 1, steps
    with av.open(str(path)) as film:
        samples = sum(frame.samples for frame in film.decode(audio=0))
    return len(frames), float(len(frames) * next(iter(steps))), samples / 48_000


def children_of(parent: int, name: str) -> list[int]:
    """Living child processes of ``parent`` with ``name`` in their command."""
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_bytes().decode("utf-8", "replace")
        except OSError:
            continue
        if int(stat[1]) == parent and name in command and stat[0] != "Z":
            found.append(int(folder.name))
    return found
