"""Reads of the feed: preferences and tastes, what may be played of a series, why something was
shown, the charts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import Exists, OuterRef, Q

from huaben.catalog.gate import open_cuts
from huaben.catalog.models import Cut, Episode, Genre, Series
from huaben.catalog.selectors import (
    PublishedEpisode,
    SeriesSummary,
    find_published_episode,
    group_by_series,
    published_series,
)
from huaben.watching.models import Progress
from huaben.watching.selectors.viewing import ViewerMarks, get_viewer_marks, recent_progress
from recsys import Item, WatchEvent, event_strength

from .catalogue import feed_catalogue
from .history import MAX_HISTORY_EPISODES, build_history
from .models import Impression, Preferences
from .reasons import FeedReason, Reason, feed_reason, reasons_from_json

TASTE_HALF_LIFE_DAYS = 30.0
ChartWindow = Literal["day", "week"]
CHART_WINDOWS: dict[ChartWindow, timedelta] = {
    "day": timedelta(days=1),
    "week": timedelta(days=7),
}
MAX_CHART_ENTRIES = 20


def get_preferences(viewer_id: UUID) -> Preferences:
    """A viewer's preferences; unsaved ones with the defaults when they have none."""
    return Preferences.objects.filter(pk=viewer_id).first() or Preferences(viewer_id=viewer_id)


@dataclass(frozen=True)
class Offer:
    """The episode of a series that is played to a viewer, and what else of the series is shown."""

    published: PublishedEpisode
    summary: SeriesSummary


def find_offers(
    viewer_id: UUID, series_ids: Collection[UUID], *, unfinished_only: bool = True
) -> dict[UUID, Offer]:
    """For each series, by id, the first episode that may be shown; a series of which none may is
    left out. The gate is asked once; three queries for any number.

    With ``unfinished_only`` the first that the viewer has not watched to its end; a series that
    they have finished is left out.
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
        if row["left"] or not unfinished_only
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


def get_titles(series_ids: Collection[str]) -> dict[str, str]:
    """Titles of series by id, as text; no query for none."""
    if not series_ids:
        return {}
    return {
        str(pk): title
        for pk, title in Series.objects.filter(pk__in=list(series_ids)).values_list("pk", "title")
    }


def get_series_of_earlier_pages(viewer_id: UUID, visit_id: UUID, page: int) -> set[UUID]:
    """The series on a visit's pages before this one."""
    rows = Impression.objects.filter(viewer_id=viewer_id, visit_id=visit_id, page__lt=page)
    return set(rows.values_list("series_id", flat=True))


@dataclass(frozen=True)
class LikedGenre:
    """How much a viewer likes a genre: 1 for the genre liked most."""

    genre: Genre
    weight: float


def list_tastes(
    viewer_id: UUID, forgotten: Mapping[str, str], *, now: datetime
) -> list[LikedGenre]:
    """The genres that a viewer's history speaks for, strongest first; what they skipped speaks
    against. ``forgotten``: as in their preferences.
    """
    snapshot = feed_catalogue().current_snapshot()
    events = build_history(
        viewer_id,
        recent_progress(viewer_id, MAX_HISTORY_EPISODES),
        get_viewer_marks(viewer_id),
        series_by_creator=snapshot.series_by_creator,
        items=snapshot.items,
        forgotten=forgotten,
    )
    strengths = _genre_strengths(events, snapshot.items, now=now)
    strongest = max(strengths.values(), default=0.0)
    liked = {slug: value / strongest for slug, value in strengths.items() if value > 0}
    tastes = [
        LikedGenre(genre, round(liked[genre.slug], 3))
        for genre in Genre.objects.filter(slug__in=liked)
    ]
    return sorted(tastes, key=lambda taste: -taste.weight)


def _genre_strengths(
    events: Sequence[WatchEvent], items: Mapping[str, Item], *, now: datetime
) -> dict[str, float]:
    """The decayed strengths of the events, added up by genre slug."""
    strengths: dict[str, float] = {}
    for event in events:
        genres = items[event.group_id].genres if event.group_id in items else ()
        age_days = max(now.timestamp() - event.at, 0.0) / 86400
        strength = event_strength(event) * 0.5 ** (age_days / TASTE_HALF_LIFE_DAYS)
        for slug in genres:
            strengths[slug] = strengths.get(slug, 0.0) + strength / len(genres)
    return strengths


@dataclass(frozen=True)
class Explanation:
    """Why something was shown, as it was decided then."""

    reasons: list[Reason]
    personalised: bool
    simulated_audience: bool


def explain_episode(viewer_id: UUID, episode_id: UUID) -> Explanation:
    """Why the feed last showed this viewer the episode's series. Raises NotFound when the episode
    may not be shown.
    """
    series_id = find_published_episode(episode_id).episode.series_id
    rows = Impression.objects.filter(viewer_id=viewer_id, series_id=series_id)
    last = rows.order_by("-created_at").first()
    if last is None:
        return Explanation([feed_reason(FeedReason.OPENED)], False, False)
    return Explanation(
        reasons=reasons_from_json(last.reasons),
        personalised=last.personalised,
        simulated_audience=last.simulated_audience,
    )


def list_new_episodes(marks: ViewerMarks, *, before: UUID | None, limit: int) -> list[Episode]:
    """Published episodes of kept series and followed creators, newest first.

    ``before``: only those made before this episode.
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


# Each viewer and episode counts once; one whose viewer is forgotten counts by itself. Of one
# episode a network counts for so many at most: viewers are cookies, and easily had. Where no
# network is known each counts.
_MOST_FINISHED = """
with finished as (
    select series_id, episode_id, network, simulated,
        count(distinct coalesce(viewer_id, id)) as viewers
    from watching_watchevent where kind = 'complete' and at >= %(since)s
    group by series_id, episode_id, network, simulated
), counted as (
    select *, case when network = '' then viewers else least(viewers, %(most)s) end as views
    from finished
)
select series_id, sum(views)::bigint, coalesce(sum(views) filter (where simulated), 0)::bigint,
    sum(viewers - views)::bigint
from counted group by series_id order by 2 desc, series_id limit %(limit)s
"""


@dataclass(frozen=True)
class ChartRow:
    """A series and how often it was watched to the end; ``of_simulated`` of those views are a
    simulated audience's. ``not_counted`` more came from networks that had their share.
    """

    series: Series
    views: int
    of_simulated: int
    not_counted: int


def list_most_finished(window: ChartWindow, *, now: datetime) -> list[ChartRow]:
    """The published series that were watched to the end most often in the window, most views first,
    with genres and creator loaded. Each viewer and episode counts once, and a network for at most
    CHART_MAX_PER_NETWORK viewers of an episode.
    """
    # More than are wanted: some may not be shown any more.
    wanted: dict[str, datetime | int] = {
        "since": now - CHART_WINDOWS[window],
        "most": int(settings.CHART_MAX_PER_NETWORK),
        "limit": 3 * MAX_CHART_ENTRIES,
    }
    with connection.cursor() as cursor:
        cursor.execute(_MOST_FINISHED, wanted)
        found = cursor.fetchall()
    series = {
        item.pk: item
        for item in published_series(Series.objects.filter(pk__in=[row[0] for row in found]))
    }
    rows = [ChartRow(series[pk], *counts) for pk, *counts in found if pk in series]
    return rows[:MAX_CHART_ENTRIES]
