"""Reads of the catalogue. Whatever a viewer gets comes through the gate here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, OuterRef, QuerySet

from huaben.core.registries import Registry
from huaben.media.selectors import playback_of

from .gate import open_cuts, shown_cuts
from .models import Choice, Cut, Episode, Genre, Series

# Facts of a card that belong to apps above: they register how to read them for many at once.
ReadMany = Callable[[Sequence[UUID]], dict[UUID, Any]]
# Each series' filing number in force, by series id.
filing_facts: Registry[ReadMany] = Registry("filing facts of series")
# What stands beside the player of each Cut, by Cut id: ``ai_notice`` (``{"label": "1"|"2"|"3",
# "text"}``) and ``age_notice`` (``{"code", "text"}``), each None where there is none.
player_notices: Registry[ReadMany] = Registry("player notices of cuts")


@dataclass(frozen=True)
class Shown:
    """An episode that may be shown, with the Cut that is shown."""

    episode: Episode
    cut: Cut


def shown_episodes(episode_ids: Iterable[UUID]) -> dict[UUID, Shown]:
    """Of these episodes, those that may be shown now, with series, genres, creator and asset
    loaded. Two queries.
    """
    cuts = (
        shown_cuts(episode_ids)
        .select_related("asset", "episode__series__creator")
        .prefetch_related("episode__series__genres")
    )
    return {cut.episode_id: Shown(cut.episode, cut) for cut in cuts}


def shown_series(rows: QuerySet[Series] | None = None) -> QuerySet[Series]:
    """Series of which at least one episode may be shown, with genres and creator loaded."""
    rows = Series.objects.all() if rows is None else rows
    some = open_cuts(Cut.objects.filter(episode__series=OuterRef("pk")))
    return rows.filter(Exists(some)).select_related("creator").prefetch_related("genres")


def episodes_shown_of(series: Series) -> list[Shown]:
    """The shown episodes of a series in order of their number."""
    ids = list(series.episodes.values_list("pk", flat=True))
    return sorted(shown_episodes(ids).values(), key=lambda shown: shown.episode.number)


def next_shown(episode: Episode) -> Shown | None:
    """The episode that follows when there is exactly one way on, or none is drawn and the next
    number is shown.
    """
    ways = list(episode.choices.all())
    if len(ways) > 1 or (len(ways) == 1 and ways[0].text):
        return None
    if ways:
        return shown_episodes([ways[0].to_episode_id]).get(ways[0].to_episode_id)
    if Choice.objects.filter(series_id=episode.series_id).exists():
        return None  # a drawn graph says where the story ends
    later = Episode.objects.filter(
        series_id=episode.series_id, number__gt=episode.number
    ).values_list("pk", flat=True)
    return min(shown_episodes(later).values(), key=lambda shown: shown.episode.number, default=None)


@dataclass(frozen=True)
class Standing:
    """What of a series may be shown: how many episodes, and the first one's Cut with its asset
    loaded.
    """

    episodes: int
    opening: Cut


def grouped_by_series(cuts: QuerySet[Cut]) -> Any:
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


def standings_of(series_ids: Iterable[UUID]) -> dict[UUID, Standing]:
    """How each of these series stands; one of which nothing may be shown is left out. Two
    queries.
    """
    rows = grouped_by_series(open_cuts(Cut.objects.filter(episode__series_id__in=list(series_ids))))
    found = {row["episode__series_id"]: (row["episodes"], row["cuts"][0]) for row in rows}
    openings = Cut.objects.select_related("asset").in_bulk(
        [opening for _, opening in found.values()]
    )
    return {pk: Standing(episodes, openings[opening]) for pk, (episodes, opening) in found.items()}


def branching_series(series_ids: Iterable[UUID]) -> set[UUID]:
    """Which of these series hold a choice with words."""
    return set(
        Choice.objects.filter(series_id__in=list(series_ids))
        .exclude(text="")
        .values_list("series_id", flat=True)
    )


def episodes_with_choices(episode_ids: Iterable[UUID]) -> set[UUID]:
    """Which of these episodes end in a choice with words."""
    rows = Choice.objects.filter(from_episode_id__in=list(episode_ids)).exclude(text="")
    return set(rows.values_list("from_episode_id", flat=True))


def genre_card(genre: Genre) -> dict[str, Any]:
    """A genre as pages show it."""
    return {"slug": genre.slug, "name": genre.name()}


def series_cards(
    series: Sequence[Series], standings: Mapping[UUID, Standing] | None = None
) -> dict[UUID, dict[str, Any]]:
    """Series as pages show them, by id; each must have genres and creator loaded. Four queries for
    any number.

    With the series' ``standings``, when they are at hand, two.
    """
    ids = [one.pk for one in series]
    standings = standings_of(ids) if standings is None else standings
    branching = branching_series(ids)
    numbers = {pk: card for read in filing_facts.values() for pk, card in read(ids).items()}
    cards = {}
    for one in series:
        standing = standings.get(one.pk)
        poster = (
            playback_of(standing.opening.asset)["poster_url"]
            if standing and standing.opening.asset
            else None
        )
        cards[one.pk] = {
            "id": one.pk,
            "title": one.title,
            "synopsis": one.synopsis,
            "genres": [genre_card(genre) for genre in one.genres.all()],
            "creator": {
                "id": one.creator.pk,
                "handle": one.creator.handle,
                "display_name": one.creator.name,
            },
            "poster_url": poster,
            "episode_count": standing.episodes if standing else 0,
            "branching": one.pk in branching,
            "language": one.language,
            "filing": numbers.get(one.pk),
        }
    return cards


def episode_cards(shown: Sequence[Shown]) -> dict[UUID, dict[str, Any]]:
    """Shown episodes as pages show them, by id. One query for any number."""
    choosing = episodes_with_choices(one.episode.pk for one in shown)
    return {
        one.episode.pk: {
            "id": one.episode.pk,
            "series_id": one.episode.series_id,
            "number": one.episode.number,
            "title": one.episode.title,
            "duration_ms": one.cut.asset.duration_ms if one.cut.asset else 0,
            "has_choices": one.episode.pk in choosing,
        }
        for one in shown
    }


def notices_of(cut_ids: Sequence[UUID]) -> dict[UUID, Any]:
    """What stands beside the player of each Cut: its AI notice and its age notice, or None."""
    read = {
        pk: notices
        for read_some in player_notices.values()
        for pk, notices in read_some(cut_ids).items()
    }
    return {pk: read.get(pk, {"ai_notice": None, "age_notice": None}) for pk in cut_ids}


def playback_cards(shown: Sequence[Shown]) -> dict[UUID, dict[str, Any]]:
    """How to play each shown episode, by episode id, with what must stand beside it."""
    notices = notices_of([one.cut.pk for one in shown])
    return {
        one.episode.pk: {
            "cut_id": one.cut.pk,
            **playback_of(one.cut.asset),
            **notices[one.cut.pk],
        }
        for one in shown
        if one.cut.asset is not None
    }
