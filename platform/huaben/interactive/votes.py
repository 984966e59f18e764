"""Votes at a premiere. An acknowledged vote is committed, and counted.

A voter holds the premiere's row in share until the vote is committed; the clock, which closes the
vote, waits for those and lets none in after. Who comes too late holds nothing up: the row is found
only while the vote is open.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from huaben.accounts.models import Viewer
from huaben.accounts.services import ensure_viewer
from huaben.catalog.models import Choice
from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, NotFound

from .models import Premiere, Vote
from .ways import open_choices

# A mind may be changed, but not without end: each change is a write, and its key is kept.
MOST_CHANGES = 50
VOTE_CLOSED = LocalizedText("这一轮已经收票", "This vote has closed")


def cast_vote(
    *, premiere_id: UUID, viewer_id: UUID, key: UUID, round_: int, choice_id: UUID, now: datetime
) -> Vote:
    """Vote in a round, or change one's vote. The same key again is the same vote, also after the
    vote has closed.

    Raises NotFound for a premiere that does not exist, Conflict ``vote_closed`` once the round is
    over, ``choice_not_here`` for a choice that is not offered now, ``too_many_changes`` for who
    cannot decide.
    """
    with transaction.atomic():
        _hold_viewer(viewer_id)
        vote = Vote.objects.filter(
            premiere_id=premiere_id, round=round_, viewer_id=viewer_id
        ).first()
        if vote is not None and key in vote.keys:
            return vote
        premiere = _hold_open_vote(premiere_id, round_, now)
        if premiere is None:
            if not Premiere.objects.filter(pk=premiere_id).exists():
                raise NotFound
            raise Conflict("vote_closed", VOTE_CLOSED)
        assert premiere.episode is not None
        if choice_id not in {
            choice.pk for choice in open_choices(premiere.episode, premiere.variables)
        }:
            raise Conflict(
                "choice_not_here", LocalizedText("这条路现在不能选", "This way is not offered now")
            )
        if vote is None:
            return Vote.objects.create(
                premiere=premiere,
                round=round_,
                viewer_id=viewer_id,
                choice_id=choice_id,
                keys=[key],
                cast_at=now,
            )
        if len(vote.keys) > MOST_CHANGES:
            raise Conflict(
                "too_many_changes",
                LocalizedText("改得太多次了，就这样吧", "That was changed too often; it stays"),
            )
        vote.choice_id, vote.cast_at = choice_id, now
        vote.keys = [*vote.keys, key]
        vote.save(update_fields=["choice_id", "cast_at", "keys"])
    return vote


def vote_of(*, premiere: Premiere, viewer_id: UUID) -> Vote | None:
    """What a viewer said in the present round."""
    return Vote.objects.filter(premiere=premiere, round=premiere.round, viewer_id=viewer_id).first()


def count_votes(premiere: Premiere, choices: Sequence[Choice]) -> list[dict[str, Any]]:
    """The votes of the present round for each of these choices, in their order: ``choice_id``,
    ``text``, ``seal``, ``votes``.

    Votes for a choice that is no longer among them count for nothing. One query.
    """
    rows = (
        premiere.votes.filter(round=premiere.round).values("choice_id").annotate(votes=Count("pk"))
    )
    votes = {row["choice_id"]: row["votes"] for row in rows}
    return [
        {
            "choice_id": str(choice.pk),
            "text": choice.text,
            "seal": choice.seal or choice.text[:1],
            "votes": votes.get(choice.pk, 0),
        }
        for choice in choices
    ]


def merge_votes(*, from_id: UUID, into_id: UUID) -> None:
    """Hand a browser's votes to the account it signed in to; where both voted in a round, the
    account's vote stays.
    """
    moved = list(Vote.objects.filter(viewer_id=from_id))
    Vote.objects.filter(viewer_id=from_id).delete()
    for vote in moved:
        vote.pk, vote.viewer_id = None, into_id
    Vote.objects.bulk_create(moved, ignore_conflicts=True)


def _hold_viewer(viewer_id: UUID) -> None:
    # One viewer's windows, and a sign-in that merges viewers, one after the other.
    ensure_viewer(viewer_id=viewer_id)
    if not Viewer.objects.select_for_update(no_key=True).filter(pk=viewer_id).exists():
        raise NotFound


def _hold_open_vote(premiere_id: UUID, round_: int, now: datetime) -> Premiere | None:
    found = Premiere.objects.raw(
        "select * from interactive_premiere where id = %s and state = 'voting' and round = %s "
        "and phase_ends_at > %s for share",
        [premiere_id, round_, now],
    )
    return next(iter(found), None)
