"""Watching and the feed need PostgreSQL and nothing else: a Valkey that is stopped takes nothing
from them.
"""

from __future__ import annotations

import pytest

from huaben.runtime.servers import Valkey
from huaben.settings.base import valkey as listeners_of
from huaben.watching.models import WatchEvent
from tests.platform.feed.test_pages import feed, titles
from tests.platform.watching.works import show_series, watch

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_valkey(tmp_path, settings):
    server = Valkey(tmp_path / "valkey")
    for name, value in listeners_of(server.start()).items():
        setattr(settings, name, value)
    yield server
    server.stop()


def test_events_are_kept_and_the_feed_goes_on_and_learns_while_valkey_is_stopped(api, own_valkey):
    series = [
        show_series(f"{genre}-{n}", genre) for n in range(3) for genre in ("ghost", "romance")
    ]
    first = feed(api, limit=2)
    assert api.get("/readyz").status_code == 200
    own_valkey.stop()
    assert api.get("/readyz").status_code == 503

    watch(api, series[0])
    assert WatchEvent.objects.count() == 2
    assert len(titles(feed(api, limit=2, cursor=first["next_cursor"]))) == 2
    assert titles(feed(api))[0].startswith("ghost")
    assert api.get("/api/v1/history").status_code == 200
    assert api.put(f"/api/v1/series/{series[1].pk}/favourite").status_code == 204
