"""What the generation tests share: a small picture, the merged typeface, a store."""

from __future__ import annotations

from pathlib import Path

import pytest

from generation.pipeline import Settings
from generation.store import Store
from generation.storyboarding import PictureFormat
from generation.typeface import SYSTEM_FOLDERS, find_typeface

REPOSITORY = Path(__file__).resolve().parents[2]
TYPEFACE_FOLDERS = (*SYSTEM_FOLDERS, REPOSITORY / "frontend" / "node_modules")
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
