"""Credit for a part in a series: given once, never taken back."""

from __future__ import annotations

from ..models import Credit, WritingRoom
from ..selectors.writing import who_wrote


def credit_writers(*, room: WritingRoom) -> None:
    """Credit everyone who wrote in a room, when it was more than its maker alone. Called inside a
    transaction.
    """
    wrote = [writer.user_id for writer in who_wrote(room)]
    if any(user_id != room.series.creator_id for user_id in wrote):
        for user_id in wrote:
            Credit.objects.get_or_create(
                series=room.series, person_id=user_id, part=Credit.Part.WRITING
            )
