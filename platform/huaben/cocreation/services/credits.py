"""Credit for a part in a series: given once, never revoked."""

from __future__ import annotations

from ..models import Credit, WritingRoom
from ..selectors.writing_rooms import list_contributors


def credit_writers(*, room: WritingRoom) -> None:
    """Credit everyone who wrote in a room, when it was more than its maker alone. Called inside a
    transaction.
    """
    user_ids = [writer.user_id for writer in list_contributors(room)]
    if any(user_id != room.series.creator_id for user_id in user_ids):
        for user_id in user_ids:
            Credit.objects.get_or_create(
                series=room.series, person_id=user_id, part=Credit.Part.WRITING
            )
