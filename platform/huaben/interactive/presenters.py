"""What pages and sockets show of play-throughs and premieres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings

from huaben.catalog.models import Choice, Series
from huaben.catalog.presenters import (
    EpisodeCard,
    NextEpisode,
    Playback,
    SeriesCard,
    present_episode_cards,
    present_playbacks,
    present_series_cards,
)
from huaben.catalog.selectors import (
    PublishedEpisode,
    get_next_published,
    get_published_episodes,
    list_published_episodes,
    list_published_series,
)
from huaben.core.localized import LocalizedText
from huaben.core.responses import described
from huaben.core.types import JsonObject

from . import models
from .branches import OpenBranch, list_open_branches, list_open_choices
from .endings import ENDING_TEXTS
from .selectors import count_viewers, count_votes, find_playing_episode, list_steps, list_turns

Phase = models.Premiere.State


@dataclass(frozen=True)
class OpenChoice:
    """A choice that is open now."""

    id: UUID
    text: str
    seal: str
    to_episode_id: UUID


@dataclass(frozen=True)
class PathStep:
    """One step that was made."""

    episode_id: UUID
    choice_id: UUID | None


@dataclass(frozen=True)
class PlaythroughState:
    """Where a viewer stands in a series, and what may follow.

    ``playback`` is null when the present episode may no longer be shown. ``upcoming`` may be
    preloaded, so that the next episode starts without a wait.
    """

    id: UUID
    series_id: UUID
    seq: int
    episode: EpisodeCard
    playback: Playback | None
    choices: list[OpenChoice]
    upcoming: list[Playback]
    variables: JsonObject
    ended: bool
    path: list[PathStep]


@dataclass(frozen=True)
class PremiereCard:
    """A premiere in a list."""

    id: UUID
    series_id: UUID
    phase: Phase
    starts_at: datetime
    doors_open_at: datetime
    vote_seconds: int
    vote_rule: models.VoteRule
    vote_rule_text: LocalizedText = field(metadata=described("Who may vote, in words."))
    present: int = field(metadata=described("Viewers in front of it, roughly."))
    ending: LocalizedText | None = field(metadata=described("Why it is over."))


@dataclass(frozen=True)
class ProgrammeItem(PremiereCard):
    """A premiere on the programme, with the series."""

    series: SeriesCard


@dataclass(frozen=True)
class BallotChoice(OpenChoice):
    """A choice that is voted on, and how the vote stands."""

    votes: int
    percent: int


@dataclass(frozen=True)
class Tally:
    """What one choice got."""

    choice_id: UUID
    text: str
    seal: str
    votes: int


@dataclass(frozen=True)
class Turn:
    """One turn that was taken: the episode that was left, and the choice that was taken."""

    seq: int
    episode_id: UUID
    number: int
    title: str
    choice_id: UUID | None
    choice_text: str
    tally: list[Tally]


@dataclass(frozen=True)
class OwnVote:
    """The viewer's vote."""

    round: int
    choice_id: UUID


@dataclass(frozen=True)
class PremiereState:
    """A premiere as everybody in front of it sees it.

    ``series``, ``episode`` and ``playback`` are null, and ``turns`` empty, when they may not be
    shown. ``upcoming`` may be preloaded: what may follow the present episode, or the first episode
    once the doors are open.
    """

    id: UUID
    seq: int
    phase: Phase
    server_now: datetime
    starts_at: datetime
    doors_open_at: datetime
    vote_seconds: int
    vote_rule: models.VoteRule
    vote_rule_text: LocalizedText = field(metadata=described("Who may vote, in words."))
    phase_started_at: datetime
    phase_ends_at: datetime
    series: SeriesCard | None
    episode: EpisodeCard | None
    playback: Playback | None
    round: int
    choices: list[BallotChoice]
    upcoming: list[NextEpisode]
    present: int
    turns: list[Turn]
    ending: LocalizedText | None
    finished: bool = field(metadata=described("It came to the end of its story."))


