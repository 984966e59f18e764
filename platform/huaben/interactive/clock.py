"""The clock of a premiere: the one place that turns its pages.

A phase that is over is followed by the next, which begins *now*, not when it was due. So a house
that was away for half a minute runs through nothing: whoever waited sees the vote open, and the
branch from its first picture, and two processes that ask at once make one move. A house that was
away for longer than ``LONGEST_AWAY`` ends the premiere: nobody sits there any more.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction

from huaben.catalog.gate import may_show
from huaben.catalog.graph import apply_effects
from huaben.catalog.models import Choice, Cut
from huaben.catalog.selectors import get_next_published, list_published_episodes
from huaben.core.rooms import publish_event

from .models import Premiere, Turn
from .votes import count_votes
from .ways import open_ways, way_without_words

log = structlog.get_logger(__name__)
LONGEST_AWAY = timedelta(minutes=10)
# A story may lead back into itself; a premiere must end all the same.
MOST_TURNS = 100
Ending = Premiere.Ending
State = Premiere.State


def room_of(premiere_id: UUID) -> str:
    """The room that hears of every change of phase."""
    return f"premiere:{premiere_id}"


def advance_premiere(premiere_id: UUID, now: datetime) -> Premiere | None:
    """Make the move that is due at ``now``, if any; None for a premiere that does not exist. May be
    asked at any time, by anybody.

    What the gate no longer lets through ends the premiere whether or not a move is due.
    """
    with transaction.atomic():
        rows = Premiere.objects.select_for_update(of=("self",)).select_related(
            "series", "episode", "cut__episode"
        )
        premiere = rows.filter(pk=premiere_id).first()
        if premiere is None or not premiere.is_open:
            return premiere
        if premiere.cut_id is not None and not may_show(premiere.cut_id):
            stop_premiere(premiere, Ending.TAKEN_DOWN, now)
        elif premiere.phase_ends_at > now:
            return premiere
        elif now - premiere.phase_ends_at > LONGEST_AWAY:
            stop_premiere(premiere, Ending.HOUSE_AWAY, now)
        elif premiere.state == State.SCHEDULED:
            _begin(premiere, now)
        elif premiere.state == State.PLAYING:
            _leave_episode(premiere, now)
        else:
            _close_vote(premiere, now)
    return premiere


def advance_due(now: datetime, limit: int = 200) -> int:
    """Move every premiere whose phase is over; returns how many were due. One that fails does not
    keep the others.
    """
    due = Premiere.objects.filter(state__in=Premiere.OPEN, phase_ends_at__lte=now).order_by(
        "phase_ends_at"
    )
    ids = list(due.values_list("pk", flat=True)[:limit])
    for premiere_id in ids:
        try:
            advance_premiere(premiere_id, now)
        except Exception:  # it is asked again in a second; the rest of the programme goes on
            log.exception("a premiere could not be moved", premiere_id=str(premiere_id))
    return len(ids)


def announce(premiere: Premiere) -> None:
    """Save a change of phase, and tell whoever looks on after the commit."""
    premiere.seq += 1
    premiere.save()
    publish_event(room_of(premiere.pk), {"kind": "premiere", "seq": premiere.seq})


def stop_premiere(premiere: Premiere, ending: str, now: datetime) -> None:
    """End a locked premiere before its time: cancelled when it has not begun or its host says so,
    else ended.
    """
    if premiere.state == State.SCHEDULED or ending == Ending.CALLED_OFF:
        premiere.cancel(ending)
    else:
        premiere.end(ending)
    premiere.phase_started_at = premiere.phase_ends_at = now
    announce(premiere)


def _begin(premiere: Premiere, now: datetime) -> None:
    shown = list_published_episodes(premiere.series)
    if shown:
        _show(premiere, shown[0].cut, now)
    else:
        stop_premiere(premiere, Ending.TAKEN_DOWN, now)


def _leave_episode(premiere: Premiere, now: datetime) -> None:
    assert premiere.episode is not None
    if premiere.turns.count() >= MOST_TURNS:
        stop_premiere(premiere, Ending.TOO_LONG, now)
        return
    ways = open_ways(premiere.episode, premiere.variables)
    if len(ways) > 1:
        premiere.call_vote()
        premiere.phase_started_at = now
        premiere.phase_ends_at = now + timedelta(seconds=premiere.vote_seconds)
        announce(premiere)
    elif ways:  # one way that is open is no question
        choice, branch = ways[0]
        _take(premiere, choice, [], now)
        _show(premiere, branch.cut, now)
    elif (following := get_next_published(premiere.episode)) is not None:
        _take(premiere, way_without_words(premiere.episode), [], now)
        _show(premiere, following.cut, now)
    else:
        _take(premiere, None, [], now)
        stop_premiere(premiere, Ending.FINISHED, now)


def _close_vote(premiere: Premiere, now: datetime) -> None:
    assert premiere.episode is not None
    ways = open_ways(premiere.episode, premiere.variables)
    tally = count_votes(premiere, [choice for choice, _ in ways])
    if not ways:
        _take(premiere, None, tally, now)
        stop_premiere(premiere, Ending.NO_WAY_ON, now)
        return
    # ``max`` keeps the first of equals: a tie, or no vote at all, goes by the story's own order.
    won = max(range(len(ways)), key=lambda place: tally[place]["votes"])
    choice, branch = ways[won]
    _take(premiere, choice, tally, now)
    _show(premiere, branch.cut, now)


def _take(
    premiere: Premiere, choice: Choice | None, tally: list[dict[str, Any]], now: datetime
) -> None:
    assert premiere.episode_id is not None
    if choice is not None:
        premiere.variables = apply_effects(choice.effects, premiere.variables)
    Turn.objects.create(
        premiere=premiere,
        seq=premiere.seq + 1,
        episode_id=premiere.episode_id,
        choice_id=choice.pk if choice else None,
        choice_text=choice.text if choice else "",
        tally=tally,
        made_at=now,
    )


def _show(premiere: Premiere, cut: Cut, now: datetime) -> None:
    assert cut.asset is not None
    premiere.play(cut)
    premiere.phase_started_at = now
    premiere.phase_ends_at = now + timedelta(milliseconds=cut.asset.duration_ms)
    announce(premiere)
