"""Sixty random films, examined, labelled, packaged and played: one length, one picture count."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.platform.media.film_invariants import check_film
from tests.platform.media.random_films import make_random_film


@pytest.mark.parametrize("tens", range(6))
def test_examination_package_label_and_player_agree_on_random_films(
    tmp_path: Path, tens: int
) -> None:
    for seed in range(10 * tens, 10 * tens + 10):
        folder = tmp_path / str(seed)
        folder.mkdir()
        check_film(make_random_film(seed, folder), folder)
