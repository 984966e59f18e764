"""Moving a premiere from one phase to the next; nothing else changes its phase.

The next phase begins *now*, not when the previous one was due to end. So nothing is skipped when no
process moved a premiere on for half a minute: viewers who waited still see the vote open, and the
branch from its first picture. Two processes that ask at once make one move. A premiere that is
overdue by more than ``MAX_OVERDUE`` ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction

from huaben.catalog.gate import may_show
from huaben.catalog.graph import apply_effects
from huaben.catalog.models import Choice, Cut
from huaben.catalog.selectors import get_next_published, list_published_episodes
from huaben.core.rooms import publish_event

from ..branches import find_textless_choice, list_open_branches
from ..models import Premiere, Turn
from ..selectors import ChoiceVotes, count_votes

log = structlog.get_logger(__name__)
MAX_OVERDUE = timedelta(minutes=10)
# A story may lead back into itself; a premiere must end all the same.
MAX_TURNS = 100
Ending = Premiere.Ending
State = Premiere.State


def room_of_premiere(premiere_id: UUID) -> str:
    """The real-time room of a premiere: every change of phase is published there."""
    return f"premiere:{premiere_id}"


def advance_premiere(*, premiere_id: UUID, now: datetime) -> Premiere | None:
    """Move a premiere to the phase that is due at ``now``, if any; None when it does not exist.

    A premiere whose Cut may no longer be shown ends, whether or not a move is due. Safe to call at
    any time, from any process.
    """
    with transaction.atomic():
        rows = Premiere.objects.select_for_update(of=("self",)).select_related(
            "series", "episode", "cut__episode"
        )
        premiere = rows.filter(pk=premiere_id).first()
        if premiere is None or not premiere.is_open:
            return premiere
        if premiere.cut_id is not None and not may_show(premiere.cut_id):
            stop_premiere(premiere=premiere, ending=Ending.TAKEN_DOWN, now=now)
        elif premiere.phase_ends_at > now:
            return premiere
        elif now - premiere.phase_ends_at > MAX_OVERDUE:
            stop_premiere(premiere=premiere, ending=Ending.OVERDUE, now=now)
        elif premiere.state == State.SCHEDULED:
            _begin(premiere, now)
        elif premiere.state == State.PLAYING:
            _leave_episode(premiere, now)
        else:
            _close_vote(premiere, now)
    return premiere


def advance_due_premieres(*, now: datetime, limit: int = 200) -> int:
    """Move every premiere whose phase is over; returns how many were due.

    One that fails is logged and does not stop the others.
    """
    due = Premiere.objects.filter(state__in=Premiere.OPEN, phase_ends_at__lte=now).order_by(
        "phase_ends_at"
    )
    ids = list(due.values_list("pk", flat=True)[:limit])
    for premiere_id in ids:
        try:
            advance_premiere(premiere_id=premiere_id, now=now)
        except Exception:  # it is tried again in a second
            log.exception("a premiere could not be moved", premiere_id=str(premiere_id))
    return len(ids)


def stop_premiere(*, premiere: Premiere, ending: Premiere.Ending, now: datetime) -> None:
    """End a locked premiere: cancelled before its start or by its host, else ended."""
    if premiere.state == State.SCHEDULED or ending == Ending.CALLED_OFF:
        premiere.cancel(ending)
    else:
        premiere.end(ending)
    premiere.phase_started_at = premiere.phase_ends_at = now
    _save_phase(premiere)


def _save_phase(premiere: Premiere) -> None:
    premiere.seq += 1
    premiere.save()
    publish_event(room_of_premiere(premiere.pk), {"kind": "premiere", "seq": premiere.seq})


def _begin(premiere: Premiere, now: datetime) -> None:
    published = list_published_episodes(premiere.series)
    if published:
        _play(premiere, published[0].cut, now)
    else:
        stop_premiere(premiere=premiere, ending=Ending.TAKEN_DOWN, now=now)


def _leave_episode(premiere: Premiere, now: datetime) -> None:
    assert premiere.episode is not None
    if premiere.turns.count() >= MAX_TURNS:
        stop_premiere(premiere=premiere, ending=Ending.TOO_LONG, now=now)
        return
    branches = list_open_branches(premiere.episode, premiere.variables)
    if len(branches) > 1:
        premiere.call_vote()
        premiere.phase_started_at = now
        premiere.phase_ends_at = now + timedelta(seconds=premiere.vote_seconds)
        _save_phase(premiere)
    elif branches:  # there is nothing to vote on
        _add_turn(premiere, branches[0].choice, [], now)
        _play(premiere, branches[0].target.cut, now)
    elif (following := get_next_published(premiere.episode)) is not None:
        _add_turn(premiere, find_textless_choice(premiere.episode), [], now)
        _play(premiere, following.cut, now)
    else:
        _add_turn(premiere, None, [], now)
        stop_premiere(premiere=premiere, ending=Ending.FINISHED, now=now)


def _close_vote(premiere: Premiere, now: datetime) -> None:
    assert premiere.episode is not None
    branches = list_open_branches(premiere.episode, premiere.variables)
    tally = count_votes(premiere, [branch.choice for branch in branches])
    if not branches:
        _add_turn(premiere, None, tally, now)
        stop_premiere(premiere=premiere, ending=Ending.NO_WAY_ON, now=now)
        return
    # ``max`` returns the first of equals: a tie, or no vote at all, goes by the order of the graph.
    winner = max(range(len(branches)), key=lambda index: tally[index].votes)
    _add_turn(premiere, branches[winner].choice, tally, now)
    _play(premiere, branches[winner].target.cut, now)


def _add_turn(
    premiere: Premiere, choice: Choice | None, tally: Sequence[ChoiceVotes], now: datetime
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
        tally=[
            {
                "choice_id": str(row.choice.pk),
                "text": row.choice.text,
                "seal": row.choice.seal or row.choice.text[:1],
                "votes": row.votes,
            }
            for row in tally
        ],
        made_at=now,
    )


def _play(premiere: Premiere, cut: Cut, now: datetime) -> None:
    assert cut.asset is not None and cut.asset.duration_ms is not None
    premiere.play(cut)
    premiere.phase_started_at = now
    premiere.phase_ends_at = now + timedelta(milliseconds=cut.asset.duration_ms)
    _save_phase(premiere)
