"""Who may propose and decide, who may write in a writing room, and who manages it."""

from __future__ import annotations

import rules

from huaben.core.access import has_role, signed_in
from huaben.core.types import Requester

from .models import Proposal, Writer, WritingRoom


@rules.predicate
def is_writer(user: Requester, room: WritingRoom | None) -> bool:
    return (
        room is not None
        and Writer.objects.filter(room=room, user_id=user.pk, left_at=None).exists()
    )


@rules.predicate
def is_maker_of_room(user: Requester, room: WritingRoom | None) -> bool:
    return room is not None and room.series.creator_id == user.pk


@rules.predicate
def is_author(user: Requester, proposal: Proposal | None) -> bool:
    return proposal is not None and proposal.speech.author_id == user.pk


@rules.predicate
def is_maker_of_series(user: Requester, proposal: Proposal | None) -> bool:
    return proposal is not None and proposal.series.creator_id == user.pk


rules.add_perm("cocreation.propose", signed_in)
rules.add_perm("cocreation.withdraw", signed_in & is_author)
# Nobody counts for their own proposal.
rules.add_perm("cocreation.support", signed_in & ~is_author)
rules.add_perm("cocreation.use_proposals", has_role("creator"))
rules.add_perm("cocreation.decide", has_role("creator") & is_maker_of_series)
rules.add_perm("cocreation.use_writing_rooms", signed_in)
rules.add_perm("cocreation.write", signed_in & is_writer)
# Let others in, show them out, make an episode of the text.
rules.add_perm("cocreation.manage_writing_room", has_role("creator") & is_maker_of_room)
