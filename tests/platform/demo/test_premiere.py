"""The demo's premiere: of the season's play with a fork, once, when all of it can be seen."""

from __future__ import annotations

import pytest

from huaben.demo.models import DemoEpisode
from huaben.demo.services import PREMIERE_DELAY, schedule_demo_premiere
from huaben.interactive.models import Premiere
from huaben.rights.services import block_series, lift_block
from huaben.studio.models import Project
from tests.platform.interactive.stories import EIGHT, admin, forked_tale

pytestmark = pytest.mark.django_db


def _plan(series, play):
    for position, episode in enumerate(series.episodes.all(), 1):
        project = Project.objects.create(
            owner=series.creator,
            series=series,
            episode=episode,
            idea="中元夜",
            language="zh",
            seconds=30,
            seed=1,
        )
        DemoEpisode.objects.create(position=position, play=play, project=project)
    return series


def test_it_waits_until_every_branch_is_shown_and_is_put_on_once():
    series = _plan(forked_tale(), "two-doors")
    cut = series.episodes.get(number=5).cuts.get()
    by = admin()
    block = block_series(
        series_id=series.pk, cut_id=cut.pk, by=by, reason="a complaint", evidence="a deposit"
    )
    assert schedule_demo_premiere(series_id=series.pk, now=EIGHT) is None
    lift_block(block_id=block.pk, by=by, reason="settled")
    premiere = schedule_demo_premiere(series_id=series.pk, now=EIGHT)
    assert premiere is not None
    assert (premiere.series_id, premiere.starts_at) == (series.pk, EIGHT + PREMIERE_DELAY)
    assert schedule_demo_premiere(series_id=series.pk, now=EIGHT) is None
    assert Premiere.objects.count() == 1


def test_a_play_without_a_fork_and_a_series_outside_the_season_have_none():
    plain, other = _plan(forked_tale(), "lantern-wife"), forked_tale()
    assert schedule_demo_premiere(series_id=plain.pk, now=EIGHT) is None
    assert schedule_demo_premiere(series_id=other.pk, now=EIGHT) is None
