"""Feeds over models of a test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def models(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """An empty folder of models, and with it a catalogue that knows nothing yet."""
    settings.RECSYS_MODELS = tmp_path / "recsys"
    settings.FEED_EXPLORE_SHARE = 0.0
    yield settings.RECSYS_MODELS
