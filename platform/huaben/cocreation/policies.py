"""Who may write in a room, and who keeps it."""

from __future__ import annotations

from typing import Any

import rules

from huaben.core.access import has_role, signed_in

from .models import Writer, WritingRoom


@rules.predicate
def writes_here(user: Any, room: WritingRoom | None) -> bool:
    return room is not None and Writer.objects.filter(room=room, user_id=user.pk, left_at=None).exists()


@rules.predicate
def keeps_room(user: Any, room: WritingRoom | None) -> bool:
    return room is not None and room.series.creator_id == user.pk


rules.add_perm("cocreation.use_rooms", signed_in)
rules.add_perm("cocreation.write", signed_in & writes_here)
# Let others in, show them out, make an episode of the text.
rules.add_perm("cocreation.keep_room", has_role("creator") & keeps_room)
