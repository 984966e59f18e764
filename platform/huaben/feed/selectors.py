"""Reads of the feed: preferences and tastes, what may be played of a series, why something was
shown, the charts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from huaben.catalog.gate import open_cuts
from huaben.catalog.models import Cut, Episode, Genre, Series
from huaben.catalog.presenters import present_series_cards
from huaben.catalog.selectors import (
    PublishedEpisode,
    SeriesSummary,
    get_published_episodes,
    group_by_series,
    published_series,
)
from huaben.core.problems import NotFound
from huaben.core.responses import as_json
from huaben.watching.models import Progress
from huaben.watching.selectors.viewing import ViewerMarks, get_viewer_marks, recent_progress
from recsys import Item, WatchEvent, event_strength

from .history import RECENT, history_of
from .models import Impression, Preferences
from .programme import programme
from .reasons import OPENED, own_reason

TASTE_HALF_LIFE_DAYS = 30.0
WINDOWS = {"day": timedelta(days=1), "week": timedelta(days=7)}
CHART_LENGTH = 20


def preferences_of(viewer_id: UUID) -> Preferences:
    """A viewer's preferences, or unsaved ones that say nothing."""
    return Preferences.objects.filter(pk=viewer_id).first() or Preferences(viewer_id=viewer_id)


@dataclass(frozen=True)
class Offer:
    """What of a series is played to a viewer, and how the series stands."""

    shown: PublishedEpisode
    summary: SeriesSummary


def offers(
    viewer_id: UUID, series_ids: Collection[UUID], *, unfinished: bool = True
) -> dict[UUID, Offer]:
    """For each series the first shown episode, by series id; three queries for any number, and one
    passage of the gate.

    With ``unfinished`` the first that the viewer has not watched to its end; a series that they
    have finished is left out.
    """
    done = Progress.objects.filter(viewer_id=viewer_id, episode=OuterRef("episode"), completed=True)
    rows = group_by_series(open_cuts(Cut.objects.filter(episode__series_id__in=list(series_ids))))
    left = ArrayAgg("pk", filter=~Exists(done), order_by=["episode__number", "-number"])
    found = {
        row["episode__series_id"]: (
            row["episodes"],
            row["cuts"][0],
            (row["left"] or row["cuts"])[0],
        )
        for row in rows.annotate(left=left)
        if row["left"] or not unfinished
    }
    wanted = {pk for _, opening, played in found.values() for pk in (opening, played)}
    cuts = Cut.objects.select_related("asset", "episode__series__creator").prefetch_related(
        "episode__series__genres"
    )
    loaded = cuts.in_bulk(wanted)
    return {
        pk: Offer(
            PublishedEpisode(loaded[played].episode, loaded[played]),
            SeriesSummary(episodes, loaded[opening]),
        )
        for pk, (episodes, opening, played) in found.items()
    }


def titles_of(series_ids: Collection[str]) -> dict[str, str]:
    """Titles of series by id, as text; no query for none."""
    if not series_ids:
        return {}
    return {
        str(pk): title
        for pk, title in Series.objects.filter(pk__in=list(series_ids)).values_list("pk", "title")
    }


def shown_in_visit(viewer_id: UUID, visit_id: UUID, before_page: int) -> set[UUID]:
    """The series of a visit's earlier pages."""
    rows = Impression.objects.filter(viewer_id=viewer_id, visit_id=visit_id, page__lt=before_page)
    return set(rows.values_list("series_id", flat=True))


@dataclass(frozen=True)
class Taste:
    """How much a viewer likes a genre: 1 for the genre liked most."""

    genre: Genre
    weight: float


def tastes_of(viewer_id: UUID) -> list[Taste]:
    """The genres that a viewer's history speaks for, strongest first; what they skipped speaks
    against.
    """
    bill, marks = programme().current(), get_viewer_marks(viewer_id)
    forgotten = preferences_of(viewer_id).forgotten
    progress = recent_progress(viewer_id, RECENT)
    events = history_of(
        viewer_id,
        progress,
        marks,
        by_creator=bill.by_creator,
        items=bill.items,
        forgotten=forgotten,
    )
    worth = _worth_of_genres(events, bill.items)
    most = max(worth.values(), default=0.0)
    liked = {slug: value / most for slug, value in worth.items() if value > 0}
    tastes = [
        Taste(genre, round(liked[genre.slug], 3)) for genre in Genre.objects.filter(slug__in=liked)
    ]
    return sorted(tastes, key=lambda taste: -taste.weight)


def _worth_of_genres(events: Sequence[WatchEvent], items: Mapping[str, Item]) -> dict[str, float]:
    now = timezone.now().timestamp()
    worth: dict[str, float] = {}
    for event in events:
        genres = items[event.group_id].genres if event.group_id in items else ()
        value = event_strength(event) * 0.5 ** (
            max(now - event.at, 0.0) / 86400 / TASTE_HALF_LIFE_DAYS
        )
        for slug in genres:
            worth[slug] = worth.get(slug, 0.0) + value / len(genres)
    return worth


def why_shown(viewer_id: UUID, episode_id: UUID) -> dict[str, Any]:
    """Why the feed last showed this viewer the episode's series, as it was chosen then. Raises
    NotFound when not shown.
    """
    shown = get_published_episodes([episode_id]).get(episode_id)
    if shown is None:
        raise NotFound
    rows = Impression.objects.filter(viewer_id=viewer_id, series_id=shown.episode.series_id)
    last = rows.order_by("-created_at").first()
    if last is None:
        return {"reasons": [own_reason(OPENED)], "personalised": False, "simulated_audience": False}
    return {
        "reasons": last.reasons,
        "personalised": last.personalised,
        "simulated_audience": last.simulated_audience,
    }


def new_episodes(marks: ViewerMarks, *, before: UUID | None, limit: int) -> list[Episode]:
    """Published episodes of saved series and followed creators, newest first.

    ``before``: only those after this episode in the list.
    """
    rows = Episode.objects.filter(
        Q(series_id__in=list(marks.favourites)) | Q(series__creator_id__in=list(marks.following))
    )
    rows = rows.exclude(series_id__in=list(marks.not_interested))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(
        rows.filter(Exists(open_cuts(Cut.objects.filter(episode=OuterRef("pk"))))).order_by("-pk")[
            :limit
        ]
    )


_CHART = """
select series_id, count(distinct (coalesce(viewer_id, id), episode_id)),
    count(distinct (coalesce(viewer_id, id), episode_id)) filter (where simulated)
from watching_watchevent where kind = 'complete' and at >= %s
group by series_id order by 2 desc, series_id limit %s
"""


def chart(window: str) -> list[dict[str, Any]]:
    """The series watched to the end most often in the window (``day`` or ``week``): each viewer and
    episode counts once.

    Each figure is split, so that nobody takes a simulated audience for a real one.
    """
    with connection.cursor() as cursor:
        # Some of the first may not be shown any more.
        cursor.execute(_CHART, [timezone.now() - WINDOWS[window], 3 * CHART_LENGTH])
        found = cursor.fetchall()
    series = {
        one.pk: one
        for one in published_series(Series.objects.filter(pk__in=[pk for pk, _, _ in found]))
    }
    found = [row for row in found if row[0] in series][:CHART_LENGTH]
    cards = present_series_cards([series[pk] for pk, _, _ in found])
    return [
        {
            "rank": rank,
            "series": as_json(cards[pk]),
            "views": {"total": total, "of_simulated": of_simulated, "simulated": of_simulated > 0},
        }
        for rank, (pk, total, of_simulated) in enumerate(found, start=1)
    ]
