"""Votes at a premiere. An acknowledged vote is committed, and counted.

Casting a vote locks the premiere's row in share until the commit. ``phases``, which closes the
vote, locks it exclusively: it waits for the votes that are being cast and lets none in afterwards.
A vote that comes too late locks nothing: the row is found only while the vote is open.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from huaben.accounts.models import Viewer
from huaben.accounts.services import ensure_viewer
from huaben.core.localized import LocalizedText
from huaben.core.locks import LockSpace, lock_until_commit
from huaben.core.problems import Conflict, NotFound, Refused

from ..branches import list_open_choices
from ..models import Premiere, Vote, VoteRule

# Each change is a write, and its key is stored with the vote.
MAX_VOTE_CHANGES = 50
VOTE_CLOSED = LocalizedText("这一轮已经收票", "This vote has closed")
ACCOUNT_NEEDED = LocalizedText(
    "这场首映一个账号一票，请先登录", "One vote for each account here; please sign in first"
)
NETWORK_HAS_VOTED = LocalizedText(
    "你所在的网络这一轮的票已经投满", "Your network has cast all its votes of this round"
)


def cast_vote(
    *,
    premiere_id: UUID,
    viewer_id: UUID,
    key: UUID,
    round_: int,
    choice_id: UUID,
    now: datetime,
    network: str = "",
) -> Vote:
    """Vote in a round, or change one's vote. The same key again is the same vote, also after the
    vote has closed.

    Raises NotFound for a premiere that does not exist, Conflict ``vote_closed`` once the round is
    over, ``choice_not_here`` for a choice that is not offered now, ``too_many_changes`` for a
    vote that was changed ``MAX_VOTE_CHANGES`` times; Refused ``account_needed`` and
    ``network_has_voted`` by the premiere's rule. ``network``: of ``network_digest``.
    """
    with transaction.atomic():
        _lock_viewer(viewer_id)
        vote = Vote.objects.filter(
            premiere_id=premiere_id, round=round_, viewer_id=viewer_id
        ).first()
        if vote is not None and key in vote.keys:
            return vote
        premiere = _lock_voting_premiere(premiere_id, round_, now)
        if premiere is None:
            if not Premiere.objects.filter(pk=premiere_id).exists():
                raise NotFound
            raise Conflict("vote_closed", VOTE_CLOSED)
        assert premiere.episode is not None
        if choice_id not in {
            choice.pk for choice in list_open_choices(premiere.episode, premiere.variables)
        }:
            raise Conflict(
                "choice_not_here", LocalizedText("这条路现在不能选", "This way is not offered now")
            )
        if vote is None:
            _ensure_by_rule(premiere, viewer_id, network)
            return Vote.objects.create(
                premiere=premiere,
                round=round_,
                viewer_id=viewer_id,
                choice_id=choice_id,
                keys=[key],
                cast_at=now,
                network=network,
            )
        if len(vote.keys) > MAX_VOTE_CHANGES:
            raise Conflict(
                "too_many_changes",
                LocalizedText("改得太多次了，就这样吧", "That was changed too often; it stays"),
            )
        vote.choice_id, vote.cast_at = choice_id, now
        vote.keys = [*vote.keys, key]
        vote.save(update_fields=["choice_id", "cast_at", "keys"])
    return vote


def _ensure_by_rule(premiere: Premiere, viewer_id: UUID, network: str) -> None:
    """Raise Refused for a vote that the premiere's rule does not count."""
    if premiere.vote_rule == VoteRule.ACCOUNTS:
        viewers = Viewer.objects.filter(pk=viewer_id, user__is_active=True)
        if not viewers.exists():
            raise Refused("account_needed", ACCOUNT_NEEDED)
    if not network:  # where no address is known, nobody shares a quota with strangers
        return
    # Until the commit: two votes at once must not both see the last place.
    lock_until_commit(LockSpace.NETWORK_VOTES, f"{premiere.pk} {premiere.round} {network}")
    of_network = Vote.objects.filter(premiere=premiere, round=premiere.round, network=network)
    if of_network.count() >= settings.VOTES_MAX_PER_NETWORK[premiere.vote_rule]:
        raise Refused("network_has_voted", NETWORK_HAS_VOTED)


def merge_votes(*, from_id: UUID, into_id: UUID) -> None:
    """Move the votes of one viewer to another; where both voted in a round, the vote of ``into_id``
    stays.
    """
    moved = list(Vote.objects.filter(viewer_id=from_id))
    Vote.objects.filter(viewer_id=from_id).delete()
    for vote in moved:
        vote.pk, vote.viewer_id = None, into_id
    Vote.objects.bulk_create(moved, ignore_conflicts=True)


def _lock_viewer(viewer_id: UUID) -> None:
    # Serialises the windows of one viewer, and a sign-in that merges viewers.
    ensure_viewer(viewer_id=viewer_id)
    if not Viewer.objects.select_for_update(no_key=True).filter(pk=viewer_id).exists():
        raise NotFound


def _lock_voting_premiere(premiere_id: UUID, round_: int, now: datetime) -> Premiere | None:
    rows = Premiere.objects.raw(
        "select * from interactive_premiere where id = %s and state = 'voting' and round = %s "
        "and phase_ends_at > %s for share",
        [premiere_id, round_, now],
    )
    return next(iter(rows), None)