@dataclass(frozen=True)
class PremiereVisit(PremiereState):
    """The same, with the viewer's vote of the present round."""

    my_vote: OwnVote | None


def present_playthrough(playthrough: models.Playthrough) -> PlaythroughState:
    """Everything a page needs to go on from here, also after days."""
    episode = playthrough.episode
    choices = list_open_choices(episode, playthrough.variables)
    next_ids = [choice.to_episode_id for choice in choices]
    if not choices and (following := get_next_published(episode)) is not None:
        next_ids = [following.episode.pk]
    published = list(get_published_episodes([episode.pk, *next_ids]).values())
    cards, playbacks = present_episode_cards(published), present_playbacks(published)
    card = cards.get(episode.pk) or EpisodeCard(
        id=episode.pk,
        series_id=episode.series_id,
        number=episode.number,
        title=episode.title,
        duration_ms=0,
        has_choices=bool(choices),
    )
    return PlaythroughState(
        id=playthrough.pk,
        series_id=playthrough.series_id,
        seq=playthrough.seq,
        episode=card,
        playback=playbacks.get(episode.pk),
        choices=[present_open_choice(choice) for choice in choices],
        upcoming=[playbacks[pk] for pk in next_ids if pk in playbacks],
        variables=playthrough.variables,
        ended=playthrough.ended,
        path=[
            PathStep(episode_id=step.episode_id, choice_id=step.choice_id)
            for step in list_steps(playthrough)
        ],
    )


def present_open_choice(choice: Choice) -> OpenChoice:
    """A choice as the page offers it; without a seal of its own it has its first character."""
    return OpenChoice(
        id=choice.pk,
        text=choice.text,
        seal=choice.seal or choice.text[:1],
        to_episode_id=choice.to_episode_id,
    )


def present_premiere_cards(
    premieres: Sequence[models.Premiere], *, now: datetime
) -> list[PremiereCard]:
    """Premieres in a list, in the order given. One query."""
    viewers = count_viewers([premiere.pk for premiere in premieres], now=now)
    return [
        PremiereCard(
            id=premiere.pk,
            series_id=premiere.series_id,
            phase=Phase(premiere.state),
            starts_at=premiere.starts_at,
            doors_open_at=premiere.doors_open_at,
            vote_seconds=premiere.vote_seconds,
            vote_rule=models.VoteRule(premiere.vote_rule),
            vote_rule_text=_rule_text(premiere),
            present=viewers.get(premiere.pk, 0),
            ending=_ending_text(premiere),
        )
        for premiere in premieres
    ]


def _rule_text(premiere: models.Premiere) -> LocalizedText:
    most = settings.VOTES_MAX_PER_NETWORK[premiere.vote_rule]
    if premiere.vote_rule == models.VoteRule.ACCOUNTS:
        return LocalizedText(
            f"登录才能投票，一个账号一票；同一网络每轮最多 {most} 票",
            f"One vote for each account, signed in; at most {most} of one network in a round",
        )
    return LocalizedText(
        f"不登录也能投票；同一网络每轮最多 {most} 票",
        f"Everybody may vote, without an account; at most {most} of one network in a round",
    )


def present_premiere_card(premiere: models.Premiere, *, now: datetime) -> PremiereCard:
    """One premiere as lists show it."""
    return present_premiere_cards([premiere], now=now)[0]


def present_programme(
    premieres: Sequence[models.Premiere], *, now: datetime
) -> list[ProgrammeItem]:
    """Premieres with their series; one whose series is not shown any more is left out.

    The same few queries for any number.
    """
    series_ids = [premiere.series_id for premiere in premieres]
    series = present_series_cards(list_published_series(series_ids))
    return [
        ProgrammeItem(**vars(card), series=series[card.series_id])
        for card in present_premiere_cards(premieres, now=now)
        if card.series_id in series
    ]


