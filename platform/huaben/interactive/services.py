"""Writes about play-throughs. Every step is idempotent by a key that the client makes up."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from huaben.accounts.services import ensure_viewer
from huaben.catalog.graph import apply_effects, holds
from huaben.catalog.models import Choice, Episode, Series
from huaben.catalog.selectors import (
    get_next_published,
    get_published_episodes,
    list_published_episodes,
)
from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, NotFound
from huaben.core.rooms import publish_event

from .models import Playthrough, Step
from .ways import open_choices, way_without_words

MOVED_ON = LocalizedText("故事已经往下走了", "The story has already moved on")


def room_of(playthrough_id: UUID) -> str:
    """The room that hears of every step, so that two windows of one viewer stay together."""
    return f"playthrough:{playthrough_id}"


def open_playthrough(
    *, viewer_id: UUID, series_id: UUID, episode_id: UUID | None = None
) -> Playthrough:
    """The viewer's open play-through of a series, or a new one from its first shown episode.

    With ``episode_id`` it stands at that episode afterwards: somebody picked it from the list.
    """
    series = Series.objects.filter(pk=series_id).first()
    shown = list_published_episodes(series) if series is not None else []
    if series is None or not shown:
        raise NotFound
    by_id = {one.episode.pk: one.episode for one in shown}
    if episode_id is not None and episode_id not in by_id:
        raise NotFound
    try:
        with transaction.atomic():
            ensure_viewer(viewer_id=viewer_id)
            playthrough = _locked(viewer_id=viewer_id, series=series, ended=False)
            if playthrough is None:
                start = by_id[episode_id] if episode_id else shown[0].episode
                return Playthrough.objects.create(viewer_id=viewer_id, series=series, episode=start)
            if episode_id is not None and playthrough.episode_id != episode_id:
                _move(playthrough, by_id[episode_id])
            return playthrough
    except IntegrityError:  # two windows opened it at once; the other one's is ours too
        return Playthrough.objects.get(viewer_id=viewer_id, series=series, ended=False)


def choose(*, playthrough_id: UUID, viewer_id: UUID, key: UUID, choice_id: UUID) -> Playthrough:
    """Take a choice out of the present episode. The same key again changes nothing; a choice not
    open here is refused.
    """
    with transaction.atomic():
        playthrough = _own(playthrough_id, viewer_id)
        if _is_done(playthrough, key):
            return playthrough
        choice = Choice.objects.filter(pk=choice_id, from_episode_id=playthrough.episode_id).first()
        if choice is None or playthrough.ended:
            raise Conflict("choice_not_here", MOVED_ON)
        if not holds(choice.condition, playthrough.variables):
            raise Conflict(
                "choice_closed", LocalizedText("这条路现在还走不通", "This way is not open now")
            )
        if not get_published_episodes([choice.to_episode_id]):
            raise Conflict(
                "branch_not_shown",
                LocalizedText("这一支暂时看不了", "This branch cannot be shown at present"),
            )
        playthrough.variables = apply_effects(choice.effects, playthrough.variables)
        _step(playthrough, key, choice)
        _move(playthrough, choice.to_episode)
    return playthrough


def finish_episode(
    *, playthrough_id: UUID, viewer_id: UUID, key: UUID, episode_id: UUID
) -> Playthrough:
    """The present episode was seen to its end: go on where there is one way, wait where there is a
    choice, else end.
    """
    with transaction.atomic():
        playthrough = _own(playthrough_id, viewer_id)
        if _is_done(playthrough, key):
            return playthrough
        if playthrough.ended or playthrough.episode_id != episode_id:
            raise Conflict("episode_not_here", MOVED_ON)
        if open_choices(playthrough.episode, playthrough.variables):
            return playthrough
        following = get_next_published(playthrough.episode)
        way = way_without_words(playthrough.episode)
        _step(playthrough, key, way)
        if following is None:
            playthrough.ended = True
            _move(playthrough, playthrough.episode)
        else:
            if way is not None:
                playthrough.variables = apply_effects(way.effects, playthrough.variables)
            _move(playthrough, following.episode)
    return playthrough


def restart_playthrough(*, playthrough_id: UUID, viewer_id: UUID) -> Playthrough:
    """End this play-through and begin the series anew."""
    with transaction.atomic():
        playthrough = _own(playthrough_id, viewer_id)
        if not playthrough.ended:
            playthrough.ended = True
            _move(playthrough, playthrough.episode)
        return open_playthrough(viewer_id=viewer_id, series_id=playthrough.series_id)


def merge_playthroughs(*, from_id: UUID, into_id: UUID) -> None:
    """Hand a browser's play-throughs to the account it signed in to; where both have an open one,
    the account's stays.
    """
    both = Playthrough.objects.filter(viewer_id=into_id, ended=False).values("series_id")
    Playthrough.objects.filter(viewer_id=from_id, ended=False, series_id__in=both).update(
        ended=True
    )
    Playthrough.objects.filter(viewer_id=from_id).update(viewer_id=into_id)


def _own(playthrough_id: UUID, viewer_id: UUID) -> Playthrough:
    playthrough = _locked(pk=playthrough_id, viewer_id=viewer_id)
    if playthrough is None:
        raise NotFound
    return playthrough


def _locked(**lookup: object) -> Playthrough | None:
    rows = Playthrough.objects.select_for_update(of=("self",)).select_related("episode")
    return rows.filter(**lookup).first()


def _is_done(playthrough: Playthrough, key: UUID) -> bool:
    return playthrough.steps.filter(key=key).exists()


def _step(playthrough: Playthrough, key: UUID, choice: Choice | None) -> None:
    Step.objects.create(
        playthrough=playthrough,
        seq=playthrough.seq + 1,
        key=key,
        episode_id=playthrough.episode_id,
        choice=choice,
    )


def _move(playthrough: Playthrough, episode: Episode) -> None:
    playthrough.episode = episode
    playthrough.seq += 1
    playthrough.save()
    publish_event(room_of(playthrough.pk), {"kind": "playthrough", "seq": playthrough.seq})
