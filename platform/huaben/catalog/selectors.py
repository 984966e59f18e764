"""Reads of the catalogue. Whatever a viewer gets comes through the gate here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from huaben.media.selectors import playback_of

from .gate import open_cuts, shown_cuts
from .models import Choice, Cut, Episode, Genre, Series

# Facts of a card that belong to apps above: they register how to read them for many at once.
ReadMany = Callable[[Sequence[UUID]], dict[UUID, Any]]
_card_facts: list[ReadMany] = []
_notices: list[ReadMany] = []


def register_filing_facts(read: ReadMany) -> None:
    """``read(series ids)`` gives each series' filing number in force, for its card."""
    _card_facts.append(read)


def register_notices(read: ReadMany) -> None:
    """``read(cut ids)`` gives the AI notice of each Cut: ``{"label": "1"|"2"|"3", "text": {"zh", "en"}}``."""
    _notices.append(read)


@dataclass(frozen=True)
class Shown:
    """An episode that may be shown, with the Cut that is shown."""

    episode: Episode
    cut: Cut


def shown_episodes(episode_ids: Iterable[UUID]) -> dict[UUID, Shown]:
    """Of these episodes, those that may be shown now, with series, genres, creator and asset loaded. Two queries."""
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


def first_shown(series_ids: Sequence[UUID]) -> dict[UUID, Shown]:
    """For each series its first episode that may be shown, if any."""
    ids = Episode.objects.filter(series_id__in=series_ids).values_list("pk", flat=True)
    first: dict[UUID, Shown] = {}
    for shown in sorted(shown_episodes(ids).values(), key=lambda shown: shown.episode.number):
        first.setdefault(shown.episode.series_id, shown)
    return first


def next_shown(episode: Episode) -> Shown | None:
    """The episode that follows when there is exactly one way on, or none is drawn and the next number is shown."""
    ways = list(episode.choices.all())
    if len(ways) > 1 or (len(ways) == 1 and ways[0].text):
        return None
    if ways:
        return shown_episodes([ways[0].to_episode_id]).get(ways[0].to_episode_id)
    if Choice.objects.filter(series_id=episode.series_id).exists():
        return None  # a drawn graph says where the story ends
    following = Episode.objects.filter(series_id=episode.series_id, number__gt=episode.number).order_by("number")[:1]
    return next(iter(shown_episodes([e.pk for e in following]).values()), None)


def episode_counts(series_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many episodes of each series may be shown."""
    open_ones = open_cuts(Cut.objects.filter(episode__series_id__in=list(series_ids)))
    rows = open_ones.values("episode__series_id").annotate(count=Count("episode_id", distinct=True))
    return {row["episode__series_id"]: row["count"] for row in rows}


def branching_series(series_ids: Iterable[UUID]) -> set[UUID]:
    """Which of these series hold a choice with words."""
    return set(
        Choice.objects.filter(series_id__in=list(series_ids)).exclude(text="").values_list("series_id", flat=True)
    )


def episodes_with_choices(episode_ids: Iterable[UUID]) -> set[UUID]:
    """Which of these episodes end in a choice with words."""
    rows = Choice.objects.filter(from_episode_id__in=list(episode_ids)).exclude(text="")
    return set(rows.values_list("from_episode_id", flat=True))


def genre_card(genre: Genre) -> dict[str, Any]:
    """A genre as pages show it."""
    return {"slug": genre.slug, "name": genre.name()}


def series_cards(series: Sequence[Series]) -> dict[UUID, dict[str, Any]]:
    """Series as pages show them, by id; each must have genres and creator loaded. Four queries for any number."""
    ids = [one.pk for one in series]
    counts, branching = episode_counts(ids), branching_series(ids)
    numbers = {pk: card for read in _card_facts for pk, card in read(ids).items()}
    first = first_shown(ids)
    cards = {}
    for one in series:
        opening = first.get(one.pk)
        poster = playback_of(opening.cut.asset)["poster_url"] if opening and opening.cut.asset else None
        cards[one.pk] = {
            "id": one.pk,
            "title": one.title,
            "synopsis": one.synopsis,
            "genres": [genre_card(genre) for genre in one.genres.all()],
            "creator": {"id": one.creator.pk, "handle": one.creator.handle, "display_name": one.creator.name},
            "poster_url": poster,
            "episode_count": counts.get(one.pk, 0),
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
    """The AI notice of each Cut that has one."""
    return {pk: notice for read in _notices for pk, notice in read(cut_ids).items()}


def playback_cards(shown: Sequence[Shown]) -> dict[UUID, dict[str, Any]]:
    """How to play each shown episode, by episode id, with the notice that says it is AI-made."""
    notices = notices_of([one.cut.pk for one in shown])
    return {
        one.episode.pk: {
            "cut_id": one.cut.pk,
            **playback_of(one.cut.asset),
            "ai_notice": notices.get(one.cut.pk),
        }
        for one in shown
        if one.cut.asset is not None
    }