def present_vote(vote: models.Vote) -> OwnVote:
    """The viewer's vote."""
    return OwnVote(round=vote.round, choice_id=vote.choice_id)


def present_premiere(premiere: models.Premiere, *, now: datetime) -> PremiereState:
    """The whole state of a premiere, for everybody alike."""
    series = next(iter(list_published_series([premiere.series_id])), None)
    playing = find_playing_episode(premiere)
    branches = list_open_branches(playing.episode, premiere.variables) if playing else []
    upcoming = _list_upcoming(premiere, series, playing, branches, now=now)
    published = [playing, *upcoming] if playing else upcoming
    cards, playbacks = present_episode_cards(published), present_playbacks(published)
    playing_id = playing.episode.pk if playing else None
    return PremiereState(
        id=premiere.pk,
        seq=premiere.seq,
        phase=Phase(premiere.state),
        server_now=now,
        starts_at=premiere.starts_at,
        doors_open_at=premiere.doors_open_at,
        vote_seconds=premiere.vote_seconds,
        vote_rule=models.VoteRule(premiere.vote_rule),
        vote_rule_text=_rule_text(premiere),
        phase_started_at=premiere.phase_started_at,
        phase_ends_at=premiere.phase_ends_at,
        series=present_series_cards([series])[series.pk] if series else None,
        episode=cards.get(playing_id) if playing_id else None,
        playback=playbacks.get(playing_id) if playing_id else None,
        round=premiere.round,
        choices=_present_ballot(premiere, branches) if premiere.state == Phase.VOTING else [],
        upcoming=[
            NextEpisode(episode=cards[episode_id], playback=playbacks[episode_id])
            for episode_id in _distinct_ids(upcoming)
            if episode_id in playbacks and episode_id != playing_id
        ],
        present=count_viewers([premiere.pk], now=now).get(premiere.pk, 0),
        turns=_present_turns(premiere) if series else [],
        ending=_ending_text(premiere),
        finished=premiere.ending == models.Premiere.Ending.FINISHED,
    )


def _list_upcoming(
    premiere: models.Premiere,
    series: Series | None,
    playing: PublishedEpisode | None,
    branches: Sequence[OpenBranch],
    *,
    now: datetime,
) -> list[PublishedEpisode]:
    if playing and not branches and (following := get_next_published(playing.episode)):
        return [following]
    if series and premiere.state == Phase.SCHEDULED and now >= premiere.doors_open_at:
        return list_published_episodes(series)[:1]
    return [branch.target for branch in branches]


def _present_ballot(
    premiere: models.Premiere, branches: Sequence[OpenBranch]
) -> list[BallotChoice]:
    tally = count_votes(premiere, [branch.choice for branch in branches])
    total = sum(row.votes for row in tally)
    return [
        BallotChoice(
            **vars(present_open_choice(row.choice)),
            votes=row.votes,
            percent=round(100 * row.votes / total) if total else 0,
        )
        for row in tally
    ]


def _present_turns(premiere: models.Premiere) -> list[Turn]:
    return [
        Turn(
            seq=turn.seq,
            episode_id=turn.episode_id,
            number=turn.episode.number,
            title=turn.episode.title,
            choice_id=turn.choice_id,
            choice_text=turn.choice_text,
            tally=[
                Tally(
                    choice_id=UUID(row["choice_id"]),
                    text=row["text"],
                    seal=row["seal"],
                    votes=row["votes"],
                )
                for row in turn.tally
            ],
        )
        for turn in list_turns(premiere)
    ]


def _ending_text(premiere: models.Premiere) -> LocalizedText | None:
    return ENDING_TEXTS[models.Premiere.Ending(premiere.ending)] if premiere.ending else None


def _distinct_ids(published: Sequence[PublishedEpisode]) -> list[UUID]:
    return list(dict.fromkeys(item.episode.pk for item in published))
