"""The packs of the model folder, for the tests that use them where they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import models
from models import InstalledPack


def pack_or_skip(name: str) -> InstalledPack:
    """The pack from ``HUABEN_TEST_MODELS`` (what ``HUABEN_MODELS`` named before the tests took it
    away, else ``var/models``); the test is skipped with the reason when it is not there.
    """
    folder = Path(os.environ.get("HUABEN_TEST_MODELS") or "var/models")
    pack = models.find(folder, name)
    if pack is None:
        pytest.skip(f"needs the pack {name} in {folder} (make models FETCH={name})")
    return pack
