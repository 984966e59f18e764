"""Which candidates a page is made from, without a page."""

from __future__ import annotations

import uuid

from django.utils import timezone

from huaben.core.ids import new_id
from huaben.feed.candidates import rank_by_taste
from huaben.feed.catalogue import CatalogueSnapshot
from huaben.feed.models import Preferences
from huaben.feed.places import PageRequest
from huaben.watching.selectors.viewing import ViewerMarks
from recsys import EventKind, Item, Recommender, TrainSettings, WatchEvent, train
from recsys.events import events_table


def a_request(items: list[Item], history: tuple[WatchEvent, ...] = ()) -> PageRequest:
    recommender = Recommender(train(events_table([]), items, TrainSettings(learn_ranker=False)))
    return PageRequest(
        viewer_id=uuid.uuid4(),
        visit_id=new_id(),
        page=0,
        limit=8,
        snapshot=CatalogueSnapshot(recommender, {item.item_id: item for item in items}),
        preferences=Preferences(),
        progress=[],
        marks=ViewerMarks({}, {}, {}, {}),
        history=history,
        on_earlier_pages=frozenset(),
        now=timezone.now(),
    )


def test_more_series_than_the_engine_ranks_at_once_are_ranked_too() -> None:
    ids = [uuid.uuid4() for _ in range(130)]
    genres = ["ghost" if number >= 120 else "city" for number in range(130)]
    items = [
        Item(str(pk), str(pk), genres=(genre,), text=f"{genre} {pk}")
        for pk, genre in zip(ids, genres, strict=True)
    ]
    watched = str(ids[-1])
    event = WatchEvent("1", "v", watched, watched, timezone.now().timestamp(), EventKind.FAVOURITE)
    ranked = rank_by_taste(a_request(items, (event,)), ids)
    assert sorted(ranked) == sorted(ids)
    assert genres[ids.index(ranked[0])] == "ghost"
