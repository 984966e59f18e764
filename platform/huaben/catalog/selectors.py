"""Reads of the catalogue. Whatever a viewer gets comes through the gate here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, OuterRef, QuerySet

from huaben.core.models import Job
from huaben.core.problems import NotFound
from huaben.core.types import ValuesRow

from .gate import open_cuts, published_cuts
from .models import Choice, Cut, Episode, Series, WordsRevision
from .words import offered_choices


@dataclass(frozen=True)
class PublishedEpisode:
    """An episode that may be shown, with the Cut that is shown."""

    episode: Episode
    cut: Cut


def get_published_episodes(episode_ids: Iterable[UUID]) -> dict[UUID, PublishedEpisode]:
    """Of these episodes, those that may be shown now, with series, genres, creator and asset
    loaded. Two queries.
    """
    cuts = (
        published_cuts(episode_ids)
        .select_related("asset", "episode__series__creator")
        .prefetch_related("episode__series__genres")
    )
    return {cut.episode_id: PublishedEpisode(cut.episode, cut) for cut in cuts}


def find_published_episode(episode_id: UUID) -> PublishedEpisode:
    """An episode that may be shown now. Raises NotFound: others do not exist for viewers."""
    published = get_published_episodes([episode_id]).get(episode_id)
    if published is None:
        raise NotFound
    return published


def find_published_series(series_id: UUID) -> Series:
    """A series of which something may be shown now. Raises NotFound."""
    series = published_series(Series.objects.filter(pk=series_id)).first()
    if series is None:
        raise NotFound
    return series


def published_series(rows: QuerySet[Series] | None = None) -> QuerySet[Series]:
    """Series of which at least one episode may be shown, with genres and creator loaded."""
    rows = Series.objects.all() if rows is None else rows
    some = open_cuts(Cut.objects.filter(episode__series=OuterRef("pk")))
    return rows.filter(Exists(some)).select_related("creator").prefetch_related("genres")


def list_published_series(series_ids: Iterable[UUID]) -> list[Series]:
    """Of these series, those of which something may be shown now."""
    return list(published_series(Series.objects.filter(pk__in=list(series_ids))))


def list_published_episodes(series: Series) -> list[PublishedEpisode]:
    """The shown episodes of a series in order of their number."""
    ids = list(series.episodes.values_list("pk", flat=True))
    return sorted(get_published_episodes(ids).values(), key=lambda shown: shown.episode.number)


def get_next_published(episode: Episode) -> PublishedEpisode | None:
    """The episode that follows when one choice without text leads on, or the series has no story
    graph and a later number is shown.
    """
    choices = list(episode.choices.filter(offered_choices()))
    if len(choices) > 1 or (len(choices) == 1 and choices[0].text):
        return None
    if choices:
        target = choices[0].to_episode_id
        return get_published_episodes([target]).get(target)
    if Choice.objects.filter(series_id=episode.series_id).exists():
        return None  # a drawn graph says where the story ends
    later = Episode.objects.filter(
        series_id=episode.series_id, number__gt=episode.number
    ).values_list("pk", flat=True)
    return min(
        get_published_episodes(later).values(), key=lambda shown: shown.episode.number, default=None
    )


@dataclass(frozen=True)
class SeriesSummary:
    """What of a series may be shown: how many episodes, and the first one's Cut with its asset
    loaded.
    """

    episode_count: int
    opening_cut: Cut


def group_by_series(cuts: QuerySet[Cut]) -> QuerySet[Cut, ValuesRow]:
    """Open Cuts as one row for each series: ``episode__series_id``, ``episodes`` (how many) and
    ``cuts`` (their ids, the one to open with first)."""
    return (
        cuts.order_by()
        .values("episode__series_id")
        .annotate(
            episodes=Count("episode_id", distinct=True),
            cuts=ArrayAgg("pk", order_by=["episode__number", "-number"]),
        )
    )


def get_series_summaries(series_ids: Iterable[UUID]) -> dict[UUID, SeriesSummary]:
    """What may be shown of each series; one of which nothing may is left out. Two queries."""
    rows = group_by_series(open_cuts(Cut.objects.filter(episode__series_id__in=list(series_ids))))
    found = {row["episode__series_id"]: (row["episodes"], row["cuts"][0]) for row in rows}
    openings = Cut.objects.select_related("asset").in_bulk(
        [opening for _, opening in found.values()]
    )
    return {
        pk: SeriesSummary(episodes, openings[opening]) for pk, (episodes, opening) in found.items()
    }


def get_branching_series(series_ids: Iterable[UUID]) -> set[UUID]:
    """Which of these series hold a choice with words that may be shown."""
    return set(
        Choice.objects.filter(offered_choices(), series_id__in=list(series_ids))
        .exclude(text="")
        .values_list("series_id", flat=True)
    )


def get_episodes_with_choices(episode_ids: Iterable[UUID]) -> set[UUID]:
    """Which of these episodes end in a choice with words that may be shown."""
    rows = Choice.objects.filter(offered_choices(), from_episode_id__in=list(episode_ids))
    rows = rows.exclude(text="")
    return set(rows.values_list("from_episode_id", flat=True))


def list_offered_choices(series: Series) -> list[Choice]:
    """The edges of a series' story graph that may be shown, in their order."""
    return list(series.choices.filter(offered_choices()))


def list_newest_revisions(series: Series) -> list[WordsRevision]:
    """Of each thing of a series whose words were revised, the newest revision. One query."""
    rows = series.words_revisions.order_by("object_id", "-id").distinct("object_id")
    return list(rows)


def list_cuts_of_series(series: Series) -> list[Cut]:
    """Every Cut of a series, shown or not, with source and asset loaded."""
    cuts = Cut.objects.filter(episode__series=series)
    return list(cuts.select_related("source", "asset", "episode__series"))


def get_latest_jobs(cut_ids: Sequence[UUID]) -> dict[UUID, Job]:
    """The newest job of each Cut: it is found by the room that hears of it. One query."""
    rooms = {f"cut:{cut_id}": cut_id for cut_id in cut_ids}
    found = Job.objects.filter(rooms__overlap=list(rooms)).order_by("created_at")
    return {rooms[room]: job for job in found for room in job.rooms if room in rooms}
