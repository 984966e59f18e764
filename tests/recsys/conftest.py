"""A small theatre for the tests of the recommender: thirty episodes of five genres, and events made
by hand.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pytest

from recsys import AlsSettings, EventKind, Item, Recommender, TrainSettings, WatchEvent, train
from recsys.events import events_table
from recsys.simulate import simulate_events

NOW = 1_760_000_000.0
GENRES = ("志怪", "言情", "悬疑", "喜剧", "武侠")


@pytest.fixture(scope="session")
def catalogue() -> list[Item]:
    """Six series of each genre, one episode each."""
    return [
        Item(
            item_id=f"{genre}-{number}",
            group_id=f"series-{genre}-{number}",
            genres=(genre,),
            tags=("夜",) if number % 2 else ("古",),
            text=f"{genre}故事第{number}回 夜雨中的长街",
            published_at=NOW - 86400 * (number + 1),
            creator_id=f"creator-{number}",
        )
        for genre in GENRES
        for number in range(6)
    ]


@pytest.fixture(scope="session")
def audience(catalogue: list[Item]):
    """The events of forty simulated viewers over the catalogue."""
    return simulate_events(catalogue, 40, 12, end=NOW, seed=5)


@pytest.fixture(scope="session")
def model(catalogue, audience):
    return train(audience, catalogue)


@pytest.fixture(scope="session")
def busy_log():
    """A catalogue of 96 items, and what 130 viewers did in six days. Each viewer likes every fourth
    item, of which nothing that describes it says a word.
    """
    rng = np.random.default_rng(3)
    items = [
        Item(f"i{n:03d}", f"i{n:03d}", (str(rng.choice(GENRES)),), published_at=NOW - 9 * 86400)
        for n in range(96)
    ]
    rows = []
    for viewer in range(130):
        for n in rng.choice(96, 40, replace=False):
            liked = rng.random() < (0.9 if n % 4 == viewer % 4 else 0.1)
            rows.append(
                WatchEvent(
                    event_id=f"{viewer}-{n}",
                    viewer_id=f"v{viewer:03d}",
                    item_id=items[n].item_id,
                    group_id=items[n].group_id,
                    at=NOW - rng.uniform(0, 6 * 86400),
                    kind=EventKind.WATCH if liked else EventKind.SKIP,
                    watched_ms=60_000 if liked else 1_000,
                    duration_ms=60_000,
                    completed=liked,
                )
            )
    return items, events_table(rows)


@pytest.fixture(scope="session")
def eager(busy_log):
    """A model with a learned ranker."""
    items, events = busy_log
    return train(events, items, TrainSettings(als=AlsSettings(factors=8, iterations=3)))


@pytest.fixture
def recommender(model) -> Recommender:
    return Recommender(model)


@pytest.fixture
def newborn(catalogue) -> Recommender:
    """A theatre that nobody has watched in yet."""
    return Recommender(train(events_table([]), catalogue, TrainSettings()))


@pytest.fixture
def swipe() -> Callable[..., WatchEvent]:
    """Make one event: `swipe("志怪-0")` watched to the end, `swipe("言情-1", skipped=True)` left
    after a second.
    """
    numbers = itertools.count()

    def make(
        item_id: str, *, skipped: bool = False, kind: str = "", viewer: str = "viewer"
    ) -> WatchEvent:
        number = next(numbers)
        return WatchEvent(
            event_id=f"{viewer}-{number}",
            viewer_id=viewer,
            item_id=item_id,
            group_id=f"series-{item_id}",
            at=NOW + number,
            kind=EventKind(kind) if kind else (EventKind.SKIP if skipped else EventKind.WATCH),
            watched_ms=1000 if skipped else 60_000,
            duration_ms=60_000,
            completed=not skipped,
        )

    return make
