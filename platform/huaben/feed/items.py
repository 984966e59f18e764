"""Series as the recommender's items.

The feed chooses series: which episode is played follows from how far the viewer is. So the engine's
unit is the series too (``item_id`` and ``group_id`` of an item are both the series' id), and what
was watched of any episode counts for the whole series.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Min

from huaben.catalog.gate import open_cuts
from huaben.catalog.models import Cut, Series
from recsys import Item


def get_published_series(series_ids: Collection[UUID] | None = None) -> dict[UUID, datetime]:
    """The series (of these, or all) of which something may be shown: by id, when the oldest Cut
    that may be shown was made. One query.
    """
    among = (
        Cut.objects.all()
        if series_ids is None
        else Cut.objects.filter(episode__series_id__in=list(series_ids))
    )
    rows = open_cuts(among).order_by().values_list("episode__series_id").annotate(Min("created_at"))
    return dict(rows)


def build_items(published_at: Mapping[UUID, datetime]) -> list[Item]:
    """The recommender's items of these series, given when each was published. Two queries for any
    number.
    """
    genres: dict[UUID, list[str]] = {}
    through = Series.genres.through.objects.filter(series_id__in=list(published_at))
    for series_id, slug in through.order_by("genre__position", "genre_id").values_list(
        "series_id", "genre_id"
    ):
        genres.setdefault(series_id, []).append(slug)
    rows = Series.objects.filter(pk__in=list(published_at)).values_list(
        "pk", "title", "synopsis", "creator_id"
    )
    return [
        Item(
            item_id=str(pk),
            group_id=str(pk),
            genres=tuple(genres.get(pk, ())),
            text=f"{title} {synopsis}",
            published_at=published_at[pk].timestamp(),
            creator_id=str(creator_id),
        )
        for pk, title, synopsis, creator_id in rows
    ]
