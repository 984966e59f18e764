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
from huaben.catalog.words import offered_choices
from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, NotFound
from huaben.core.rooms import publish_event

from ..branches import find_textless_choice, list_open_choices
from ..models import Playthrough, Step

MOVED_ON = LocalizedText("故事已经往下走了", "The story has already moved on")


def room_of_playthrough(playthrough_id: UUID) -> str:
    """The real-time room of a play-through, through which a viewer's windows stay together."""
    return f"playthrough:{playthrough_id}"


def open_playthrough(
    *, viewer_id: UUID, series_id: UUID, episode_id: UUID | None = None
) -> Playthrough:
    """The viewer's open play-through of a series, or a new one from its first shown episode.

    ``episode_id`` moves it to that episode, which the viewer picked from the list. Raises NotFound
    when nothing of the series, or not that episode, is shown.
    """
    series = Series.objects.filter(pk=series_id).first()
    published = list_published_episodes(series) if series is not None else []
    if series is None or not published:
        raise NotFound
    by_id = {item.episode.pk: item.episode for item in published}
    if episode_id is not None and episode_id not in by_id:
        raise NotFound
    try:
        with transaction.atomic():
            ensure_viewer(viewer_id=viewer_id)
            playthrough = _lock(viewer_id=viewer_id, series=series, ended=False)
            if playthrough is None:
                start = by_id[episode_id] if episode_id else published[0].episode
                return Playthrough.objects.create(viewer_id=viewer_id, series=series, episode=start)
            if episode_id is not None and playthrough.episode_id != episode_id:
                _move(playthrough, by_id[episode_id])
            return playthrough
    except IntegrityError:  # two windows opened it at once, and the other one created it
        return Playthrough.objects.get(viewer_id=viewer_id, series=series, ended=False)


def choose(*, playthrough_id: UUID, viewer_id: UUID, key: UUID, choice_id: UUID) -> Playthrough:
    """Take a choice out of the present episode. The same key again changes nothing.

    Raises NotFound for another viewer's play-through; Conflict for a choice that is not one of this
    episode, whose condition does not hold, or whose branch may not be shown.
    """
    with transaction.atomic():
        playthrough = _lock_own(playthrough_id, viewer_id)
        if _has_step(playthrough, key):
            return playthrough
        here = Choice.objects.filter(offered_choices(), from_episode_id=playthrough.episode_id)
        choice = here.filter(pk=choice_id).first()
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
        _add_step(playthrough, key, choice)
        _move(playthrough, choice.to_episode)
    return playthrough


def finish_episode(
    *, playthrough_id: UUID, viewer_id: UUID, key: UUID, episode_id: UUID
) -> Playthrough:
    """The present episode was watched to its end: go on to the next one, or end the play-through.

    Changes nothing while a choice is open. Raises NotFound for another viewer's play-through,
    Conflict when it has moved on from ``episode_id``. The same key again changes nothing.
    """
    with transaction.atomic():
        playthrough = _lock_own(playthrough_id, viewer_id)
        if _has_step(playthrough, key):
            return playthrough
        if playthrough.ended or playthrough.episode_id != episode_id:
            raise Conflict("episode_not_here", MOVED_ON)
        if list_open_choices(playthrough.episode, playthrough.variables):
            return playthrough
        following = get_next_published(playthrough.episode)
        choice = find_textless_choice(playthrough.episode)
        _add_step(playthrough, key, choice)
        if following is None:
            playthrough.ended = True
            _move(playthrough, playthrough.episode)
        else:
            if choice is not None:
                playthrough.variables = apply_effects(choice.effects, playthrough.variables)
            _move(playthrough, following.episode)
    return playthrough


def restart_playthrough(*, playthrough_id: UUID, viewer_id: UUID) -> Playthrough:
    """End this play-through and begin the series anew."""
    with transaction.atomic():
        playthrough = _lock_own(playthrough_id, viewer_id)
        if not playthrough.ended:
            playthrough.ended = True
            _move(playthrough, playthrough.episode)
        return open_playthrough(viewer_id=viewer_id, series_id=playthrough.series_id)


def merge_playthroughs(*, from_id: UUID, into_id: UUID) -> None:
    """Move the play-throughs of one viewer to another; where both have an open one, that of
    ``into_id`` stays open.
    """
    both = Playthrough.objects.filter(viewer_id=into_id, ended=False).values("series_id")
    Playthrough.objects.filter(viewer_id=from_id, ended=False, series_id__in=both).update(
        ended=True
    )
    Playthrough.objects.filter(viewer_id=from_id).update(viewer_id=into_id)


def _lock_own(playthrough_id: UUID, viewer_id: UUID) -> Playthrough:
    playthrough = _lock(pk=playthrough_id, viewer_id=viewer_id)
    if playthrough is None:
        raise NotFound
    return playthrough


def _lock(**lookup: object) -> Playthrough | None:
    rows = Playthrough.objects.select_for_update(of=("self",)).select_related("episode")
    return rows.filter(**lookup).first()


def _has_step(playthrough: Playthrough, key: UUID) -> bool:
    return playthrough.steps.filter(key=key).exists()


def _add_step(playthrough: Playthrough, key: UUID, choice: Choice | None) -> None:
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
    publish_event(
        room_of_playthrough(playthrough.pk), {"kind": "playthrough", "seq": playthrough.seq}
    )
