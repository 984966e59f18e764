"""Who may propose and decide, who may write in a room, and who keeps it."""

from __future__ import annotations

from typing import Any

import rules

from huaben.core.access import has_role, signed_in

from .models import Proposal, Writer, WritingRoom


@rules.predicate
def writes_here(user: Any, room: WritingRoom | None) -> bool:
    return (
        room is not None
        and Writer.objects.filter(room=room, user_id=user.pk, left_at=None).exists()
    )


@rules.predicate
def keeps_room(user: Any, room: WritingRoom | None) -> bool:
    return room is not None and room.series.creator_id == user.pk


@rules.predicate
def proposed_it(user: Any, proposal: Proposal | None) -> bool:
    return proposal is not None and proposal.speech.author_id == user.pk


@rules.predicate
def makes_its_series(user: Any, proposal: Proposal | None) -> bool:
    return proposal is not None and proposal.series.creator_id == user.pk


rules.add_perm("cocreation.propose", signed_in)
rules.add_perm("cocreation.withdraw", signed_in & proposed_it)
# Nobody counts for their own proposal.
rules.add_perm("cocreation.support", signed_in & ~proposed_it)
rules.add_perm("cocreation.use_proposals", has_role("creator"))
rules.add_perm("cocreation.decide", has_role("creator") & makes_its_series)
rules.add_perm("cocreation.use_rooms", signed_in)
rules.add_perm("cocreation.write", signed_in & writes_here)
# Let others in, show them out, make an episode of the text.
rules.add_perm("cocreation.keep_room", has_role("creator") & keeps_room)
