"""The work that a claim or a block is about."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from huaben.accounts.presenters import Person, present_person
from huaben.catalog.models import Cut, Episode, Series


@dataclass(frozen=True)
class ClaimedSeries:
    """The series that a claim or a block is about."""

    id: UUID
    title: str
    creator: Person


@dataclass(frozen=True)
class ClaimedCut:
    """The one Cut that a claim or a block is about."""

    id: UUID
    number: int
    episode_number: int
    episode_title: str


@dataclass(frozen=True)
class ClaimedEpisode:
    """One episode of a series that a claim is about."""

    id: UUID
    number: int
    title: str


def present_claimed_episode(episode: Episode) -> ClaimedEpisode:
    return ClaimedEpisode(id=episode.pk, number=episode.number, title=episode.title)


def present_claimed_series(series: Series) -> ClaimedSeries:
    return ClaimedSeries(id=series.pk, title=series.title, creator=present_person(series.creator))


def present_claimed_cut(cut: Cut | None) -> ClaimedCut | None:
    if cut is None:
        return None
    return ClaimedCut(
        id=cut.pk,
        number=cut.number,
        episode_number=cut.episode.number,
        episode_title=cut.episode.title,
    )
