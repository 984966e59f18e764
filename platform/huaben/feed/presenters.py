"""Answers of the feed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from huaben.catalog.presenters import (
    EpisodeCard,
    GenreCard,
    Playback,
    SeriesCard,
    present_episode_cards,
    present_genre,
    present_playbacks,
    present_series_cards,
)
from huaben.core.responses import described
from huaben.watching.selectors.comments import count_comments

from .models import Preferences
from .pages import ShownPage
from .reasons import Reason
from .selectors import ChartRow, ChartWindow, Explanation, LikedGenre


@dataclass(frozen=True)
class FeedState:
    """How the viewer stands to a place of the feed."""

    favourite: bool
    following: bool
    position_ms: int


@dataclass(frozen=True, kw_only=True)
class FeedItem:
    """One place of the feed, ready to play."""

    impression_id: UUID = field(metadata=described("Goes with every event that comes of it."))
    series: SeriesCard
    episode: EpisodeCard
    playback: Playback
    reasons: list[Reason]
    comment_count: int
    state: FeedState


@dataclass(frozen=True, kw_only=True)
class FeedPage:
    """A page of the feed."""

    results: list[FeedItem]
    next_cursor: str | None
    personalised: bool = field(metadata=described("What the viewer did has ordered this page."))
    simulated_audience: bool = field(
        metadata=described("It was also learned from a simulated audience.")
    )


@dataclass(frozen=True)
class Why:
    """Why the feed showed something."""

    reasons: list[Reason]
    personalised: bool
    simulated_audience: bool


@dataclass(frozen=True)
class Taste(GenreCard):
    """How much the viewer likes a genre: 1 for the one liked most."""

    weight: float


@dataclass(frozen=True)
class FeedPreferences:
    """What the viewer wants of the feed, and what it has learned of them."""

    personalised: bool
    recommendations: bool
    tastes: list[Taste]
    muted_genres: list[str]


@dataclass(frozen=True, kw_only=True)
class Views:
    """How many watched to the end, and how many of those were simulated."""

    total: int
    of_simulated: int
    simulated: bool = field(metadata=described("Simulated viewers count in the total."))


@dataclass(frozen=True)
class ChartEntry:
    """One place of a chart."""

    rank: int
    series: SeriesCard
    views: Views
    not_counted: int | None = field(
        metadata=described(
            "For staff, null for others: what came from networks beyond their share, and may be "
            "somebody who wants to be seen."
        )
    )


@dataclass(frozen=True)
class Chart:
    """The series watched to the end most often."""

    window: ChartWindow
    results: list[ChartEntry]


def present_feed_page(page: ShownPage) -> FeedPage:
    """A page that was given to a viewer. Five queries for any number of places."""
    published = [place.offer.published for place in page.places]
    series = present_series_cards(
        [shown.episode.series for shown in published],
        {place.offer.published.episode.series_id: place.offer.summary for place in page.places},
    )
    episodes, playbacks = present_episode_cards(published), present_playbacks(published)
    comments = count_comments(episodes)
    positions = {row.episode_id: row.position_ms for row in page.request.progress}
    marks = page.request.marks
    results = []
    for place in page.places:
        episode = place.offer.published.episode
        results.append(
            FeedItem(
                impression_id=place.impression_id,
                series=series[episode.series_id],
                episode=episodes[episode.pk],
                playback=playbacks[episode.pk],
                reasons=place.reasons,
                comment_count=comments.get(episode.pk, 0),
                state=FeedState(
                    favourite=episode.series_id in marks.favourites,
                    following=episode.series.creator_id in marks.following,
                    position_ms=positions.get(episode.pk, 0),
                ),
            )
        )
    return FeedPage(
        results=results,
        next_cursor=page.next_cursor,
        personalised=page.personalised,
        simulated_audience=page.simulated_audience,
    )


def present_explanation(explanation: Explanation) -> Why:
    """Why something was shown."""
    return Why(
        reasons=explanation.reasons,
        personalised=explanation.personalised,
        simulated_audience=explanation.simulated_audience,
    )


def present_preferences(preferences: Preferences, tastes: Sequence[LikedGenre]) -> FeedPreferences:
    """A viewer's preferences and tastes."""
    return FeedPreferences(
        personalised=preferences.personalised,
        recommendations=preferences.recommendations,
        tastes=[Taste(**vars(present_genre(taste.genre)), weight=taste.weight) for taste in tastes],
        muted_genres=preferences.muted_genres,
    )


def present_chart(window: ChartWindow, rows: Sequence[ChartRow], *, for_staff: bool) -> Chart:
    """A chart. Each figure is split, so that nobody takes a simulated audience for a real one."""
    cards = present_series_cards([row.series for row in rows])
    return Chart(
        window=window,
        results=[
            ChartEntry(
                rank=rank,
                series=cards[row.series.pk],
                views=Views(
                    total=row.views,
                    of_simulated=row.of_simulated,
                    simulated=row.of_simulated > 0,
                ),
                not_counted=row.not_counted if for_staff else None,
            )
            for rank, row in enumerate(rows, start=1)
        ],
    )
