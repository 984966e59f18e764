"""Series and episodes as viewers have them, and how each is played.

They are presented many at once, so that a page costs as many queries as one card.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from huaben.accounts.presenters import Person, present_person
from huaben.core.localized import LocalizedText
from huaben.media.models import Asset
from huaben.media.playback import Previewer
from huaben.media.selectors import AssetPlayback, Sprite, get_playback, get_preview_playback

from ..facts import (
    AgeNotice,
    AiNotice,
    FilingFact,
    PlayerNotices,
    get_filing_facts,
    get_player_notices,
)
from ..models import Collection, Cut, Genre, Series
from ..selectors import (
    PublishedEpisode,
    SeriesSummary,
    get_branching_series,
    get_episodes_with_choices,
    get_series_summaries,
    list_offered_choices,
)


@dataclass(frozen=True)
class GenreCard:
    """A kind of story."""

    slug: str
    name: LocalizedText


@dataclass(frozen=True)
class SeriesCard:
    """A series in a list."""

    id: UUID
    title: str
    synopsis: str
    genres: list[GenreCard]
    creator: Person
    poster_url: str | None
    episode_count: int
    branching: bool
    language: Literal["zh", "en"]
    filing: FilingFact | None


@dataclass(frozen=True)
class EpisodeCard:
    """An episode that may be shown."""

    id: UUID
    series_id: UUID
    number: int
    title: str
    duration_ms: int
    has_choices: bool


@dataclass(frozen=True)
class Playback:
    """How to play a Cut: signed addresses that stop working at ``expires_at`` or when the gate
    closes.
    """

    cut_id: UUID
    manifest_url: str
    poster_url: str
    sprite_url: str | None
    sprite: Sprite | None
    width: int
    height: int
    duration_ms: int
    expires_at: datetime
    ai_notice: AiNotice | None
    age_notice: AgeNotice | None


@dataclass(frozen=True)
class NextEpisode:
    """The episode that follows, ready to preload."""

    episode: EpisodeCard
    playback: Playback


@dataclass(frozen=True)
class Edge:
    """A choice as viewers see it on the story graph."""

    id: UUID
    from_episode_id: UUID
    to_episode_id: UUID
    text: str
    seal: str


@dataclass(frozen=True)
class SeriesDetail(SeriesCard):
    """A series with its shown episodes and the ways between them."""

    episodes: list[EpisodeCard]
    choices: list[Edge]


@dataclass(frozen=True)
class CollectionShelf:
    """A shelf of the theatre."""

    slug: str
    title: LocalizedText
    series: list[SeriesCard]


def present_genre(genre: Genre) -> GenreCard:
    """A genre with its name in both languages."""
    return GenreCard(slug=genre.slug, name=LocalizedText(genre.name_zh, genre.name_en))


def present_series_cards(
    series: Sequence[Series], summaries: Mapping[UUID, SeriesSummary] | None = None
) -> dict[UUID, SeriesCard]:
    """Series in a list, by id; each must have genres and creator loaded. Four queries for any
    number, two with their ``summaries`` at hand.
    """
    ids = [item.pk for item in series]
    summaries = get_series_summaries(ids) if summaries is None else summaries
    branching = get_branching_series(ids)
    filings = get_filing_facts(ids)
    return {
        item.pk: SeriesCard(
            id=item.pk,
            title=item.title,
            synopsis=item.synopsis,
            genres=[present_genre(genre) for genre in item.genres.all()],
            creator=present_person(item.creator),
            poster_url=_poster_url(summaries.get(item.pk)),
            episode_count=summaries[item.pk].episode_count if item.pk in summaries else 0,
            branching=item.pk in branching,
            language="en" if item.language == "en" else "zh",
            filing=filings.get(item.pk),
        )
        for item in series
    }


def _poster_url(summary: SeriesSummary | None) -> str | None:
    if summary is None or summary.opening_cut.asset is None:
        return None
    return get_playback(summary.opening_cut.asset).poster_url


def present_episode_cards(published: Sequence[PublishedEpisode]) -> dict[UUID, EpisodeCard]:
    """Published episodes in a list, by id. One query for any number."""
    branching = get_episodes_with_choices(item.episode.pk for item in published)
    return {
        item.episode.pk: EpisodeCard(
            id=item.episode.pk,
            series_id=item.episode.series_id,
            number=item.episode.number,
            title=item.episode.title,
            duration_ms=(item.cut.asset.duration_ms or 0) if item.cut.asset else 0,
            has_choices=item.episode.pk in branching,
        )
        for item in published
    }


def present_playbacks(published: Sequence[PublishedEpisode]) -> dict[UUID, Playback]:
    """How to play each published episode, by episode id, with what must stand beside it."""
    notices = get_player_notices([item.cut.pk for item in published])
    return {
        item.episode.pk: _playback(item.cut.pk, get_playback(item.cut.asset), notices[item.cut.pk])
        for item in published
        if item.cut.asset is not None
    }


def present_preview(cut: Cut, previewer: Previewer, notices: PlayerNotices) -> Playback | None:
    """How somebody who may see what is not shown plays a Cut; None before its file is ready. The
    caller has asked the policy.
    """
    if cut.asset is None or cut.asset.state != Asset.State.READY:
        return None
    return _playback(cut.pk, get_preview_playback(cut.asset, previewer=previewer), notices)


def _playback(cut_id: UUID, media: AssetPlayback, notices: PlayerNotices) -> Playback:
    return Playback(
        cut_id=cut_id,
        **vars(media),
        ai_notice=notices.ai_notice,
        age_notice=notices.age_notice,
    )


def present_next_episode(published: PublishedEpisode) -> NextEpisode:
    """An episode with its playback, to preload."""
    return NextEpisode(
        episode=present_episode_cards([published])[published.episode.pk],
        playback=present_playbacks([published])[published.episode.pk],
    )


def present_series_detail(series: Series, published: Sequence[PublishedEpisode]) -> SeriesDetail:
    """A series as viewers see it: its ``published`` episodes and the choices among them."""
    episodes = present_episode_cards(published)
    return SeriesDetail(
        **vars(present_series_cards([series])[series.pk]),
        episodes=list(episodes.values()),
        choices=[
            Edge(
                id=choice.pk,
                from_episode_id=choice.from_episode_id,
                to_episode_id=choice.to_episode_id,
                text=choice.text,
                seal=choice.seal,
            )
            for choice in list_offered_choices(series)
            if choice.from_episode_id in episodes and choice.to_episode_id in episodes
        ],
    )


def present_collections(collections: Iterable[Collection]) -> list[CollectionShelf]:
    """Collections that hold any series; their published series must be prefetched as ``series``."""
    shelves = {item.slug: (item, list(item.series.all())) for item in collections}
    series = {item.pk: item for _, shelf in shelves.values() for item in shelf}
    cards = present_series_cards(list(series.values()))
    return [
        CollectionShelf(
            slug=collection.slug,
            title=LocalizedText(collection.title_zh, collection.title_en),
            series=[cards[item.pk] for item in shelf],
        )
        for collection, shelf in shelves.values()
        if shelf
    ]
