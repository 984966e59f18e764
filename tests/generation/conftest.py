"""What the generation tests share: a small picture, the merged typeface, a store."""

from __future__ import annotations

from pathlib import Path

import pytest

from generation.pipeline import Settings
from generation.store import Store
from generation.storyboarding import PictureFormat

REPOSITORY = Path(__file__).resolve().parents[2]
SMALL = PictureFormat(width=256, height=448, fps=8)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def settings() -> Settings:
    return Settings(seconds=24, seed=7, picture=SMALL, var=REPOSITORY / "var")
